"""What the API answers: the same as the pages, in parts, with ETags, and problems with messages."""

import json
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.collation import document
from app.db.engine.base import Database
from app.permalinks import text_digest
from app.services import comparisons, notes
from app.services.articles import store
from app.services.edit_log import UNNAMED
from app.sources.text import draft
from tests.web.comparison.comparing import seeds_path
from tests.web.conftest import ClientFor

KEY = "correct horse battery"


def walk(client: TestClient, path: str) -> list[dict[str, Any]]:
    """Return all items of a list, part by part."""
    items: list[dict[str, Any]] = []
    following: str | None = path
    while following:
        response = client.get(following)
        part = response.json()
        assert response.status_code == 200, part
        assert ("link" in response.headers) == (part["next"] is not None)
        items += part["items"]
        following = part["next"]
        assert len(items) < 1000
    return items


@pytest.fixture
def pair(seeded_db: Database) -> str:
    """The Newsweek article and its repost, as the API names their comparison."""
    return seeds_path(seeded_db).replace("/compare/", "/api/v1/comparisons/")


def test_every_list_that_the_index_names_answers(client: TestClient) -> None:
    index = client.get("/api/v1").json()
    assert index["access"] == "write"
    for link in index["links"].values():
        assert client.get(link).status_code == 200, link


@pytest.mark.both
def test_articles_come_in_parts_and_each_exactly_once(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = client.get("/api/v1/articles").json()["items"]
    assert len(whole) == 5
    assert whole[0]["added_at"] >= whole[-1]["added_at"]
    assert walk(client, "/api/v1/articles?limit=2") == whole
    newsweek = walk(client, "/api/v1/articles?publisher=Newsweek")
    assert newsweek == [article for article in whole if article["publisher"] == "Newsweek"]
    day = min(article["published_on"] for article in whole if article["published_on"])
    dated = [article for article in whole if (article["published_on"] or "") >= day]
    assert walk(client, f"/api/v1/articles?since={day}&limit=1") == dated
    monkeypatch.setattr("app.services.articles.catalogue.MAX_LOOKED_AT", 2)
    assert walk(client, f"/api/v1/articles?since={day}&limit=3") == dated
    assert walk(client, "/api/v1/articles?since=2999-01-01") == []
    assert client.get("/api/v1/articles?since=2999-01-01").json()["next"]


def test_an_article_has_its_text_its_revisions_and_what_it_is_related_to(
    client: TestClient, seeded_db: Database
) -> None:
    entry = walk(client, "/api/v1/articles?publisher=Newsweek")[0]
    stored = store.read(seeded_db, entry["id"])
    article = client.get(f"/api/v1/articles/{entry['id']}").json()
    assert article["paragraphs"] == list(stored.paragraphs)
    assert article["sha256"] == text_digest(stored.paragraphs)
    assert client.get(f"/api/v1/revisions/{entry['revision']}").json() == article
    store.edit(seeded_db, entry["id"], draft("A visit", "He came."))
    revisions = walk(client, f"/api/v1/articles/{entry['id']}/revisions?limit=1")
    assert [revision["number"] for revision in revisions] == [2, 1]
    latest, first = revisions
    assert (latest["changed"]["substance"], first["changed"], first["comparison"]) == ("text", None, None)
    assert {each["field"] for each in latest["stated"]} >= {"title", "publisher"}
    assert client.get(latest["comparison"]).status_code == 200
    assert client.get(f"/api/v1/articles/{entry['id']}/revisions/1").json()["title"] == entry["title"]


def test_a_comparison_is_the_stored_document_and_its_findings_come_in_parts(
    client: TestClient, seeded_db: Database, pair: str
) -> None:
    answer = client.get(pair)
    base, _, witness = pair.rpartition("/")[2].partition("..")
    stored = comparisons.open_or_make(seeded_db, base, witness)
    assert document.from_json(answer.json()) == stored.comparison
    assert client.get(pair, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    exported = client.get(pair.replace("/api/v1/comparisons", "/compare") + "/findings.json").json()
    items = walk(client, f"{pair}/findings?limit=7")
    findings = [item for item in items if item["finding"]]
    assert [item["link"] for item in findings] == [each["link"] for each in exported["findings"]]
    quoted = walk(client, f"{pair}/findings?kind=quotation")
    assert {item["kind"] for item in quoted} == {"quotation"}
    exports = walk(client, f"{pair}/exports")
    assert {"html", "bibtex"} <= {each["format"] for each in exports}
    for each in exports:
        assert client.get(each["link"]).headers["content-type"] == each["media_type"]
    redirect = client.get(f"/api/v1/comparisons?base={base}&witness={stored.comparison.witness.article}")
    assert (redirect.status_code, redirect.headers["location"]) == (303, pair)


def test_other_pins_lead_to_the_comparisons_one_address_unless_something_else_is_wrong(
    client: TestClient, seeded_db: Database
) -> None:
    pair = seeds_path(seeded_db).replace("/compare/", "/api/v1/comparisons/")
    for tail in ("", "/findings", "/exports", "/evidence"):
        moved = client.get(f"{pair}{tail}?pins=")
        assert (moved.status_code, moved.headers["location"]) == (303, pair + tail)
    etag = client.get(pair).headers["etag"]
    assert client.get(f"{pair}?pins=", headers={"If-None-Match": etag}).status_code == 303
    wrong = client.get(f"{pair}/findings?pins=&limit=1000&kind={'x' * 301}")
    assert wrong.status_code == 422
    assert [each["field"] for each in wrong.json()["errors"]] == ["kind", "limit"]
    wrong = client.get(f"{pair}/findings?kind=quotation,quotations")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "kind")


def test_related_articles_stories_and_quotations_lead_to_one_another(client: TestClient) -> None:
    newsweek = walk(client, "/api/v1/articles?publisher=Newsweek")[0]
    relatives = walk(client, f"/api/v1/articles/{newsweek['id']}/related?limit=1")
    assert client.get(relatives[0]["comparison"]).status_code == 200
    stories = walk(client, "/api/v1/stories?only=stories&limit=1")
    story = client.get(f"/api/v1/stories/{stories[0]['id']}").json()
    assert len(story["items"]) == story["articles_count"] == stories[0]["articles_count"]
    assert client.get(story["paragraphs"]).status_code == 200
    own = walk(client, f"/api/v1/articles/{newsweek['id']}/quotations?limit=3")
    versions = client.get(f"/api/v1/quotations/{own[0]['id']}").json()
    assert own[0]["id"] in {
        each["quotation"] for group in versions["wordings"] for each in group["carried_by"]
    }
    every = walk(client, "/api/v1/quotations")
    assert len({quotation["id"] for quotation in every}) == len(every)


def test_notes_that_are_not_public_and_the_log_are_for_editors(
    client_for: ClientFor, seeded_db: Database, pair: str
) -> None:
    base, _, witness = pair.rpartition("/")[2].partition("..")
    comparison = comparisons.open_or_make(seeded_db, base, witness).comparison
    place = notes.place_in(comparison, 1, None)
    for text, is_public in (("Seen.", True), ("Hidden.", False)):
        notes.add(seeded_db, place, notes.checked(text, "check", is_public=is_public), actor=UNNAMED)
    shared = client_for(seeded_db, host="0.0.0.0", edit_key=KEY)
    for path in ("/api/v1/notes", f"{pair}/notes"):
        assert [note["text"] for note in walk(shared, path)] == ["Seen."]
    refused = shared.get("/api/v1/log")
    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    shared.post("/edit-key", data={"key": KEY})
    assert {note["text"] for note in walk(shared, f"{pair}/notes?limit=1")} == {"Seen.", "Hidden."}
    log = walk(shared, "/api/v1/log?limit=2")
    assert [entry["action"] for entry in log[:2]] == ["note", "note"]
    assert len({entry["id"] for entry in log}) == len(log)


def test_an_address_with_what_is_no_id_is_answered_in_words_for_programs(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for path in (path for path, methods in paths.items() if "{" in path and "get" in methods):
        problem = client.get(re.sub(r"\{[a-z]+\}", "zz", path)).json()
        assert problem["status"] == 404, path
        assert "page" not in problem["detail"] + problem["advice"], path


def test_a_client_that_goes_on_past_the_end_gets_nothing_more(client: TestClient) -> None:
    newsweek = walk(client, "/api/v1/articles?publisher=Newsweek")[0]
    article = f"/api/v1/articles/{newsweek['id']}"
    for path in (
        "/api/v1/stories?page=99",
        "/api/v1/quotations?page=99",
        "/api/v1/notes?page=99",
        "/api/v1/log?before=1",
        "/api/v1/articles?cursor=1-aaaaaaaaaaaaaaaa",
        f"{article}/related?page=99",
        f"{article}/revisions?before=1",
    ):
        assert client.get(path).json() == {"items": [], "next": None}, path


WRONG = (
    ("/nothing", 404),
    ("/articles/x", 404),
    ("/articles/aaaaaaaaaaaaaaaa", 404),
    ("/articles/aaaaaaaaaaaaaaaa/revisions/x", 404),
    ("/articles/aaaaaaaaaaaaaaaa/revisions/99999999999", 404),
    ("/articles?limit=0", 422),
    ("/articles?limit=101", 422),
    ("/articles?limit=ten", 422),
    ("/articles?since=0", 422),
    ("/articles?since=2026-02-30", 422),
    ("/articles?cursor=%00", 422),
    ("/articles?colour=red", 422),
    ("/articles?limit=1&limit=2", 422),
    ("/stories?sort=%F0%9F%8E%89", 422),
    ("/comparisons/aaaaaaaaaaaaaaaa..bbbbbbbbbbbbbbbb", 404),
    ("/comparisons/a..b", 404),
    ("/comparisons?base=x&witness=y", 422),
    ("/comparisons", 422),
    ("/quotations?q=" + "x" * 10_000, 422),
    ("/notes/%00", 404),
    ("/search?q=a&language=%5B%22%00", 422),
)
"""Addresses below /api/v1 that ask for what is not there or not taken, each with the status of the answer."""


def test_what_is_wrong_is_answered_as_a_problem(client: TestClient) -> None:
    kinds = {kind["type"] for kind in client.get("/api/v1/problems").json()["items"]}
    for path, status in WRONG:
        answer = client.get(f"/api/v1{path}")
        problem = answer.json()
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), (
            path
        )
        assert problem["status"] == status
        assert problem["detail"]
        assert problem["advice"]
        assert problem["type"] in kinds
        assert bool(problem.get("errors")) == (status == 422), path


def test_a_method_that_an_address_does_not_take_is_refused_with_those_that_it_does(
    client: TestClient,
) -> None:
    answer = client.put("/api/v1/stories")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.json()["title"] == "Method not allowed"
    several = client.options("/api/v1/articles/aaaaaaaaaaaaaaaa")
    assert several.headers["allow"] == "DELETE, GET, PATCH"


def test_a_search_finds_paragraphs_with_marked_words(client: TestClient) -> None:
    stories = walk(client, "/api/v1/search?q=%22Atlantic+Council%22")
    hits = [hit for story in stories for article in story["articles"] for hit in article["paragraphs"]]
    assert len(hits) >= 3
    for hit in hits:
        words = {hit["excerpt"]["text"][start:end] for start, end in hit["excerpt"]["marks"]}
        assert words == {"Atlantic Council"}
        assert client.get(hit["link"].partition("#")[0]).status_code == 200
    assert walk(client, "/api/v1/search?q=zebra") == []
    assert client.get("/api/v1/search?q=Atlantic&page=9").json()["items"] == []
    assert client.get("/api/v1/search?q=NEAR(a+b)+%22%22%22*+AND").json()["remarks"]
    assert client.get("/api/v1/search?q=" + "x" * 501).status_code == 422


@pytest.mark.both
def test_control_characters_in_a_query_find_nothing_and_break_nothing(client: TestClient) -> None:
    for path in ("/quotations?q=%00%01", "/articles?publisher=%00", "/quotations?speaker=%ED%A0%80%00"):
        assert client.get(f"/api/v1{path}").status_code == 200, path


def test_an_answer_that_did_not_change_costs_a_304(client: TestClient, seeded_db: Database) -> None:
    first = client.get("/api/v1/articles")
    held = {"If-None-Match": first.headers["etag"]}
    assert client.get("/api/v1/articles", headers=held).status_code == 304
    store.add(seeded_db, draft("A visit", "He came."))
    assert client.get("/api/v1/articles", headers=held).status_code == 200


def test_the_document_describes_every_address_and_names_nothing_from_elsewhere(client: TestClient) -> None:
    text = client.get("/api/v1/openapi.json").text
    described = json.loads(text)
    assert described["openapi"].startswith("3.1")
    assert not re.search(r'"(https?:)?//', text)
    for reference in re.findall(r'"#/components/schemas/(\w+)"', text):
        assert reference in described["components"]["schemas"]
    for path, operations in described["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert set(operation["responses"]["default"]["content"]) == {"application/problem+json"}


def test_the_bytes_of_a_capture_are_sent_to_editors_alone(client_for: ClientFor, seeded_db: Database) -> None:
    shared = client_for(seeded_db, host="0.0.0.0", edit_key=KEY)
    assert shared.get("/api/v1/captures/aaaaaaaaaaaaaaaa").status_code == 403


def test_a_search_for_a_kind_of_finding_that_is_none_is_refused(client: TestClient) -> None:
    wrong = client.get("/api/v1/search?q=russia&kind=x")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "kind")
    assert client.get("/api/v1/search?q=russia").json()["articles"] == 5
    assert client.get("/api/v1/search?q=russia&kind=quotation").json()["articles"] == 2
