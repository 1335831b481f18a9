"""The trash is emptied while the server runs, including files kept outside the database."""

from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text as sql

from app.db.engine.base import Database
from app.services.articles import store, trash
from app.services.operations import trash_emptier
from app.services.operations.trash_emptier import TrashEmptier
from app.settings import Settings
from app.web.pages.pictures.kept_pictures import PictureShelf

pytestmark = pytest.mark.sqlite


def test_what_is_due_is_removed_with_its_pictures_and_nothing_else(
    seeded_db: Database, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trash_emptier, "FIRST_SECONDS", 0.0)
    picture, other = tmp_path / f"{'a' * 64}.png", tmp_path / "mine.png"
    picture.write_bytes(b"drawn")
    other.write_bytes(b"not ours")
    old, new, *_ = store.choices(seeded_db, "", 9)
    for entry in (old, new):
        trash.delete(seeded_db, entry.article)
    with seeded_db.writing() as session:
        session.execute(
            sql("UPDATE deleted_article SET deleted_at = '2020-01-01 00:00:00.000000' WHERE id = :id"),
            {"id": old.article},
        )
    purged = Event()

    def clear() -> None:
        PictureShelf(tmp_path, 0).clear()
        purged.set()

    emptier = TrashEmptier(seeded_db, settings, clear)
    emptier.start()
    assert purged.wait(60)
    emptier.stop()
    assert [entry.article for entry in trash.list_trash(seeded_db, 0, 9).articles] == [new.article]
    assert (picture.exists(), other.exists()) == (False, True)
