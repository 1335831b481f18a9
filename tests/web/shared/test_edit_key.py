from http.cookies import SimpleCookie
from time import time

import anyio
import pytest
from fastapi.testclient import TestClient
from starlette.types import Message

from app.db.engine.base import Database
from app.web.editing import edit_access
from tests.web.conftest import ClientFor, path_of

KEY = "correct horse battery"
BODY = "A visit\n\nThe minister came."


@pytest.fixture
def shared(client_for: ClientFor, seeded_db: Database) -> TestClient:
    """The application as others reach it, with an edit key."""
    return client_for(seeded_db, host="0.0.0.0", edit_key=KEY)


@pytest.fixture
def keyless(client_for: ClientFor, seeded_db: Database) -> TestClient:
    """The application as others reach it, without an edit key."""
    return client_for(seeded_db, host="0.0.0.0")


@pytest.fixture
def _forgiving(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget wrong keys at once."""
    monkeypatch.setattr(edit_access, "WRONG_KEYS_WINDOW", 0.0)


@pytest.fixture
def _long_ago(shared: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let so much time pass since the key was typed that it has to be typed again."""
    shared.post("/edit-key", data={"key": KEY})
    monkeypatch.setattr(edit_access, "time", lambda: time() + edit_access.COOKIE_AGE + 60)


def test_loopback_needs_no_edit_key(client: TestClient) -> None:
    assert client.get("/articles/new").status_code == 200
    assert "it asks for no key" in client.get("/edit-key").text


def test_reading_and_comparing_never_need_the_key(shared: TestClient, keyless: TestClient) -> None:
    for client in (shared, keyless):
        newsweek = path_of(client, "China Offers")
        for path in ("/", newsweek, f"{newsweek}/revisions/1"):
            assert client.get(path).status_code == 200


def test_editing_asks_for_the_key_and_returns_to_the_page(shared: TestClient) -> None:
    redirect = shared.get("/articles/new?x=1")
    assert redirect.status_code == 303
    assert redirect.headers["location"] == "/edit-key?next=%2Farticles%2Fnew%3Fx%3D1"
    assert 'name="next" value="/articles/new?x=1"' in shared.get(redirect.headers["location"]).text
    answer = shared.post("/edit-key", data={"key": KEY, "next": "/articles/new?x=1"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/articles/new?x=1"
    assert shared.get("/articles/new").status_code == 200
    assert shared.post("/articles", data={"text": BODY}).status_code == 303


@pytest.mark.usefixtures("_long_ago")
def test_an_expired_key_stores_nothing_and_the_form_keeps_its_input(shared: TestClient) -> None:
    refused = shared.post("/articles", data={"text": BODY, "publisher": "Daily"})
    assert refused.status_code == 403
    assert 'value="Daily"' in refused.text
    assert "The minister came.</textarea>" in refused.text
    assert 'href="/edit-key"' in refused.text
    newsweek = path_of(shared, "China Offers")
    assert shared.post(f"{newsweek}/edit", data={"text": BODY, "revision": "1"}).status_code == 403
    assert shared.post(f"{newsweek}/delete").status_code == 403
    assert "5 articles" in shared.get("/").text


def test_a_browser_keeps_the_cookie_for_longer_than_the_key_is_good(shared: TestClient) -> None:
    """So that it sends the cookie with a form that was open when the session ended, which then keeps its input."""
    typed = shared.post("/edit-key", data={"key": KEY})
    cookie = SimpleCookie(typed.headers["set-cookie"])[edit_access.COOKIE]
    assert int(cookie["max-age"]) > edit_access.COOKIE_AGE


@pytest.mark.parametrize("cookie", ["", "variorum_edit=ImVkaXQi.x.y"])
def test_who_never_typed_the_key_is_refused_before_the_body_is_read(shared: TestClient, cookie: str) -> None:
    async def receive() -> Message:
        raise AssertionError("the body was read")

    async def send(message: Message) -> None:
        answers.append(message)

    answers: list[Message] = []
    headers = [(b"host", b"localhost"), (b"cookie", cookie.encode()), (b"content-length", b"99")]
    for path in ("/articles", "/articles/look", "/articles/aaaaaaaaaaaaaaaa/edit"):
        scope = {
            "type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers,
            "client": ("192.0.2.1", 1), "scheme": "http", "server": ("localhost", 80),
        }  # fmt: skip
        anyio.run(shared.app, scope, receive, send)
        assert answers[0]["status"] == 403
        assert b"need the edit key" in b"".join(message.get("body", b"") for message in answers)
        answers.clear()


def test_a_clock_that_is_set_back_ends_no_session(
    shared: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.post("/edit-key", data={"key": KEY})
    monkeypatch.setattr(edit_access, "time", lambda: time() - 10 * edit_access.COOKIE_AGE)
    assert shared.get("/articles/new").status_code == 200


def test_a_wrong_key_is_reported_and_sets_no_cookie(shared: TestClient) -> None:
    answer = shared.post("/edit-key", data={"key": "wrong", "next": "/articles/new"})
    assert answer.status_code == 422
    assert "This is not the edit key." in answer.text
    assert 'value="/articles/new"' in answer.text
    assert "set-cookie" not in answer.headers


def test_a_guesser_has_to_wait(shared: TestClient) -> None:
    for _ in range(edit_access.WRONG_KEYS):
        assert shared.post("/edit-key", data={"key": "wrong"}).status_code == 422
    waiting = shared.post("/edit-key", data={"key": KEY})
    assert waiting.status_code == 429
    assert "Wait a minute" in waiting.text


@pytest.mark.usefixtures("_forgiving")
def test_after_the_wait_the_key_is_taken(shared: TestClient) -> None:
    for _ in range(edit_access.WRONG_KEYS + 1):
        shared.post("/edit-key", data={"key": "wrong"})
    assert shared.post("/edit-key", data={"key": KEY}).status_code == 303


def test_the_cookie_is_http_only_and_does_not_contain_the_key(shared: TestClient) -> None:
    cookie = shared.post("/edit-key", data={"key": KEY}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert "horse" not in cookie


def test_on_https_the_cookie_is_secure(client_for: ClientFor, seeded_db: Database) -> None:
    client = client_for(seeded_db, edit_key=KEY, public_url="https://variorum.example.org")
    assert "Secure" in client.post("/edit-key", data={"key": KEY}).headers["set-cookie"]


def test_a_forged_cookie_and_one_of_another_key_open_nothing(
    shared: TestClient, client_for: ClientFor, seeded_db: Database
) -> None:
    other = client_for(seeded_db, host="0.0.0.0", edit_key="another key")
    other.post("/edit-key", data={"key": "another key"})
    for value in (other.cookies[edit_access.COOKIE], "edit", "ImVkaXQi.x.y", "é"):
        headers = {b"Cookie": f"{edit_access.COOKIE}={value}".encode()}
        assert shared.get("/articles/new", headers=headers).status_code == 303


def test_the_key_can_be_forgotten(shared: TestClient) -> None:
    shared.post("/edit-key", data={"key": KEY})
    assert "can add, edit and delete" in shared.get("/edit-key").text
    shared.post("/edit-key/forget")
    assert shared.get("/articles/new").status_code == 303


def test_what_is_forgotten_opens_nothing_more_copied_or_not(
    shared: TestClient, client_for: ClientFor, seeded_db: Database
) -> None:
    shared.post("/edit-key", data={"key": KEY})
    copied = {"Cookie": f"{edit_access.COOKIE}={shared.cookies[edit_access.COOKIE]}"}
    other = client_for(seeded_db, host="0.0.0.0", edit_key=KEY)
    assert other.get("/articles/new", headers=copied).status_code == 200
    shared.post("/edit-key/forget")
    restarted = client_for(seeded_db, host="0.0.0.0", edit_key=KEY)
    for client in (shared, other, restarted):
        assert client.get("/articles/new", headers=copied).status_code == 303
        refused = client.post("/articles", data={"text": BODY}, headers=copied)
        assert refused.status_code == 403
        assert "The minister came.</textarea>" in refused.text
    other.post("/edit-key", data={"key": KEY})
    assert other.get("/articles/new").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "https://[::1",
        "//[evil.example",
    ],
)
def test_nobody_is_led_to_another_site(shared: TestClient, elsewhere: str) -> None:
    assert shared.post("/edit-key", data={"key": KEY, "next": elsewhere}).headers["location"] == "/"
    assert "evil" not in shared.get("/edit-key", params={"next": elsewhere}).text


def test_without_a_key_editing_is_off_and_the_pages_say_so(keyless: TestClient) -> None:
    newsweek = path_of(keyless, "China Offers")
    library, article = keyless.get("/").text, keyless.get(newsweek).text
    assert 'href="/articles/new"' not in library
    assert f'href="{newsweek}/edit"' not in article
    for path in ("/articles/new", f"{newsweek}/edit", f"{newsweek}/delete"):
        answer = keyless.get(path)
        assert answer.status_code == 403
        assert "VARIORUM_EDIT_KEY" in answer.text
    assert keyless.post("/articles", data={"text": BODY}).status_code == 403
    assert keyless.post("/edit-key", data={"key": ""}).status_code == 422
    assert "off here" in keyless.get("/edit-key").text
