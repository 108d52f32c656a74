"""Removes folders that a run has emptied, and restores them on undo.

Files that file managers leave in a folder (`.DS_Store`, `Thumbs.db`) are removed and restored with
it: the journal records their content first. A folder with any other file stays.
"""

import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from catdog_sorter.moving import transfer
from catdog_sorter.moving.journal import Journal, RemovedFile
from catdog_sorter.moving.places import Folders, Place, UnsafeTransfer
from catdog_sorter.moving.recorded_folders import run_folders
from catdog_sorter.photos.left_alone import is_of_file_manager

_MAX_FILE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Emptied:
    """How many folders were removed, and how many files of file managers with them."""

    folders: int = 0
    files: int = 0


def remove_emptied(
    journal: Journal, run_id: int, folders: Iterable[Path], tops: Sequence[Path]
) -> Emptied:
    """Remove those of `folders`, and of their parents below `tops`, that are empty now.

    A folder that was empty before the run stays, and so do its parents. The journal records each
    removal first.
    """
    removed = files = 0
    with run_folders(journal, run_id) as opened:
        for start in sorted(set(folders), key=lambda path: -len(path.parts)):
            for folder in (start, *start.parents):
                if folder in tops or not any(folder.is_relative_to(top) for top in tops):
                    break
                try:
                    files += _remove(journal, run_id, opened, folder)
                except (OSError, UnsafeTransfer):
                    break
                removed += 1
    return Emptied(removed, files)


def _remove(journal: Journal, run_id: int, opened: Folders, folder: Path) -> int:
    """Remove a folder and return how many files were in it.

    Raises:
        OSError: It is not empty or cannot be removed; nothing was changed.
        UnsafeTransfer: The same.
    """
    place = opened.place(folder)
    status = place.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise NotADirectoryError(folder)
    files = [_read(opened.place(folder / name)) for name in os.listdir(folder)]
    journal.note_removal(run_id, folder, stat.S_IMODE(status.st_mode), files)
    try:
        for file in files:
            aside = _aside_name(journal, run_id)
            transfer.remove(opened.place(file.path), aside, partial(_holds, file))
        place.rmdir()
    except (OSError, UnsafeTransfer):
        for file in files:
            _bring_back(opened, file)
        raise
    return len(files)


def _aside_name(journal: Journal, run_id: int) -> str:
    return f".catdog-{journal.journal_id}-{run_id}.aside"


def finish_removals(journal: Journal) -> None:
    """Rename back the files that a killed run had set aside."""
    if (run_id := journal.last_run()) is None:
        return
    with run_folders(journal, run_id) as folders:
        for file in journal.removed_files(run_id):
            with suppress(OSError, UnsafeTransfer):
                transfer.finish_removal(folders.place(file.path), _aside_name(journal, run_id))


def _read(place: Place) -> RemovedFile:
    """Return what is needed to restore a file manager's file. Raises OSError for any other file."""
    if not is_of_file_manager(place.name):
        raise FileExistsError(place.path)
    status = place.regular()
    if status.st_size > _MAX_FILE_BYTES or status.st_nlink > 1:
        raise FileExistsError(place.path)
    mode = stat.S_IMODE(status.st_mode)
    return RemovedFile(place.path, _content(place), mode, status.st_mtime_ns)


def _content(place: Place) -> bytes:
    with os.fdopen(place.open_to_read(), "rb") as file:
        return file.read(_MAX_FILE_BYTES + 1)


def _holds(file: RemovedFile, place: Place) -> bool:
    return place.regular().st_mtime_ns == file.mtime_ns and _content(place) == file.content


def bring_back_folders(journal: Journal, run_id: int) -> None:
    """Restore the folders that were removed after the run, and the file managers' files in them."""
    with run_folders(journal, run_id) as folders:
        for folder, mode in journal.removed_folders(run_id):
            with suppress(OSError, UnsafeTransfer):
                place = folders.place(folder, make=True)
                with suppress(FileExistsError):
                    place.mkdir()
                place.chmod_folder(mode)
        for file in journal.removed_files(run_id):
            _bring_back(folders, file)


def _bring_back(folders: Folders, file: RemovedFile) -> None:
    with suppress(OSError, UnsafeTransfer):  # an existing one is newer
        place = folders.place(file.path)
        with os.fdopen(place.create(), "wb") as written:
            written.write(file.content)
            written.flush()
            if os.utime in os.supports_fd:
                os.chmod(written.fileno(), file.mode)
                os.utime(written.fileno(), ns=(file.mtime_ns, file.mtime_ns))
