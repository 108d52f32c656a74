"""Patterns of files to leave out, as in a .gitignore. Reads only .catdogignore files."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from re import Match, Pattern
from typing import Self

from catdog_sorter.errors import UsageError
from catdog_sorter.text import shown

IGNORE_FILE = ".catdogignore"
_MAX_BYTES = 1 << 16
# The time for a long name grows with the power of the number of wildcards.
_MAX_WILDCARDS = 4
_WILDCARDS = re.compile(r"\*+")
_FOLDER = "ps_d"  # the group by which pathspec marks a match of a folder


@dataclass(frozen=True, slots=True)
class IgnoreRules:
    """Patterns, each with True to leave a match out or False to include it again."""

    patterns: tuple[tuple[Pattern[str], bool], ...] = ()

    @classmethod
    def parse(cls, lines: Iterable[str], place: str) -> Self:
        """The rules in these lines; `place` names their source. Raises UsageError."""
        from pathspec import GitIgnoreSpec

        lines = list(lines)
        for line in lines:
            if len(_WILDCARDS.findall(line)) > _MAX_WILDCARDS and not line.startswith("#"):
                raise UsageError(
                    f"{place}: '{shown(line)}' has more than {_MAX_WILDCARDS} wildcards, which can "
                    "take hours to match. Write several shorter patterns."
                )
        try:
            spec = GitIgnoreSpec.from_lines(lines)
        except ValueError as error:
            raise UsageError(
                f"{place}: {error}. Write it as in a .gitignore file, as in *.png or Screenshots/."
            ) from error
        return cls(
            tuple(
                (pattern.regex, pattern.include)
                for pattern in reversed(list(spec.patterns))
                if pattern.regex is not None and pattern.include is not None
            )
        )

    @classmethod
    def read(cls, file: Path) -> Self:
        """The rules of a folder. Raises UsageError when its file cannot be read."""
        try:
            # A pipe would block the run, and a device has no end.
            if not file.is_file() or file.stat().st_size > _MAX_BYTES:
                raise UsageError(
                    f"{shown(file)} is not a file of at most {_MAX_BYTES >> 10} KiB, so it was not "
                    "read. Remove it."
                )
            with open(file, encoding="utf-8-sig", errors="surrogateescape") as lines:
                return cls.parse(lines.read(_MAX_BYTES).splitlines(), shown(file))
        except OSError as error:
            raise UsageError(
                f"{shown(file)} cannot be read ({error.strerror}). Correct that, or remove the "
                "file."
            ) from error

    def leaves_out(self, path: str) -> bool | None:
        """The decision of the last rule that matches, if any. A folder's path ends in a slash."""
        for pattern, include in self.patterns:
            if (found := pattern.search(path)) and _is_of(path, found):
                return include
        return None


def _is_of(path: str, found: Match[str]) -> bool:
    """Whether the pattern matches the path itself and not only a parent folder."""
    if _FOLDER in found.re.groupindex:
        return found.end(_FOLDER) in (-1, len(path))
    return not path.endswith("/") or found.end() < len(path)  # `sub/**` matches everything in sub/


@dataclass(frozen=True, slots=True)
class FolderRules:
    """The rules that apply in a folder: those of the run, of its parents, and its own.

    Each with the length of the path of the folder that they are relative to.
    """

    run: tuple[tuple[int, IgnoreRules], ...] = ()
    layers: tuple[tuple[int, IgnoreRules], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.run or self.layers)

    def below(self, folder: str, rules: IgnoreRules) -> "FolderRules":
        """These rules and those of a deeper folder, which take precedence."""
        return FolderRules(self.run, ((len(folder), rules), *self.layers))

    def leaves_out(self, path: str) -> bool:
        """Whether to leave out a file or folder; a folder's path ends in a slash."""
        for start, rules in (*self.run, *self.layers):
            answer = rules.leaves_out(path[start:].lstrip("/"))
            if answer is not None:
                return answer
        return False


def rules_of_run(globs: Sequence[str], root: str) -> FolderRules:
    """The user's rules for one run, relative to its root. Raises UsageError."""
    if not globs:
        return FolderRules()
    return FolderRules(run=((len(root), IgnoreRules.parse(globs, "--exclude")),))
