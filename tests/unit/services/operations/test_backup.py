import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.engine.sqlite import SQLite
from app.errors import InvalidInputError, NotFoundError, StorageReadOnlyError, VariorumError
from app.services import comparisons
from app.services.articles import store, trash
from app.services.operations.backup import backup
from app.services.operations.database import open_database
from app.services.stories import library
from app.settings import Settings
from app.sources.text import draft

pytestmark = pytest.mark.sqlite


def test_a_backup_put_in_the_databases_place_has_everything(
    seeded_db: Database, settings: Settings, tmp_path: Path
) -> None:
    base, witness, *_ = (entry.revision for entry in store.choices(seeded_db, "", 500))
    stored = comparisons.open_or_make(seeded_db, base, witness)
    page = library.read_page(seeded_db)
    backup(seeded_db, tmp_path / "copy.db")
    trash.delete(seeded_db, page.entries[0].articles[0].article)
    seeded_db.dispose()
    (tmp_path / "copy.db").replace(Path(seeded_db.name))
    restored = open_database(settings)
    assert library.read_page(restored) == page
    assert comparisons.open_or_make(restored, base, witness) == stored
    store.add(restored, draft("A visit", "He came."))
    restored.dispose()


def test_a_backup_taken_while_articles_come_in_is_whole(db: Database, tmp_path: Path) -> None:
    stop = Event()

    def bring_in() -> None:
        while not stop.is_set():
            store.add(db, draft("A visit", "He came. " * 200))

    writer = Thread(target=bring_in)
    writer.start()
    try:
        for number in range(3):
            before = library.read_page(db).articles
            backup(db, tmp_path / f"{number}.db")
            copy = open_database(Settings(database_url=f"sqlite:///{tmp_path}/{number}.db"))
            assert library.read_page(copy).articles >= before
            copy.dispose()
    finally:
        stop.set()
        writer.join()
    with closing(sqlite3.connect(tmp_path / "2.db")) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_backup_is_one_file_and_leaves_nothing_beside_it(seeded_db: Database, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    backup(seeded_db, shelf / "copy.db")
    assert [file.name for file in shelf.iterdir()] == ["copy.db"]


def test_a_backup_replaces_nothing(seeded_db: Database, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    with pytest.raises(InvalidInputError, match="already exists"):
        backup(seeded_db, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"
    assert not list(tmp_path.glob(".copy*"))


def test_a_file_created_meanwhile_is_not_replaced(
    seeded_db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_to = SQLite.copy_to

    def overtaken(db: SQLite, target: Path) -> None:
        copy_to(db, target)
        (tmp_path / "copy.db").write_text("precious")

    monkeypatch.setattr(SQLite, "copy_to", overtaken)
    with pytest.raises(InvalidInputError, match="already exists"):
        backup(seeded_db, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"


def test_where_files_cannot_be_linked_it_is_renamed(
    seeded_db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    backup(seeded_db, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as file:
        assert file.execute("SELECT count(*) FROM article").fetchall() == [(5,)]
    assert not list(tmp_path.glob(".copy*"))


def test_a_damaged_database_makes_no_backup(seeded_db: Database, tmp_path: Path) -> None:
    seeded_db.dispose()
    content = bytearray(Path(seeded_db.name).read_bytes())
    content[20_000:60_000] = bytes(40_000)
    Path(seeded_db.name).write_bytes(content)
    with pytest.raises(VariorumError, match="damaged"):
        backup(seeded_db, tmp_path / "copy.db")
    assert not list(tmp_path.glob("*copy.db*"))


def test_without_a_database_there_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no database at"):
        backup(connect(f"sqlite:///{tmp_path}/none.db"), tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_reported(seeded_db: Database, tmp_path: Path) -> None:
    with pytest.raises(StorageReadOnlyError, match="cannot be written to"):
        backup(seeded_db, tmp_path / "none" / "copy.db")
