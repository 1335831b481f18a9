"""Tell a process, at the cost of one small read, whether anyone has changed the database.

Every writing transaction stores a random value in the table ``generation``: random, so that a backup put back in place
never repeats a value that pages were kept under. One that changes nothing that a page shows stores it in a row of its
own, so that pages go on being true, and what another program writes is told from it.
"""

import secrets
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar, Protocol

from app.errors import StorageGoneError

Generation = tuple[object, ...]
"""Identifier of one state of the database, equal to a later one only if nothing was committed in between."""

_READ = (
    "SELECT version_num, value, (SELECT value FROM generation WHERE id = 2)"
    " FROM alembic_version, generation WHERE generation.id = 1"
)


def renew(*, shown: bool = True) -> str:
    """Return the statement that begins a new generation or, if no page shows the change, records just that."""
    value = secrets.randbits(62)
    if shown:
        return f"UPDATE generation SET value = {value} WHERE id = 1"
    return (
        f"INSERT INTO generation (id, value) VALUES (2, {value})"
        " ON CONFLICT (id) DO UPDATE SET value = excluded.value"
    )


class GenerationReader(Protocol):
    """Reads the current generation on a connection of its own, which it keeps open."""

    is_instant: ClassVar[bool]
    """Whether a read takes microseconds and never waits, so that an event loop may make it itself."""

    def read(self) -> Generation | None:
        """Return the current generation; None where it cannot be known, or the schema is not this program's."""

    def close(self) -> None:
        """Close the connection."""


class SQLiteGeneration:
    """``PRAGMA data_version`` changes with every commit of another connection, and the value is read again then."""

    is_instant: ClassVar[bool] = True

    def __init__(
        self, path: Path, connect: Callable[[], sqlite3.Connection], schema: Callable[[], str | None]
    ) -> None:
        self._path = path
        self._connect = connect
        self._schema = schema
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._data_version = 0
        self._values: tuple[int, int | None] | None = None
        self._current: Generation | None = None

    def read(self) -> Generation | None:
        """Return the current generation: see ``GenerationReader``."""
        with self._lock:
            try:
                return self._read()
            except (OSError, sqlite3.Error, StorageGoneError):
                self._close()
                return None

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._close()

    def _read(self) -> Generation | None:
        status = self._path.stat()
        file = (status.st_dev, status.st_ino)
        if self._connection is None or file != self._file:  # another file may have been put in its place
            self._close()
            self._connection, self._file = self._connect(), file
        (data_version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if self._current is None or data_version != self._data_version:
            row = self._connection.execute(_READ).fetchone()
            self._data_version = data_version
            values = row[1:] if row is not None and row[0] == self._schema() else None
            if values is None:
                self._current = None
            elif self._current is None or not self._is_unshown(values):
                # The data version is part of it: it also sees what another program wrote.
                self._current = (*file, id(self._connection), data_version, values[0])
            self._values = values
        return self._current

    def _is_unshown(self, values: tuple[int, int | None]) -> bool:
        """Return whether nothing written since the last read is shown on any page."""
        before = self._values
        return before is not None and values[0] == before[0] and values[1] != before[1]

    def _close(self) -> None:
        self._current = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class ReadOnlyGeneration:
    """A file that this process may not write: its time and size, and its log's, say whether another has written."""

    is_instant: ClassVar[bool] = True

    def __init__(self, path: Path) -> None:
        self._files = (path, path.with_name(f"{path.name}-wal"))

    def read(self) -> Generation | None:
        """Return the current generation: see ``GenerationReader``."""
        try:
            return tuple(_identity(path) for path in self._files)
        except OSError:
            return None

    def close(self) -> None:
        """Close nothing."""


def _identity(path: Path) -> tuple[int, ...]:
    try:
        status = path.stat()
    except FileNotFoundError:
        return ()
    return (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)


class ServerGeneration:
    """Reads the generation with one query to a server."""

    is_instant: ClassVar[bool] = False

    def __init__(self, connect: Callable[[], Any], schema: Callable[[], str | None]) -> None:
        self._connect = connect
        self._schema = schema
        self._lock = Lock()
        self._connection: Any = None

    def read(self) -> Generation | None:
        """Return the current generation: see ``GenerationReader``."""
        with self._lock:
            try:
                self._connection = self._connection or self._connect()
                row = self._connection.driver_connection.execute(_READ).fetchone()
            except Exception:  # the page's own read will say what is wrong
                self._close()
                return None
            return (row[1],) if row is not None and row[0] == self._schema() else None

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
            self._connection = None
