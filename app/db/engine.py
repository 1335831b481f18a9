"""The database's engines. What is particular to SQLite stands here and nowhere else.

Readers have a pool as large as the web's thread pool, so none waits for another. Writers go one at a time through an
engine of their own, and each begins with ``BEGIN IMMEDIATE``: a transaction that reads first and takes the write lock
later can lose what it read, or fail half-way. The driver's own transaction handling is off for the same reason.
"""

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool, QueuePool
from sqlmodel import Session

from app.errors import (
    InvalidInputError,
    StorageBusyError,
    StorageNewerError,
    StorageReadOnlyError,
    VariorumError,
)

READERS = 40
"""Connections that may read at once: Starlette runs plain ``def`` routes on a thread pool of 40."""

BUSY_SECONDS = 5.0
"""How long a reader or writer waits for a lock that another process holds before it gives up in words."""

MIGRATING_SECONDS = 120.0
"""How long a start waits for another process that is migrating the same database."""


class Database:
    """The stored articles and comparisons, behind one SQLite file.

    ``url`` is in SQLAlchemy's form, ``sqlite:///folder/file.db``; another kind raises InvalidInputError.
    Nothing is opened before the first ``reading()`` or ``writing()``.
    """

    def __init__(self, url: str, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = _file_of(url)
        self.busy_seconds = busy_seconds
        self.read_only = False
        self.schema: str | None = None
        """The schema's version that this program reads and writes; each transaction checks that it still stands."""
        self._readers: Engine | None = None
        self._writer: Engine | None = None

    def open(self) -> None:
        """Make the folder and the file where they are missing, switch to WAL, and see whether it can be written."""
        self.read_only = self.path.exists() and not _writable(self.path)
        with _in_words(self.path):
            if not self.read_only:
                _make(self.path, self.busy_seconds)
        self._readers = self._engine("BEGIN", READERS, query_only=True)
        self._writer = self._engine("BEGIN IMMEDIATE", 1)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database throughout, and cannot write."""
        if self._readers is None:
            self.open()
        with _in_words(self.path), Session(self._readers) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that holds the write lock; committed, and on the disk, when the block ends without an error.

        Raises StorageReadOnlyError where the file cannot be written, StorageBusyError where another process holds
        the lock for longer than ``busy_seconds``.
        """
        if self._writer is None:
            self.open()
        if self.read_only:
            raise _read_only()
        with _in_words(self.path), Session(self._writer, expire_on_commit=False) as session:
            session.connection()  # take the lock before the first read, not at the first write
            yield session
            session.commit()

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A connection in one transaction with foreign keys off, for changing tables.

        With foreign keys on, rebuilding a parent table would delete its children. They are checked before the commit
        instead, and a violation rolls everything back.
        """
        engine = self._engine("BEGIN IMMEDIATE", 0, foreign_keys=False, busy_seconds=MIGRATING_SECONDS)
        try:
            with _in_words(self.path), engine.begin() as connection:
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                    raise VariorumError(
                        f"Bringing the database {self.path} up to date would have broken {len(broken)} references.",
                        "Nothing was changed. Please report this, with a backup of the file at hand.",
                    )
        finally:
            engine.dispose()

    def stored_schema(self) -> str | None:
        """The schema's version in the file, or None where no table stands yet."""
        with _in_words(self.path), closing(self._connect(self.busy_seconds)) as connection:
            return _schema_of(connection)

    def copy_to(self, target: Path) -> None:
        """Write a copy of the database, as one moment saw it, to the file ``target``, and check that it is whole.

        Readers and writers go on meanwhile. Raises VariorumError where the copy is damaged.
        """
        with (
            _in_words(self.path),
            closing(self._connect(self.busy_seconds)) as source,
            closing(sqlite3.connect(target, isolation_level=None)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()  # one file, with nothing beside it
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            if verdict != "ok":
                raise VariorumError(
                    f"The database {self.path} is damaged: {verdict}.",
                    "Nothing was written. Go back to an earlier backup.",
                )

    def dispose(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        for engine in (self._readers, self._writer):
            if engine is not None:
                engine.dispose()
        self._readers = self._writer = None

    def _engine(
        self,
        begin: str,
        connections: int,
        *,
        query_only: bool = False,
        foreign_keys: bool = True,
        busy_seconds: float | None = None,
    ) -> Engine:
        """An engine whose transactions start with ``begin``; ``connections`` 0 keeps none open."""
        wait = self.busy_seconds if busy_seconds is None else busy_seconds
        pool: dict[str, Any] = {"poolclass": NullPool}
        if connections and not self.read_only:
            pool = {"poolclass": QueuePool, "pool_size": connections, "max_overflow": 0, "pool_timeout": wait}

        def connect() -> sqlite3.Connection:
            connection = self._connect(wait)
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
            connection.execute(f"PRAGMA query_only={'ON' if query_only else 'OFF'}")
            return connection

        engine = create_engine("sqlite://", creator=connect, json_serializer=_compact_json, **pool)

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(begin)
            if self.schema is not None and foreign_keys:
                driver = connection.connection.driver_connection
                if driver is not None and (found := _schema_of(driver)) != self.schema:
                    raise newer(self.path, found)

        return engine

    def _connect(self, busy_seconds: float) -> sqlite3.Connection:
        uri = f"file:{quote(str(self.path))}?mode=rw"
        if self.read_only:
            # Without a write-ahead log beside it nobody is writing, and SQLite may be told so; else it would want to
            # make that log, in a folder that is perhaps not ours to write to. Each connection looks anew.
            log = self.path.with_name(self.path.name + "-wal")
            uri = f"file:{quote(str(self.path))}?{'mode=ro' if log.exists() else 'immutable=1'}"
        return sqlite3.connect(
            uri, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False
        )


def newer(path: Path, found: str | None) -> StorageNewerError:
    """The error for a database whose schema this program does not know."""
    return StorageNewerError(
        f"The database {path} was written by a newer version of Variorum (schema {found}).",
        "Start that version, or name another database in VARIORUM_DATABASE_URL.",
    )


def _file_of(url: str) -> Path:
    try:
        parsed = make_url(url)
    except exc.ArgumentError:
        raise InvalidInputError(
            "VARIORUM_DATABASE_URL is not a database's address.",
            "It looks like sqlite:////srv/variorum/variorum.db.",
        ) from None
    if parsed.get_backend_name() != "sqlite":
        raise InvalidInputError(
            f"Variorum keeps its articles in SQLite and cannot use a database of the kind {parsed.get_backend_name()}.",
            "Set VARIORUM_DATABASE_URL to an address such as sqlite:////srv/variorum/variorum.db.",
        )
    if not parsed.database or parsed.database == ":memory:" or parsed.database.startswith("file:"):
        raise InvalidInputError(
            "VARIORUM_DATABASE_URL names no file.", "It looks like sqlite:////srv/variorum/variorum.db."
        )
    return Path(parsed.database).absolute()


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _make(path: Path, busy_seconds: float) -> None:
    """Make the file in WAL mode. SQLite does not wait for a lock when it switches the mode, so this does."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageReadOnlyError(
            f"The folder {path.parent} cannot be made ({error.strerror}).",
            "Name a folder that you may write to, in VARIORUM_DATA_DIR or VARIORUM_DATABASE_URL.",
        ) from error
    with closing(sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)) as connection:
        deadline = time.monotonic() + busy_seconds
        while True:
            try:
                if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    connection.execute("PRAGMA journal_mode=WAL").fetchall()
                return
            except sqlite3.OperationalError as error:
                if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)


def _schema_of(connection: Any) -> str | None:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise
    return None if row is None else str(row[0])


def _compact_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read_only() -> StorageReadOnlyError:
    return StorageReadOnlyError(
        "The database can be read but not written.",
        "What is stored stays readable; give the program write access to the file and its folder to add to it.",
    )


def _code(error: BaseException) -> int:
    """SQLite's primary result code, or 0."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Turns the driver's errors into those that a reader understands."""
    try:
        yield
    except exc.TimeoutError as error:
        raise _busy() from error
    except (exc.OperationalError, exc.DatabaseError) as error:
        _raise_in_words(path, error, error.orig)
    except sqlite3.DatabaseError as error:
        _raise_in_words(path, error, error)


def _raise_in_words(path: Path, error: Exception, cause: BaseException | None) -> None:
    match _code(cause) if cause is not None else 0:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            raise _busy() from error
        case sqlite3.SQLITE_READONLY:
            raise _read_only() from error
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            raise StorageReadOnlyError(
                f"The database {path} cannot be written: {cause}.",
                "Look whether the disk is full or failing.",
            ) from error
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            raise VariorumError(
                f"The file {path} is not a database that Variorum can read ({cause}).",
                "Put a backup in its place, or name another file in VARIORUM_DATABASE_URL.",
            ) from error
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            raise VariorumError(
                f"The database {path} cannot be opened.",
                "Look whether the file and its folder are there, and whether you may read them.",
            ) from error
    raise error


def _busy() -> StorageBusyError:
    return StorageBusyError(
        "The database is busy: another program holds it.", "Nothing was stored. Try again in a moment."
    )
