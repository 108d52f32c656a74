"""Collections with constant memory: many items are stored in temporary files.

The files have no name (on Windows, they are deleted with the process), so no other process can
open them and none remains, however the process ends. Knows nothing of photos. Loads the modules for
files and databases only when needed.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, NamedTuple, TypeVar

from catdog_sorter.errors import CatdogError

_CHUNK = 256
_IN_MEMORY_BYTES = 1 << 16

Item = TypeVar("Item")


class Spool(Collection[Item]):
    """Items in the order in which they were added; can be iterated again and again.

    Do not add items during iteration. All methods raise CatdogError if the temporary file cannot be
    used; items added before that can still be read.
    """

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._chunks: list[bytes | _Place] = []
        self._file: IO[bytes] | None = None
        self._in_memory = self._in_file = self._stored = 0
        self._recent: list[Item] = []
        for item in items:
            self.append(item)

    def append(self, item: Item) -> None:
        """Append an item."""
        self._recent.append(item)
        if len(self._recent) >= _CHUNK:
            self._store()

    def _store(self) -> None:
        import pickle  # only this process can write the file

        content = pickle.dumps(self._recent, pickle.HIGHEST_PROTOCOL)
        if self._in_memory + len(content) <= _IN_MEMORY_BYTES:
            self._in_memory += len(content)
            self._chunks.append(content)
        else:
            self._chunks.append(self._written(content))
        self._stored += len(self._recent)
        self._recent = []

    def _written(self, content: bytes) -> "_Place":
        import tempfile

        with _advice():
            if self._file is None:
                # Unbuffered: data that did not fit on a full disk must not be written later.
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (see __del__)
            self._file.seek(self._in_file)
            rest = memoryview(content)
            while rest:
                rest = rest[self._file.write(rest) :]
        place = _Place(self._in_file, len(content))
        self._in_file += len(content)
        return place

    def __iter__(self) -> Iterator[Item]:
        import pickle

        for chunk in self._chunks:
            yield from pickle.loads(chunk if isinstance(chunk, bytes) else self._read(chunk))
        yield from self._recent

    def _read(self, place: "_Place") -> bytes:
        assert self._file is not None
        with _advice():
            self._file.seek(place.start)
            return self._file.read(place.size)

    def __len__(self) -> int:
        return self._stored + len(self._recent)

    def __contains__(self, item: object) -> bool:
        return any(item == one for one in self)

    def __reduce__(self) -> tuple[Any, ...]:
        return Spool, (tuple(self),)

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()


class _Place(NamedTuple):
    """Where a chunk is in the file, in bytes."""

    start: int
    size: int


class SpooledDict:
    """A dictionary from any str to any str, for one thread at a time.

    All methods raise CatdogError if the temporary file cannot be used.
    """

    def __init__(self) -> None:
        import sqlite3

        with _advice():
            # A database without a name is kept in memory up to some size, then in an unnamed file.
            self._rows = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            for statement in (
                "PRAGMA journal_mode = OFF",
                "PRAGMA synchronous = OFF",
                "CREATE TABLE items (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID",
                "BEGIN",
            ):
                self._rows.execute(statement)

    def get(self, key: str) -> str | None:
        """The value of this key."""
        with _advice():
            row = self._rows.execute("SELECT value FROM items WHERE key = ?", (_bytes(key),))
            found = row.fetchone()
        return None if found is None else found[0].decode("utf-8", "surrogatepass")

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def __setitem__(self, key: str, value: str) -> None:
        with _advice():
            pair = _bytes(key), _bytes(value)
            self._rows.execute("INSERT OR REPLACE INTO items VALUES (?, ?)", pair)

    def setdefault(self, key: str, value: str) -> None:
        """Set the value unless the key has one."""
        with _advice():
            pair = _bytes(key), _bytes(value)
            self._rows.execute("INSERT OR IGNORE INTO items VALUES (?, ?)", pair)

    def __del__(self) -> None:
        with suppress(Exception):  # at the interpreter's end, and where it was never opened
            self._rows.close()


def _bytes(text: str) -> bytes:
    """Encode a text without loss, even if it is not valid Unicode, as file names may be."""
    return text.encode("utf-8", "surrogatepass")


@contextmanager
def _advice() -> Iterator[None]:
    import sqlite3

    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise CatdogError(
            f"The folder for temporary files cannot be used ({error}). Free some space there, or "
            "name another folder in the environment variable TMPDIR, then try again."
        ) from error
