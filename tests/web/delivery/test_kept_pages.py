"""Pages are made once, and made again after whatever they show has changed."""

import subprocess
import sys

import pytest
from fastapi.testclient import TestClient
from starlette.requests import HTTPConnection

from app.db.engine.base import Database
from app.services.operations import backlog
from app.services.operations.backlog import Backlog, WorkerState
from app.services.relations import reindex
from app.settings import Settings
from tests.web.comparison.comparing import seeds_path
from tests.web.conftest import ClientFor, path_of

pytestmark = pytest.mark.both

DELETE = """
import sys
from app.db.engine.connect import connect
from app.services.articles import store, trash
db = connect(sys.argv[1])
trash.delete(db, sys.argv[2])
db.dispose()
"""
BODY = "A visit\n\nThe minister came."


def test_a_page_is_made_once_and_its_304_without_making_it(
    client: TestClient, seeded_db: Database, newsweek: str, rendered: list[str]
) -> None:
    story, compared = newsweek.replace("articles", "stories"), seeds_path(seeded_db)
    client.get(newsweek)  # finds its relations, which is a write
    client.get(compared)  # stores the comparison, likewise
    paths = ("/", newsweek, f"{newsweek}/revisions/1", story, compared, "/quotations")
    first = {path: client.get(path) for path in paths}
    rendered.clear()
    for path, page in first.items():
        again = client.get(path)
        assert again.text == page.text
        assert again.headers == page.headers
        unchanged = client.get(path, headers={"If-None-Match": page.headers["etag"]})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert unchanged.headers["etag"] == page.headers["etag"]
        assert "default-src 'none'" in unchanged.headers["content-security-policy"]
    assert rendered == []


def test_a_kept_page_and_its_304_are_sent_without_taking_the_address_apart(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = client.get("/").headers["etag"]
    monkeypatch.setattr(HTTPConnection, "url", property(lambda _: pytest.fail("it was taken apart")))
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304


def test_a_write_of_this_process_ends_the_page_and_its_304(client: TestClient) -> None:
    before = client.get("/")
    client.get("/")
    client.post("/articles", data={"text": BODY})
    after = client.get("/", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert "A visit" in after.text


def test_a_delete_by_another_process_ends_the_page_and_its_304(
    client: TestClient, seeded_db: Database, settings: Settings, newsweek: str
) -> None:
    compared = seeds_path(seeded_db)
    tags = {path: client.get(path).headers["etag"] for path in ("/", newsweek, compared)}
    for path in tags:
        assert client.get(path).status_code == 200
    subprocess.run([sys.executable, "-c", DELETE, settings.url, newsweek.rpartition("/")[2]], check=True)
    for path, tag in tags.items():
        expected = 200 if path == "/" else 404
        assert client.get(path).status_code in (expected, 410 if expected == 404 else 200)
        assert client.get(path, headers={"If-None-Match": tag}).status_code != 304
    assert "China Offers Full Support" not in client.get("/").text


def test_a_comparison_that_a_write_left_alone_is_not_made_again(
    client: TestClient, seeded_db: Database, rendered: list[str]
) -> None:
    compared = seeds_path(seeded_db)
    before = client.get(compared)
    client.post("/articles", data={"text": BODY})
    rendered.clear()
    after = client.get(compared)
    assert after.text == before.text
    assert client.get(compared, headers={"If-None-Match": before.headers["etag"]}).status_code == 304
    assert rendered == []


def test_the_edit_key_typed_and_forgotten_ends_the_page(client_for: ClientFor, seeded_db: Database) -> None:
    shared = client_for(seeded_db, host="0.0.0.0", edit_key="correct horse battery")
    newsweek = path_of(shared, "China Offers")
    before = shared.get(newsweek)
    assert shared.get(newsweek).text == before.text
    shared.post("/edit-key", data={"key": "correct horse battery", "next": "/"})
    allowed = shared.get(newsweek, headers={"If-None-Match": before.headers["etag"]})
    assert allowed.status_code == 200
    assert f"{newsweek}/edit" in allowed.text
    shared.post("/edit-key/forget")
    forgotten = shared.get(newsweek, headers={"If-None-Match": allowed.headers["etag"]})
    assert (forgotten.status_code, forgotten.text) == (200, before.text)


def test_what_the_worker_does_ends_a_page_that_says_so(client_for: ClientFor, seeded_db: Database) -> None:
    with seeded_db.writing() as session:
        reindex.clear_index(session)
    doing: list[WorkerState] = ["working"]
    client = client_for(seeded_db, Backlog(seeded_db, lambda: doing[0]))
    assert "this page fills as it goes on" in client.get("/").text
    before = client.get("/")
    doing[0] = "failed"
    after = client.get("/", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert "That has stopped" in after.text


def test_a_page_with_a_backlog_count_is_cached_no_longer_than_the_count(
    client: TestClient, seeded_db: Database, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backlog, "COUNT_LIFETIME_SECONDS", 0)
    with seeded_db.writing() as session:
        reindex.clear_index(session)
    client.get("/")
    client.get("/")
    assert rendered == ["/", "/"]


def test_what_htmx_asks_for_and_the_page_are_two(client: TestClient) -> None:
    page, part = client.get("/"), client.get("/", headers={"HX-Request": "true"})
    assert "<html" in page.text
    assert "<html" not in part.text
    assert client.get("/").text == page.text
    assert client.get("/", headers={"HX-Request": "true"}).text == part.text


def test_each_host_name_has_its_own_links(client: TestClient, newsweek: str) -> None:
    for host in ("localhost", "127.0.0.1:8000", "localhost"):
        assert f'href="http://{host}/articles/' in client.get(newsweek, headers={"Host": host}).text


def test_a_foreign_host_gets_no_kept_page(client: TestClient) -> None:
    client.get("/")
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_head_has_the_length_of_the_page_and_no_body(client: TestClient) -> None:
    page = client.get("/")
    head = client.head("/")
    assert head.content == b""
    assert head.headers["content-length"] == page.headers["content-length"]


def test_a_page_is_compressed_once_and_is_the_same_without(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = client.get("/", headers={"Accept-Encoding": "identity"})
    packed = client.get("/", headers={"Accept-Encoding": "gzip"})
    monkeypatch.setattr("gzip.compress", None)
    monkeypatch.setattr("zlib.compressobj", None)
    again = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == again.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert plain.text == packed.text == again.text
    assert int(again.headers["content-length"]) < len(plain.content) / 2


@pytest.mark.parametrize("path", ["/articles/aaaaaaaaaaaaaaaa", "/stories/none", "/compare/a..b"])
def test_an_error_is_not_kept(client: TestClient, path: str, rendered: list[str]) -> None:
    assert client.get(path).status_code == client.get(path).status_code == 404
    assert len(rendered) == 2


def test_forms_are_not_kept(client: TestClient, newsweek: str, rendered: list[str]) -> None:
    rendered.clear()
    for path in (f"{newsweek}/edit", f"{newsweek}/delete", "/articles/new"):
        assert client.get(path).status_code == client.get(path).status_code == 200
        assert "etag" not in client.get(path).headers
    assert len(rendered) == 9


def test_nothing_is_kept_where_the_setting_says_so(
    client_for: ClientFor, seeded_db: Database, rendered: list[str]
) -> None:
    client = client_for(seeded_db, page_cache=0)
    assert client.get("/").text == client.get("/").text
    assert rendered == ["/", "/"]


@pytest.mark.sqlite
def test_an_edit_is_seen_by_a_reader_who_has_the_page(client: TestClient, newsweek: str) -> None:
    form = client.get(f"{newsweek}/edit").text
    before = client.get(newsweek)
    revision = form.partition('name="revision" value="')[2].partition('"')[0]
    answer = client.post(f"{newsweek}/edit", data={"text": BODY, "title": "A visit", "revision": revision})
    assert answer.status_code == 303
    after = client.get(newsweek, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert "A visit" in after.text


def test_a_read_only_database_is_kept_too(
    client_for: ClientFor, seeded_db: Database, rendered: list[str]
) -> None:
    seeded_db.read_only = True
    client = client_for(seeded_db)
    assert client.get("/").text == client.get("/").text
    assert rendered == ["/"]
