"""Like `spool`, but texts by texts, in a nameless database of SQLite."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from catdog_sorter.spool import unusable


class SpooledDict:
    """Texts by texts, any that Python can hold; to be used by one thread at a time.

    All methods raise CatdogError when the temporary file cannot be used.
    """

    def __init__(self) -> None:
        with _advice():
            # A database without a name stays in memory up to some size, then in a nameless file.
            self._rows = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            for statement in (
                "PRAGMA journal_mode = OFF",
                "PRAGMA synchronous = OFF",
                "CREATE TABLE items (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID",
                "BEGIN",
            ):
                self._rows.execute(statement)

    def get(self, key: str) -> str | None:
        """What is kept under this key."""
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

    def __del__(self) -> None:
        with suppress(sqlite3.Error, AttributeError):
            self._rows.close()


def _bytes(text: str) -> bytes:
    """Two different texts stay different, be they no valid Unicode, as names of files can be."""
    return text.encode("utf-8", "surrogatepass")


@contextmanager
def _advice() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise unusable(error) from error
