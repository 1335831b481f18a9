import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.main import create_app
from app.services.operations.backlog import Backlog
from app.settings import Settings

ClientFor = Callable[..., TestClient]


@pytest.fixture
def client_for(settings: Settings) -> Iterator[ClientFor]:
    """A client for an application with these settings, over its own database or the one given."""
    with ExitStack() as stack:

        def open_client(
            db: Database | None = None, backlog: Backlog | None = None, **changed: object
        ) -> TestClient:
            chosen = Settings.model_validate(settings.model_dump() | changed) if changed else settings
            app = create_app(chosen, db, backlog)
            client = TestClient(app, base_url="http://localhost", follow_redirects=False)
            return stack.enter_context(client)

        yield open_client


@pytest.fixture
def client(client_for: ClientFor, seeded_db: Database) -> TestClient:
    """A client for the application with the five seed articles."""
    return client_for(seeded_db)


@pytest.fixture
def empty_client(client_for: ClientFor, db: Database) -> TestClient:
    """A client for the application without any article."""
    return client_for(db)


@pytest.fixture
def newsweek(client: TestClient) -> str:
    """The path of the Newsweek article."""
    return path_of(client, "China Offers Full Support")


@pytest.fixture
def repost(client: TestClient) -> str:
    """The path of the repost of the Newsweek article."""
    return path_of(client, "Chinese defense chief offers")


def path_of(client: TestClient, title: str) -> str:
    """Return the path of the article whose title begins with ``title``."""
    link = re.search(rf'href="(/articles/[a-z2-7]{{16}})">{re.escape(title)}', client.get("/").text)
    assert link, title
    return link[1]
