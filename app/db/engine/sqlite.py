"""SQLite: one file. Everything specific to it is here, its errors included.

Readers have a pool as large as the web's thread pool, so none waits for another. There is one writer at a time, through
an engine of its own, and each write begins with ``BEGIN IMMEDIATE``: a transaction that reads first and takes the write
lock later can find what it read outdated, or fail half-way. The driver's own transaction handling is off for the same
reason.
"""

import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import ClassVar, NoReturn

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool, QueuePool

from app.db.engine import failures
from app.db.engine.base import EXAMPLE_URL, MIGRATION_WAIT_SECONDS, Database, compact_json
from app.db.engine.generation import GenerationReader, ReadOnlyGeneration, SQLiteGeneration
from app.errors import InvalidInputError, NotFoundError, StorageReadOnlyError, VariorumError

READ_CONNECTIONS = 40
"""Connections for readers: plain ``def`` routes run on a thread pool of 40. With a pool of 2, 28-30 % of requests
failed under load."""


class SQLite(Database):
    """A database in one SQLite file."""

    kind: ClassVar[str] = "sqlite"

    def __init__(self, url: URL, busy_seconds: float) -> None:
        super().__init__()
        self.path = _file_of(url)
        self.name = str(self.path)
        self.read_only = self.path.exists() and not _may_write(self.path)
        self._busy_seconds = busy_seconds
        self.readers = self._engine("BEGIN", READ_CONNECTIONS, query_only=True)
        self.writer = self._engine("BEGIN IMMEDIATE", 1)

    def create(self) -> None:
        """Create the folder and the file if they are missing, and set WAL mode; do nothing if read-only."""
        if self.read_only:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageReadOnlyError(
                f"The folder {self.path.parent} cannot be made ({error.strerror}).",
                "Name a folder that this program may write to, in VARIORUM_DATA_DIR or VARIORUM_DATABASE_URL.",
            ) from error
        with self.translate_errors():
            _into_wal_mode(self.path, self._busy_seconds)

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Yield a connection in one transaction with foreign keys off, for changing tables.

        With foreign keys on, rebuilding a parent table would delete every child row by its cascade. They are checked
        before the commit instead, and a violation rolls everything back.
        """
        if self.read_only:
            raise failures.read_only()
        engine = self._engine("BEGIN IMMEDIATE", 0, migrating=True)
        try:
            with self.translate_errors(), engine.begin() as connection:
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                    raise VariorumError(
                        f"Bringing the database {self.path} up to date would break {len(broken)} references in it.",
                        "Nothing was changed. Keep a copy of the file, and report this.",
                    )
        finally:
            engine.dispose()

    def stored_schema(self) -> str | None:
        """Return the schema version in the file, or None if there are no tables yet."""
        with self.translate_errors(), closing(self._connect()) as connection:
            schema = _schema_of(connection)
            own = "('alembic_version', 'sqlite_sequence')"
            tables = f"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name NOT IN {own}"
            if schema is None and connection.execute(tables).fetchone():
                raise VariorumError(
                    f"The database {self.path} belongs to another program, so nothing was done to it.",
                    "Name another file in VARIORUM_DATABASE_URL.",
                )
            return schema

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Yield whether this process has its turn: see ``Database``.

        The folder is locked: that needs no further file, and closing the database's own file would release SQLite's
        locks on it. Where folders cannot be locked, every process has its turn, and some work is done twice.
        """
        if sys.platform == "win32":
            yield True
            return
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            yield _lock(folder)
        finally:
            os.close(folder)

    def generations(self) -> GenerationReader:
        """Return a reader of the current generation: see ``Database``."""
        if self.read_only:
            return ReadOnlyGeneration(self.path)
        return SQLiteGeneration(self.path, lambda: self._connect(0.0), lambda: self.schema)

    def copy_to(self, target: Path) -> None:
        """Copy the file to ``target``; readers and writers go on meanwhile."""
        if not self.path.exists():
            raise NotFoundError(
                f"There is no database at {self.path}.", "Set VARIORUM_DATABASE_URL to the one you mean."
            )
        with (
            self.translate_errors(),
            closing(self._connect()) as source,
            closing(sqlite3.connect(target, isolation_level=None)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()  # one file, with nothing beside it
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
            if verdict != "ok":
                raise VariorumError(
                    f"The database {self.path} is damaged: {verdict}.", "Go back to an earlier backup."
                )

    @contextmanager
    def translate_errors(self) -> Iterator[None]:
        """Raise the driver's errors as VariorumErrors: see ``Database``."""
        try:
            yield
        except exc.TimeoutError as error:  # no connection of the pool became free
            raise failures.busy() from error
        except exc.DatabaseError as error:
            _raise_translated(self.path, error, _code(error.orig))
        except sqlite3.DatabaseError as error:
            _raise_translated(self.path, error, _code(error))

    def _engine(
        self, begin: str, connections: int, *, query_only: bool = False, migrating: bool = False
    ) -> Engine:
        """Return an engine whose transactions start with ``begin``; with ``connections`` 0 it keeps none open."""

        def connect() -> sqlite3.Connection:
            connection = self._connect(MIGRATION_WAIT_SECONDS if migrating else None)
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute(f"PRAGMA foreign_keys={int(not migrating)}")
            connection.execute(f"PRAGMA query_only={int(query_only)}")
            return connection

        if connections and not self.read_only:
            engine = create_engine(
                "sqlite://",
                creator=connect,
                json_serializer=compact_json,
                poolclass=QueuePool,
                pool_size=connections,
                max_overflow=0,
                pool_timeout=self._busy_seconds,
            )
        else:
            engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(begin)
            if self.schema is not None and not migrating:
                driver = connection.connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                if _schema_of(driver) != self.schema:
                    raise failures.changed_meanwhile()

        return engine

    def _connect(self, busy_seconds: float | None = None) -> sqlite3.Connection:
        mode = "mode=rw"
        if self.read_only:
            # Without a write-ahead log beside the file nobody is writing. Opened as immutable, SQLite does not try to
            # create that log in a folder that may be read-only. Each connection checks again.
            log = self.path.with_name(f"{self.path.name}-wal")
            mode = "mode=ro" if log.exists() else "immutable=1"
        return sqlite3.connect(
            f"{self.path.as_uri()}?{mode}",
            uri=True,
            timeout=self._busy_seconds if busy_seconds is None else busy_seconds,
            isolation_level=None,
            check_same_thread=False,
        )


def _file_of(url: URL) -> Path:
    name = url.database or ""
    if name in ("", ":memory:") or name.startswith("file:"):
        raise InvalidInputError("VARIORUM_DATABASE_URL names no file.", f"It looks like {EXAMPLE_URL}.")
    return Path(name).absolute()


def _may_write(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return all(os.access(place, os.W_OK, effective_ids=effective) for place in (path, path.parent))


def _lock(folder: int) -> bool:
    """Lock this open folder until it is closed; return False if another process has locked it."""
    import fcntl  # missing on Windows

    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _into_wal_mode(path: Path, busy_seconds: float) -> None:
    """Switch the file, created if missing, to WAL mode. SQLite does not wait for a lock to do so, hence the loop."""
    deadline = time.monotonic() + busy_seconds
    with closing(sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL").fetchall()
                return
            except sqlite3.OperationalError as error:
                if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)


def _schema_of(connection: sqlite3.Connection) -> str | None:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise
    return None if row is None else str(row[0])


def _code(error: BaseException | None) -> int:
    """Return SQLite's primary result code, or 0."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _raise_translated(path: Path, error: Exception, result: int) -> NoReturn:
    match result:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            raise failures.busy() from error
        case sqlite3.SQLITE_READONLY:
            raise failures.read_only() from error
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            raise failures.full() from error
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            raise VariorumError(
                f"The file {path} is not a database, or it is damaged.",
                "Put a backup in its place, or name another file in VARIORUM_DATABASE_URL.",
            ) from error
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            raise VariorumError(
                f"The database {path} cannot be opened.",
                "Look whether the file and its folder are there, and whether this program may read them.",
            ) from error
    raise error
