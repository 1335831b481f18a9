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
from sqlmodel import Session

from app.db.engine import failures
from app.db.engine.base import EXAMPLE_URL, MIGRATION_WAIT_SECONDS, Database, compact_json
from app.db.engine.generation import GenerationReader, ReadOnlyGeneration, SQLiteGeneration
from app.db.engine.open_files import File, FileConnection, Overwriting, file_at, lock_folder
from app.errors import (
    InvalidInputError,
    NotFoundError,
    StorageDamagedError,
    StorageReadOnlyError,
    VariorumError,
)

READ_CONNECTIONS = 40
"""Connections for readers: plain ``def`` routes run on a thread pool of 40. With a pool of 2, 28-30 % of requests
failed under load."""

CACHE_BYTES = 16_000_000
"""Memory for SQLite in the process, mostly pages of the file: by itself each connection would keep 2 MB of them."""

PRAGMAS = ("synchronous=FULL", "secure_delete=ON", f"soft_heap_limit={CACHE_BYTES}")
MAX_FAULTS = 20
"""Faults that a check of the pages lists: a damaged file can have one for each page."""


class SQLite(Database):
    """A database in one SQLite file.

    Each transaction begins by comparing the file at the path, and its write-ahead log, with those that its connection
    opened, and a commit ends so: what is acknowledged was on the disk, under the path, after it was committed.
    """

    kind: ClassVar[str] = "sqlite"

    def __init__(self, url: URL, busy_seconds: float) -> None:
        super().__init__()
        self.path = _file_of(url)
        self.name = str(self.path)
        self.read_only = self.path.exists() and not _may_write(self.path)
        self._overwriting: Overwriting | None = None
        self._opened: File | None = None  # by the first connection; each later one must open the same file
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
            not_ours = "('alembic_version', 'sqlite_sequence')"
            tables = f"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name NOT IN {not_ours}"
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
            yield lock_folder(folder)
        finally:
            os.close(folder)

    def generations(self) -> GenerationReader:
        """Return a reader of the current generation: see ``Database``."""
        if self.read_only:
            return ReadOnlyGeneration(self.path)
        return SQLiteGeneration(self.path, lambda: self._connect(0.0), lambda: self.schema)

    def dispose(self) -> None:
        """Close every connection; the next one may open another file."""
        super().dispose()
        self._opened = None

    def watch_pages(self) -> None:
        """Notice from now on what another program writes into the file: see ``Database``."""
        if self.read_only or sys.platform == "win32":
            return
        with self.reading() as session:
            session.connection()  # it stays in the pool, and with it the log stays
        with self.translate_errors(), closing(self._connect()) as connection:
            # One that a killed process left unfinished is made up for, so that the account is right from the start.
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        self._overwriting = Overwriting(self.path)

    def empty_log(self) -> bool:
        """Write the write-ahead log into the file and empty it: see ``Database``."""
        with self.translate_errors(), closing(self._connect(0.0)) as connection:
            ((busy, *_),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return not busy

    def size_bytes(self) -> int:
        """Return the bytes of the file and of what is not yet written into it."""
        files = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def pages_changed(self) -> int | None:
        """Return when the file was last written to, in nanoseconds; 0 if it is not there."""
        try:
            return self.path.stat().st_mtime_ns
        except OSError:
            return 0

    def page_faults(self, *, quick: bool) -> tuple[str, ...]:
        """Run SQLite's own check: see ``Database``. It reads the whole file."""
        self._require_file()
        check = "quick_check" if quick else "integrity_check"
        try:
            with self.translate_errors(), closing(self._connect()) as connection:
                rows = connection.execute(f"PRAGMA {check}({MAX_FAULTS})").fetchall()
        except StorageDamagedError:
            return ("it cannot be read as a database",)
        lines = (line for (verdict,) in rows for line in verdict.splitlines())
        return tuple(line for line in lines if line != "ok" and not line.startswith("*** in database"))[
            :MAX_FAULTS
        ]

    def copy_to(self, target: Path) -> None:
        """Copy the file to ``target``; readers and writers go on meanwhile."""
        self._require_file()
        with (
            self.translate_errors(),
            closing(self._connect()) as source,
            closing(sqlite3.connect(target, isolation_level=None)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()  # one file, with nothing beside it
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
            if verdict != "ok":
                raise StorageDamagedError(
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
            self._raise_translated(error, _code(error.orig))
        except sqlite3.DatabaseError as error:
            self._raise_translated(error, _code(error))

    @contextmanager
    def _committing(self, session: Session) -> Iterator[None]:
        """Report a file that was removed or replaced during the commit."""
        connection = session.connection().connection.driver_connection
        yield
        assert isinstance(connection, FileConnection)
        if self._has_moved(connection):
            raise failures.gone_meanwhile()

    def _engine(
        self, begin: str, connections: int, *, query_only: bool = False, migrating: bool = False
    ) -> Engine:
        """Return an engine whose transactions start with ``begin``; with ``connections`` 0 it keeps none open."""

        def connect() -> sqlite3.Connection:
            before = file_at(self.path)
            connection = self._connect(MIGRATION_WAIT_SECONDS if migrating else None)
            try:
                switches = f"foreign_keys={int(not migrating)}", f"query_only={int(query_only)}"
                for pragma in (*PRAGMAS, *switches):
                    connection.execute(f"PRAGMA {pragma}").fetchall()
                connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()  # opens the log too
                self._remember(connection, before)
            except BaseException:
                connection.close()
                raise
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
                pool_use_lifo=True,  # in turn, all would fill their memory with the same pages of the file
            )
        else:
            engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            driver = connection.connection.driver_connection
            assert isinstance(driver, FileConnection)
            if self._has_moved(driver):
                raise failures.gone()
            connection.exec_driver_sql(begin)
            if self.schema is not None and not migrating and _schema_of(driver) != self.schema:
                raise failures.changed_meanwhile()

        return engine

    def _remember(self, connection: FileConnection, before: File) -> None:
        """Record which files a new connection has open; ``before`` is what was at the path before it opened.

        Raises StorageGoneError if that changed meanwhile, or is not the file that earlier connections opened.
        """
        connection.database, connection.log = file_at(self.path), file_at(self._log)
        if self.read_only:
            return
        if self._opened is None:
            self._opened = before
        if not connection.database.identity == before.identity == self._opened.identity:
            raise failures.gone()

    def _has_moved(self, connection: FileConnection) -> bool:
        """Return whether the path leads to a file other than the connection's, or to none; takes two look-ups.

        Where the pages are not watched, a file that became shorter counts as overwritten: nothing here makes it so.
        Where it can only be read nothing can be lost, and each connection opens what is there.
        """
        if self.read_only:
            return False
        database, log = file_at(self.path), file_at(self._log)
        if database.identity != connection.database.identity or not database.size:
            return True
        if self._overwriting is not None:
            is_overwritten = self._overwriting.check()
        else:
            is_overwritten = database.size < connection.database.size
        connection.database = connection.database if is_overwritten else database
        return is_overwritten or (bool(connection.log.inode) and log.identity != connection.log.identity)

    @property
    def _log(self) -> Path:
        return self.path.with_name(f"{self.path.name}-wal")

    def _require_file(self) -> None:
        if not self.path.exists():
            raise NotFoundError(
                f"There is no database at {self.path}.", "Set VARIORUM_DATABASE_URL to the one you mean."
            )

    def _raise_translated(self, error: Exception, result: int) -> NoReturn:
        if result in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            self.suspect = True
        if result == sqlite3.SQLITE_CANTOPEN and self._opened is not None:
            raise failures.gone() from error
        _raise_translated(self.path, error, result)

    def _connect(self, busy_seconds: float | None = None) -> FileConnection:
        mode = "mode=rw"
        if not self.read_only and self._opened and file_at(self.path).identity != self._opened.identity:
            # Opened beside the old one's log, which is at this path too, the new file would be ruined.
            raise failures.gone()
        if self.read_only:
            # Without a write-ahead log beside the file nobody is writing. Opened as immutable, SQLite does not try to
            # create that log in a folder that may be read-only. Each connection checks again.
            mode = "mode=ro" if self._log.exists() else "immutable=1"
        return sqlite3.connect(
            f"{self.path.as_uri()}?{mode}",
            uri=True,
            timeout=self._busy_seconds if busy_seconds is None else busy_seconds,
            isolation_level=None,
            check_same_thread=False,
            factory=FileConnection,
        )


def _file_of(url: URL) -> Path:
    name = url.database or ""
    if name in ("", ":memory:") or name.startswith("file:"):
        raise InvalidInputError("VARIORUM_DATABASE_URL names no file.", f"It looks like {EXAMPLE_URL}.")
    return Path(name).absolute()


def _may_write(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return all(os.access(place, os.W_OK, effective_ids=effective) for place in (path, path.parent))


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
            raise StorageDamagedError(
                f"The file {path} is not a database, or it is damaged.",
                "Put a backup in its place (variorum restore FILE), or name another file in VARIORUM_DATABASE_URL.",
            ) from error
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            raise VariorumError(
                f"The database {path} cannot be opened.",
                "Look whether the file and its folder are there, and whether this program may read them.",
            ) from error
    raise error
