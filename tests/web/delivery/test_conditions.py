"""What a client already has is not sent again, in whatever form it says so (RFC 9110, section 13.1.2)."""

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.web.delivery import conditions
from tests.web.comparison.comparing import seeds_path
from tests.web.conftest import ClientFor

LINES = "Three words here. " * 20


@pytest.fixture
def paths(client: TestClient, seeded_db: Database, newsweek: str) -> list[str]:
    """Return addresses of every kind: kept and made each time, with tags of their own and without any, and files."""
    compared = seeds_path(seeded_db)
    return [
        "/",
        newsweek,
        f"{newsweek}/edit",
        f"{newsweek}/revisions/1/export/text",
        compared,
        f"{compared}/rows/1",
        f"{compared}/findings.csv",
        f"{compared}/card.png",
        f"/api{compared}",
        f"/api/v1{newsweek}",
        "/feed.atom",
        "/health",
        "/static/js/forms.js",
        "/static/sheets/library.css",
        "/favicon.ico",
    ]


def test_whatever_is_there_is_held_by_who_has_anything(client: TestClient, paths: list[str]) -> None:
    for path in paths:
        for method in ("GET", "HEAD"):
            whole = client.request(method, path)
            answer = client.request(method, path, headers={"If-None-Match": "*"})
            assert (whole.status_code, answer.status_code, answer.content) == (200, 304, b""), path
            assert answer.headers.get("etag") == whole.headers.get("etag")
            assert answer.headers.get("vary") == whole.headers.get("vary")
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert "content-type" not in answer.headers
            assert "content-encoding" not in answer.headers


def test_what_is_not_there_is_held_by_nobody(client: TestClient, seeded_db: Database, newsweek: str) -> None:
    compared = seeds_path(seeded_db)
    for path, status in (
        ("/articles/aaaaaaaaaaaaaaaa", 404),
        (f"{compared}/rows/9999", 404),
        (f"{newsweek}/revisions/9", 404),
        ("/nowhere", 404),
        ("/static/nowhere.js", 404),
        (f"{newsweek}/", 303),
    ):
        answer = client.get(path, headers={"If-None-Match": "*"}, follow_redirects=False)
        assert answer.status_code == status, path


@pytest.mark.parametrize("page_cache", [0, 64])
def test_a_tag_is_found_in_lists_weak_or_not_and_in_several_lines(
    client_for: ClientFor, seeded_db: Database, page_cache: int
) -> None:
    client = client_for(seeded_db, page_cache=page_cache)
    compared = seeds_path(seeded_db)
    for path in (compared, f"{compared}/rows/1", f"/api{compared}", "/static/js/forms.js"):
        tag = client.get(path).headers["etag"]
        strong = tag.removeprefix("W/")
        for held in (
            f'"x,y", {tag}',
            f'W/"x" , {strong},W/"y"',
            f',, "x",,{tag},',
            f"W/{strong}",
        ):
            assert client.get(path, headers={"If-None-Match": held}).status_code == 304, (path, held)
        lines = [("If-None-Match", '"x"'), ("If-None-Match", tag), ("If-None-Match", '"y"')]
        assert client.get(path, headers=lines).status_code == 304, path


@pytest.mark.parametrize("page_cache", [0, 64])
def test_what_is_no_tag_of_it_gets_all_of_it(
    client_for: ClientFor, seeded_db: Database, page_cache: int
) -> None:
    client = client_for(seeded_db, page_cache=page_cache)
    path = seeds_path(seeded_db)
    tag = client.get(path).headers["etag"]
    bare = tag.removeprefix("W/").strip('"')
    for held in (
        bare,
        f'"{bare}x"',
        f'"x{bare}"',
        f'*, "{bare}x"',
        '"*"',
        f'"x,W/"{bare}"y"',
        f'w/"{bare}x"',
        "",
    ):
        assert client.get(path, headers={"If-None-Match": held}).status_code == 200, held


def test_a_form_that_is_sent_is_not_held(client: TestClient) -> None:
    answer = client.post(
        "/articles",
        data={"title": "A visit", "text": LINES},
        headers={"If-None-Match": "*"},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    refused = client.post("/articles", data={"text": ""}, headers={"If-None-Match": "*"})
    assert refused.status_code == 422


def test_a_long_list_is_read_once() -> None:
    listed = b",".join(b'"%d"' % number for number in range(5_000)) + b',"' * 5_000
    assert conditions.names(listed, b'W/"4999"')
    assert not conditions.names(listed, b'W/"5000"')
