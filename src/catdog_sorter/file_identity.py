"""What tells a file from another that took its name, and from itself after a change. Pure data."""

from os import stat_result
from typing import NamedTuple


class FileIdentity(NamedTuple):
    """A file on disk at one moment; times in nanoseconds.

    `changed_ns` is the time of the last change of any kind, which no program can set: it betrays an
    edit that keeps size and time of the content. On Windows it is the time of creation.
    """

    device: int
    inode: int
    size_bytes: int
    edited_ns: int
    changed_ns: int

    @classmethod
    def of(cls, status: stat_result) -> "FileIdentity":
        """The identity in what the system says of a file."""
        return cls(
            status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
        )

    def has_content_of(self, other: "FileIdentity") -> bool:
        """Whether this is that file with that content, though its name or rights may differ."""
        return self[:4] == other[:4]


# Of a file that was not there: equal to that of no file.
NO_FILE = FileIdentity(0, 0, -1, 0, 0)


class FolderId(NamedTuple):
    """What a folder keeps when it is renamed or its drive is mounted elsewhere, as text.

    `inode` is its number on the volume.
    """

    volume: str
    inode: str


class FolderAnchor(NamedTuple):
    """The existing folder that a path leads to, or through: its first `depth` parts name it."""

    depth: int
    device: int
    inode: int
