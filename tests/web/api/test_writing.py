"""What programs change: the same as by forms, with the same care, and nothing malformed."""

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.services import notes
from app.services.articles import store
from app.services.stories import library
from tests.web.comparison.comparing import seeds_path
from tests.web.conftest import ClientFor

ARTICLE = {
    "title": "A visit",
    "text": "He came.\nHe saw.",
    "publisher": "Daily",
    "published_on": "2026-11-29",
}


def test_an_article_is_saved_edited_and_deleted(empty_client: TestClient, db: Database) -> None:
    answer = empty_client.post("/api/v1/articles", json=ARTICLE)
    saved = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/articles/{saved['id']}"
    assert saved["paragraphs"] == ["A visit", "He came.", "He saw."]
    assert saved["published_on"] == "2026-11-29"
    path = answer.headers["location"]
    edited = empty_client.patch(path, json={"revision": 1, "publisher": "Weekly"}).json()
    assert (edited["number"], edited["publisher"], edited["paragraphs"]) == (2, "Weekly", saved["paragraphs"])
    late = empty_client.patch(path, json={"revision": 1, "text": "He went."})
    assert (late.status_code, late.json()["title"]) == (409, "Conflict")
    assert store.read(db, saved["id"]).number == 2
    undated = empty_client.patch(path, json={"revision": 2, "published_on": None}).json()
    assert undated["published_on"] is None
    assert empty_client.delete(path).status_code == 204
    gone = empty_client.get(path)
    assert (gone.status_code, gone.headers["content-type"]) == (410, "application/problem+json")


def test_a_text_that_is_here_is_not_saved_again_unless_that_is_wanted(empty_client: TestClient) -> None:
    first = empty_client.post("/api/v1/articles", json=ARTICLE).json()
    again = empty_client.post("/api/v1/articles", json=ARTICLE)
    assert (again.status_code, again.json()["title"]) == (409, "Looks the same")
    assert [article["id"] for article in again.json()["alike"]] == [first["id"]]
    assert empty_client.post("/api/v1/articles", json=ARTICLE | {"again": True}).status_code == 201


def test_what_has_changed_since_it_was_read_is_neither_changed_nor_deleted(
    client: TestClient, seeded_db: Database
) -> None:
    path = "/api/v1/articles/" + client.get("/api/v1/articles").json()["items"][0]["id"]
    pair = seeds_path(seeded_db).replace("/compare/", "/api/v1/comparisons/")
    note = client.post(f"{pair}/notes", json={"row": 1, "text": "Seen."}).headers["location"]
    sent = {"version": 1, "text": "Heard.", "status": "check", "public": False}
    for address, edit in ((note, sent), (path, {"revision": 1, "author": "Ann Lee"})):
        seen = {"If-Match": client.get(address).headers["etag"]}
        assert client.patch(address, json=edit, headers={"If-Match": '"x", W/"y"'}).status_code == 412
        assert client.patch(address, json=edit, headers=seen).status_code == 200
        late = client.delete(address, headers=seen)
        assert (late.status_code, late.json()["title"]) == (412, "Precondition failed")
        now = client.get(address).headers["etag"]
        assert client.delete(address, headers={"If-Match": f'"z", {now}'}).status_code == 204


def test_what_is_there_is_not_changed_where_if_none_match_names_it(
    client: TestClient, client_for: ClientFor, seeded_db: Database
) -> None:
    path = "/api/v1/articles/" + client.get("/api/v1/articles").json()["items"][0]["id"]
    tag, edit = client.get(path).headers["etag"], {"revision": 1, "author": "Ann Lee"}
    for held in ("*", tag, f'"x", {tag.removeprefix("W/")}'):
        refused = client.patch(path, json=edit, headers={"If-None-Match": held})
        assert (refused.status_code, "If-None-Match" in refused.json()["detail"]) == (412, True)
        assert client.delete(path, headers={"If-None-Match": held}).status_code == 412
    posted = client.post(
        "/api/v1/articles", json=ARTICLE, headers={"If-None-Match": "*"}
    )  # the list is there
    assert posted.status_code == 412
    gone = "/api/v1/articles/aaaaaaaaaaaaaaaa"
    assert client.delete(gone, headers={"If-None-Match": "*"}).status_code == 404
    reader = client_for(seeded_db, host="0.0.0.0", edit_key="correct horse battery staple")
    assert reader.delete(path, headers={"If-None-Match": "*"}).status_code in (401, 403)
    assert client.patch(path, json=edit, headers={"If-None-Match": '"x"'}).status_code == 200
    assert client.delete(path, headers={"If-None-Match": tag}).status_code == 204


@pytest.mark.parametrize("held", ["*", '"x"'])
def test_what_has_no_tag_of_its_own_matches_nothing(client: TestClient, held: str) -> None:
    path = "/api/v1/articles/" + client.get("/api/v1/articles").json()["items"][0]["id"]
    assert client.delete(path).status_code == 204
    restore = f"{path.replace('/articles/', '/trash/')}/restore"
    assert client.post(restore, headers={"If-Match": held}).status_code == 412
    assert client.post(restore, headers={"If-None-Match": held}).status_code == 200


def test_what_changes_between_that_look_and_the_deletion_is_not_deleted(
    client: TestClient, seeded_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = seeds_path(seeded_db).replace("/compare/", "/api/v1/comparisons/")
    note = client.post(f"{pair}/notes", json={"row": 1, "text": "Seen."}).headers["location"]
    article = "/api/v1/articles/" + client.get("/api/v1/articles").json()["items"][0]["id"]
    edits = {
        note: (notes, {"version": 1, "text": "Heard.", "status": "check", "public": False}),
        article: (store, {"revision": 1, "author": "Ann Lee"}),
    }
    for address, (service, edit) in edits.items():
        seen = {"If-Match": client.get(address).headers["etag"]}
        read = service.read

        def read_before_an_edit(
            *arguments: object,
            read: Callable[..., object] = read,
            address: str = address,
            edit: object = edit,
            **named: object,
        ) -> object:
            stored = read(*arguments, **named)
            monkeypatch.undo()
            assert client.patch(address, json=edit).status_code == 200
            return stored

        monkeypatch.setattr(service, "read", read_before_an_edit)
        assert client.delete(address, headers=seen).status_code == 412
        assert client.get(address).status_code == 200
        assert client.delete(address, headers={"If-Match": "*"}).status_code == 204


def test_all_notes_of_a_comparison_together_are_no_longer_than_a_page_shows(
    client: TestClient, seeded_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes, "MAX_CHARS_OF_A_PAIR", 100)
    path = seeds_path(seeded_db).replace("/compare/", "/api/v1/comparisons/") + "/notes"
    first = client.post(path, json={"row": 1, "text": "a" * 60}).headers["location"]
    too_much = client.post(path, json={"row": 2, "text": "b" * 41})
    assert too_much.status_code == 422
    assert "more than 100 characters together" in too_much.json()["detail"]
    second = client.post(path, json={"row": 2, "text": "b" * 40}).headers["location"]
    edit = {"version": 1, "status": "check", "public": False}
    assert client.patch(second, json=edit | {"text": "b" * 41}).status_code == 422
    assert client.patch(first, json=edit | {"text": "a" * 20}).status_code == 200
    assert client.patch(second, json=edit | {"text": "b" * 41}).status_code == 200


def test_a_day_of_publication_that_is_to_come_is_saved_with_a_remark(empty_client: TestClient) -> None:
    soon = str(datetime.now(UTC).date() + timedelta(days=2))
    saved = empty_client.post("/api/v1/articles", json=ARTICLE | {"published_on": soon})
    assert (saved.status_code, saved.json()["published_on"]) == (201, soon)
    assert saved.json()["remarks"] == ["published_on was in the future when this revision was saved."]
    path = saved.headers["location"]
    assert empty_client.get(path).headers["etag"] == saved.headers["etag"]
    page = path.removeprefix("/api/v1")
    assert "was in the future when this revision was saved" in empty_client.get(page).text
    edited = empty_client.patch(path, json={"revision": 1, "published_on": "2024-02-05"}).json()
    assert edited["remarks"] == []
    assert "in the future" not in empty_client.get(page).text


PAGE = (
    "<!doctype html><title>A visit - Daily</title><meta property='og:site_name' content='The Daily'>"
    "<article><h1>A visit</h1><p>He came on Monday, the mayor of the harbour town said in a statement.</p>"
    "<p>He saw the old pier and the new quay, and left again on Tuesday morning by the first ferry.</p></article>"
)


def test_an_article_is_read_from_its_pages_source_or_from_a_file_which_is_kept(
    empty_client: TestClient,
) -> None:
    stated = {"author": "Ann Lee", "url": "https://daily.example/a"}
    page = empty_client.post("/api/v1/articles", json=stated | {"html": PAGE}).json()
    assert (page["title"], page["publisher"], page["author"]) == ("A visit", "The Daily", "Ann Lee")
    assert page["url"] == stated["url"]
    assert len(page["paragraphs"]) == 3
    file = {"name": "../../visit\0.html", "content": b64encode(PAGE.encode()).decode()}
    sent = {"file": file, "title": "Another title", "again": True}
    read = empty_client.post("/api/v1/articles", json=sent).json()
    assert (read["title"], read["publisher"]) == ("Another title", "The Daily")
    (capture,) = empty_client.get(f"/api/v1/articles/{read['id']}/captures").json()["items"]
    assert capture["is_kept"]
    bytes_kept = empty_client.get(f"/api/v1/captures/{capture['id']}")
    assert bytes_kept.content == PAGE.encode()
    assert ".." not in bytes_kept.headers["content-disposition"]
    wrapped = {"text": "The mayor of the harbour town\nsaid so.", "rejoin": True, "again": True}
    assert empty_client.post("/api/v1/articles", json=wrapped).status_code == 201


def test_what_no_article_can_be_read_from_is_refused_in_words(client_for: ClientFor, db: Database) -> None:
    client = client_for(db, max_file=3_000, max_text=1_000)
    bomb, scan = (
        {"name": "x.docx", "content": b64encode(data).decode()} for data in (b"PK\3\4" * 9, b"\x89PNG")
    )
    for body, status, field in (
        ({}, 422, "text"),
        ({"text": "x", "html": PAGE}, 422, "text"),
        ({"html": "<p></p>"}, 422, "html"),
        ({"file": {"name": "x", "content": "no base64!"}}, 422, "file"),
        ({"file": bomb}, 422, "file"),
        ({"file": scan}, 422, "file"),
        ({"file": {"name": "x"}}, 422, "file.content"),
        ({"html": PAGE * 9}, 413, ""),
        ({"file": {"name": "x", "content": "A" * 5_000_000}}, 413, ""),
    ):
        answer = client.post("/api/v1/articles", json=body)
        assert answer.status_code == status, body.keys()
        assert not field or field in [wrong["field"] for wrong in answer.json()["errors"]], answer.json()
    assert library.read_page(db).articles == 0


WRONG = (
    (b"", "application/json", 400, ""),
    (b"{", "application/json", 400, ""),
    (b"[" * 100_000, "application/json", 400, ""),
    (b'{"text": "\\ud800 and more"}', "application/json", 400, ""),
    (b'{"text": "\xff"}', "application/json", 400, ""),
    (b'{"text": "He came."}', "text/plain", 415, ""),
    (b"text=He+came.", "application/x-www-form-urlencoded", 415, ""),
    (b"[]", "application/json", 422, ""),
    (b"{}", "application/json", 422, "text"),
    (b'{"text": 7}', "application/json", 422, "text"),
    (b'{"text": "He came.", "colour": "red"}', "application/json", 422, "colour"),
    (b'{"text": "He came.\\u0000"}', "application/json", 422, "text"),
    (b'{"title": "x", "text": "y", "url": "javascript:alert(1)"}', "application/json", 422, "url"),
    (b'{"title": "x", "text": "y", "published_on": "soon"}', "application/json", 422, "published_on"),
    (b'{"text": "He came.", "again": "yes"}', "application/json", 422, "again"),
)
"""Bodies, each with the type that it is said to have, the status of the answer, and the field that is wrong."""


def test_what_is_sent_in_a_wrong_form_is_refused_in_words_and_nothing_is_stored(
    empty_client: TestClient, db: Database
) -> None:
    for body, kind, status, field in WRONG:
        answer = empty_client.post("/api/v1/articles", content=body, headers={"Content-Type": kind})
        assert answer.status_code == status, body[:50]
        assert answer.headers["content-type"] == "application/problem+json"
        assert not field or field in [wrong["field"] for wrong in answer.json()["errors"]]
    assert library.read_page(db).articles == 0


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client_for: ClientFor, db: Database) -> None:
    client = client_for(db, max_text=1_000)
    answer = client.post("/api/v1/articles", json={"title": "x", "text": "word " * 100_000})
    assert (answer.status_code, answer.json()["title"]) == (413, "Too large")
    assert client.post("/api/v1/articles", json={"title": "x", "text": "word " * 300}).status_code == 413


def test_ever_so_many_fields_are_counted_and_not_named(empty_client: TestClient) -> None:
    answer = empty_client.post("/api/v1/articles", json=ARTICLE | {f"a{number}": 1 for number in range(200)})
    assert answer.status_code == 422
    assert "204 fields" in answer.text
    assert "a7" not in answer.text


def test_a_page_of_another_site_changes_nothing(empty_client: TestClient, db: Database) -> None:
    answer = empty_client.post("/api/v1/articles", json=ARTICLE, headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer.json()["title"]) == (403, "Cross site")
    assert library.read_page(db).articles == 0


def test_a_note_is_written_edited_and_deleted(client: TestClient, seeded_db: Database) -> None:
    pair = seeds_path(seeded_db).replace("/compare/", "/api/v1/comparisons/")
    finding = next(item for item in client.get(f"{pair}/findings").json()["items"] if item["finding"])
    about = {"row": finding["row"], "finding": finding["finding"], "about": "finding"}
    answer = client.post(f"{pair}/notes", json=about | {"text": "Asked the ministry.", "public": True})
    note = answer.json()
    assert (answer.status_code, note["kind"], note["status"]) == (201, finding["kind"], "check")
    assert client.get(f"{pair}/findings").json()["items"][0]["notes"] or note["finding"]
    for query, body, status in (
        ("pins=", {"row": 1, "text": "x", "status": "maybe"}, 422),
        ("pins=,", {}, 422),
    ):
        assert client.post(f"{pair}/notes?{query}", json=body).status_code == status
    path = answer.headers["location"]
    sent = {"version": 1, "text": "Confirmed.", "status": "confirmed", "public": False}
    assert client.patch(path, json=sent).json()["version"] == 2
    assert client.patch(path, json=sent | {"text": "Other."}).status_code == 409
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404
    for wrong, status in (
        ({"row": 9_999, "text": "x"}, 404),
        ({"row": 1, "finding": 99, "about": "finding", "text": "x"}, 404),
        ({"row": 1, "about": "finding", "text": "x"}, 422),
        ({"row": 1, "about": "base", "paragraph": 999, "text": "x"}, 422),
        ({"row": 1, "finding": 1, "text": "x"}, 422),
        ({"row": 1, "finding": 1, "about": "base", "paragraph": 0, "text": "x"}, 422),
        ({"row": 1, "paragraph": 0, "text": "x"}, 422),
        ({"row": 1, "text": " \u0000 "}, 422),
        ({"row": 0, "text": "x"}, 422),
    ):
        assert client.post(f"{pair}/notes", json=wrong).status_code == status, wrong
    assert notes.list_notes(seeded_db, public_only=False) == ()
