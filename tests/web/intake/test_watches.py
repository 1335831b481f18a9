import re
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.db.queries import intake as intake_queries
from app.services.articles import store
from app.services.edit_log import Actor
from app.services.intake import watching
from app.sources.text import draft
from app.web.pages.intake import watched_page
from app.web.routes.intake import watches
from tests.web.conftest import ClientFor

pytestmark = pytest.mark.both


def article_at(db: Database, url: str = "https://news.example/a") -> str:
    return f"/articles/{store.add(db, draft('A visit', 'He came.', url=url)).article}"


def test_an_address_is_watched_and_no_more(empty_client: TestClient, db: Database) -> None:
    path = article_at(db)
    assert ">Check daily<" in empty_client.get(path).text
    assert empty_client.post(f"{path}/watch", data={"watch": "start"}).headers["location"] == f"{path}#origin"
    page = empty_client.get(path).text
    assert "Checked daily, for the first time tomorrow." in page
    assert empty_client.post(f"{path}/watch", data={"watch": "stop"}).status_code == 303
    assert ">Check daily<" in empty_client.get(path).text


def test_it_is_offered_only_where_links_are_fetched_and_there_is_an_address(
    client_for: ClientFor, db: Database
) -> None:
    path, without = article_at(db), article_at(db, "")
    assert "Check daily" not in client_for(db).get(without).text
    for changed in ({"fetch": "off"}, {"watched": 0}):
        client = client_for(db, **changed)
        assert "Check daily" not in client.get(path).text
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


def watched(db: Database, number: int) -> list[str]:
    """Have so many articles watched, in the order in which they are due; return their paths."""
    paths = []
    for each in range(number):
        ref = store.add(
            db, draft(f"Visit {each}", f"He came {each} times.", url=f"https://news.example/{each}")
        )
        watching.start_watching(db, ref.article, actor=Actor("Ann Lee", "name"), max_watched=1_000)
        paths.append(f"/articles/{ref.article}")
    return paths


def found(db: Database, path: str, **state: object) -> None:
    """Note what a look at an article's address found."""
    with db.writing() as session:
        row = intake_queries.watch(session, path.rpartition("/")[2])
        assert row
        for name, value in state.items():
            setattr(row, name, value)
        session.add(row)


def cells(page: str) -> list[list[str]]:
    """The rows of the list, each cell without its markup."""
    rows = re.findall(r'<tr role="row">\s*<td(.*?)</tr>', page, re.S)
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", f"<td{cell}").split()) for cell in row.split("</td>")[:-1]]
        for row in rows
    ]


def test_what_is_watched_is_listed_with_its_last_look_and_the_next(
    empty_client: TestClient, db: Database
) -> None:
    paths = watched(db, 3)
    looked = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
    found(
        db,
        paths[0],
        outcome="The text was unchanged.",
        looked_at=looked,
        look_after=looked + timedelta(36_500),
    )
    found(db, paths[1], outcome="No page <here>.", looked_at=looked, failures=14)
    page = empty_client.get("/watched").text
    first, second, third = cells(page)
    assert first[0].startswith("Visit 1 Publisher not stated · news.example : the page of Visit 1 · since")
    assert first[0].endswith("for Ann Lee")
    assert first[1] == "Last check: 4 March 2026, 10:30 UTC No page &lt;here&gt;."
    assert first[2] == "Next check: no more: the last 14 checks failed"
    assert second[0].startswith("Visit 2")
    assert second[1] == "Last check: not checked yet"
    assert third[1:3] == [
        "Last check: 4 March 2026, 10:30 UTC The text was unchanged.",
        "Next check: 8 February 2126, 10:30 UTC",
    ]
    assert "3 addresses of 50 that may be" in page
    assert 'href="https://news.example/1" rel="external noopener noreferrer"' in page
    assert 'href="/watched"' in empty_client.get(paths[0]).text


def test_one_is_stopped_from_the_list_and_may_be_watched_again(
    empty_client: TestClient, db: Database
) -> None:
    first, second = watched(db, 2)
    sent = empty_client.post("/watched", data={"stop": first.rpartition("/")[2], "page": "1"})
    page = empty_client.get(sent.headers["location"]).text
    assert [row[0][:7] for row in cells(page)] == ["Visit 1"]
    assert f'<strong>Watched no more:</strong> <a href="{first}" dir="auto">Visit 0</a>' in page
    assert f'action="{first}/watch"' in page
    assert empty_client.post(f"{first}/watch", data={"watch": "start"}).status_code == 303
    assert len(cells(empty_client.get("/watched").text)) == 2
    assert empty_client.post("/watched", data={"stop": "nothing"}).status_code == 404
    assert second in page


def test_the_list_comes_in_parts_and_a_part_that_has_gone_leads_to_the_last(
    empty_client: TestClient, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (watches, watched_page):
        monkeypatch.setattr(module, "WATCHED_PER_PAGE", 2)
    paths = watched(db, 3)
    first = empty_client.get("/watched").text
    assert len(cells(first)) == 2
    assert 'href="/watched?page=2" rel="next"' in first
    last = empty_client.get("/watched?page=2").text
    assert 'href="/watched?page=1" rel="prev"' in last
    (row,) = re.findall(r'name="stop" value="([a-z2-7]{16})"', last)
    sent = empty_client.post("/watched", data={"stop": row, "page": "2"})
    assert sent.headers["location"] == f"/watched?page=1&stopped={row}"
    assert f"/articles/{row}" in paths
    beyond = empty_client.get("/watched?page=9").text
    assert "Nothing is on this page" in beyond


@pytest.mark.parametrize("page", ["9" * 5_000, "²", "-1", "one"])
def test_a_page_that_is_no_number_is_the_first(empty_client: TestClient, db: Database, page: str) -> None:
    (path,) = watched(db, 1)
    sent = empty_client.post("/watched", data={"stop": path.rpartition("/")[2], "page": page})
    assert sent.status_code == 303
    assert sent.headers["location"].startswith("/watched?page=1&")


def test_where_nothing_is_watched_the_list_says_how_to_begin(client_for: ClientFor, db: Database) -> None:
    page = client_for(db).get("/watched").text
    assert "No address is watched" in page
    assert "Check daily" in page
    assert "Watching is off here" in client_for(db, watched=0).get("/watched").text
    watched(db, 1)
    off = client_for(db, fetch="off").get("/watched").text
    assert "Watching is off here" in off
    assert "none while watching is off" in off


def test_where_no_more_may_be_watched_those_that_are_are_listed(client_for: ClientFor, db: Database) -> None:
    client = client_for(db, watched=1)
    watched(db, 1)
    path = article_at(db)
    refused = client.post(f"{path}/watch", data={"watch": "start"})
    assert refused.status_code == 422
    assert "1 article is watched already, and no more may be." in refused.text
    assert f'Wanted: <a href="{path}" dir="auto">A visit</a>' in refused.text
    assert [row[0][:7] for row in cells(refused.text)] == ["Visit 0"]
    fields = dict(re.findall(r'name="(stop|wanted|page)" value="([^"]+)"', refused.text))
    sent = client.post("/watched", data=fields)
    assert "Watch instead: <bdi>A visit</bdi>" in client.get(sent.headers["location"]).text
    assert client.post(f"{path}/watch", data={"watch": "start"}).status_code == 303


def test_the_list_is_for_editors(client_for: ClientFor, db: Database) -> None:
    (path,) = watched(db, 1)
    reader = client_for(db, host="0.0.0.0", edit_key="correct horse")
    assert reader.get("/watched").headers["location"].startswith("/edit-key")
    assert reader.post("/watched", data={"stop": path.rpartition("/")[2]}).status_code == 403
    assert len(watching.list_watched(db, 0, 9).articles) == 1
