"""What a database's failures mean to a reader, whichever kind it is."""

from app.errors import StorageBusyError, StorageNewerError, StorageReadOnlyError


def busy() -> StorageBusyError:
    """Another process holds the lock, or every connection is in use, for longer than we wait."""
    return StorageBusyError(
        "The database is busy: another program, or a large addition, holds it.",
        "Nothing was stored. Try again in a moment.",
    )


def full() -> StorageReadOnlyError:
    """The disk has no room, or fails."""
    return StorageReadOnlyError(
        "The database cannot be written just now: the disk is full or failing. Nothing was stored.",
        "Whoever runs this program can make room, or look after the disk.",
    )


def read_only() -> StorageReadOnlyError:
    """The database, or the file and folder that hold it, may not be written."""
    return StorageReadOnlyError(
        "The database can be read but not written, so nothing was stored.",
        "Whoever runs this program can give it write access to the database (to its file and folder, where it is one).",
    )


def newer(name: str, found: str) -> StorageNewerError:
    """The schema stored is none that this program knows."""
    return StorageNewerError(
        f"The database {name} was written by a newer version of Variorum (schema {found}).",
        "Start that version, or name another database in VARIORUM_DATABASE_URL.",
    )


def changed_meanwhile() -> StorageNewerError:
    """The schema stored is no longer the one that it had when this program opened it."""
    return StorageNewerError(
        "The database was changed for a newer version of Variorum while this one was running.",
        "Whoever runs this program can start it again in that version.",
    )
