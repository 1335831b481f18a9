"""What SQLite's own errors mean to a reader."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from sqlalchemy import exc

from app.errors import StorageBusyError, StorageNewerError, StorageReadOnlyError, VariorumError


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Within the block, the driver's errors about the database at ``path`` become errors that a reader understands.

    Those that only a mistake in the program can cause, such as a violated constraint, pass unchanged.
    """
    try:
        yield
    except exc.TimeoutError as error:  # no connection of the pool became free
        raise busy() from error
    except exc.DatabaseError as error:
        _raise_in_words(path, error, code(error.orig))
    except sqlite3.DatabaseError as error:
        _raise_in_words(path, error, code(error))


def code(error: BaseException | None) -> int:
    """SQLite's primary result code, or 0."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _raise_in_words(path: Path, error: Exception, result: int) -> NoReturn:
    match result:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            raise busy() from error
        case sqlite3.SQLITE_READONLY:
            raise read_only() from error
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            raise StorageReadOnlyError(
                "The database cannot be written just now: the disk is full or failing. Nothing was stored.",
                "Whoever runs this program can make room, or look after the disk.",
            ) from error
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


def busy() -> StorageBusyError:
    """Another process holds the lock, or every connection is in use, for longer than we wait."""
    return StorageBusyError(
        "The database is busy: another program, or a large addition, holds it.",
        "Nothing was stored. Try again in a moment.",
    )


def read_only() -> StorageReadOnlyError:
    """The file or its folder may not be written."""
    return StorageReadOnlyError(
        "The database can be read but not written, so nothing was stored.",
        "Whoever runs this program can give it write access to the database's file and folder.",
    )


def newer(path: Path, found: str) -> StorageNewerError:
    """The schema in the file is none that this program knows."""
    return StorageNewerError(
        f"The database {path} was written by a newer version of Variorum (schema {found}).",
        "Start that version, or name another database in VARIORUM_DATABASE_URL.",
    )


def changed_meanwhile() -> StorageNewerError:
    """The schema in the file is no longer the one that it had when this program opened it."""
    return StorageNewerError(
        "The database was changed for a newer version of Variorum while this one was running.",
        "Whoever runs this program can start it again in that version.",
    )
