import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from app.db.engine import Database
from app.services import seeding
from app.services.lifecycle import open_database
from app.settings import Settings

# A busy machine is no failure, and a run that fails must fail again.
hypothesis_settings.register_profile("variorum", deadline=None, derandomize=True)
hypothesis_settings.load_profile("variorum")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("VARIORUM_"):
            monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose database is a file of this test's own that is not there yet."""
    return Settings(data_dir=tmp_path / "data", port=0)


@pytest.fixture
def db(settings: Settings, empty_file: Path) -> Iterator[Database]:
    """An empty database."""
    yield from _copy_of(empty_file, settings)


@pytest.fixture
def seeded_db(settings: Settings, seeded_file: Path) -> Iterator[Database]:
    """A database with the five seed articles."""
    yield from _copy_of(seeded_file, settings)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database's file, closed: copying it is quicker than migrating anew for each test."""
    return _made(tmp_path_factory.mktemp("empty"), seeds=False)


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a database with the five seed articles, closed."""
    return _made(tmp_path_factory.mktemp("seeded"), seeds=True)


def _made(folder: Path, *, seeds: bool) -> Path:
    database = open_database(Settings(data_dir=folder, database_url=""))
    if seeds:
        seeding.seed(database)
    database.dispose()
    return Path(database.name)


def _copy_of(file: Path, settings: Settings) -> Iterator[Database]:
    settings.data_dir.mkdir()
    shutil.copy(file, settings.data_dir)
    database = open_database(settings)
    yield database
    database.dispose()
