"""The page of an article's history, with and without a sentence to look for."""

import re

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.services.articles import store
from app.services.edit_log import Actor
from app.sources.text import draft
from tests.web.comparison.comparing import heard
from tests.web.conftest import ClientFor

HOSTILE = "<script>alert(1)</script> & “quoted” \u202e came on Monday to the harbour."


@pytest.fixture
def path(db: Database) -> str:
    """The path of an article of three revisions, the last of which changes a number."""
    ref = store.add(db, draft("A visit", f"{HOSTILE}\n\nTwo boats sank."), actor=Actor("Ann Lee", "name"))
    store.edit(db, ref.article, draft("A visit", "Two boats sank.", "The Daily"))
    store.edit(db, ref.article, draft("A visit", "Three boats sank.", "The Daily"))
    return f"/articles/{ref.article}"


def test_the_history_shows_each_change_with_its_comparison(empty_client: TestClient, path: str) -> None:
    page = empty_client.get(f"{path}/history").text
    words = heard(page)
    assert "<script>alert" not in page
    assert "Revision 3 Text changed" in words
    assert "taken out: Two end" in words
    assert "added: Three end" in words
    assert "Publisher" in words
    assert re.search(r'<a class="place" href="[^"]+">¶\d+</a>', page)
    assert "Paragraph " not in words
    assert "Revision 1 First text" in words
    assert "Ann Lee" in words  # everybody is an editor on the own machine
    for compare in set(re.findall(r'href="(/compare/[^"#]+)"', page)):
        assert empty_client.get(compare.replace("&amp;", "&")).status_code == 200
    sentence = re.search(r'href="(/articles/[^"]+\?sentence=[^"]+)"', page)
    assert sentence
    assert "Revision 2 took it out." in empty_client.get(sentence[1].replace("&amp;", "&")).text


def test_readers_do_not_learn_who_edited(client_for: ClientFor, db: Database, path: str) -> None:
    reader = client_for(db, host="0.0.0.0", edit_key="correct horse battery")
    page = reader.get(f"{path}/history")
    assert page.status_code == 200
    assert "Ann Lee" not in page.text


def test_a_sentence_that_cannot_be_looked_for_is_answered_on_the_page(
    empty_client: TestClient, path: str
) -> None:
    for sentence, says in (("!!", "holds no word"), ("x" * 9_999, "9,999 characters")):
        refused = empty_client.get(f"{path}/history", params={"sentence": sentence})
        assert refused.status_code == 422
        assert says in refused.text
        assert "Revision 3" in refused.text
    missing = empty_client.get(f"{path}/history", params={"sentence": HOSTILE[:20] + " nowhere"})
    assert "No revision has these words." in missing.text
    assert "<script>alert" not in missing.text


def test_the_ways_through_a_history_lead_somewhere(empty_client: TestClient, path: str) -> None:
    assert empty_client.get(f"{path}/history/compare?from=1&to=3").headers["location"].startswith("/compare/")
    assert empty_client.get(f"{path}/history/compare?from=2&to=2").status_code == 422
    last = empty_client.get(f"{path}/revisions/3/last-change").headers["location"]
    assert "Three" in empty_client.get(last).text
    none = empty_client.get(f"{path}/revisions/1/last-change").headers["location"]
    assert "No revision up to 1 changed the text in substance." in empty_client.get(none).text
    assert "changed the text in substance" not in empty_client.get(f"{path}/history").text
    for wrong in (
        f"{path}/history?before=0",
        f"{path}/history?before=x",
        f"{path}/history/compare?from=1",
        f"{path}/history/compare?from=1&to=99",
        f"{path}/revisions/x/last-change",
        f"{path}/revisions/99/last-change",
        f"{path}/revisions/0/last-change",
        "/articles/aaaaaaaaaaaaaaaa/history",
        "/articles/x/history",
    ):
        assert empty_client.get(wrong).status_code == 404, wrong
    page = empty_client.get(f"{path}/revisions/2").text
    for link in (
        f"{path}/revisions/1",
        f"{path}/revisions/3",
        f"{path}/revisions/2/last-change",
        f"{path}/history",
    ):
        assert f'href="{link}"' in page
