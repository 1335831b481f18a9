"""A safe copy of the running database."""

import os
from pathlib import Path
from tempfile import mkstemp

from app.db.engine.base import Database
from app.errors import InvalidInputError, StorageReadOnlyError


def backup(db: Database, target: Path) -> None:
    """Write the database, as one moment saw it, to the new file ``target``; readers and writers go on meanwhile.

    The copy is made beside its place, checked, brought to the disk, and only then given its name: under ``target``
    stands a whole copy or nothing. It is an ordinary database: to restore it, stop the program and put it in the
    database's place. Raises InvalidInputError where ``target`` stands already or
    the database is on a server that has a tool of its own for this, NotFoundError where there is no database,
    StorageReadOnlyError where the folder cannot be written.
    """
    if target.exists():
        raise _stands(target)
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
        _bring_to_disk(copy)
        try:
            os.link(
                copy, target
            )  # unlike a rename, this never replaces a file that came to stand there meanwhile
        except FileExistsError as error:
            raise _stands(target) from error
        except OSError:  # a file system without links, such as a memory stick's
            copy.rename(target)
        _bring_to_disk(target.parent)
    finally:
        copy.unlink(missing_ok=True)


def _stands(target: Path) -> InvalidInputError:
    return InvalidInputError(
        f"{target} stands already.", "Name a file that does not: a backup replaces nothing."
    )


def _bring_to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
