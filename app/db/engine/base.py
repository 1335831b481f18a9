"""What every kind of database offers: transactions to read and to write in, its creation and its migration."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import ClassVar

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from app.db.engine import failures
from app.db.engine.generation import GenerationReader, renew

LOCK_WAIT_SECONDS = 5.0
"""How long a reader or writer waits for a lock before it gives up with StorageBusyError."""

MIGRATION_WAIT_SECONDS = 120.0
"""How long a process that starts waits for another one that is migrating the same database."""

EXAMPLE_URL = "sqlite:////srv/variorum/variorum.db"


class Database(ABC):
    """The stored articles and comparisons; safe to share between threads.

    No connection is opened before it is needed. Make one with ``connect.connect``.
    """

    kind: ClassVar[str]
    """``sqlite`` or ``postgresql``."""
    name: str
    """What messages call it: a file, or an address without its password."""
    read_only: bool
    """Whether it is known that it cannot be written. What is stored can still be read."""
    readers: Engine
    """Its transactions see one snapshot of the database and cannot write."""
    writer: Engine
    """Its transactions hold the write lock from the start: one writer at a time, across all processes."""

    def __init__(self) -> None:
        self.schema: str | None = None
        """The schema version that this program works with; if set, each transaction checks that it is still stored."""
        self.faults: tuple[str, ...] = ()
        """What the last check of the stored pages found wrong. While there is anything, nothing more is written."""
        self.suspect = False
        """Whether a transaction met a damaged page since this was last set to False: time for another check."""

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that sees one snapshot of the database and cannot write.

        Raises StorageNewerError if another version of the program has migrated the database since it was opened, and
        StorageGoneError if it was removed or replaced.
        """
        with self.translate_errors(), Session(self.readers) as session:
            yield session

    @contextmanager
    def writing(self, *, shown: bool = True) -> Iterator[Session]:
        """Yield a session that holds the write lock; commit it to disk when the block ends without an error.

        The commit begins a new generation, which tells every process that its cached pages may have changed, unless
        nothing written is ``shown`` on any page that may be cached.

        Raises StorageReadOnlyError if the database cannot be written, StorageBusyError if the lock does not become
        free in time, StorageDamagedError after a check that found faults, and StorageNewerError and StorageGoneError
        as ``reading`` does.
        """
        if self.read_only:
            raise failures.read_only()
        self.require_whole()
        with self.translate_errors(), Session(self.writer, expire_on_commit=False) as session:
            session.connection()  # take the lock before the first read, not at the first write
            yield session
            session.connection().exec_driver_sql(renew(shown=shown))
            with self._committing(session):
                session.commit()

    def require_whole(self) -> None:
        """Raise StorageDamagedError if the last check found faults."""
        if self.faults:
            raise failures.damaged(self.faults)

    def dispose(self) -> None:
        """Close every connection."""
        self.readers.dispose()
        self.writer.dispose()

    def _committing(self, session: Session) -> AbstractContextManager[None]:
        """Report a commit whose outcome is unknown: the connection was lost, or the database was removed meanwhile."""
        return nullcontext()

    @abstractmethod
    def create(self) -> None:
        """Create the database itself where it is missing, without tables, and find out whether it is read-only."""

    @abstractmethod
    def stored_schema(self) -> str | None:
        """Return the stored schema version, or None if there are no tables yet.

        Raises VariorumError if its tables are another program's.
        """

    @abstractmethod
    def migrating(self) -> AbstractContextManager[Connection]:
        """Yield a connection in one transaction, with the write lock, for changing tables. Raises as ``writing``."""

    @abstractmethod
    def turn(self) -> AbstractContextManager[bool]:
        """Yield whether this process has its turn to work off the backlog; no other process has it during the block.

        A turn ends when its process does, however that ends. Readers and writers never wait for it.
        """

    @abstractmethod
    def generations(self) -> GenerationReader:
        """Return a reader of the current generation. It opens no connection before its first read."""

    @abstractmethod
    def translate_errors(self) -> AbstractContextManager[None]:
        """Raise the driver's errors within the block as VariorumErrors that a reader understands.

        Errors that only a mistake in the program can cause, such as a violated constraint, pass unchanged.
        """

    @abstractmethod
    def watch_pages(self) -> None:
        """From now on, notice if another program writes into the stored pages, as a removed file is noticed.

        For a serving process, which keeps the database open until it ends.
        """

    def empty_log(self) -> bool:
        """Write what is in the database's log into its pages and empty it; return False where somebody is in the way.

        A log holds pages as they were. A server looks after its own.
        """
        return True

    @abstractmethod
    def size_bytes(self) -> int:
        """Return the bytes that the database takes on disk."""

    @abstractmethod
    def pages_changed(self) -> int | None:
        """Return a number that changes whenever the stored pages are written to; None on a server."""

    @abstractmethod
    def page_faults(self, *, quick: bool) -> tuple[str, ...]:
        """Return what is wrong with the stored pages, in words, a few lines at most; readers and writers continue.

        ``quick`` leaves out whether each index agrees with its table. A server looks after its own pages and reports
        none. Raises NotFoundError if there is no database.
        """

    @abstractmethod
    def copy_to(self, target: Path) -> None:
        """Write one snapshot of the database to the file ``target``, and check that the copy is intact.

        Raises NotFoundError if there is no database, VariorumError if it is damaged, and InvalidInputError if its kind
        has a backup tool of its own.
        """


def compact_json(value: object) -> str:
    """Return JSON as it is stored: without spaces, and with non-ASCII characters unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
