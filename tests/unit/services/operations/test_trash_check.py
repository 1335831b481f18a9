"""The trash in a check of the database, in a backup, and when a backup is put in the database's place."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.services import comparisons
from app.services.articles import store, trash
from app.services.operations.backup import backup
from app.services.operations.check import Fault, check
from app.services.operations.restore import restore
from app.settings import Settings


def faults(db: Database) -> list[Fault]:
    noted: list[Fault] = []
    check(db, noted.append)
    return noted


def test_what_is_not_whole_in_the_trash_is_named_with_its_article(seeded_db: Database) -> None:
    base, witness, *_ = store.choices(seeded_db, "", 500)
    comparisons.open_or_make(seeded_db, base.revision, witness.revision)
    trash.delete(seeded_db, base.article)
    assert faults(seeded_db) == []
    for change in (
        "columns = (SELECT columns FROM trashed_row WHERE kind = 'article') WHERE kind = 'revision'",
        "content = (SELECT columns FROM trashed_row WHERE kind = 'article') WHERE kind = 'comparison'",
        "columns = (SELECT content FROM trashed_row WHERE kind = 'comparison') WHERE kind = 'note'",
    ):
        with seeded_db.writing() as session:
            session.execute(sql(f"UPDATE trashed_row SET {change}"))
    noted = faults(seeded_db)
    assert {fault.article for fault in noted} == {base.article}
    assert {fault.what for fault in noted} >= {
        "in the trash: a row of it cannot be read",
        f"in the trash: the comparison {base.revision}..{witness.revision} is not the one that was stored",
    }


@pytest.mark.sqlite
def test_a_restored_backup_names_what_had_been_deleted_for_good(
    seeded_db: Database, settings: Settings, tmp_path: Path
) -> None:
    gone, trashed, *_ = store.choices(seeded_db, "", 500)
    backup(seeded_db, tmp_path / "before.db")
    for entry in (gone, trashed):
        trash.delete(seeded_db, entry.article)
    trash.purge(seeded_db, gone.article)
    backup(seeded_db, tmp_path / "after.db")
    seeded_db.dispose()
    now = datetime(2030, 1, 1, tzinfo=UTC)
    assert restore(connect(settings.url), tmp_path / "after.db", now).returned == ()
    restored = restore(connect(settings.url), tmp_path / "before.db", now.replace(day=2))
    assert restored.returned == (f"{gone.article} “{gone.title}”",)
