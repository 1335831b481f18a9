import hashlib

import pytest
from fastapi.testclient import TestClient

from app.collation import document
from app.db.engine.base import Database
from app.services import comparisons
from tests.web.comparison.comparing import seeds_path

pytestmark = pytest.mark.both


@pytest.fixture
def path(seeded_db: Database) -> str:
    return f"/api{seeds_path(seeded_db)}"


def test_the_document_is_served_as_it_is_stored(client: TestClient, seeded_db: Database, path: str) -> None:
    answer = client.get(path)
    base, _, witness = path.removeprefix("/api/compare/").partition("..")
    stored = comparisons.open_or_make(seeded_db, base, witness)
    assert answer.headers["content-type"] == "application/json"
    assert document.from_json(answer.json()) == stored.comparison
    assert hashlib.sha256(answer.content).hexdigest() == stored.digest


def test_an_unchanged_document_answers_304(client: TestClient, path: str) -> None:
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_an_engines_document_has_its_own_address(client: TestClient, path: str) -> None:
    engine = client.get(path).json()["engine"]
    assert client.get(f"{path}/engine/{engine}").json() == client.get(path).json()
    assert client.get(f"{path}/engine/0.0").status_code == 404
