"""The database, whichever kind holds it: transactions to read and to write in, and how it is made and migrated."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import ClassVar

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from app.db.engine import failures

LOCK_WAIT_SECONDS = 5.0
"""How long a reader or writer waits for a lock that another holds before it gives up in words."""

MIGRATION_WAIT_SECONDS = 120.0
"""How long a start waits for another process that is migrating the same database."""

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
    """Whether it may not be written, as far as is known. What is stored can still be read."""
    readers: Engine
    """Its transactions see one state of the database throughout, and cannot write."""
    writer: Engine
    """Its transactions hold the write lock from their beginning: writers go one at a time, in all processes."""

    def __init__(self) -> None:
        self.schema: str | None = None
        """The schema's version that this program works with: once set, each transaction checks that it still stands."""

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database throughout, and cannot write.

        Raises StorageNewerError where the database was changed for another version meanwhile.
        """
        with self.translate_errors(), Session(self.readers) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that holds the write lock; committed, and on the disk, once the block has ended without an error.

        Raises StorageReadOnlyError where the database cannot be written, StorageBusyError where another holds the
        lock for longer than this waits, StorageNewerError as ``reading`` does.
        """
        if self.read_only:
            raise failures.read_only()
        with self.translate_errors(), Session(self.writer, expire_on_commit=False) as session:
            session.connection()  # take the lock before the first read, not at the first write
            yield session
            with self._committing():
                session.commit()

    def dispose(self) -> None:
        """Close every connection."""
        self.readers.dispose()
        self.writer.dispose()

    def _committing(self) -> AbstractContextManager[None]:
        """Within the block, a commit that nobody can know the end of is told as such."""
        return nullcontext()

    @abstractmethod
    def create(self) -> None:
        """Make what is missing of the database itself, and learn whether it is read-only; no table is made."""

    @abstractmethod
    def stored_schema(self) -> str | None:
        """The schema's version that is stored, or None where no table stands yet.

        Raises VariorumError where the tables in it are another program's.
        """

    @abstractmethod
    def migrating(self) -> AbstractContextManager[Connection]:
        """A connection in one transaction for changing tables, while no other process does. Raises as ``writing``."""

    @abstractmethod
    def turn(self) -> AbstractContextManager[bool]:
        """Whether it is this process's turn to work off what waits; while the block runs, it is no other's.

        A turn ends with its process, however that ends. Readers and writers never wait for it.
        """

    @abstractmethod
    def translate_errors(self) -> AbstractContextManager[None]:
        """Within the block, the driver's errors become errors that a reader understands.

        Those that only a mistake in the program can cause, such as a violated constraint, pass unchanged.
        """

    @abstractmethod
    def copy_to(self, target: Path) -> None:
        """Write the database, as one moment saw it, to the file ``target``, and check that the copy is whole.

        Raises NotFoundError where there is no database, VariorumError where it is damaged, InvalidInputError where
        its kind has a tool of its own for that.
        """


def compact_json(value: object) -> str:
    """JSON as it is stored: without spaces, in the letters of the text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
