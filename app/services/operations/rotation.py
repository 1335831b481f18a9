"""Backups made one after another in a folder, the oldest of them deleted.

A list beside them says which files were made here, with the size and the time of each. Nothing else is ever deleted:
not a file that somebody put there under such a name, nor a backup that was changed or renamed since.
"""

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.db.engine.base import Database
from app.errors import InvalidInputError, StorageReadOnlyError
from app.services.operations.backup import backup, flush_to_disk

LIST_NAME = ".variorum-backups.json"
"""The list of the backups made here: the database's name, and for each file its size and time of change."""

_NAME = "variorum-%Y%m%dT%H%M%SZ.db"
"""A backup's name: when it was begun, in UTC. Names sort as the backups were made."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made here and is still there."""

    name: str
    made_at: datetime


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """Return the backups that were made in ``folder`` and are there, unchanged; the oldest comes first."""
    return _present(folder, _read_list(folder)["made"])


def rotate(db: Database, folder: Path, keep: int, now: datetime) -> Backup:
    """Make a backup of ``db`` in ``folder``, then delete the oldest so that ``keep`` are left; return the new one.

    The new one has its name only once it is whole and checked, and nothing is deleted before. Raises InvalidInputError
    if the folder holds the backups of another database, StorageReadOnlyError if it cannot be written or the disk has
    too little room, and whatever ``backup`` raises.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    listed = _read_list(folder)
    if listed["database"] not in ("", db.name):
        raise InvalidInputError(
            f"The folder {folder} holds the backups of another database, {listed['database']}.",
            f"Name another folder in VARIORUM_BACKUP_DIR, or remove {folder / LIST_NAME} if that database moved here; "
            "its backups are then never deleted.",
        )
    _require_room(db, folder)
    for unfinished in listed["unfinished"]:
        for copy in folder.glob(f".{unfinished}.*"):  # the temporary file of a backup that was interrupted
            copy.unlink(missing_ok=True)
    name = now.astimezone(UTC).strftime(_NAME)
    stamps: dict[str, list[int]] = listed["made"]
    _write_list(folder, db, stamps, [name])
    backup(db, folder / name)
    stamps[name] = _stamp(folder / name)
    _write_list(folder, db, stamps, [])
    present = [entry.name for entry in _present(folder, stamps)]
    surplus = [earlier for earlier in present if earlier != name][: max(0, len(present) - keep)]
    for old in surplus:
        with suppress(FileNotFoundError):
            (folder / old).unlink()
    kept = set(present) - set(surplus)
    _write_list(folder, db, {name: stamps[name] for name in sorted(kept)}, [])
    return Backup(name, now)


def _present(folder: Path, stamps: Mapping[str, list[int]]) -> tuple[Backup, ...]:
    backups = []
    for name in sorted(stamps):
        with suppress(OSError, ValueError):
            if _stamp(folder / name) == stamps[name]:
                backups.append(Backup(name, datetime.strptime(name, _NAME).replace(tzinfo=UTC)))
    return tuple(backups)


def _stamp(file: Path) -> list[int]:
    status = file.stat()
    return [status.st_size, status.st_mtime_ns]


def _require_room(db: Database, folder: Path) -> None:
    """Raise StorageReadOnlyError if a copy would leave the disk with less room than a tenth of the database."""
    try:
        size = Path(db.name).stat().st_size
    except OSError:
        return  # the copy itself will say what is wrong
    room = shutil.disk_usage(folder).free
    if room < 1.1 * size:
        raise StorageReadOnlyError(
            f"The disk of {folder} has {room // 2**20:,} MB left, too little for a backup of {size // 2**20:,} MB.",
            "Make room, keep fewer backups (--keep), or name another folder in VARIORUM_BACKUP_DIR.",
        )


def _read_list(folder: Path) -> dict[str, Any]:
    """Return the list, empty if there is none or it cannot be read: then nothing counts as made here."""
    empty: dict[str, Any] = {"database": "", "made": {}, "unfinished": []}
    with suppress(OSError, ValueError):
        stored = json.loads((folder / LIST_NAME).read_text(encoding="utf-8"))
        if isinstance(stored, dict) and stored.keys() == empty.keys():
            return stored
    return empty


def _write_list(folder: Path, db: Database, stamps: Mapping[str, list[int]], unfinished: list[str]) -> None:
    content = json.dumps({"database": db.name, "made": stamps, "unfinished": unfinished}, indent=1)
    copy = folder / f"{LIST_NAME}.new"
    try:
        copy.write_text(content, encoding="utf-8")
        flush_to_disk(copy)
        copy.replace(folder / LIST_NAME)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> StorageReadOnlyError:
    return StorageReadOnlyError(
        f"The backups cannot be written to {folder} ({error.strerror}).",
        "Name another folder in VARIORUM_BACKUP_DIR.",
    )
