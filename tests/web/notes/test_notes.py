"""Notes by editors: written, seen by the right people, changed in two tabs, exported, deleted, never moved."""

import json
import re

import pytest
from fastapi.testclient import TestClient

from app import permalinks
from app.collation import pipeline
from app.db.engine.base import Database
from app.services import comparisons, notes
from app.services.articles import store, trash
from app.services.edit_log import UNNAMED
from app.services.relations import relate
from app.sources.text import draft
from tests.web.comparison.comparing import heard, seeds_path
from tests.web.conftest import ClientFor

KEY = "correct horse battery"


@pytest.fixture
def finding(seeded_db: Database) -> str:
    """The path of the altered quotation, without its query."""
    return f"{seeds_path(seeded_db)}/rows/6"


def write(client: TestClient, finding: str, text: str = "Checked against the video.", **fields: str) -> str:
    """Write a note on the altered quotation and return its id."""
    answer = client.post(
        f"{finding}/note?finding=2", data={"text": text, "status": "confirmed", "about": "finding"} | fields
    )
    assert answer.status_code == 303, heard(answer.text)
    return answer.headers["location"].partition("#note-")[2]


def test_a_note_is_below_the_finding_that_it_is_about_and_in_the_log(
    client: TestClient, finding: str
) -> None:
    form = client.get(f"{finding}/note?finding=2")
    assert "put pressure on" in heard(form.text)
    note = write(client, finding, editor="Mira K.")
    for path in (f"{finding}?finding=2", finding, finding.partition("/rows")[0]):
        page = client.get(path).text
        assert f'id="note-{note}"' in page, path
        assert "Confirmed Mira K. on the quotation in ¶4" in heard(page)
    assert "Wrote a note on" in client.get("/log").text
    assert "Mira K." in client.get("/log").text
    assert f'id="note-{note}"' not in client.get(finding.replace("/rows/6", "/rows/7")).text


def test_a_note_is_seen_by_editors_alone_unless_it_is_public(
    client_for: ClientFor, seeded_db: Database, client: TestClient, finding: str
) -> None:
    comparison = finding.partition("/rows")[0]
    private = write(client, finding, "Only for us.")
    public = write(client, finding, "=For all", public="1")
    visitor = client_for(seeded_db, host="0.0.0.0", edit_key=KEY)
    addresses = ("/notes", comparison, finding, f"{comparison}/findings.json", f"{comparison}/findings.csv",
                 f"/api{comparison}/notes", f"{comparison}/export/html", f"{comparison}/export/csv",
                 f"{comparison}/export/json")  # fmt: skip
    for address in addresses:
        page = visitor.get(address).text
        assert "Only for us." not in page, address
        assert private not in page, address
        assert "=For all" in page, address
    assert "/notes/" not in visitor.get(finding).text
    for path in (f"{finding}/note", f"/notes/{public}/edit", f"/notes/{public}/delete"):
        assert visitor.get(path).headers["location"].startswith("/edit-key")
        assert visitor.post(path, data={"text": "x", "status": "check", "version": "1"}).status_code == 403
    assert "Only for us." in client.get("/notes").text
    listed = json.loads(visitor.get(f"{comparison}/findings.json").text)["findings"]
    (noted,) = [line for line in listed if line["notes"]]
    assert [note["text"] for note in noted["notes"]] == ["=For all"]
    (seen,) = visitor.get(f"/api{comparison}/notes").json()["notes"]
    assert (seen["status"], seen["kind"], seen["place"]) == ("confirmed", "quotation", "¶4")
    assert "1 note" in heard(visitor.get("/").text)
    assert visitor.get("/?noted=1").text.count('<li class="shelf') == 1


def test_a_note_changed_in_another_tab_is_not_overwritten(client: TestClient, finding: str) -> None:
    note = write(client, finding)
    first = {"text": "From the first tab.", "status": "harmless", "version": "1"}
    second = {"text": "From the second tab.", "status": "check", "version": "1"}
    assert client.post(f"/notes/{note}/edit", data=first).status_code == 303
    refused = client.post(f"/notes/{note}/edit", data=second)
    assert refused.status_code == 422
    assert "changed while you were editing" in refused.text
    assert "From the second tab." in refused.text
    assert "From the first tab." in refused.text
    again = re.search(r'name="version" value="(\d+)"', refused.text)
    assert again
    assert client.post(f"/notes/{note}/edit", data=second | {"version": again[1]}).status_code == 303
    assert "From the second tab." in client.get("/notes").text
    assert client.get(f"/notes/{note}/delete").text.count("From the second tab.") == 1
    assert client.post(f"/notes/{note}/delete").status_code == 303
    assert client.post(f"/notes/{note}/edit", data=second).status_code == 404
    assert "Deleted a note on" in client.get("/log").text


@pytest.mark.sqlite
def test_what_was_typed_into_a_note_that_was_deleted_meanwhile_is_given_back(
    client: TestClient, finding: str
) -> None:
    note = write(client, finding)
    client.post(f"/notes/{note}/delete")
    typed = {"text": "Seen <again> in the archive.", "version": "1", "back": f"{finding}?finding=2"}
    answer = client.post(f"/notes/{note}/edit", data=typed)
    assert answer.status_code == 404
    assert "Somebody deleted this note while you were editing it." in heard(answer.text)
    assert "Seen &lt;again&gt; in the archive." in answer.text
    assert f'href="{finding}?finding=2"' in answer.text
    away = client.post(f"/notes/{note}/edit", data=typed | {"back": "https://evil.example/"})
    assert "evil.example" not in away.text
    assert client.post(f"/notes/{note}/edit", data={"version": "1"}).status_code == 404


def test_bad_input_is_refused_in_words_or_shown_as_it_is(client: TestClient, finding: str) -> None:
    path = f"{finding}/note?finding=2"
    huge = client.post(path, data={"text": "x" * 1_000_000, "status": "check"})
    assert huge.status_code == 422
    assert "at most 5,000 characters; this one has 1,000,000" in huge.text
    empty = client.post(path, data={"text": " \n ", "status": "wrong"})
    assert "A note needs some words." in empty.text
    assert "Choose one of the three." in empty.text
    unseen = client.post(path, data={"text": "\u200b\u2060 \ufeff", "status": "check"})
    assert "A note needs some words." in unseen.text
    hostile = "<script>alert(1)</script> \u202eright to left\x00\x1b end"
    write(client, finding, hostile)
    page = client.get(finding).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; \u202eright to left end" in page
    assert client.get(f"{finding}/note?finding=99").status_code == 404
    assert client.post(path, data={"text": "x", "status": "check", "about": "base-99"}).status_code == 422
    assert client.get("/notes?comparison=x..y&story=%00").status_code == 200


def test_notes_are_listed_by_comparison_story_article_and_status(
    client: TestClient, finding: str, newsweek: str
) -> None:
    write(client, finding, "On the finding.")
    write(client, finding, "On the paragraph.", about="base-4", status="check")
    pair = finding.partition("/compare/")[2].partition("/")[0]
    article = newsweek.rpartition("/")[2]
    for query in ({"comparison": pair}, {"story": article}, {"article": article}):
        page = client.get("/notes", params=query).text
        assert "On the finding." in page
        assert "On the paragraph." in page
    assert "On the finding." not in client.get("/notes", params={"status": "check"}).text
    assert "1 to check" in heard(client.get("/").text)


def test_a_note_stays_at_the_texts_that_its_author_saw_and_goes_with_them(seeded_db: Database) -> None:
    repost, newsweek, *_ = store.choices(seeded_db, "", 500)
    stored = comparisons.open_or_make(seeded_db, newsweek.revision, repost.revision)
    place = notes.place_in(stored.comparison, 6, 2)
    content = notes.checked("Checked.", "confirmed", is_public=False)
    notes.add(seeded_db, place, content, actor=UNNAMED)
    text = "\n\n".join([*store.read(seeded_db, repost.article).paragraphs, "A line at the end."])
    edited = store.edit(seeded_db, repost.article, draft(repost.title, text))
    relate.ensure_relations(seeded_db, edited.revision)
    assert notes.notes_on(seeded_db, newsweek.revision, edited.revision, public_only=False) == ()
    swapped = notes.notes_on(seeded_db, repost.revision, newsweek.revision, public_only=False)
    assert [note.text for note in swapped] == ["Checked."]
    assert notes.list_notes(seeded_db, public_only=False, article=repost.article) == swapped
    trash.delete(seeded_db, repost.article)
    assert notes.list_notes(seeded_db, public_only=False) == ()
    assert permalinks.is_id(swapped[0].id)


def test_a_note_is_also_seen_the_other_way_round_but_on_no_other_pairing(
    client: TestClient, finding: str
) -> None:
    note = write(client, finding)
    base, witness = finding.partition("/compare/")[2].partition("/")[0].split("..")
    swapped = client.get(f"/compare/{witness}..{base}").text
    assert f'id="note-{note}"' in swapped
    apart = client.get(f"/compare/{base}..{witness}?pins=4x5").text
    assert f'id="note-{note}"' not in apart
    assert "1 note, 1 on a place that this comparison does not have" in apart


def test_a_note_on_a_paragraph_is_on_the_articles_page_and_counted_before_it_is_deleted(
    client_for: ClientFor, seeded_db: Database, client: TestClient, finding: str, newsweek: str
) -> None:
    on_finding = write(client, finding)
    private = write(client, finding, "On the paragraph.", about="base-4")
    public = write(client, finding, "For all to see.", about="base-4", public="1")
    page = client.get(newsweek).text
    paragraph = page.partition(f'id="note-{private}"')[0].rpartition('class="para')[2]
    assert "put pressure on" in heard(paragraph)
    assert f'id="note-{public}"' in page
    assert on_finding not in page
    assert f"/notes/{public}/edit" in page
    visitor = client_for(seeded_db, host="0.0.0.0", edit_key=KEY).get(newsweek).text
    assert "For all to see." in visitor
    assert "On the paragraph." not in visitor
    assert "/notes/" not in visitor
    listed = client.get("/notes").text
    link = re.search(rf'href="(/revisions/[a-z2-7]{{16}})#note-{public}"', listed)
    assert link
    assert f'id="note-{public}"' in client.get(client.get(link[1]).headers["location"]).text
    warning = client.get(f"{newsweek}/delete").text
    assert "3 notes by editors on it or on comparisons with it" in warning


@pytest.mark.sqlite
def test_a_named_engines_finding_says_where_notes_are_written(client: TestClient, finding: str) -> None:
    pair = finding.partition("/rows")[0]
    named = client.get(f"{pair}/engine/{pipeline.ENGINE}/rows/6?finding=2").text
    assert "Add a note" not in named
    assert f'<a href="{pair}">open it to add one</a>' in named
    assert "open it to add one" not in client.get(f"{finding}?finding=2").text
