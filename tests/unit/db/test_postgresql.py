"""The database on a PostgreSQL server: one writer at a time, and its failures in words."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.tables.base import Table
from app.errors import (
    InvalidInputError,
    NotFoundError,
    StorageBusyError,
    StorageNewerError,
    StorageReadOnlyError,
    VariorumError,
)
from app.services.articles import store as articles
from app.services.operations.backup import backup
from app.services.operations.database import migrate, open_database
from app.services.stories import library
from app.settings import Settings
from app.sources.text import draft
from tests.postgresql import Cluster

pytestmark = pytest.mark.postgresql

Opened = Callable[..., Database]


@pytest.fixture
def url(cluster: Cluster, empty_template: str) -> Iterator[str]:
    name = cluster.make(empty_template)
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture
def opened(url: str) -> Iterator[Opened]:
    """The same database once more, as another process would open it."""
    databases: list[Database] = []

    def another(busy_seconds: float = 5.0) -> Database:
        databases.append(connect(url, busy_seconds))
        return databases[-1]

    yield another
    for database in databases:
        database.dispose()


def test_its_tables_are_exactly_those_that_the_models_describe(opened: Opened) -> None:
    with opened().reading() as session:
        options = {
            "compare_type": True,
            # These indexes are each database's own affair: see app.db.index.words and search_texts.
            "include_name": lambda name, kind, _: (
                not (kind == "table" and name in ("rare_word", "search_text"))
            ),
        }
        context = MigrationContext.configure(session.connection(), opts=options)
        assert compare_metadata(context, Table.metadata) == []


def test_what_writers_in_several_processes_read_is_still_so_when_they_write(opened: Opened) -> None:
    with opened().writing() as session:
        session.execute(text("CREATE TABLE counted (number integer)"))
        session.execute(text("INSERT INTO counted VALUES (0)"))

    def count(db: Database) -> None:
        for _ in range(10):
            with db.writing() as session:
                number = session.execute(text("SELECT number FROM counted")).scalar_one()
                session.execute(text("UPDATE counted SET number = :number"), {"number": number + 1})

    threads = [Thread(target=count, args=(opened(),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with opened().reading() as session:
        assert session.execute(text("SELECT number FROM counted")).scalar_one() == 60


def test_a_reader_sees_one_state_throughout_and_waits_for_no_writer(opened: Opened) -> None:
    db = opened()
    with db.reading() as session:
        before = session.execute(text("SELECT count(*) FROM article")).scalar_one()
        articles.add(opened(), draft("A visit", "He came."))
        assert session.execute(text("SELECT count(*) FROM article")).scalar_one() == before
    assert library.read_page(db).articles == before + 1


def test_a_reader_cannot_write(opened: Opened) -> None:
    with pytest.raises(StorageReadOnlyError), opened().reading() as session:
        session.execute(text("DELETE FROM article"))


def test_a_writer_gives_up_in_words_when_another_stays_at_it(opened: Opened) -> None:
    with opened().writing(), pytest.raises(StorageBusyError), opened(0.1).writing():
        pass


def test_what_failed_half_way_is_not_there(opened: Opened) -> None:
    db = opened()

    def fail() -> None:
        with db.writing() as session:
            session.execute(text("CREATE TABLE half_way (number integer)"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with db.reading() as session:
        assert session.execute(text("SELECT to_regclass('half_way')")).scalar_one() is None


def test_a_schema_changed_meanwhile_stops_reading_and_writing(opened: Opened) -> None:
    db = opened()
    migrate(db)
    with opened().writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageNewerError), db.reading() as session:
        session.connection()
    with pytest.raises(StorageNewerError), db.writing():
        pass
    with pytest.raises(StorageNewerError):
        migrate(opened())


def test_another_programs_database_is_left_alone(cluster: Cluster) -> None:
    name = cluster.make()
    db = connect(cluster.url(name))
    with db.writer.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (number integer)"))
    with pytest.raises(VariorumError, match="belongs to another program"):
        migrate(db)
    db.dispose()
    cluster.drop(name)


def test_a_database_that_takes_no_writes_is_still_read(opened: Opened) -> None:
    with opened().writing() as session:
        session.execute(text("DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || "
                             "' SET default_transaction_read_only = on'; END $$"))  # fmt: skip
    db = opened()
    assert not migrate(db)
    assert db.read_only
    assert library.read_page(db).articles == 0
    with pytest.raises(StorageReadOnlyError):
        articles.add(db, draft("A visit", "He came."))


def test_an_address_with_a_null_character_names_nothing(opened: Opened) -> None:
    with pytest.raises(NotFoundError):
        articles.read(opened(), "\x00")


def test_a_backup_points_to_the_servers_own_tool(opened: Opened, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="pg_dump"):
        backup(opened(), tmp_path / "copy.db")


def test_a_missing_database_is_reported_in_the_servers_words(cluster: Cluster) -> None:
    with pytest.raises(VariorumError, match=r'"nowhere" does not exist.*createdb'):
        open_database(Settings(database_url=cluster.url("nowhere")))


def test_an_unreachable_server_is_reported_without_the_password() -> None:
    with pytest.raises(StorageBusyError, match="cannot be reached") as raised:
        open_database(Settings(database_url="postgresql://me:secret@127.0.0.1:1/variorum"))
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("the database system is starting up", "cannot be reached just now"),
        ("the database system is shutting down", "cannot be reached just now"),
        ("sorry, too many clients already", "is busy"),
        ("no more connections allowed (max_client_conn)", "is busy"),
    ],
)
def test_a_server_that_is_not_ready_is_not_reported_as_refusing(words: str, message: str) -> None:
    db = connect("postgresql://me@127.0.0.1:1/variorum")
    with pytest.raises(StorageBusyError, match=message), db.translate_errors():
        raise OperationalError(None, None, psycopg.OperationalError(f"connection failed: FATAL:  {words}"))


@pytest.mark.parametrize(
    "error",
    [
        OperationalError(None, None, psycopg.errors.ProtocolViolation("server conn crashed?")),
        InternalError(None, None, psycopg.InternalError("received 2 results from command 'ROLLBACK'")),
    ],
)
def test_a_pooler_that_has_lost_its_server_is_reported_as_such(error: DBAPIError) -> None:
    db = connect("postgresql://me@127.0.0.1:1/variorum")
    with pytest.raises(StorageBusyError, match="cannot be reached just now"), db.translate_errors():
        raise error


def test_a_server_that_goes_away_leaves_nothing_unsaid_and_is_found_again(opened: Opened) -> None:
    db = opened()

    def cut() -> None:
        with opened().reading() as session:
            session.execute(
                text(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

    def store(*, and_then: bool) -> None:
        with db.writing() as session:
            if not and_then:
                cut()
            session.execute(text("CREATE TABLE half_way (number integer)"))
            event.listen(session, "before_commit", lambda _: cut())

    with pytest.raises(StorageBusyError, match="Nothing was stored"):
        store(and_then=False)
    with pytest.raises(StorageBusyError, match="may or may not be stored"):
        store(and_then=True)
    articles.add(db, draft("A visit", "He came."))
    cut()
    assert library.read_page(db).articles == 1


def test_no_word_waits_to_be_put_into_the_index(opened: Opened) -> None:
    db = opened()
    articles.add(db, draft("A visit", "He came."))
    with db.writing() as session:
        waited = session.execute(text("SELECT gin_clean_pending_list('ix_rare_word_words')")).scalar_one()
    assert waited == 0


def test_no_statement_is_prepared_for_one_session_nor_compiled(opened: Opened) -> None:
    db = opened()
    migrate(db)
    for _ in range(12):
        assert library.read_page(db).articles == 0
    with db.reading() as session:
        assert session.execute(text("SELECT count(*) FROM pg_prepared_statements")).scalar_one() == 0
        assert session.execute(text("SHOW jit")).scalar_one() == "off"
    with db.writing() as session:
        assert session.execute(text("SHOW jit")).scalar_one() == "off"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+psycopg2"])
def test_every_way_to_write_its_kind_is_understood(scheme: str) -> None:
    db = connect(f"{scheme}://me:secret@example.org/variorum")
    assert (db.kind, db.name) == ("postgresql", "postgresql://me:***@example.org/variorum")
