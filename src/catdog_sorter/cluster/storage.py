"""Files by path or URL: lists folders, reads files, and writes them atomically.

Decides which file system serves a URL: Arrow's own, or else fsspec's. Knows no photos.
"""

import functools
import os
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from pyarrow.fs import (
    FileInfo,
    FileSelector,
    FileSystem,
    FileType,
    FSSpecHandler,
    LocalFileSystem,
    PyFileSystem,
)

from catdog_sorter.errors import UsageError
from catdog_sorter.text import is_url

UNFINISHED = "_unfinished"
# Arrow's own file systems, whose URLs take options after a `?`.
_ARROWS = ("file", "s3", "gs", "gcs", "hdfs", "viewfs", "abfs", "abfss")


@dataclass(frozen=True, slots=True)
class Url:
    """`s3://me:secret@bucket/a/b.jpg?region=x` in parts.

    `base` is `s3://bucket`, `key` is `a/b.jpg`, and `address`, which may hold secrets, the rest:
    `s3://me:secret@bucket/?region=x`. Nothing in a key is an escape, and only the URL that
    a person gives has options; a photo's name may hold a question mark.
    """

    base: str
    key: str
    address: str

    @classmethod
    def of(cls, text: str, has_options: bool) -> "Url":
        """Take a URL apart."""
        scheme, _, rest = text.partition("://")
        may = has_options and scheme.lower() in _ARROWS
        rest, _, options = rest.partition("?") if may else (rest, "", "")
        host, _, key = rest.partition("/")
        address = f"{scheme}://{host}/" + (f"?{options}" if options else "")
        return cls(f"{scheme}://{host.rpartition('@')[2]}", key.rstrip("/"), address)

    def __str__(self) -> str:
        return f"{self.base}/{self.key}"


@dataclass(frozen=True, slots=True)
class Storage:
    """Opens paths and URLs; `addresses` are those of the bases that were given with options."""

    addresses: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def knowing(cls, sources: list[str]) -> "Storage":
        """One that opens whatever lies where these URLs lead with the same options."""
        urls = [Url.of(source, has_options=True) for source in sources if is_url(source)]
        return cls({url.base: url.address for url in urls if url.address != f"{url.base}/"})

    def place(self, text: str, has_options: bool = False) -> "StoragePath":
        """Where a path or URL leads. Raises UsageError when no file system serves it."""
        if not is_url(text):
            return StoragePath(LocalFileSystem(), os.path.abspath(text), text)
        url = Url.of(text, has_options)
        files, root = _file_system(self.addresses.get(url.base, url.address))
        return StoragePath(files, f"{root}/{url.key}" if url.key else root or "/", str(url))


@functools.cache
def _file_system(address: str) -> tuple[FileSystem, str]:
    """The file system and the path in it of what an address names."""
    try:
        if address.partition("://")[0].lower() in _ARROWS:
            files, root = FileSystem.from_uri(address)
        else:
            from fsspec.core import url_to_fs

            inner, root = url_to_fs(address)
            files = PyFileSystem(FSSpecHandler(inner))
    except Exception as error:  # each store has exceptions of its own
        base = Url.of(address, has_options=True).base
        reason = reason_of(error).replace(address, base)  # which holds no secret
        raise UsageError(
            f"{base} cannot be opened ({reason}). Check the spelling; some stores need "
            "a package of their own, such as gcsfs or adlfs."
        ) from error
    return files, root.rstrip("/")


@dataclass(frozen=True, slots=True)
class StoragePath:
    """A file or folder in a file system; `name` is its path or URL in messages."""

    files: FileSystem
    path: str
    name: str

    def __truediv__(self, name: str) -> "StoragePath":
        return StoragePath(self.files, f"{self.path.rstrip('/')}/{name}", f"{self.name}/{name}")

    @property
    def type(self) -> FileType:
        """Whether it is a file, a folder or not there."""
        return self.files.get_file_info(self.path).type

    def entries(self) -> list[FileInfo]:
        """What lies directly in this folder, by name; none when it is not there."""
        found = self.files.get_file_info(FileSelector(self.path, allow_not_found=True))
        return sorted(found, key=lambda info: os.fsencode(info.base_name))

    def open(self) -> Any:
        """The file's bytes, to be read in any order. Raises OSError."""
        return self.files.open_input_file(self.path)

    def stream(self) -> Any:
        """The file's bytes from the first to the last. Raises OSError."""
        return self.files.open_input_stream(self.path)

    def read(self) -> bytes | None:
        """The whole file; None when there is none."""
        if self.type is FileType.NotFound:
            return None
        with self.stream() as stream:
            content: bytes = stream.read()
        return content

    def write_below(self, name: str, write: Callable[[IO[bytes]], Any]) -> Any:
        """Let `write` fill the file of this name, which appears whole or not at all.

        Returns what `write` does. Raises OSError.
        """
        folder = self / UNFINISHED
        self.files.create_dir(folder.path, recursive=True)
        aside = folder / f"{name}-{uuid.uuid4().hex}"
        with self.files.open_output_stream(aside.path) as stream:
            result = write(stream)
        self.files.move(aside.path, (self / name).path)
        return result

    def clear_unfinished(self) -> None:
        """Remove leftovers of interrupted writes."""
        if (self / UNFINISHED).type is FileType.Directory:
            self.files.delete_dir((self / UNFINISHED).path)


def reason_of(error: BaseException) -> str:
    """The first line of what an error says, without its full stop."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
