"""Patterns of files to leave out, as in a .gitignore. Reads no file but .catdogignore."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from re import Match, Pattern
from typing import Self

from catdog_sorter.errors import UsageError
from catdog_sorter.text import shown

IGNORE_FILE = ".catdogignore"
_MAX_BYTES = 1 << 20
_FOLDER = "ps_d"  # the group by which pathspec marks the end of a folder


@dataclass(frozen=True, slots=True)
class IgnoreRules:
    """Patterns with what they say of a match: True to leave it out, False to take it after all."""

    patterns: tuple[tuple[Pattern[str], bool], ...] = ()

    @classmethod
    def parse(cls, lines: Iterable[str], place: str) -> Self:
        """The rules in these lines; `place` is where they stand. Raises UsageError."""
        from pathspec import GitIgnoreSpec

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
            with open(file, encoding="utf-8-sig", errors="surrogateescape") as lines:
                return cls.parse(lines.read(_MAX_BYTES).splitlines(), shown(file))
        except OSError as error:
            raise UsageError(
                f"{shown(file)} cannot be read ({error.strerror}). Put that right, or remove it."
            ) from error

    def leaves_out(self, path: str) -> bool | None:
        """What the last rule that matches says of a path, which ends in a slash for a folder."""
        for pattern, include in self.patterns:
            if (found := pattern.search(path)) and _is_of(path, found):
                return include
        return None


def _is_of(path: str, found: Match[str]) -> bool:
    """Whether the match is of this very path, not of a folder further up, which is not entered."""
    if _FOLDER in found.re.groupindex:
        return found.end(_FOLDER) in (-1, len(path))
    return not path.endswith("/") or found.end() < len(path)  # `sub/**` is what lies in sub/


@dataclass(frozen=True, slots=True)
class FolderRules:
    """The rules that count in a folder: those of the run, then its own and of those around it.

    Each stand with the length of the path of the folder below which they count.
    """

    run: tuple[tuple[int, IgnoreRules], ...] = ()
    layers: tuple[tuple[int, IgnoreRules], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.run or self.layers)

    def below(self, folder: str, rules: IgnoreRules) -> "FolderRules":
        """With the rules of a folder deeper down, which go before the others."""
        return FolderRules(self.run, ((len(folder), rules), *self.layers))

    def leaves_out(self, path: str) -> bool:
        """Whether to leave out a file, or a folder, whose path ends in a slash."""
        for start, rules in (*self.run, *self.layers):
            answer = rules.leaves_out(path[start:].lstrip("/"))
            if answer is not None:
                return answer
        return False


def rules_of_run(globs: Sequence[str], root: str) -> FolderRules:
    """The rules that a person gave for one run, below its root. Raises UsageError."""
    if not globs:
        return FolderRules()
    return FolderRules(run=((len(root), IgnoreRules.parse(globs, "--exclude")),))
