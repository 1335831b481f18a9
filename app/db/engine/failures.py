"""Database failures as errors for a reader, the same for every kind of database."""

from collections.abc import Sequence

from app.errors import (
    StorageBusyError,
    StorageDamagedError,
    StorageGoneError,
    StorageNewerError,
    StorageReadOnlyError,
)


def busy() -> StorageBusyError:
    """Return the error for a lock held, or all connections in use, for longer than we wait."""
    return StorageBusyError(
        "The database is busy: another program, or a large addition, holds it.",
        "Nothing was stored. Try again in a moment.",
    )


def full() -> StorageReadOnlyError:
    """Return the error for a full or failing disk."""
    return StorageReadOnlyError(
        "The database cannot be written just now: the disk is full or failing. Nothing was stored.",
        "Whoever runs this program can make room, or look after the disk.",
    )


def read_only() -> StorageReadOnlyError:
    """Return the error for a database (or its file or folder) that may not be written."""
    return StorageReadOnlyError(
        "The database can be read but not written, so nothing was stored.",
        "Whoever runs this program can give it write access to the database (to its file and folder, where it is one).",
    )


def newer(name: str, stored_schema: str) -> StorageNewerError:
    """Return the error for a stored schema that this program does not know."""
    return StorageNewerError(
        f"The database {name} was written by a newer version of Variorum (schema {stored_schema}).",
        "Start that version, or name another database in VARIORUM_DATABASE_URL.",
    )


def changed_meanwhile() -> StorageNewerError:
    """Return the error for a schema that has changed since this program opened the database."""
    return StorageNewerError(
        "The database was changed for a newer version of Variorum while this one was running.",
        "Whoever runs this program can start it again in that version.",
    )


def gone() -> StorageGoneError:
    """Return the error for a database whose file is not the one that this program opened.

    Readers of the pages see it, so it does not say where the file was.
    """
    return StorageGoneError(
        "The database's file was removed, replaced or overwritten while the program was running. Nothing was stored.",
        "Whoever runs this program can stop it, put the file back or restore a backup (variorum restore FILE), "
        "and start it again.",
    )


def gone_meanwhile() -> StorageGoneError:
    """Return the error for a file that was removed or replaced during a commit."""
    return StorageGoneError(
        "The database's file was removed, replaced or overwritten while this was being stored, so it may be lost.",
        "Keep what you sent. Whoever runs this program can stop it, put the file back or restore a backup "
        "(variorum restore FILE), and start it again; then look whether it is there.",
    )


def damaged(faults: Sequence[str]) -> StorageDamagedError:
    """Return the error for a database whose pages are damaged; ``faults`` are what a check found."""
    return StorageDamagedError(
        f"The database is damaged ({faults[0].rstrip('.')}). Nothing was stored.",
        "Whoever runs this program can see what is still intact (variorum check), and stop it to put a backup "
        "in place (variorum restore FILE).",
    )
