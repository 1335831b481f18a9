import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.db.engine.base import Database
from app.errors import InvalidInputError, StorageDamagedError, StorageReadOnlyError
from app.services.operations import rotation
from app.services.operations.database import open_database
from app.services.operations.rotation import LIST_NAME, list_backups, rotate
from app.services.stories import library
from app.settings import Settings

pytestmark = pytest.mark.sqlite

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for backups, which is not there yet."""
    return tmp_path / "deep" / "backups"


def rotate_hourly(db: Database, folder: Path, hours: int, keep: int) -> list[str]:
    """Return the names of the backups made, one an hour."""
    return [rotate(db, folder, keep, NOON + timedelta(hours=hour)).name for hour in range(hours)]


def files(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()} - {LIST_NAME}


def test_the_newest_are_kept_and_each_is_a_whole_database(seeded_db: Database, folder: Path) -> None:
    names = rotate_hourly(seeded_db, folder, 5, 3)
    assert files(folder) == set(names[2:])
    assert [backup.name for backup in list_backups(folder)] == names[2:]
    assert list_backups(folder)[-1].made_at == NOON + timedelta(hours=4)
    copy = open_database(Settings(database_url=f"sqlite:///{folder / names[-1]}"))
    assert library.read_page(copy) == library.read_page(seeded_db)
    copy.dispose()


def test_nothing_is_deleted_that_was_not_made_here(seeded_db: Database, folder: Path) -> None:
    foreign = "variorum-20200101T000000Z.db"
    folder.mkdir(parents=True)
    (folder / foreign).write_text("precious")
    (folder / "notes.txt").write_text("precious")
    changed, renamed, *_ = rotate_hourly(seeded_db, folder, 2, 9)
    os.utime(folder / changed, (1, 1))
    (folder / renamed).rename(folder / "before-the-election.db")
    last = rotate(seeded_db, folder, 1, NOON + timedelta(days=1)).name
    assert files(folder) == {foreign, "notes.txt", changed, "before-the-election.db", last}


def test_without_its_list_it_deletes_nothing(seeded_db: Database, folder: Path) -> None:
    names = rotate_hourly(seeded_db, folder, 2, 9)
    (folder / LIST_NAME).write_text("{")
    last = rotate(seeded_db, folder, 1, NOON + timedelta(days=1)).name
    assert files(folder) == {*names, last}


def test_a_damaged_database_displaces_no_backup(seeded_db: Database, folder: Path) -> None:
    names = rotate_hourly(seeded_db, folder, 2, 2)
    seeded_db.dispose()
    content = bytearray(Path(seeded_db.name).read_bytes())
    content[20_000:60_000] = bytes(40_000)
    Path(seeded_db.name).write_bytes(content)
    with pytest.raises(StorageDamagedError):
        rotate(seeded_db, folder, 2, NOON + timedelta(days=1))
    assert files(folder) == set(names)


def test_what_an_interrupted_backup_left_is_removed(
    seeded_db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(db: Database, target: Path) -> None:
        (target.parent / f".{target.name}.abcd1234").write_text("half")
        raise KeyboardInterrupt

    monkeypatch.setattr(rotation, "backup", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rotate(seeded_db, folder, 2, NOON)
    assert len(files(folder)) == 1
    monkeypatch.undo()
    last = rotate(seeded_db, folder, 2, NOON + timedelta(hours=1)).name
    assert files(folder) == {last}


def test_a_folder_of_another_databases_backups_is_refused(
    seeded_db: Database, folder: Path, seeded_file: Path
) -> None:
    names = rotate_hourly(seeded_db, folder, 1, 1)
    other_file = shutil.copy(seeded_file, folder.parent / "other.db")
    other = open_database(Settings(database_url=f"sqlite:///{other_file}"))
    with pytest.raises(InvalidInputError, match="backups of another database"):
        rotate(other, folder, 1, NOON + timedelta(days=1))
    other.dispose()
    assert files(folder) == set(names)


def test_a_backup_that_would_fill_the_disk_is_not_begun(
    seeded_db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = rotate_hourly(seeded_db, folder, 1, 1)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1_000))
    with pytest.raises(StorageReadOnlyError, match="too little for a backup"):
        rotate(seeded_db, folder, 1, NOON + timedelta(days=1))
    assert files(folder) == set(names)
