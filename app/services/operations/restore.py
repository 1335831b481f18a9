"""A backup put in the database's place, with nothing lost of what it replaces."""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkstemp

from app.db.engine import replacement
from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.queries import articles as article_queries
from app.db.queries import trash as trash_queries
from app.errors import (
    InvalidInputError,
    NotFoundError,
    StorageDamagedError,
    StorageReadOnlyError,
    VariorumError,
)
from app.services.operations.backup import flush_to_disk
from app.services.operations.check import Fault, check
from app.services.operations.database import migrate, require_known_schema


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place."""

    articles: int
    revisions: int
    aside: Path | None
    """Where the database that was replaced is; None if there was none."""
    returned: tuple[str, ...] = ()
    """Articles, by id and title, that were deleted for good in the one replaced and are here again."""


def open_copy(file: Path) -> Database:
    """Return the database in ``file``, which is only read and not even migrated. Raises NotFoundError."""
    if not file.is_file():
        raise NotFoundError(f"There is no file {file}.", "Name a backup.")
    db = connect(f"sqlite:///{file.resolve()}")
    db.read_only = True
    return db


def restore(db: Database, file: Path, now: datetime) -> Restored:
    """Put a copy of the backup ``file`` in the place of ``db``, to which this process must have no connection.

    The copy is made beside the database, brought up to date and checked as ``check`` does, without the index; only then
    it takes the database's place, in one step. The replaced database stays beside it, its name followed by ``now``.

    Raises StorageBusyError if another process has the database open, StorageDamagedError if the file is damaged,
    StorageNewerError if it is of a newer schema, NotFoundError if it is not there, InvalidInputError if it is no backup
    or the database is on a server, and StorageReadOnlyError if the folder cannot be written.
    """
    if db.pages_changed() is None:
        raise InvalidInputError(
            f"The database {db.name} is on a server, so this command does not restore it.",
            "Use the server's own tool, for example: pg_restore --clean --if-exists --dbname=DATABASE FILE",
        )
    path = Path(db.name)
    if path.exists() and file.exists() and path.samefile(file):
        raise InvalidInputError(f"{file} is the database itself.", "Name a backup of it.")
    replacement.require_unused(path)
    source = open_copy(file)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise StorageReadOnlyError(
            f"The folder {path.parent} cannot be written ({error.strerror}), so nothing was changed.",
            "Run this as the user that runs the program.",
        ) from error
    os.close(handle)
    copy = Path(name)
    try:
        report = _make_copy(source, file, copy)
        _give_to_owner(copy, path if path.exists() else path.parent)
        flush_to_disk(copy)
        aside = path.with_name(f"{path.name}.replaced-{now:%Y%m%dT%H%M%SZ}")
        returned = _returned(path, copy)
        existed = replacement.replace(path, copy, aside)
        flush_to_disk(path.parent)
    finally:
        source.dispose()
        for suffix in ("", "-wal", "-shm"):
            copy.with_name(f"{copy.name}{suffix}").unlink(missing_ok=True)
    return Restored(report[0], report[1], aside if existed else None, returned)


def _make_copy(source: Database, file: Path, copy: Path) -> tuple[int, int]:
    """Write a checked copy of ``source``, of this program's schema; return how many articles and revisions it has."""
    try:
        stored = source.stored_schema()
        if stored is None:
            raise InvalidInputError(
                f"{file} holds no articles of Variorum, so nothing was changed.", "Name a backup."
            )
        require_known_schema(stored, str(file))
        source.copy_to(copy)
        db = connect(f"sqlite:///{copy}")
        try:
            migrate(db)
            faults: list[Fault] = []
            report = check(db, faults.append, quick=True)
        finally:
            db.dispose()
    except StorageDamagedError as error:
        raise _damaged(file) from error
    if faults:
        raise _damaged(file, str(faults[0]))
    return report.articles, report.revisions


def _returned(path: Path, copy: Path) -> tuple[str, ...]:
    """Return the articles of ``copy`` that were deleted for good in the database at ``path``; none if it is damaged."""
    if not path.is_file():
        return ()
    old, new = open_copy(path), open_copy(copy)
    try:
        if old.stored_schema() != new.stored_schema():
            return ()
        with old.reading() as session:
            purged = trash_queries.purged_ids(session)
        with new.reading() as session:
            back = [id for id in purged if article_queries.exists(session, id)]
        return tuple(f"{id} “{purged[id]}”" for id in back)
    except VariorumError:
        return ()
    finally:
        old.dispose()
        new.dispose()


def _damaged(file: Path, what: str = "") -> StorageDamagedError:
    return StorageDamagedError(
        f"{file} is damaged{f' ({what})' if what else ', or is no database'}, so nothing was changed.",
        f"Name another backup. What is still whole in this one: variorum check {file}",
    )


def _give_to_owner(copy: Path, like: Path) -> None:
    """Give a file to the owner of another: run by the administrator, it would otherwise not be the program's."""
    status = like.stat()
    copy.chmod(status.st_mode & 0o666)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        with suppress(OSError):
            os.chown(copy, status.st_uid, status.st_gid)
