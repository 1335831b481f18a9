"""A safe copy of the running database."""

import os
from pathlib import Path
from tempfile import mkstemp

from app.db.engine.base import Database
from app.errors import InvalidInputError, StorageReadOnlyError


def backup(db: Database, target: Path) -> None:
    """Write one snapshot of the database to the new file ``target``; readers and writers go on meanwhile.

    The copy is made in the same folder, checked, flushed to disk, and only then renamed: ``target`` is a complete copy
    or does not exist. It is an ordinary database, which ``restore`` puts back in place.
    Raises InvalidInputError if ``target`` exists or the database is on a server with a backup tool of its own,
    NotFoundError if there is no database, and StorageReadOnlyError if the folder cannot be written.
    """
    if target.exists():
        raise _target_exists(target)
    try:
        handle, name = mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise StorageReadOnlyError(
            f"The backup cannot be written to {target.parent} ({error.strerror}).", "Name another folder."
        ) from error
    os.close(handle)
    copy = Path(name)
    try:
        db.copy_to(copy)
        flush_to_disk(copy)
        try:
            os.link(copy, target)  # unlike a rename, this never replaces a file created there meanwhile
        except FileExistsError as error:
            raise _target_exists(target) from error
        except OSError:  # a file system without links, such as a memory stick's
            copy.rename(target)
        flush_to_disk(target.parent)
    finally:
        copy.unlink(missing_ok=True)


def _target_exists(target: Path) -> InvalidInputError:
    return InvalidInputError(f"{target} already exists.", "Name a new file: a backup replaces nothing.")


def flush_to_disk(path: Path) -> None:
    """Wait until the file or folder, as it is now, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
