"""Who makes a change: the person named by the proxy, if a setting says so; otherwise the name that the reader gave."""

import re

import pytest
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from app.db.engine.base import Database
from app.services import edit_log
from app.services.edit_log import LoggedChange
from app.web.clients.client_address import PEER
from app.web.editing import identity
from tests.web.conftest import ClientFor, path_of

KEY = "correct horse battery"
BODY = "A visit\n\nThe minister came."
PROXY = {"host": "0.0.0.0", "user_header": "X-Forwarded-User", "user_header_from": "10.1.0.0/16, ::1"}


class Connected:
    """The application as the gate calls it on a connection from one address."""

    def __init__(self, app: ASGIApp, address: str, user: bytes | None) -> None:
        self.app, self.address, self.user = app, address, user

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope[PEER] = (self.address, 1234)
            if self.user is not None:
                scope["headers"] = [*scope["headers"], (b"x-forwarded-user", self.user)]
        await self.app(scope, receive, send)


def connected(client: TestClient, address: str, user: bytes | None = None) -> TestClient:
    """Return a client of the same application at this address whose every request names ``user``."""
    return TestClient(
        Connected(client.app, address, user), base_url="http://localhost", follow_redirects=False
    )


def last_change(db: Database) -> LoggedChange:
    return edit_log.read_log(db, 1).changes[0]


def add(client: TestClient, **more: str) -> int:
    return int(client.post("/articles", data={"text": BODY, "again": "yes", **more}).status_code)


def type_key(client: TestClient, **more: str) -> int:
    return int(client.post("/edit-key", data={"key": KEY, **more}).status_code)


def test_without_the_setting_no_header_names_anybody(client_for: ClientFor, db: Database) -> None:
    plain = client_for(db)
    for header in ("X-Forwarded-User", "Remote-User", "Cf-Access-Authenticated-User-Email"):
        client = connected(plain, "127.0.0.1")
        client.headers[header] = "ann"
        assert add(client) == 303
        assert (last_change(db).who, last_change(db).known) == ("", "nobody")


@pytest.mark.parametrize("address", ["10.1.2.3", "::1", "::ffff:10.1.2.3"])
def test_the_proxy_names_the_editor_on_its_own_connections(
    client_for: ClientFor, db: Database, address: str
) -> None:
    client = connected(client_for(db, edit_key=KEY, **PROXY), address, "Änn@example.org".encode())
    assert type_key(client, editor="Somebody Else") == 303
    assert add(client) == 303
    assert (last_change(db).who, last_change(db).known) == ("Änn@example.org", "proxy")


@pytest.mark.parametrize("address", ["10.2.0.1", "127.0.0.1", "::2", "testclient", ""])
def test_from_anywhere_else_the_header_counts_for_nothing(
    client_for: ClientFor, db: Database, address: str
) -> None:
    client = connected(client_for(db, edit_key=KEY, user_header_admits=True, **PROXY), address)
    client.headers["X-Forwarded-User"] = "ann"
    assert add(client) == 403
    assert type_key(client) == 303
    assert add(client) == 303
    assert (last_change(db).who, last_change(db).known) == ("", "nobody")


def test_a_forwarded_address_does_not_make_a_client_the_proxy(client_for: ClientFor, db: Database) -> None:
    client = connected(client_for(db, edit_key=KEY, user_header_admits=True, **PROXY), "192.0.2.9")
    client.headers.update(
        {"X-Forwarded-User": "ann", "X-Forwarded-For": "10.1.0.1", "Forwarded": "for=10.1.0.1"}
    )
    assert add(client) == 403


def test_who_is_named_still_needs_the_key(client_for: ClientFor, db: Database) -> None:
    client = connected(client_for(db, edit_key=KEY, **PROXY), "10.1.0.1")
    client.headers["X-Forwarded-User"] = "ann"
    assert add(client) == 403
    assert client.get("/articles/new").status_code == 303
    keyless = connected(client_for(db, **PROXY), "10.1.0.1")
    keyless.headers["X-Forwarded-User"] = "ann"
    assert add(keyless) == 403


@pytest.mark.parametrize("key", [KEY, ""])
def test_a_setting_of_its_own_lets_the_proxy_admit(client_for: ClientFor, db: Database, key: str) -> None:
    client = connected(client_for(db, edit_key=key, user_header_admits=True, **PROXY), "10.1.0.1")
    assert add(client) == 403
    client.headers["X-Forwarded-User"] = " "
    assert add(client) == 403
    client.headers["X-Forwarded-User"] = "ann"
    assert add(client) == 303
    assert (last_change(db).who, last_change(db).known) == ("ann", "proxy")
    page = client.get("/edit-key").text
    assert "signed in as <strong><bdi>ann</bdi></strong>" in page
    assert 'name="editor"' not in page


@pytest.mark.parametrize("path", ["/", "/health", "/edit-key", "/articles/new"])
def test_a_header_that_comes_twice_is_refused_in_words(
    client_for: ClientFor, db: Database, path: str
) -> None:
    client = connected(client_for(db, edit_key=KEY, user_header_admits=True, **PROXY), "10.1.0.1")
    twice = [(b"X-Forwarded-User", b"ann"), (b"x-forwarded-user", b"ann")]
    answer = client.get(path, headers=twice)
    assert answer.status_code == 400
    assert "says twice who sent it, in X-Forwarded-User" in answer.text
    assert client.post("/articles", data={"text": BODY}, headers=twice).status_code == 400
    assert edit_log.read_log(db, 1).changes == ()


@pytest.mark.parametrize("value", [b"\xff\xfe", b"a" * 101, "ann\u202egnp".encode(), "a\u200bnn".encode()])
def test_an_invalid_user_name_is_refused_with_a_reason(
    client_for: ClientFor, db: Database, value: bytes
) -> None:
    shared = client_for(db, edit_key=KEY, user_header_admits=True, **PROXY)
    answer = connected(shared, "10.1.0.1", value).get("/")
    assert answer.status_code == 400
    assert "is no name" in answer.text


def test_a_name_typed_beside_the_key_is_kept_and_logged_as_given(client_for: ClientFor, db: Database) -> None:
    client = client_for(db, host="0.0.0.0", edit_key=KEY)
    assert 'name="editor"' in client.get("/edit-key").text
    assert type_key(client, editor=" Ann Lee ") == 303
    assert 'name="editor"' not in client.get("/articles/new").text
    assert add(client) == 303
    assert (last_change(db).who, last_change(db).known) == ("Ann Lee", "name")
    assert 'value="Ann Lee"' in client.get("/edit-key").text


def test_a_name_typed_on_the_first_edit_is_kept(client_for: ClientFor, db: Database) -> None:
    client = client_for(db)
    preview = client.post("/articles/new", data={"text": BODY}).headers["location"]
    assert 'name="editor"' in client.get(preview).text
    assert add(client, editor="Ann Lee") == 303
    assert last_change(db).who == "Ann Lee"
    path = path_of(client, "A visit")
    assert 'name="editor"' not in client.get(f"{path}/edit").text
    sent = {"text": "A visit\n\nShe came.", "title": "A visit", "revision": "1"}
    assert client.post(f"{path}/edit", data=sent).status_code == 303
    assert (last_change(db).action, last_change(db).who) == ("edit", "Ann Lee")
    assert client.post(f"{path}/delete").status_code == 303
    assert (last_change(db).action, last_change(db).who, last_change(db).known) == (
        "delete",
        "Ann Lee",
        "name",
    )


def test_a_name_is_kept_where_something_is_asked_before_saving(client_for: ClientFor, db: Database) -> None:
    client = client_for(db)
    add(client)
    asked = client.post("/articles", data={"text": BODY, "editor": "Ann & Lee"})
    client.post(asked.headers["location"], data={"do": "save"})
    assert last_change(db).who == "Ann & Lee"


def test_who_gives_no_name_may_edit_all_the_same(client_for: ClientFor, db: Database) -> None:
    assert add(client_for(db)) == 303
    assert (last_change(db).who, last_change(db).known) == ("", "nobody")


@pytest.mark.parametrize("name", ["a" * 101, "ann\u202egnp", "a\u200bnn", "ann\x00"])
def test_a_user_name_that_cannot_be_stored_is_refused_and_the_form_keeps_its_input(
    client_for: ClientFor, db: Database, name: str
) -> None:
    client = client_for(db)
    answer = client.post("/articles", data={"text": BODY, "editor": name})
    assert answer.status_code == 422
    assert "all of which can be seen" in answer.text
    assert "The minister came.</textarea>" in answer.text
    assert client.post("/edit-key/name", data={"editor": name}).status_code == 422
    shared = client_for(db, host="0.0.0.0", edit_key=KEY)
    assert type_key(shared, editor=name) == 422
    assert "set-cookie" not in answer.headers


def test_a_forged_name_is_not_believed(client_for: ClientFor, db: Database) -> None:
    client = client_for(db, host="0.0.0.0", edit_key=KEY)
    type_key(client, editor="Ann Lee")
    signed = client.cookies[identity.COOKIE]
    del client.cookies[identity.COOKIE]
    client.cookies[identity.COOKIE] = re.sub(r"^[^.]+", "IkJvYiI", signed)
    assert add(client) == 303
    assert last_change(db).known == "nobody"


def test_a_name_can_be_changed_and_forgotten(client_for: ClientFor, db: Database) -> None:
    client = client_for(db)
    for name in ("Ann Lee", "Ben"):
        assert (
            client.post("/edit-key/name", data={"editor": name, "next": "/log"}).headers["location"] == "/log"
        )
        add(client)
        assert last_change(db).who == name
    client.post("/edit-key/name", data={"editor": ""})
    add(client)
    assert last_change(db).who == ""
    client.post("/edit-key/name", data={"editor": "Ann"})
    client.post("/edit-key/forget")
    add(client)
    assert last_change(db).who == ""


def test_only_an_editor_gives_a_name(client_for: ClientFor, db: Database) -> None:
    client = client_for(db, host="0.0.0.0", edit_key=KEY)
    answer = client.post("/edit-key/name", data={"editor": "Ann"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_hostile_name_is_printed_as_itself(client_for: ClientFor, db: Database) -> None:
    client = client_for(db)
    client.post("/edit-key/name", data={"editor": '"><script>alert(1)</script>'})
    assert "<script>alert" not in client.get("/edit-key").text
