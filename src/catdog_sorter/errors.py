"""The errors that can end a run, and the exit code of each.

A message says what happened, why, and what to do. Bad photos are values (`Unreadable`), not errors.
"""

EXIT_DONE = 0
EXIT_SOME_FAILED = 1
EXIT_USAGE = 2
EXIT_ENVIRONMENT = 3
EXIT_INTERRUPTED = 130


class CatdogError(Exception):
    """A run cannot continue; `str(error)` is a readable message with advice."""

    exit_code = EXIT_ENVIRONMENT


class UnreadablePhoto(Exception):
    """A file cannot be decoded; `str(error)` says why."""


class BusyError(CatdogError):
    """Another run is moving photos; only one may do so at a time."""


class UsageError(CatdogError):
    """The request itself cannot be met: a missing path, an unknown model, a bad value."""

    exit_code = EXIT_USAGE


class NoHomeError(CatdogError):
    """The user has no home folder, so the program has no place for its own files."""


class MissingExtra(CatdogError):
    """An optional dependency is not installed."""


class BundleError(CatdogError):
    """A model bundle is missing a file, damaged or made for something else."""


class DatabaseError(CatdogError):
    """One of the program's databases cannot be read or written.

    `if_damaged` is the advice for a damaged database. `if_other_format` says what is lost by
    setting aside a database of another version, and is empty if nothing is.
    """

    if_damaged = ""
    if_other_format = ""


class JournalError(DatabaseError):
    """The journal of moves cannot be read or written, so nothing may be moved."""

    if_damaged = (
        "Nothing was changed. Move that file away to start with an empty one; runs recorded in it "
        "can then no longer be undone."
    )
    if_other_format = "runs recorded there cannot be undone by this version."


class CorrectionsError(DatabaseError):
    """The user's corrected labels cannot be read or written, so they cannot be used."""

    if_damaged = (
        "Nothing was changed. Move that file away to continue without your corrections, or "
        "restore it from a backup to keep them. Sorting runs can still be undone."
    )
    if_other_format = "the corrections recorded there no longer apply."


class CacheError(DatabaseError):
    """The cache cannot be read or written; that costs time and nothing else."""

    if_damaged = "Run `catdog-sort cache clear`; photos are then classified again."


class TrainingError(CatdogError):
    """Training cannot start or cannot go on."""

    exit_code = EXIT_USAGE


class TrainingStopped(TrainingError):
    """Training was stopped by the environment, such as a full disk, and can be resumed."""

    exit_code = EXIT_ENVIRONMENT
