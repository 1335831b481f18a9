import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from app.db.engine.base import Database
from app.services.operations.database import open_database
from app.services.transfer.seeds import seed
from app.settings import Settings
from tests import postgresql
from tests.postgresql import Cluster, Lent

# A busy machine is no failure, and a run that fails must fail again.
hypothesis_settings.register_profile("variorum", deadline=None, derandomize=True)
hypothesis_settings.load_profile("variorum")

# A shell that starts the tests in the background has them ignore Ctrl+C, and with them every server that they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("VARIORUM_"):
            monkeypatch.delenv(name)


SERVICES = Path(__file__).parent / "unit" / "services"
"""Whose tests run on SQLite and on PostgreSQL, but those marked ``sqlite``, which are about its file."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests that read or write on both databases: those of services, and others marked ``both``.

    Pages are rendered from what services return, so most of their tests need one database; some in each room run
    on both.
    """
    item = metafunc.definition
    if "kind" not in metafunc.fixturenames or item.get_closest_marker("sqlite"):
        return
    if SERVICES in item.path.parents or item.get_closest_marker("both"):
        kinds = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
        metafunc.parametrize("kind", kinds, indirect=True)


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database: ``sqlite``, or also ``postgresql`` if a test runs on both."""
    return str(getattr(request, "param", "sqlite"))


LENT = {"db": "lent_empty", "seeded_db": "lent_seeded"}
"""On PostgreSQL, the database behind each of these fixtures: making one takes longer than most tests."""


@pytest.fixture
def settings(tmp_path: Path, kind: str, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """Settings for a database of this test's own: a file that does not exist yet, or one without tables on a server."""
    # Reading settings from the environment takes longer than many a test.
    on_sqlite = Settings.model_construct(data_dir=tmp_path / "data", port=0)
    if kind == "sqlite":
        yield on_sqlite
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    if lent := LENT.keys() & set(request.fixturenames):
        database: Lent = request.getfixturevalue(LENT[lent.pop()])
        yield on_sqlite.model_copy(update={"database_url": cluster.url(database.name)})
        database.put_back()
        return
    name = cluster.make()
    yield on_sqlite.model_copy(update={"database_url": cluster.url(name)})
    cluster.drop(name)


@pytest.fixture
def seeded_settings(settings: Settings, seeded_file: Path) -> Settings:
    """Settings for a database file with the five seed articles, so that a start has nothing to do."""
    settings.data_dir.mkdir()
    shutil.copy(seeded_file, settings.data_dir)
    return settings


@pytest.fixture
def db(settings: Settings, kind: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database."""
    yield from _copy_of("empty", settings, kind, request)


@pytest.fixture
def seeded_db(settings: Settings, kind: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with the five seed articles."""
    yield from _copy_of("seeded", settings, kind, request)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database's file, closed: copying it is quicker than migrating anew for each test."""
    return _file(tmp_path_factory.mktemp("empty"), seeds=False)


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a database with the five seed articles, closed."""
    return _file(tmp_path_factory.mktemp("seeded"), seeds=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of this run's own; tests that need it are skipped if PostgreSQL is not installed."""
    try:
        with postgresql.running() as cluster:
            yield cluster
    except postgresql.MissingServerError as error:
        pytest.skip(f"PostgreSQL does not run here: {error}")


@pytest.fixture(scope="session")
def empty_template(cluster: Cluster) -> str:
    """The name of a migrated database on the server: copying it is quicker than migrating anew for each test."""
    return _template(cluster, seeds=False)


@pytest.fixture(scope="session")
def seeded_template(cluster: Cluster) -> str:
    """The name of a database with the five seed articles on the server."""
    return _template(cluster, seeds=True)


@pytest.fixture(scope="session")
def lent_empty(cluster: Cluster, empty_template: str) -> Lent:
    """The migrated database on the server, lent to one test at a time."""
    return Lent(cluster, empty_template)


@pytest.fixture(scope="session")
def lent_seeded(cluster: Cluster, seeded_template: str) -> Lent:
    """The database with the seeds on the server, lent to one test at a time."""
    return Lent(cluster, seeded_template)


def _file(folder: Path, *, seeds: bool) -> Path:
    return Path(_made(Settings(data_dir=folder, database_url=""), seeds=seeds))


def _template(cluster: Cluster, *, seeds: bool) -> str:
    name = cluster.make()
    _made(Settings(database_url=cluster.url(name)), seeds=seeds)
    return name


def _made(settings: Settings, *, seeds: bool) -> str:
    """Make a database, close it, and return its name."""
    database = open_database(settings)
    if seeds:
        seed(database)
    database.dispose()
    return database.name


def _copy_of(
    name_of: str, settings: Settings, kind: str, request: pytest.FixtureRequest
) -> Iterator[Database]:
    if kind == "sqlite":
        settings.data_dir.mkdir()
        shutil.copy(request.getfixturevalue(f"{name_of}_file"), settings.data_dir)
    database = open_database(settings)
    yield database
    database.dispose()
