import re

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.services.articles import store
from app.sources.text import draft
from tests.web.conftest import ClientFor

pytestmark = pytest.mark.both


def article_at(db: Database, url: str = "https://news.example/a") -> str:
    return f"/articles/{store.add(db, draft('A visit', 'He came.', url=url)).article}"


def test_an_address_is_watched_and_no_more(empty_client: TestClient, db: Database) -> None:
    path = article_at(db)
    assert ">Look again daily<" in empty_client.get(path).text
    assert empty_client.post(f"{path}/watch", data={"watch": "start"}).headers["location"] == f"{path}#origin"
    page = empty_client.get(path).text
    assert "Looked at daily, for the first time tomorrow." in page
    assert empty_client.post(f"{path}/watch", data={"watch": "stop"}).status_code == 303
    assert ">Look again daily<" in empty_client.get(path).text


def test_it_is_offered_only_where_links_are_fetched_and_there_is_an_address(
    client_for: ClientFor, db: Database
) -> None:
    path, without = article_at(db), article_at(db, "")
    assert "Look again daily" not in client_for(db).get(without).text
    for changed in ({"fetch": "off"}, {"watched": 0}):
        client = client_for(db, **changed)
        assert "Look again daily" not in client.get(path).text
        assert client.post(f"{path}/watch", data={"watch": "start"}).status_code == 422


def test_readers_see_where_a_text_came_from_and_may_not_watch_or_download(
    client_for: ClientFor, db: Database
) -> None:
    own = client_for(db)
    where = own.post(
        "/articles/new", files={"files": ("visit.txt", b"A visit\n\nThe minister came on Monday.")}
    )
    saved = own.post(where.headers["location"], data={"do": "save"}).headers["location"].partition("?")[0]
    assert re.search(r'href="/captures/[a-z2-7]{16}" download', own.get(saved).text)
    reader = client_for(db, host="0.0.0.0", edit_key="correct horse")
    page = reader.get(saved).text
    assert "From a file" in page
    assert "visit.txt" in page
    assert "/captures/" not in page
    assert reader.post(f"{saved}/watch", data={"watch": "start"}).status_code == 403


def test_an_article_without_captures_says_nothing_of_them(client: TestClient, newsweek: str) -> None:
    assert 'id="origin"' not in client.get(newsweek).text
