"""Tags, collections and publishers by the API: what the pages do, with the same care."""

from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.services.edit_log import UNNAMED
from app.services.operations import api_keys
from tests.web.api.test_reading import KEY, walk
from tests.web.conftest import ClientFor


def test_a_tag_is_given_listed_found_by_and_taken_off(client: TestClient) -> None:
    article = walk(client, "/api/v1/articles?publisher=Newsweek")[0]
    path = f"/api/v1/articles/{article['id']}/labels"
    empty = client.get(path)
    assert empty.json() == {"items": [], "next": None}
    tag = {"kind": "tag", "name": "To <b>publish</b>"}
    assert client.post(path, json=tag).json()["items"] == [tag]
    assert client.post(path, json={"kind": "tag", "name": "to  <B>PUBLISH</b>"}).json()["items"] == [tag]
    shelf = {"kind": "collection", "name": "Ukraine"}
    assert client.post(path, json=shelf).json()["items"] == [shelf, tag]
    assert client.get(path, headers={"If-None-Match": empty.headers["etag"]}).json()["items"] == [shelf, tag]
    assert walk(client, "/api/v1/labels") == [shelf | {"articles_count": 1}, tag | {"articles_count": 1}]
    assert len(walk(client, "/api/v1/labels?limit=1")) == 2
    results = client.get("/api/v1/search", params={"q": "russia", "collection": "ukraine"}).json()
    assert results["articles"] == 1
    logged = client.get("/api/v1/log?limit=2").json()["items"]
    assert [each["action"] for each in logged] == ["collect", "tag"]
    for _ in range(2):
        assert client.delete(path, params={"kind": "tag", "name": "TO <b>publish</b>"}).status_code == 204
    assert client.get(path).json()["items"] == [shelf]


def test_what_is_no_label_is_refused(client: TestClient) -> None:
    article = walk(client, "/api/v1/articles?publisher=Newsweek")[0]["id"]
    path = f"/api/v1/articles/{article}/labels"
    for wrong in (
        {"kind": "tag"},
        {"kind": "shelf", "name": "x"},
        {"kind": "tag", "name": " "},
        {"kind": "tag", "name": "\u200b!"},
        {"kind": "tag", "name": "x" * 61},
        {"kind": "tag", "name": "x" * 5_000},
        {"kind": "tag", "name": ["x"]},
        {"kind": "tag", "name": "x", "more": 1},
    ):
        refused = client.post(path, json=wrong)
        assert refused.status_code == 422, wrong
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["errors"], wrong
    nowhere = "/api/v1/articles/aaaaaaaaaaaaaaaa/labels"
    assert client.get(nowhere).status_code == 404
    assert client.post(nowhere, json={"kind": "tag", "name": "x"}).status_code == 404
    assert client.delete(f"{path}?kind=tag").status_code == 422
    assert walk(client, path) == []


def test_publishers_are_merged_and_parted(client: TestClient) -> None:
    path = "/api/v1/publishers"
    names = {each["name"]: each["aliases"] for each in walk(client, path)}
    assert names["Atlas"] == []
    assert client.post(path, json={"name": "Atlas", "into": "Warsaw Institute"}).status_code == 204
    assert {each["name"]: each["aliases"] for each in walk(client, path)}["Warsaw Institute"] == ["Atlas"]
    assert client.get("/api/v1/search?q=russia&publisher=Atlas").json()["articles"] == 2
    for name in ("Atlas", "Warsaw Institute"):
        of_either = walk(client, f"/api/v1/articles?publisher={name}&limit=1")
        assert {each["publisher"] for each in of_either} == {"Atlas", "Warsaw Institute"}
    for again, status in (
        ({"name": "Atlas", "into": "Warsaw Institute"}, 422),
        ({"name": "x", "into": "<i>"}, 422),
        ({"name": "x"}, 422),
    ):
        assert client.post(path, json=again).status_code == status, again
    assert client.delete(f"{path}?name=Atlas").status_code == 204
    assert client.delete(f"{path}?name=Atlas").status_code == 404
    assert {each["publisher"] for each in walk(client, "/api/v1/articles?publisher=Atlas")} == {"Atlas"}


def test_strangers_and_reading_keys_sort_nothing(client_for: ClientFor, seeded_db: Database) -> None:
    client = client_for(seeded_db, edit_key=KEY, host="0.0.0.0")
    article = walk(client, "/api/v1/articles")[0]["id"]
    path = f"/api/v1/articles/{article}/labels"
    reading = api_keys.make_key(seeded_db, "reader", "read", actor=UNNAMED)[1]
    tag = {"kind": "tag", "name": "x"}
    for headers in ({}, {"Authorization": f"Bearer {reading}"}):
        assert client.post(path, json=tag, headers=headers).status_code == 403
        assert client.delete(f"{path}?kind=tag&name=x", headers=headers).status_code == 403
        merge = {"name": "Atlas", "into": "Newsweek"}
        assert client.post("/api/v1/publishers", json=merge, headers=headers).status_code == 403
        assert client.get(path, headers=headers).json()["items"] == []
    assert client.get("/api/v1/publishers").status_code == 403
