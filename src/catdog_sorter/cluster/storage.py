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
    """The parts of a URL such as `s3://me:secret@bucket/a/b.jpg?region=x`.

    `base` is `s3://bucket`, `key` is `a/b.jpg`, and `address`, which may contain secrets, is
    `s3://me:secret@bucket/?region=x`. Keys have no escapes, and only a URL given by the user has
    options, because a photo's name may contain a question mark.
    """

    base: str
    key: str
    address: str

    @classmethod
    def of(cls, text: str, has_options: bool) -> "Url":
        """Parse a URL."""
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
        """Make a storage that opens paths below these URLs with the same options."""
        urls = [Url.of(source, has_options=True) for source in sources if is_url(source)]
        return cls({url.base: url.address for url in urls if url.address != f"{url.base}/"})

    def place(self, text: str, has_options: bool = False) -> "StoragePath":
        """The place of a path or URL. Raises UsageError if no file system serves it."""
        if not is_url(text):
            return StoragePath(LocalFileSystem(), os.path.abspath(text), text)
        url = Url.of(text, has_options)
        files, root = _file_system(self.addresses.get(url.base, url.address))
        return StoragePath(files, f"{root}/{url.key}" if url.key else root or "/", str(url))


@functools.cache
def _file_system(address: str) -> tuple[FileSystem, str]:
    """The file system of an address, and the path in it."""
    try:
        if address.partition("://")[0].lower() in _ARROWS:
            files, root = FileSystem.from_uri(address)
        else:
            from fsspec.core import url_to_fs

            inner, root = url_to_fs(address)
            files = PyFileSystem(FSSpecHandler(inner))
    except Exception as error:  # each store has exceptions of its own
        base = Url.of(address, has_options=True).base
        reason = reason_of(error).replace(address, base)  # without the secrets of the address
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
        """Whether it is a file, a folder or missing."""
        return self.files.get_file_info(self.path).type

    def entries(self) -> list[FileInfo]:
        """The entries of this folder, by name; none if it is missing."""
        found = self.files.get_file_info(FileSelector(self.path, allow_not_found=True))
        return sorted(found, key=lambda info: os.fsencode(info.base_name))

    def open(self) -> Any:
        """Open the file to read its bytes in any order. Raises OSError."""
        return self.files.open_input_file(self.path)

    def stream(self) -> Any:
        """Open the file to read its bytes in order. Raises OSError."""
        return self.files.open_input_stream(self.path)

    def read(self) -> bytes | None:
        """Read the whole file; None when there is none."""
        if self.type is FileType.NotFound:
            return None
        with self.stream() as stream:
            content: bytes = stream.read()
        return content

    def write_below(self, name: str, write: Callable[[IO[bytes]], Any]) -> Any:
        """Write the file of this name atomically by `write`.

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
    """The first line of an error's message, without its full stop."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
