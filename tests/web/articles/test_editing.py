import re
from dataclasses import replace
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.services.articles import store
from app.services.articles.store import RevisionRef
from app.services.edit_log import Actor
from app.sources import Draft
from tests.web.articles.test_adding import WRAPPED, add

pytestmark = pytest.mark.both


def form_of(client: TestClient, path: str) -> dict[str, str]:
    """Return the edit form's current fields."""
    page = client.get(f"{path}/edit").text
    fields = dict(re.findall(r'<input [^>]*name="(\w+)"[^>]* value="([^"]*)"', page))
    area = re.search(r'<textarea [^>]*name="text"[^>]*>\n(.*?)</textarea>', page, re.S)
    assert area
    return {name: unescape(value) for name, value in fields.items()} | {"text": unescape(area[1])}


def test_the_form_is_filled_with_the_current_article(client: TestClient, repost: str) -> None:
    fields = form_of(client, repost)
    assert fields["published_on"] == "2024-02-05"
    assert fields["text"].startswith(" date 2024-02-05 Connect with us\n")
    assert fields["revision"] == "1"


def test_an_edit_makes_a_new_revision_and_the_old_one_stays(client: TestClient, newsweek: str) -> None:
    fields = form_of(client, newsweek)
    changed = fields["text"].replace("Dong Jun, gave", "Dong Jun, never gave")
    answer = client.post(f"{newsweek}/edit", data=fields | {"text": changed})
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert "Saved as revision 2." in page
    assert "Dong Jun, never gave" in page
    assert "Dong Jun, gave" in client.get(f"{newsweek}/revisions/1").text


def test_an_edit_that_changes_nothing_makes_no_revision_and_says_so(
    client: TestClient, newsweek: str
) -> None:
    answer = client.post(f"{newsweek}/edit", data=form_of(client, newsweek))
    page = client.get(answer.headers["location"]).text
    assert "Nothing was changed" in page
    assert "Revision 2" not in page


def test_a_conflicting_edit_is_warned_of_and_then_saved(client: TestClient, newsweek: str) -> None:
    form = form_of(client, newsweek)
    client.post(f"{newsweek}/edit", data=form | {"title": "Theirs"})
    refused = client.post(f"{newsweek}/edit", data=form | {"title": "Mine"})
    assert refused.status_code == 422
    assert "Somebody saved revision 2" in refused.text
    assert f'href="{newsweek}/revisions/2"' in refused.text
    assert 'value="Mine"' in refused.text
    assert 'name="revision" value="2"' in refused.text
    again = client.post(f"{newsweek}/edit", data=form | {"title": "Mine", "revision": "2"})
    assert "Saved as revision 3." in client.get(again.headers["location"]).text


def test_the_form_keeps_its_input_when_the_article_was_deleted_meanwhile(
    client: TestClient, newsweek: str
) -> None:
    form = form_of(client, newsweek) | {"title": "Mine & <ours>"}
    client.post(f"{newsweek}/delete")
    refused = client.post(f"{newsweek}/edit", data=form)
    assert refused.status_code == 404
    assert "This article was deleted while you were editing" in refused.text
    assert 'value="Mine &amp; &lt;ours&gt;"' in refused.text
    assert "gave his full support to Russia&#39;s war" in refused.text
    assert 'action="/articles"' in refused.text
    assert 'name="revision"' not in refused.text
    assert client.post(f"{newsweek}/edit", data={"text": " "}).status_code == 410


def test_a_conflict_at_the_last_moment_is_warned_of_too(
    client: TestClient, newsweek: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_of(client, newsweek)
    plain = store.edit

    def overtaken(db: Database, article: str, sent: Draft, expected: int, actor: Actor) -> RevisionRef:
        plain(db, article, replace(sent, title="Theirs"))
        return plain(db, article, sent, expected, actor=actor)

    monkeypatch.setattr(store, "edit", overtaken)
    refused = client.post(f"{newsweek}/edit", data=form | {"title": "Mine"})
    assert refused.status_code == 422
    assert "Somebody saved revision 2" in refused.text
    assert 'value="Mine"' in refused.text
    assert 'name="revision" value="2"' in refused.text
    assert "Theirs" in client.get(newsweek).text


def test_a_refused_edit_keeps_the_input(client: TestClient, newsweek: str) -> None:
    answer = client.post(f"{newsweek}/edit", data=form_of(client, newsweek) | {"text": " ", "author": "Me"})
    assert answer.status_code == 422
    assert 'value="Me"' in answer.text
    assert "There is no text." in answer.text


def test_line_breaks_are_asked_about_again_only_for_a_changed_text(empty_client: TestClient) -> None:
    path = add(empty_client, text=WRAPPED, lines="rejoin").partition("?")[0]
    fields = form_of(empty_client, path)
    metadata = empty_client.post(f"{path}/edit", data=fields | {"author": "Ann"})
    assert metadata.status_code == 303
    assert "1 paragraph" in empty_client.get(path).text
    other = fields | {"revision": "2", "text": WRAPPED.replace("Monday", "Friday")}
    question = empty_client.post(f"{path}/edit", data=other)
    assert "line breaks" in question.text
    assert empty_client.post(f"{path}/edit", data=other | {"lines": "keep"}).status_code == 303
    assert "4 paragraphs" in empty_client.get(path).text


def test_a_kept_hard_wrapped_text_stays_as_it_was_when_only_the_author_changes(
    empty_client: TestClient,
) -> None:
    path = add(empty_client, text=WRAPPED, lines="keep").partition("?")[0]
    empty_client.post(f"{path}/edit", data=form_of(empty_client, path) | {"author": "Ann"})
    page = empty_client.get(path).text
    assert "Ann · no date stated · 4 paragraphs" in page


def test_an_article_that_is_not_there_cannot_be_edited(client: TestClient) -> None:
    assert client.get("/articles/aaaaaaaaaaaaaaaa/edit").status_code == 404
    assert client.post("/articles/aaaaaaaaaaaaaaaa/edit", data={"text": "x"}).status_code == 404
