"""Links brought in by programs: fetched as carefully as by the form, and saved only on request."""

import threading
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.main import create_app
from app.services.edit_log import UNNAMED
from app.services.intake import queue
from app.services.operations import api_keys
from app.settings import Settings
from tests.unit.sources.fetching.hostile import (
    Behaviour,
    LedNetwork,
    Server,
    answer,
    endless,
    fetcher_for,
    redirect,
    serving,
)
from tests.web.conftest import ClientFor
from tests.web.intake.test_bringing import page_of

LINK = "http://news.example/story"


@pytest.fixture
def site() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def network(site: Server) -> LedNetwork:
    """An internet of one server, in which what is not public has the addresses that it has everywhere."""
    literal = {address: [[address]] for address in ("127.0.0.1", "::1", "169.254.169.254")}
    names = {"inside.example": [["10.0.0.7"]], "both.example": [["93.184.216.34", "127.0.0.1"]]}
    return LedNetwork(site.port, literal | names)


@pytest.fixture
def online(settings: Settings, db: Database, network: LedNetwork) -> Iterator[TestClient]:
    """A client for an application whose internet is one server."""
    app = create_app(settings, db, fetcher=fetcher_for(network, seconds=2.0))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client


def read(client: TestClient, link: str = LINK, **stated: Any) -> Any:
    return client.post("/api/v1/readings", json={"link": link, **stated})


def save(client: TestClient, link: str = LINK, **stated: Any) -> Any:
    return client.post("/api/v1/articles", json={"link": link, **stated})


def count(client: TestClient) -> int:
    return len(client.get("/api/v1/articles").json()["items"])


def test_a_link_is_read_and_nothing_of_it_is_saved(online: TestClient, site: Server) -> None:
    site.behaviours["/story"] = answer(page_of())
    reading = read(online)
    shown = reading.json()
    assert reading.status_code == 200, shown
    assert (shown["title"], shown["publisher"]) == ("A visit to the capital", "The Daily")
    assert len(shown["paragraphs"]) == 4
    assert (shown["headline"], shown["furniture"]) == (0, [])
    assert (shown["address"], shown["format"], shown["size"]) == (LINK, "html", len(page_of()))
    assert shown["sources"]["captured_at"] == "fetched"
    assert (shown["known"], shown["alike"]) == (None, [])
    assert count(online) == 0
    assert "There are no articles yet" in online.get("/").text


def test_what_was_read_is_saved_with_its_capture(online: TestClient, site: Server) -> None:
    site.behaviours["/story"] = answer(page_of())
    reading = read(online).json()
    saved = save(online, sha256=reading["sha256"], author="Ann Lee")
    article = saved.json()
    assert saved.status_code == 201, article
    assert article["paragraphs"] == reading["paragraphs"]
    assert (article["author"], article["url"]) == ("Ann Lee", LINK)
    (capture,) = online.get(f"{saved.headers['location']}/captures").json()["items"]
    assert (capture["kind"], capture["address"]) == ("link", LINK)
    assert capture["sha256"] == reading["content_sha256"]
    again = read(online).json()
    assert (again["known"]["article"]["id"], again["known"]["is_same_text"]) == (article["id"], True)
    assert save(online).status_code == 409


def test_a_page_that_says_something_else_meanwhile_is_not_saved(online: TestClient, site: Server) -> None:
    site.behaviours["/story"] = answer(page_of())
    reading = read(online).json()
    site.behaviours["/story"] = answer(page_of(" and the ferry"))
    refused = save(online, sha256=reading["sha256"])
    assert (refused.status_code, refused.json()["title"]) == (409, "Conflict")
    assert count(online) == 0


def test_a_changed_page_becomes_a_revision_that_keeps_what_its_editors_stated(
    online: TestClient, site: Server
) -> None:
    site.behaviours["/story"] = answer(page_of())
    path = save(online, publisher="The Weekly").headers["location"]
    site.behaviours["/story"] = answer(page_of(" and the ferry"))
    assert read(online).json()["known"]["is_same_text"] is False
    edited = online.patch(path, json={"revision": 1, "link": LINK, "author": "Ann Lee"})
    article = edited.json()
    assert edited.status_code == 200, article
    assert (article["number"], article["publisher"], article["author"]) == (2, "The Weekly", "Ann Lee")
    assert "and the ferry" in article["text"]
    assert len(online.get(f"{path}/captures").json()["items"]) == 2
    cleared = online.patch(path, json={"revision": 2, "link": LINK, "publisher": ""}).json()
    assert (cleared["number"], cleared["publisher"]) == (3, "")
    cleared = online.patch(path, json={"revision": 3, "link": LINK, "url": ""}).json()
    assert (cleared["number"], cleared["url"]) == (4, "")
    late = online.patch(path, json={"revision": 1, "link": LINK, "author": "Bo Ray"})
    assert late.status_code == 409
    both = online.patch(path, json={"revision": 3, "link": LINK, "text": "He came."})
    assert both.json()["errors"] == [{"field": "link", "message": "Send a text or a link, not both."}]


def test_texts_and_files_are_read_without_saving_too(client: TestClient) -> None:
    text = client.get("/api/v1/articles").json()["items"][0]
    lines = client.get(f"/api/v1/articles/{text['id']}").json()["text"]
    shown = client.post("/api/v1/readings", json={"text": lines, "title": "Another title"}).json()
    assert text["id"] in [each["id"] for each in shown["alike"]]
    assert shown["paragraphs"][0] == "Another title"
    page = client.post("/api/v1/readings", json={"html": page_of().decode(), "publisher": "Weekly"}).json()
    assert (page["title"], page["publisher"]) == ("A visit to the capital", "Weekly")
    assert page["sources"]["publisher"] == "typed"
    two = client.post("/api/v1/readings", json={"text": "He came.", "link": LINK})
    assert two.json()["errors"] == [
        {"field": "text", "message": "Send one of these: text, html, file, link."}
    ]


def test_a_file_that_is_not_base64_is_refused(client: TestClient) -> None:
    file = {"name": "a.txt", "content": "QSB2aXNpdA!=="}
    for address in ("readings", "articles"):
        errors = client.post(f"/api/v1/{address}", json={"file": file}).json()["errors"]
        assert errors == [{"field": "file", "message": "This is not Base64."}]


def test_a_file_over_the_limit_is_refused_and_one_up_to_it_is_read(
    client_for: ClientFor, db: Database
) -> None:
    client = client_for(db, max_file=3_000)
    for size, status in ((3_000, 200), (3_001, 413)):
        content = b64encode((b"He came. " * 400)[:size]).decode()
        sent = client.post("/api/v1/readings", json={"file": {"name": "a.txt", "content": content}})
        assert sent.status_code == status, sent.text


def test_a_text_that_is_here_already_is_known_with_its_headline(online: TestClient) -> None:
    sent = {"title": "A visit", "text": "A visit\nThe minister came on Monday.\nHe left on Tuesday."}
    saved = online.post("/api/v1/articles", json=sent).json()
    known = online.post("/api/v1/readings", json=sent).json()["known"]
    assert (known["article"]["id"], known["is_same_text"]) == (saved["id"], True)


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("http://inside.example/", "inside.example"),
        ("http://both.example/", "both.example"),
        ("http://169.254.169.254/latest/meta-data", "169.254.169.254"),
        ("https://user:pass@news.example/", "password"),
        ("http://news.example:8080/", "8080"),
        ("javascript:alert(1)", "are not fetched"),
        ("file:///etc/passwd", "are not fetched"),
    ],
)
def test_a_link_that_the_form_refuses_is_refused_in_the_same_words(
    online: TestClient, site: Server, network: LedNetwork, link: str, says: str
) -> None:
    for sent in (read(online, link), save(online, link)):
        problem = sent.json()
        assert sent.status_code == 422, problem
        assert problem["type"].endswith("#fetch")
        assert says in problem["detail"]
        assert problem["advice"]
    assert site.asked == []
    assert network.connected == []
    assert count(online) == 0


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        (redirect("http://127.0.0.1/"), "127.0.0.1"),
        (redirect("http://inside.example/"), "inside.example"),
        (redirect("/story"), "without end"),
        (answer(b"", "404 Not Found"), "no page at this address (404)"),
        (answer(b"", "402 Payment Required"), "subscription"),
        (answer(b""), "empty page"),
        (answer(b"%PDF-1.4", headers=["Content-Length: 900000"]), "more than 0.1 MB"),
        (endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 10_000), "more than 0.1 MB"),
        (lambda connection, target: connection.close(), "news.example"),
    ],
)
def test_a_server_that_behaves_badly_gets_nothing_stored(
    online: TestClient, site: Server, behaviour: Behaviour, says: str
) -> None:
    site.behaviours["/story"] = behaviour
    for sent in (read(online), save(online)):
        assert sent.status_code == 422, sent.text
        assert says in sent.json()["detail"]
    assert count(online) == 0
    site.behaviours["/story"] = answer(page_of())
    assert save(online).status_code == 201


def test_what_robots_txt_forbids_is_not_fetched(online: TestClient, site: Server) -> None:
    site.behaviours["/robots.txt"] = answer(b"User-agent: variorum\nDisallow: /")
    assert "robots.txt" in read(online).json()["detail"]
    assert ("news.example", "/story") not in site.asked


def test_a_page_that_cannot_be_read_says_why(online: TestClient, site: Server) -> None:
    site.behaviours["/story"] = answer(b"\x89PNG\r\n\x1a\n" + bytes(200), headers=["Content-Type: image/png"])
    problem = save(online).json()
    assert problem["errors"][0]["field"] == "link"
    assert "This is a PNG image" in problem["errors"][0]["message"]


def test_where_fetching_is_off_nothing_is_fetched(client_for: ClientFor, db: Database) -> None:
    client = client_for(db, fetch="off")
    for sent in (read(client), save(client)):
        assert sent.status_code == 422
        assert sent.json()["detail"] == "Fetching links is off here, so nothing was fetched."


def test_only_those_who_may_write_have_a_link_fetched(
    settings: Settings, db: Database, site: Server, network: LedNetwork
) -> None:
    site.behaviours["/story"] = answer(page_of())
    shared = Settings.model_validate(
        settings.model_dump() | {"edit_key": "correct horse", "host": "0.0.0.0", "fetch": "on"}
    )
    with TestClient(
        create_app(shared, db, fetcher=fetcher_for(network)), base_url="http://localhost"
    ) as client:
        assert read(client).status_code == 403
        for scope, status in (("read", 403), ("write", 200)):
            _, secret = api_keys.make_key(db, scope, scope, actor=UNNAMED)
            headers = {"Authorization": f"Bearer {secret}"}
            sent = client.post("/api/v1/readings", json={"link": LINK}, headers=headers)
            assert sent.status_code == status
            assert bool(site.asked) == (scope == "write")


def test_of_many_links_at_once_some_are_asked_for_again_later(
    online: TestClient, site: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "AT_ONCE", 1)
    asked, release = threading.Event(), threading.Event()

    def hold(connection: Any, target: str) -> None:
        asked.set()
        release.wait(10)
        answer(page_of())(connection, target)

    site.behaviours["/story"] = hold
    app: Any = online.app
    app.state.intake_queue._looks = threading.BoundedSemaphore(1)
    first: list[Any] = []
    thread = threading.Thread(target=lambda: first.append(read(online)))
    thread.start()
    assert asked.wait(10)
    second = read(online, "http://other.example/story")
    assert (second.status_code, second.json()["title"]) == (503, "Too many fetches")
    assert second.headers["retry-after"]
    release.set()
    thread.join()
    assert first[0].status_code == 200
    site.behaviours["/story"] = answer(page_of())
    assert read(online).status_code == 200
