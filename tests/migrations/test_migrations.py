import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.tables.base import SCHEMA, Table
from app.errors import StorageNewerError, VariorumError
from app.resources import folder
from app.services.articles import store
from app.services.operations import worker
from app.services.operations.database import migrate, open_database
from app.services.relations import reindex
from app.services.stories import library
from app.settings import Settings
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text


@pytest.fixture
def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(folder("migrations")))


def test_migrations_make_exactly_the_tables_that_the_models_describe(db: Database) -> None:
    with db.reading() as session:
        context = MigrationContext.configure(
            session.connection(),
            opts={
                "compare_type": True,
                "compare_server_default": True,
                # the indexes of words are no tables, though SQLite shows their parts as some
                "include_name": lambda name, kind, _: (
                    not (kind == "table" and name.startswith(("rare_word", "search_text")))
                ),
            },
        )
        assert compare_metadata(context, Table.metadata) == []


def test_there_is_one_line_of_migrations_and_the_models_are_at_its_end(scripts: ScriptDirectory) -> None:
    assert scripts.get_heads() == [SCHEMA]


def test_no_migration_imports_the_models_which_will_have_changed_by_then(scripts: ScriptDirectory) -> None:
    for path in Path(scripts.versions).glob("*.py"):
        assert not re.search(r"^\s*(from|import)\s+app\b", path.read_text("utf-8"), re.MULTILINE), path


def test_every_constraint_has_a_name(db: Database) -> None:
    with db.reading() as session:
        tables = session.connection().exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table'")
        for (sql,) in tables:
            for line in sql.splitlines():
                if "rare_word" in sql or "search_text" in sql or "AUTOINCREMENT" in line:
                    continue  # made by SQLite itself; a counted key can have no name there
                if re.search(r"\b(PRIMARY KEY|FOREIGN KEY|UNIQUE|CHECK)\b", line):
                    assert line.strip().startswith("CONSTRAINT "), line


def test_an_empty_file_is_migrated_once(settings: Settings) -> None:
    db = connect(settings.url)
    assert migrate(db)
    assert not migrate(db)
    assert db.stored_schema() == SCHEMA
    db.dispose()


def test_going_down_leaves_no_table_and_up_again_works(db: Database) -> None:
    store.add(db, draft("A visit", "He came."))
    config = Config()
    config.set_main_option("script_location", str(folder("migrations")))
    with db.migrating() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with closing(sqlite3.connect(Path(db.name))) as file:
        assert file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall() == [("alembic_version",)]
    migrate(db)
    assert library.read_page(db).articles == 0


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(settings: Settings) -> None:
    open_database(settings).dispose()
    path = settings.data_dir / "variorum.db"
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    with pytest.raises(StorageNewerError, match=r"newer version of Variorum \(schema 9999\)"):
        open_database(settings)
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


def test_rebuilding_a_parent_table_keeps_its_children(db: Database) -> None:
    ref = store.add(db, draft("A visit", "He came."))
    with db.migrating() as connection:
        connection.exec_driver_sql("CREATE TABLE rebuilt AS SELECT * FROM article")
        connection.exec_driver_sql("DROP TABLE article")
        connection.exec_driver_sql(
            "CREATE TABLE article (id PRIMARY KEY, added_at, newest, story, latest, import_id)"
        )
        connection.exec_driver_sql("INSERT INTO article SELECT * FROM rebuilt")
        connection.exec_driver_sql("DROP TABLE rebuilt")
    assert store.read(db, ref.article).text == "He came."


def test_a_migration_that_breaks_a_reference_is_undone_as_a_whole(db: Database) -> None:
    store.add(db, draft("A visit", "He came."))

    def break_it() -> None:
        with db.migrating() as connection:
            connection.exec_driver_sql("CREATE TABLE half_way (id)")
            connection.exec_driver_sql("DELETE FROM article")

    with pytest.raises(VariorumError, match="would break 2 references"):
        break_it()
    assert library.read_page(db).articles == 1
    with closing(sqlite3.connect(Path(db.name))) as file:
        assert not file.execute("SELECT 1 FROM sqlite_master WHERE name = 'half_way'").fetchall()


def test_processes_that_start_at_once_migrate_and_seed_once(settings: Settings) -> None:
    program = (
        "import sys; from app.settings import Settings\n"
        "from app.services.operations.database import open_database\n"
        "from app.services.transfer import seeds\n"
        "sys.stdin.readline()\n"
        "db = open_database(Settings()); print(seeds.seed(db)); db.dispose()"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=folder("migrations").parent,
            env={"VARIORUM_DATABASE_URL": settings.url, "PYTHONPATH": str(folder("migrations").parent)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=60)[0].strip() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert sorted(answers) == ["0", "0", "5"]
    db = open_database(settings)
    assert library.read_page(db).articles == 5
    db.dispose()


def test_a_database_of_the_first_schema_comes_up_with_its_articles_indexed_and_related(
    settings: Settings,
) -> None:
    config = Config()
    config.set_main_option("script_location", str(folder("migrations")))
    db = connect(settings.url)
    db.create()
    with db.migrating() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for place, letter in enumerate("abc"):
            _first_schemas_article(connection, letter, place)
    db.dispose()
    again = open_database(settings)
    assert library.read_page(again).articles == 3
    worker.work_off_backlog(settings.url, 60)
    assert reindex.is_index_complete(again)
    copies, alone = library.read_page(again).entries[1], library.read_page(again).entries[0]
    assert (copies.id, copies.count, alone.id) == ("a" * 16, 2, None)
    assert store.read(again, "a" * 16).text == text(paragraphs(1))
    with again.reading() as session:
        assert not inspect(session.connection()).has_table("shingle")
        assert not inspect(session.connection()).has_table("likeness")
    assert store.add(again, draft("A visit", "He came.")).number == 1
    again.dispose()


def _first_schemas_article(connection: Connection, letter: str, place: int) -> None:
    """Return an article as the first schema stored it: a and b have the same text."""
    words = paragraphs(1 + (letter == "c"))
    article, revision = letter * 16, letter * 15 + "2"
    moment = datetime(2024, 2, 5, tzinfo=UTC) + timedelta(minutes=place)
    tables = MetaData()
    tables.reflect(connection)
    connection.execute(tables.tables["article"].insert(), {"id": article, "added_at": moment, "newest": 1})
    connection.execute(
        tables.tables["revision"].insert(),
        {
            "id": revision,
            "article": article,
            "number": 1,
            "saved_at": moment,
            "title": f"Title {letter}",
            "publisher": "",
            "author": "",
            "published_on": None,
            "url": "",
            "headline": None,
            "paragraphs_count": len(words),
            "furniture": [],
            "digest": "0" * 64,
            "shingles": 1,
            "text": text(words),
            "paragraphs": words,
        },
    )
    connection.execute(tables.tables["shingle"].insert(), {"hash": 5, "revision": revision})
    if letter == "b":
        pair = {"revision": revision, "other": "a" * 15 + "2", "shared": 1}
        connection.execute(tables.tables["likeness"].insert(), pair)
