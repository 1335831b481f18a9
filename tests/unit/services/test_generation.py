"""The generation: the same for as long as nothing is written, another after every write of any process."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.services.articles import store, trash
from app.services.intake import intakes
from app.services.intake.intakes import Brought
from app.settings import Settings

DELETE = """
import sys
from app.db.engine.connect import connect
from app.services.articles import store, trash
db = connect(sys.argv[1])
trash.delete(db, store.choices(db, exclude="", limit=1)[0].article)
db.dispose()
"""


def test_reading_leaves_the_generation_as_it_is(seeded_db: Database) -> None:
    reader = seeded_db.generations()
    before = reader.read()
    store.choices(seeded_db, exclude="", limit=10)
    assert before is not None
    assert reader.read() == before
    reader.close()


def test_a_write_of_this_process_begins_another(seeded_db: Database) -> None:
    reader = seeded_db.generations()
    before = reader.read()
    trash.delete(seeded_db, store.choices(seeded_db, exclude="", limit=1)[0].article)
    assert reader.read() not in (None, before)
    reader.close()


def test_a_write_of_another_process_begins_another(seeded_db: Database, settings: Settings) -> None:
    reader = seeded_db.generations()
    before = reader.read()
    subprocess.run([sys.executable, "-c", DELETE, settings.url], check=True)
    assert reader.read() not in (None, before)
    reader.close()


def test_a_write_that_is_rolled_back_does_not(seeded_db: Database) -> None:
    reader = seeded_db.generations()
    before = reader.read()
    with suppress(RuntimeError), seeded_db.writing():
        raise RuntimeError
    assert reader.read() == before
    reader.close()


def test_what_no_page_shows_leaves_it_as_it_is(seeded_db: Database) -> None:
    reader = seeded_db.generations()
    before = reader.read()
    for _ in range(2):
        intakes.bring(seeded_db, [Brought("text", "", b"A visit")])
        assert reader.read() == before
    trash.delete(seeded_db, store.choices(seeded_db, exclude="", limit=1)[0].article)
    assert reader.read() not in (None, before)
    reader.close()


def test_a_read_after_close_opens_it_again(seeded_db: Database) -> None:
    reader = seeded_db.generations()
    before = reader.read()
    reader.close()
    assert before is not None
    assert reader.read() is not None
    reader.close()


def test_another_schema_makes_it_unknown(seeded_db: Database) -> None:
    reader = seeded_db.generations()
    assert reader.read() is not None
    with seeded_db.migrating() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert reader.read() is None
    reader.close()


@pytest.mark.sqlite
def test_what_another_program_writes_into_the_file_begins_another(seeded_db: Database) -> None:
    reader = seeded_db.generations()
    before = reader.read()
    with closing(sqlite3.connect(seeded_db.name)) as file:
        file.execute("UPDATE revision SET title = 'A visit'")
        file.commit()
    assert reader.read() not in (None, before)
    reader.close()


@pytest.mark.sqlite
def test_what_another_program_writes_after_what_no_page_shows_begins_another(seeded_db: Database) -> None:
    reader = seeded_db.generations()
    before = reader.read()
    intakes.bring(seeded_db, [Brought("text", "", b"A visit")])
    assert reader.read() == before
    with closing(sqlite3.connect(seeded_db.name)) as file:
        file.execute("UPDATE revision SET title = 'A visit'")
        file.commit()
    assert reader.read() not in (None, before)
    reader.close()


@pytest.mark.sqlite
def test_another_file_in_its_place_or_none_makes_it_unknown(seeded_db: Database) -> None:
    reader = seeded_db.generations()
    assert reader.read() is not None
    path = Path(seeded_db.name)
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    copy.replace(path)
    assert reader.read() is None
    path.unlink()
    assert reader.read() is None
    reader.close()


@pytest.mark.sqlite
def test_a_read_only_file_written_by_another_process_begins_another(seeded_db: Database) -> None:
    url = f"sqlite:///{seeded_db.name}"
    other = connect(url)
    other.read_only = True
    reader = other.generations()
    before = reader.read()
    assert before is not None
    assert reader.read() == before
    trash.delete(seeded_db, store.choices(seeded_db, exclude="", limit=1)[0].article)
    assert reader.read() != before
    other.dispose()
