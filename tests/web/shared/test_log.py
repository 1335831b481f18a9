"""The page of the log: for editors only, in parts, distinguishing vouched-for names from others."""

import re

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.services import edit_log
from app.services.articles import store, trash
from app.services.edit_log import Actor
from app.sources.text import draft
from app.web.pages.shared import log
from tests.web.comparison.comparing import heard
from tests.web.conftest import ClientFor

pytestmark = pytest.mark.both

KEY = "correct horse battery"


def rows(page: str) -> list[str]:
    return [heard(row) for row in re.findall(r"<tr role=\"row\">(.*?)</tr>", page, re.S)[1:]]


def test_the_log_is_for_editors_alone(client_for: ClientFor, db: Database) -> None:
    shared, keyless = client_for(db, host="0.0.0.0", edit_key=KEY), client_for(db, host="0.0.0.0")
    assert shared.get("/log").headers["location"] == "/edit-key?next=%2Flog"
    assert keyless.get("/log").status_code == 403
    for client in (shared, keyless):
        assert 'href="/log"' not in client.get("/").text
    shared.post("/edit-key", data={"key": KEY})
    assert shared.get("/log").status_code == 200
    assert '<a href="/log">Log</a>' in shared.get("/").text
    assert '<a href="/log">Log</a>' in client_for(db).get("/").text


def test_the_log_names_the_editor_the_action_and_the_source_of_the_name(
    empty_client: TestClient, db: Database
) -> None:
    article = store.add(db, draft("A visit", "He came."), actor=Actor("Ann Lee", "name")).article
    store.edit(db, article, draft("A visit", "He went."), actor=Actor("ben@example.org", "proxy"))
    store.edit(db, article, draft("A visit", "He went.", "Daily"), actor=Actor("press", "account"))
    store.edit(db, article, draft("A visit", "He stays.", "Daily"))
    trash.delete(db, article, actor=Actor("Ann Lee", "name"))
    page = empty_client.get("/log").text
    entries = [re.sub(r"^.*? UTC ", "", row).partition(" its changes")[0] for row in rows(page)]
    assert entries == [
        "Ann Lee name given, not checked Deleted A visit Revision 4, no longer here ·",
        "Not named Edited the text A visit Revision 4, no longer here ·",
        "press command line Edited what is stated A visit Revision 3, no longer here ·",
        "ben@example.org signed in Edited the text A visit Revision 2, no longer here ·",
        "Ann Lee name given, not checked Added A visit Revision 1, no longer here ·",
    ]
    assert page.count("verified") == 1
    for change in edit_log.read_log(db, 9).changes:
        for digest in filter(None, (change.before, change.after)):
            assert digest in heard(page).replace(" ", "")


def test_what_is_still_here_is_linked(client: TestClient, newsweek: str) -> None:
    page = client.get("/log").text
    assert f'href="{newsweek}/revisions/1"' in page
    assert "the program itself" in page


def test_it_is_shown_in_parts(
    client: TestClient, seeded_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.routes.editors.MAX_CHANGES", 2)
    first = client.get("/log").text
    assert len(rows(first)) == 2
    assert "newer" not in first
    (older,) = re.findall(r'href="(/log\?before=\d+)"', first)
    middle = client.get(older).text
    (newer,) = re.findall(r'href="(/log\?after=\d+)"', middle)
    assert rows(client.get(newer).text) == rows(first)
    (oldest,) = re.findall(r'href="(/log\?before=\d+)"', middle)
    last = client.get(oldest).text
    assert len(rows(last)) == 1
    assert "older →" not in last
    assert log.MAX_CHANGES == 100


def test_one_articles_changes_can_be_shown_alone(client: TestClient, newsweek: str) -> None:
    article = newsweek.rpartition("/")[2]
    page = client.get(f"/log?article={article}").text
    assert len(rows(page)) == 1
    assert "All changes" in page
    assert "Nothing is logged here." in client.get(f"/log?article={'a' * 16}").text


@pytest.mark.parametrize("query", ["before=x", "before=-1", "after=99999999999", "article=%3Cb%3E"])
def test_an_address_without_its_form_is_answered_in_words(client: TestClient, query: str) -> None:
    assert client.get(f"/log?{query}").status_code == 404


def test_hostile_titles_and_names_are_printed_as_themselves(empty_client: TestClient, db: Database) -> None:
    hostile = "<script>alert(1)</script>"
    store.add(db, draft(hostile, "He came."), actor=Actor(hostile, "proxy"))
    assert "<script>alert" not in empty_client.get("/log").text


def test_it_says_under_which_name_ones_own_changes_are_logged(empty_client: TestClient) -> None:
    assert "logged without a name: give one" in heard(empty_client.get("/log").text)
    empty_client.post("/edit-key/name", data={"editor": "Ann Lee"})
    assert "logged as Ann Lee: change it" in heard(empty_client.get("/log").text)
