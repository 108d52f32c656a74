"""Identifies a file, to detect that it was replaced or changed. Pure data."""

from os import stat_result
from typing import NamedTuple


class FileIdentity(NamedTuple):
    """A file on disk at one moment; times in nanoseconds.

    `changed_ns` is the ctime, which programs cannot set: it reveals an edit that keeps size and
    mtime. On Windows it is the time of creation.
    """

    device: int
    inode: int
    size_bytes: int
    edited_ns: int
    changed_ns: int

    @classmethod
    def of(cls, status: stat_result) -> "FileIdentity":
        """The identity from the system's status of a file."""
        return cls(
            status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
        )

    def has_content_of(self, other: "FileIdentity") -> bool:
        """Whether it is the same file with the same content; name and permissions may differ."""
        return self[:4] == other[:4]


# For a file that does not exist; differs from every existing file.
NO_FILE = FileIdentity(0, 0, -1, 0, 0)


class FolderId(NamedTuple):
    """The id of a folder, which stays when it is renamed or its drive is mounted elsewhere.

    `inode` is its number on the volume.
    """

    volume: str
    inode: str


class FolderAnchor(NamedTuple):
    """The deepest existing folder on a path; the path's first `depth` parts name it."""

    depth: int
    device: int
    inode: int
