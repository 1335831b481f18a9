"""Database failures as errors for a reader, the same for every kind of database."""

from app.errors import StorageBusyError, StorageNewerError, StorageReadOnlyError


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
    """Return the error for a database (or its file or folder) without write permission."""
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
