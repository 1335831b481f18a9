import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.db.engine import Database
from app.services import seeding
from app.services.lifecycle import open_database
from app.settings import Settings


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
def db(settings: Settings) -> Iterator[Database]:
    """An empty database."""
    database = open_database(settings)
    yield database
    database.dispose()


@pytest.fixture
def seeded_db(db: Database) -> Database:
    """A database with the five seed articles."""
    seeding.seed(db)
    return db
