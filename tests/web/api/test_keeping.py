"""The API's exports, evidence files and trash."""

import hashlib

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.services.edit_log import UNNAMED
from app.services.operations import api_keys
from tests.web.api.test_reading import KEY, walk
from tests.web.comparison.comparing import seeds_path
from tests.web.conftest import ClientFor

NO_DIGEST = "0" * 64


@pytest.fixture
def pair(seeded_db: Database) -> str:
    """The Newsweek article and its repost, as the API names their comparison."""
    return seeds_path(seeded_db).replace("/compare/", "/api/v1/comparisons/")


def test_every_export_that_is_listed_is_there(client: TestClient) -> None:
    newsweek = walk(client, "/api/v1/articles?publisher=Newsweek")[0]
    article, story = f"/api/v1/articles/{newsweek['id']}", f"/api/v1/stories/{newsweek['id']}"
    formats = walk(client, f"{article}/exports")
    assert {each["format"] for each in formats} == {"text", "json", "bibtex", "csl"}
    assert walk(client, f"{article}/revisions/1/exports") == formats
    for each in [*formats, *walk(client, f"{story}/exports")]:
        assert client.get(each["link"]).headers["content-type"] == each["media_type"]
    for path in (f"{article}/revisions/2/exports", "/api/v1/stories/aaaaaaaaaaaaaaaa/exports"):
        assert client.get(path).status_code == 404, path


def test_an_evidence_file_is_made_listed_sent_and_deleted(client: TestClient, pair: str) -> None:
    answer = client.post(f"{pair}/evidence", json={})
    made = answer.json()
    assert answer.status_code == 201
    assert client.post(f"{pair}/evidence", json={"captures": []}).json() == made
    path = answer.headers["location"]
    assert walk(client, f"{pair}/evidence") == [made] == [client.get(path).json()]
    file = client.get(made["file"])
    assert (hashlib.sha256(file.content).hexdigest(), len(file.content)) == (made["digest"], made["size"])
    assert client.get(made["link"]).status_code == client.get(made["comparison"]).status_code == 200
    assert client.get(f"{path}/timestamp").status_code == 404
    for wrong in (["x"], ["a" * 16], "a" * 16, [1]):
        assert client.post(f"{pair}/evidence", json={"captures": wrong}).status_code == 422, wrong
    assert client.delete(path).status_code == 204
    for gone in (path, f"{path}/file", f"/api/v1/evidence/{NO_DIGEST}", "/api/v1/evidence/x"):
        assert client.get(gone).headers["content-type"] == "application/problem+json"
        assert client.get(gone).status_code == 404


def test_what_is_in_the_trash_is_listed_put_back_and_removed(client: TestClient) -> None:
    path = f"/api/v1/articles/{walk(client, '/api/v1/articles?publisher=Newsweek')[0]['id']}"
    before = client.get(path).json()
    trashed = path.replace("/articles/", "/trash/")
    assert client.get(trashed).status_code == client.post(f"{trashed}/restore").status_code == 404
    client.delete(path)
    (entry,) = walk(client, "/api/v1/trash?limit=1")
    content = client.get(trashed).json()
    assert content.items() >= entry.items()
    assert content["paragraphs"] == before["paragraphs"]
    assert client.get(entry["link"]).status_code == 200
    assert client.post(f"{trashed}/restore").json() == before
    client.delete(path)
    assert client.delete(trashed).status_code == 204
    assert (client.get(path).status_code, client.delete(trashed).status_code) == (410, 410)
    assert walk(client, "/api/v1/trash") == []


def test_the_notes_on_a_comparison_are_gone_with_its_texts(client: TestClient, pair: str) -> None:
    addresses = (f"{pair}/notes", f"{pair.replace('/api/v1/comparisons/', '/api/compare/')}/notes")
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    client.delete(f"/api/v1/articles/{walk(client, '/api/v1/articles?publisher=Newsweek')[0]['id']}")
    assert [client.get(address).status_code for address in addresses] == [410, 410]
    unknown = (address.replace(pair.rpartition("/")[2], f"{'a' * 16}..{'b' * 16}") for address in addresses)
    assert [client.get(address).status_code for address in unknown] == [404, 404]


def test_a_key_that_may_read_sees_the_trash_and_changes_nothing(
    client_for: ClientFor, seeded_db: Database, pair: str
) -> None:
    shared = client_for(seeded_db, host="0.0.0.0", edit_key=KEY)
    assert shared.get("/api/v1/trash").status_code == 403
    _, key = api_keys.make_key(seeded_db, "reader", "read", actor=UNNAMED)
    held = {"Authorization": f"Bearer {key}"}
    assert shared.get("/api/v1/trash", headers=held).json() == {"items": [], "next": None}
    for method, path in (
        ("POST", f"{pair}/evidence"),
        ("DELETE", f"/api/v1/evidence/{NO_DIGEST}"),
        ("POST", "/api/v1/trash/aaaaaaaaaaaaaaaa/restore"),
        ("DELETE", "/api/v1/trash/aaaaaaaaaaaaaaaa"),
    ):
        assert shared.request(method, path, headers=held, json={}).status_code == 403, path


def test_it_is_said_which_revisions_have_a_sentence(client: TestClient) -> None:
    path = f"/api/v1/articles/{walk(client, '/api/v1/articles?publisher=Newsweek')[0]['id']}"
    words = client.get(path).json()["paragraphs"][3]
    client.patch(path, json={"revision": 1, "text": "Something else."})
    history = client.get(f"{path}/history", params={"sentence": words[:300]}).json()
    assert (history["items"], history["oldest"], history["newest"]) == ([{"first": 1, "last": 1}], 1, 2)
    for wrong in ("", "\0", "?!", "x" * 501):
        assert client.get(f"{path}/history", params={"sentence": wrong}).status_code == 422, wrong
