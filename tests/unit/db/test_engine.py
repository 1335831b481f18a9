import importlib.readers  # noqa: F401  # loaded here: as another user, a test may be unable to read Python's folder
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text
from sqlmodel import select

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.engine.sqlite import CACHE_BYTES, READ_CONNECTIONS
from app.db.tables.articles import Revision
from app.db.tables.base import SCHEMA
from app.db.tables.comparisons import ComparisonRow
from app.errors import (
    InvalidInputError,
    StorageBusyError,
    StorageNewerError,
    StorageReadOnlyError,
    VariorumError,
)
from app.services import comparisons
from app.services.articles import store
from app.services.operations.database import migrate, open_database
from app.services.stories import library
from app.services.transfer import seeds
from app.settings import Settings
from app.sources.text import draft


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]
)
def test_each_connection_keeps_acknowledged_writes(db: Database, pragma: str, value: object) -> None:
    for opened in (db.reading(), db.writing()):
        with opened as session:
            assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_as_many_readers_as_the_web_has_threads_read_at_once(db: Database) -> None:
    sessions = [db.reading() for _ in range(READ_CONNECTIONS)]
    for session in sessions:
        session.__enter__().execute(text("SELECT count(*) FROM article"))
    for session in sessions:
        session.__exit__(None, None, None)


@pytest.mark.sqlite
def test_after_a_rush_one_reader_at_a_time_keeps_to_one_connection(db: Database) -> None:
    with ExitStack() as stack:
        for _ in range(READ_CONNECTIONS):
            stack.enter_context(db.reading()).execute(text("SELECT count(*) FROM article"))
    used = set()
    for _ in range(READ_CONNECTIONS):
        with db.reading() as session:
            used.add(id(session.connection().connection.driver_connection))
    assert len(used) == 1


@pytest.mark.sqlite
def test_the_connections_of_a_process_share_a_bound_of_memory(db: Database) -> None:
    for opened in (db.reading(), db.writing()):
        with opened as session:
            assert session.execute(text("PRAGMA soft_heap_limit")).scalar() == CACHE_BYTES


def test_a_reader_sees_one_state_while_others_write(db: Database) -> None:
    with db.reading() as session:
        assert session.execute(text("SELECT count(*) FROM article")).scalar() == 0
        store.add(db, draft("A visit", "He came."))
        assert session.execute(text("SELECT count(*) FROM article")).scalar() == 0
    assert library.read_page(db).articles == 1


def test_a_reader_cannot_write(db: Database) -> None:
    with pytest.raises(StorageReadOnlyError), db.reading() as session:
        session.execute(text("DELETE FROM article"))


def test_an_error_inside_a_write_undoes_all_of_it(db: Database) -> None:
    def half_way() -> None:
        with db.writing() as session:
            session.execute(text("INSERT INTO seeded VALUES ('aaaaaaaaaaaaaaaa', '2024-01-01')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_way()
    with db.reading() as session:
        assert session.execute(text("SELECT count(*) FROM seeded")).scalar() == 0


@pytest.mark.parametrize("table", [Revision, ComparisonRow])
def test_what_a_link_leads_to_is_written_once(
    seeded_db: Database, table: type[Revision | ComparisonRow]
) -> None:
    base, witness, *_ = (entry.revision for entry in store.choices(seeded_db, "", 500))
    stored = comparisons.open_or_make(seeded_db, base, witness)

    def change() -> None:
        with seeded_db.writing() as session:
            for row in session.exec(select(table)):
                row.digest = "0" * 64

    with pytest.raises(TypeError, match="never changes"):
        change()
    assert comparisons.open_or_make(seeded_db, base, witness) == stored


def test_none_of_160_increments_is_lost(db: Database) -> None:
    store.add(db, draft("A visit", "He came."))

    def increment() -> None:
        for _ in range(20):
            with db.writing() as session:
                (newest,) = session.execute(text("SELECT newest FROM article")).one()
                session.execute(text("UPDATE article SET newest = :n"), {"n": newest + 1})

    threads = [Thread(target=increment) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.reading() as session:
        assert session.execute(text("SELECT newest FROM article")).scalar() == 161


def test_a_lock_held_elsewhere_is_reported_and_does_no_lasting_harm(settings: Settings) -> None:
    db = connect(settings.url, busy_seconds=0.1)
    migrate(db)
    with closing(sqlite3.connect(Path(db.name), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageBusyError):
            store.add(db, draft("A visit", "He came."))
        assert library.read_page(db).articles == 0
        other.execute("ROLLBACK")
    store.add(db, draft("A visit", "He came."))
    assert library.read_page(db).articles == 1
    db.dispose()


def test_a_busy_writer_does_not_keep_a_comparison_from_its_reader(settings: Settings) -> None:
    db = connect(settings.url, busy_seconds=0.1)
    migrate(db)
    seeds.seed(db)
    base, witness, *_ = (entry.revision for entry in store.choices(db, "", 500))
    with closing(sqlite3.connect(Path(db.name), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not comparisons.open_or_make(db, base, witness).stored
    assert comparisons.open_or_make(db, base, witness).stored
    db.dispose()


def test_a_schema_that_changes_while_the_program_runs_stops_reads_and_writes_until_it_is_right_again(
    seeded_db: Database,
) -> None:
    with closing(sqlite3.connect(Path(seeded_db.name))) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()
        with pytest.raises(StorageNewerError, match="newer version"):
            library.read_page(seeded_db)
        with pytest.raises(StorageNewerError, match="newer version"):
            store.add(seeded_db, draft("A visit", "He came."))
        other.execute("UPDATE alembic_version SET version_num = ?", (SCHEMA,))
        other.commit()
    store.add(seeded_db, draft("A visit", "He came."))
    assert library.read_page(seeded_db).articles == 6


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (
            "mysql+pymysql://root@localhost/x",
            "SQLite or PostgreSQL and cannot use a database of the kind mysql",
        ),
        ("variorum.db", "not the address of a database"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_an_address_without_a_database_is_refused_with_a_reason(url: str, says: str) -> None:
    with pytest.raises(InvalidInputError, match=says):
        connect(url)


def test_a_missing_database_and_its_folders_are_made(tmp_path: Path) -> None:
    db = open_database(Settings(data_dir=tmp_path / "über uns" / "a b=#c" / "data"))
    assert library.read_page(db).articles == 0
    assert Path(db.name) == tmp_path / "über uns" / "a b=#c" / "data" / "variorum.db"
    assert Path(db.name).is_file()
    db.dispose()


def test_a_file_that_is_not_a_database_is_reported_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "variorum.db").write_bytes(b"a letter to the editor, not a database " * 200)
    with pytest.raises(VariorumError, match="is not a database"):
        open_database(Settings(data_dir=tmp_path))
    assert (tmp_path / "variorum.db").read_bytes().startswith(b"a letter")


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "variorum.db")) as other:
        other.execute("CREATE TABLE article (headline)")
    with pytest.raises(VariorumError, match="belongs to another program"):
        open_database(Settings(data_dir=tmp_path))
    with closing(sqlite3.connect(tmp_path / "variorum.db")) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("article",)]


def test_a_full_disk_is_reported_and_nothing_is_half_stored(db: Database) -> None:
    def allow(pages: int) -> None:
        with db.writing() as session:
            session.execute(text(f"PRAGMA max_page_count={pages}"))

    allow(1)  # SQLite takes this as the pages that the file has now
    with pytest.raises(StorageReadOnlyError, match="disk is full"):
        store.add(db, draft("A visit", "He came. " * 10_000))
    assert library.read_page(db).articles == 0
    allow(100_000)
    store.add(db, draft("A visit", "He came. " * 10_000))
    assert library.read_page(db).articles == 1


def test_a_folder_in_place_of_the_database_is_reported(tmp_path: Path) -> None:
    (tmp_path / "variorum.db").mkdir()
    with pytest.raises(VariorumError, match="cannot be opened"):
        open_database(Settings(data_dir=tmp_path))


def test_a_file_in_place_of_the_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StorageReadOnlyError, match="cannot be made"):
        open_database(Settings(data_dir=tmp_path / "data"))


def test_closing_leaves_one_file(seeded_db: Database) -> None:
    seeded_db.dispose()
    assert [file.name for file in Path(seeded_db.name).parent.iterdir()] == ["variorum.db"]


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder with a seeded database, where other users may look."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        db = open_database(Settings(data_dir=folder))
        seeds.seed(db)
        db.dispose()
        yield folder
        folder.chmod(0o755)


@contextmanager
def without_leave_to_write(folder: Path, *files: Path) -> Iterator[None]:
    """Within, ``folder`` and ``files`` cannot be written; root, who always may, becomes another user meanwhile."""
    folder.chmod(0o555)
    for file in files:
        file.chmod(0o444)
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def reads_and_refuses_to_write(db: Database) -> None:
    base, witness, *_ = (entry.revision for entry in store.choices(db, "", 500))
    compared = comparisons.open_or_make(db, base, witness)
    assert (compared.stored, compared.made_at) == (False, None)
    with pytest.raises(StorageReadOnlyError, match="can be read but not written"):
        store.add(db, draft("A visit", "He came."))
    assert seeds.seed(db) == 0


def test_a_read_only_database_serves_stored_articles(shelf: Path) -> None:
    before = (shelf / "variorum.db").read_bytes()
    with without_leave_to_write(shelf, shelf / "variorum.db"):
        db = open_database(Settings(data_dir=shelf))
        assert db.read_only
        reads_and_refuses_to_write(db)
        db.dispose()
    assert (shelf / "variorum.db").read_bytes() == before


def test_a_read_only_database_shows_what_another_user_writes(shelf: Path) -> None:
    writer = open_database(Settings(data_dir=shelf))
    store.add(writer, draft("Stored just now", "He came."))
    with without_leave_to_write(shelf, *shelf.iterdir()):
        db = open_database(Settings(data_dir=shelf))
        titles = [article.title for entry in library.read_page(db).entries for article in entry.articles]
        assert "Stored just now" in titles
        reads_and_refuses_to_write(db)
        db.dispose()
    store.add(writer, draft("And later", "She left."))
    writer.dispose()


def test_a_stored_comparison_is_served_from_a_read_only_database(shelf: Path) -> None:
    db = open_database(Settings(data_dir=shelf))
    base, witness, *_ = (entry.revision for entry in store.choices(db, "", 500))
    stored = comparisons.open_or_make(db, base, witness)
    db.dispose()
    with without_leave_to_write(shelf, shelf / "variorum.db"):
        db = open_database(Settings(data_dir=shelf))
        assert comparisons.open_or_make(db, base, witness) == stored
        db.dispose()


def test_a_read_only_database_without_a_schema_is_reported(shelf: Path) -> None:
    (shelf / "variorum.db").write_bytes(b"")
    with (
        without_leave_to_write(shelf, shelf / "variorum.db"),
        pytest.raises(StorageReadOnlyError, match="older version and, being read-only"),
    ):
        open_database(Settings(data_dir=shelf))
