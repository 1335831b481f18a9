"""Feeds: well formed whatever the words, with stable ids, what changed, and a 304 where nothing did."""

import re
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.services import comparisons, notes
from app.services.articles import store, trash
from app.services.edit_log import UNNAMED
from app.services.stories import latest
from app.sources.text import draft
from tests.web.comparison.comparing import seeds_path
from tests.web.conftest import ClientFor

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(client: TestClient, path: str) -> ElementTree.Element:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (
        200,
        "application/atom+xml; charset=utf-8",
    ), path
    feed = ElementTree.fromstring(answer.content)
    assert feed.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
    for name in ("title", "updated"):
        assert feed.findtext(f"{ATOM}{name}"), name
    return feed


def entries_of(client: TestClient, path: str) -> list[dict[str, str]]:
    entries = []
    for entry in feed_of(client, path).iter(f"{ATOM}entry"):
        link = entry.find(f"{ATOM}link")
        assert link is not None
        words = {
            name: entry.findtext(f"{ATOM}{name}") or "" for name in ("id", "title", "updated", "content")
        }
        entries.append(words | {"link": link.attrib["href"]})
    return entries


def linked(client: TestClient, page: str) -> str:
    """Return the feed that a page names in its head."""
    (path,) = re.findall(
        r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">',
        client.get(page).text,
    )
    return str(path)


def test_the_library_a_story_and_a_quotation_name_feeds_whose_links_work(client: TestClient) -> None:
    story = re.findall(r'href="(/stories/[a-z2-7]{16})"', client.get("/").text)[0]
    quotation = re.findall(r'href="(/quotations/[a-z2-7]{16})"', client.get("/quotations").text)[0]
    for page in ("/", story, f"{story}?from=3", quotation):
        entries = entries_of(client, linked(client, page))
        assert entries
        assert len({entry["id"] for entry in entries}) == len(entries)
        assert sorted((entry["updated"] for entry in entries), reverse=True) == [
            entry["updated"] for entry in entries
        ]
        for entry in entries:
            assert entry["link"].startswith("http://localhost/")
            assert client.get(entry["link"]).status_code == 200


@pytest.mark.both
def test_an_edit_is_an_entry_that_says_what_changed(empty_client: TestClient, db: Database) -> None:
    article = store.add(db, draft("A visit", "He came on Monday.\nHe saw.", "Daily")).article
    first = entries_of(empty_client, "/feed.atom")
    store.edit(db, article, draft("A visit", "He came on Tuesday.\nHe saw.\nHe left.", "Daily"))
    edited, before = entries_of(empty_client, "/feed.atom")
    assert before == first[0]
    assert edited["title"] == "Edited: A visit (revision 2)"
    assert "He came on <del>Monday</del><ins>Tuesday</ins>." in edited["content"]
    assert "<ins>He left.</ins>" in edited["content"]
    assert "He saw" not in edited["content"]
    store.edit(db, article, draft("A visit", "He came on Tuesday.\nHe saw.\nHe left.", "Weekly"))
    restated = entries_of(empty_client, "/feed.atom")[0]["content"]
    assert "Publisher: <del>Daily</del> <ins>Weekly</ins>" in restated
    assert "not its text" in restated
    trash.delete(db, article)
    assert entries_of(empty_client, "/feed.atom") == []


def test_an_article_that_reuses_text_says_of_which_and_what_changed_most(
    client: TestClient, seeded_db: Database
) -> None:
    seeds_path(seeded_db)
    for pair in [seeds_path(seeded_db)]:
        base, _, witness = pair.rpartition("/")[2].partition("..")
        comparisons.open_or_make(seeded_db, base, witness)
    contents = " ".join(entry["content"] for entry in entries_of(client, "/feed.atom"))
    assert re.search(r"Compare with ", contents)
    assert re.search(r"/compare/[a-z2-7]{16}\.\.[a-z2-7]{16}/rows/\d+\?finding=\d+", contents)


def test_public_notes_are_entries_and_others_are_not(client: TestClient, seeded_db: Database) -> None:
    base, _, witness = seeds_path(seeded_db).rpartition("/")[2].partition("..")
    comparison = comparisons.open_or_make(seeded_db, base, witness).comparison
    place = notes.place_in(comparison, 1, None)
    for words, is_public in (("Seen by all.", True), ("Hidden.", False)):
        notes.add(seeded_db, place, notes.checked(words, "confirmed", is_public=is_public), actor=UNNAMED)
    story = f"/stories/{comparison.base.article}/feed.atom"
    for path in ("/feed.atom", story):
        noted = [entry for entry in entries_of(client, path) if entry["title"].startswith("Note on")]
        assert ["Seen by all." in entry["content"] for entry in noted] == [True], path
        assert "Hidden." not in client.get(path).text


def test_a_search_is_followed_under_its_own_address(client: TestClient, seeded_db: Database) -> None:
    path = "/search/feed.atom?q=%22Atlantic+Council%22"
    entries = entries_of(client, path)
    assert entries
    assert all("<mark>Atlantic Council</mark>" in entry["content"] for entry in entries)
    known = {entry["id"] for entry in entries_of(client, "/feed.atom")}
    assert {entry["id"] for entry in entries} <= known
    assert entries_of(client, f"{path}&since=2999-01-01") == []
    page = feed_of(client, path).findall(f"{ATOM}link")[1].attrib["href"]
    assert page == "http://localhost/search?q=%22Atlantic+Council%22"


@pytest.mark.both
def test_any_search_has_a_feed(empty_client: TestClient, db: Database) -> None:
    for query in (
        "",
        "q=",
        "q=%00%01",
        "q=" + "x" * 10_000,
        "q=%22%22%22*NEAR(",
        "since=soon&page=-1",
        "q=%ED%A0%80",
    ):
        assert entries_of(empty_client, f"/search/feed.atom?{query}") == [], query[:50]


def test_hostile_words_stay_words(empty_client: TestClient, db: Database) -> None:
    hostile = "]]></title><script>alert(1)</script>&amp;&#0;\u202e\ufffe"
    article = store.add(db, draft(hostile, f"{hostile} came.\n\x0bHe\x01 saw.", hostile, hostile)).article
    store.edit(db, article, draft(hostile, f"{hostile} went.\n\x0bHe\x01 saw.", hostile, hostile))
    for path in ("/feed.atom", f"/stories/{article}/feed.atom", "/search/feed.atom?q=went"):
        answer = empty_client.get(path)
        ElementTree.fromstring(answer.content)
        assert "<script" not in answer.text
        for entry in entries_of(empty_client, path):
            assert "<script" not in entry["content"]


def test_a_feed_that_did_not_change_costs_a_304(empty_client: TestClient, db: Database) -> None:
    first = empty_client.get("/feed.atom")
    held = {"If-None-Match": first.headers["etag"]}
    assert empty_client.get("/feed.atom", headers=held).status_code == 304
    store.add(db, draft("A visit", "He came."))
    assert empty_client.get("/feed.atom", headers=held).status_code == 200


def test_ids_do_not_depend_on_where_the_library_is_served(client_for: ClientFor, seeded_db: Database) -> None:
    here, there = client_for(seeded_db), client_for(seeded_db, public_url="https://variorum.example.org")
    assert [entry["id"] for entry in entries_of(here, "/feed.atom")] == [
        entry["id"] for entry in entries_of(there, "/feed.atom")
    ]


@pytest.mark.parametrize(
    "path",
    ["/stories/x/feed.atom", "/stories/aaaaaaaaaaaaaaaa/feed.atom", "/quotations/aaaaaaaaaaaaaaaa/feed.atom"],
)
def test_a_feed_of_nothing_is_answered_in_words(empty_client: TestClient, path: str) -> None:
    assert empty_client.get(path).status_code == 404


def test_what_very_long_edits_changed_is_not_looked_for_in_a_feed(
    empty_client: TestClient, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(latest, "MAX_CHARS_OF_EDITS", 100)
    article = store.add(db, draft("A visit", "He came. " * 20)).article
    store.edit(db, article, draft("A visit", "He went. " * 20, "Daily"))
    assert "has not been compared yet" in entries_of(empty_client, "/feed.atom")[0]["content"]
