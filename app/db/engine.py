"""The database's engines. What is particular to SQLite stands here, and its errors in ``failures``; nowhere else.

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

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, QueuePool
from sqlmodel import Session

from app.db import failures
from app.db.failures import in_words
from app.errors import InvalidInputError, StorageReadOnlyError, VariorumError

READERS = 40
"""Connections that may read at once: plain ``def`` routes run on a thread pool of 40. With a pool of 2, measured
under load, 28-30 % of requests failed."""

BUSY_SECONDS = 5.0
"""How long a reader or writer waits for a lock that another holds before it gives up in words."""

MIGRATING_SECONDS = 120.0
"""How long a start waits for another process that is migrating the same database."""

_EXAMPLE = "sqlite:////srv/variorum/variorum.db"


class Database:
    """The stored articles and comparisons, behind one SQLite file; safe to share between threads.

    ``url`` is in SQLAlchemy's form, ``sqlite:///folder/file.db``; InvalidInputError for another kind. No connection
    is opened before it is needed.
    """

    def __init__(self, url: str, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = _file_of(url)
        self.read_only = self.path.exists() and not _may_write(self.path)
        """Whether the file, or its folder, may not be written. What is stored can still be read."""
        self.schema: str | None = None
        """The schema's version that this program works with: once set, each transaction checks that it still stands."""
        self._busy_seconds = busy_seconds
        self._readers = self._engine("BEGIN", READERS, query_only=True)
        self._writer = self._engine("BEGIN IMMEDIATE", 1)

    def make(self) -> None:
        """Make the folder and the file where they are missing, and set WAL mode; does nothing where read-only."""
        if self.read_only:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageReadOnlyError(
                f"The folder {self.path.parent} cannot be made ({error.strerror}).",
                "Name a folder that this program may write to, in VARIORUM_DATA_DIR or VARIORUM_DATABASE_URL.",
            ) from error
        with in_words(self.path):
            _into_wal_mode(self.path, self._busy_seconds)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database throughout, and cannot write.

        Raises StorageNewerError where the database was changed for another version meanwhile.
        """
        with in_words(self.path), Session(self._readers) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that holds the write lock; committed, and on the disk, once the block has ended without an error.

        Raises StorageReadOnlyError where the file cannot be written, StorageBusyError where another holds the lock
        for longer than ``busy_seconds``, StorageNewerError as ``reading`` does.
        """
        if self.read_only:
            raise failures.read_only()
        with in_words(self.path), Session(self._writer, expire_on_commit=False) as session:
            session.connection()  # take the lock before the first read, not at the first write
            yield session
            session.commit()

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A connection in one transaction with foreign keys off, for changing tables.

        With foreign keys on, rebuilding a parent table deletes every child row under its cascade. They are checked
        before the commit instead, and a violation rolls everything back. Raises what ``writing`` raises.
        """
        if self.read_only:
            raise failures.read_only()
        engine = self._engine("BEGIN IMMEDIATE", 0, migrating=True)
        try:
            with in_words(self.path), engine.begin() as connection:
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                    raise VariorumError(
                        f"Bringing the database {self.path} up to date would break {len(broken)} references in it.",
                        "Nothing was changed. Keep a copy of the file, and report this.",
                    )
        finally:
            engine.dispose()

    def stored_schema(self) -> str | None:
        """The schema's version in the file, or None where no table stands yet.

        Raises VariorumError where the tables in it are another program's.
        """
        with in_words(self.path), closing(self._connect()) as connection:
            found = _schema_of(connection)
            tables = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name != 'alembic_version'"
            if found is None and connection.execute(tables).fetchone():
                raise VariorumError(
                    f"The database {self.path} belongs to another program, so nothing was done to it.",
                    "Name another file in VARIORUM_DATABASE_URL.",
                )
            return found

    def copy_to(self, target: Path) -> None:
        """Write the database, as one moment saw it, to the file ``target``, and check that the copy is whole.

        Readers and writers go on meanwhile. Raises VariorumError where it is damaged.
        """
        with (
            in_words(self.path),
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

    def dispose(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        self._readers.dispose()
        self._writer.dispose()

    def _engine(
        self, begin: str, connections: int, *, query_only: bool = False, migrating: bool = False
    ) -> Engine:
        """An engine whose transactions start with ``begin``; ``connections`` 0 keeps none open."""

        def connect() -> sqlite3.Connection:
            connection = self._connect(MIGRATING_SECONDS if migrating else None)
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute(f"PRAGMA foreign_keys={int(not migrating)}")
            connection.execute(f"PRAGMA query_only={int(query_only)}")
            return connection

        if connections and not self.read_only:
            engine = create_engine(
                "sqlite://",
                creator=connect,
                json_serializer=_compact_json,
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
            # Without a write-ahead log beside it nobody is writing, and SQLite may be told so; else it would want to
            # make that log, in a folder that is perhaps not ours to write to. Each connection looks anew.
            log = self.path.with_name(f"{self.path.name}-wal")
            mode = "mode=ro" if log.exists() else "immutable=1"
        return sqlite3.connect(
            f"{self.path.as_uri()}?{mode}",
            uri=True,
            timeout=self._busy_seconds if busy_seconds is None else busy_seconds,
            isolation_level=None,
            check_same_thread=False,
        )


def _file_of(url: str) -> Path:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise InvalidInputError(
            "VARIORUM_DATABASE_URL is not the address of a database.", f"It looks like {_EXAMPLE}."
        ) from None
    kind, name = parsed.get_backend_name(), parsed.database or ""
    if kind != "sqlite":
        raise InvalidInputError(
            f"Variorum keeps its articles in SQLite and cannot use a database of the kind {kind}.",
            f"Set VARIORUM_DATABASE_URL to an address such as {_EXAMPLE}.",
        )
    if name in ("", ":memory:") or name.startswith("file:"):
        raise InvalidInputError("VARIORUM_DATABASE_URL names no file.", f"It looks like {_EXAMPLE}.")
    return Path(name).absolute()


def _may_write(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return all(os.access(place, os.W_OK, effective_ids=effective) for place in (path, path.parent))


def _into_wal_mode(path: Path, busy_seconds: float) -> None:
    """Make the file where it is missing. SQLite does not wait for a lock when it switches the mode, so this does."""
    deadline = time.monotonic() + busy_seconds
    with closing(sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL").fetchall()
                return
            except sqlite3.OperationalError as error:
                if failures.code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
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


def _compact_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
