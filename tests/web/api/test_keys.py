"""Keys for scripts: made on a page, shown once, and what each may do on a server that strangers reach."""

import hashlib
import re

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from app.cli.main import main
from app.db.engine.base import Database
from app.db.tables.edit_sessions import ApiKeyRow
from app.services.edit_log import Actor
from app.services.operations import api_keys
from app.settings import Settings
from app.web.clients.tally import Tally
from tests.web.comparison.comparing import heard
from tests.web.conftest import ClientFor

KEY = "correct horse battery"
ANN = Actor("Ann Lee", "name")
ARTICLE = {"title": "A visit", "text": "He came.\nHe saw.", "publisher": "Daily"}


@pytest.fixture
def shared(client_for: ClientFor, db: Database) -> TestClient:
    """A server that others reach, without articles, whose editors have an edit key."""
    return client_for(db, host="0.0.0.0", edit_key=KEY)


def bearer(db: Database, scope: str, name: str = "night script") -> dict[str, str]:
    return {"Authorization": f"Bearer {api_keys.make_key(db, name, scope, actor=ANN)[1]}"}


def test_of_a_key_its_sha256_alone_is_stored(db: Database) -> None:
    _, secret = api_keys.make_key(db, "night script", "read", actor=ANN)
    with db.reading() as session:
        (row,) = session.execute(select(ApiKeyRow)).scalars()
        assert row.digest == hashlib.sha256(secret.encode()).hexdigest()
        assert secret.rpartition("_")[2] not in repr(row.model_dump())


def test_a_key_is_made_and_shown_once_and_can_be_revoked(shared: TestClient) -> None:
    assert shared.get("/keys").headers["location"] == "/edit-key?next=%2Fkeys"
    assert shared.post("/keys", data={"name": "x", "scope": "read"}).status_code == 403
    shared.post("/edit-key", data={"key": KEY, "editor": "Ann Lee"})
    assert "There is no key yet" in heard(shared.get("/keys").text)
    made = shared.post("/keys", data={"name": "<b>night", "scope": "read"})
    (secret,) = set(re.findall(r"variorum_[a-z2-7]{16}_[a-z2-7]{32}", made.text))
    assert made.headers["cache-control"] == "no-store"
    assert "<b>night" not in made.text
    listed = shared.get("/keys").text
    assert secret not in listed
    assert "Read, also what editors alone see. Made on" in heard(listed)
    assert "by Ann Lee" in heard(listed)
    headers = {"Authorization": f"Bearer {secret}"}
    shared.cookies.clear()
    assert shared.get("/api/v1/log", headers=headers).status_code == 200
    shared.post("/edit-key", data={"key": KEY})
    (revoke,) = re.findall(r'href="(/keys/[a-z2-7]{16}/revoke)"', listed)
    assert "It cannot be undone" in heard(shared.get(revoke).text)
    assert shared.post(revoke).headers["location"] == "/keys"
    assert "Revoked on" in heard(shared.get("/keys").text)
    assert "Made a key for scripts: <b>night" in heard(shared.get("/log").text).replace("&lt;", "<").replace(
        "&gt;", ">"
    )
    shared.cookies.clear()
    refused = shared.get("/api/v1/log", headers=headers)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")


def test_the_form_comes_again_with_what_is_wrong(empty_client: TestClient, db: Database) -> None:
    answer = empty_client.post("/keys", data={"name": " ", "scope": "read"})
    assert (answer.status_code, "Say what the key is for." in heard(answer.text)) == (422, True)
    assert empty_client.get("/keys/aaaaaaaaaaaaaaaa/revoke").status_code == 404
    assert api_keys.list_keys(db) == ()


def test_a_key_does_what_its_scope_says_and_the_log_names_it(shared: TestClient, db: Database) -> None:
    reader, writer = bearer(db, "read"), bearer(db, "write")
    for headers, status in (({}, 403), (reader, 403), (writer, 201)):
        assert shared.post("/api/v1/articles", json=ARTICLE, headers=headers).status_code == status
    (added, *_) = shared.get("/api/v1/log", headers=reader).json()["items"]
    assert (added["action"], added["who"], added["known"]) == ("add", "night script", "key")
    assert shared.get("/api/v1", headers=reader).json()["access"] == "read"
    assert shared.get("/api/v1", headers=writer).json()["access"] == "write"


def test_a_key_made_on_the_server_may_write_where_no_editor_may(client_for: ClientFor, db: Database) -> None:
    client = client_for(db, host="0.0.0.0")
    assert client.get("/keys").status_code == 403
    assert client.post("/api/v1/articles", json=ARTICLE).status_code == 403
    assert client.post("/api/v1/articles", json=ARTICLE, headers=bearer(db, "write")).status_code == 201


def test_a_key_counts_under_the_api_alone(shared: TestClient, db: Database) -> None:
    writer = bearer(db, "write")
    assert shared.get("/log", headers=writer).status_code == 303
    assert shared.post("/articles", data=ARTICLE, headers=writer).status_code == 403


def test_a_key_limits_a_script_where_nobody_needs_one(empty_client: TestClient, db: Database) -> None:
    reader = bearer(db, "read")
    assert empty_client.post("/api/v1/articles", json=ARTICLE, headers=reader).status_code == 403
    assert empty_client.post("/api/v1/articles", json=ARTICLE).status_code == 201


def test_a_key_that_does_not_work_is_refused_where_none_is_needed(
    empty_client: TestClient, db: Database
) -> None:
    """A page in memory must not answer for it either; nor does one that works without “Bearer” before it."""
    key = bearer(db, "read")["Authorization"].partition(" ")[2]
    assert empty_client.get("/api/v1/articles").status_code == 200
    for value in (
        "Bearer",
        "Bearer ",
        "bearer x",
        "Bearer variorum_a_b",
        "Bearer \xff",
        f"Bearer {'x' * 5000}",
        key,
        f"Token {key}",
        f"Bearer: {key}",
        f'Bearer="{key}"',
    ):
        answer = empty_client.get("/api/v1/articles", headers={b"Authorization": value.encode("latin-1")})
        assert (answer.status_code, answer.json()["type"]) == (401, "/api/v1/problems#wrong-key"), value


def test_what_a_key_gets_from_memory_ends_when_it_is_revoked(shared: TestClient, db: Database) -> None:
    key, secret = api_keys.make_key(db, "night script", "read", actor=ANN)
    headers = {"Authorization": f"Bearer {secret}"}
    for _ in range(4):  # the first one notes the day of its use, which ends what was kept
        answer = shared.get("/api/v1/articles", headers=headers)
        assert answer.status_code == 200
    held = headers | {"If-None-Match": answer.headers["etag"]}
    assert shared.get("/api/v1/articles", headers=held).status_code == 304
    api_keys.revoke_key(db, key.id, actor=ANN)
    assert shared.get("/api/v1/articles", headers=held).status_code == 401
    assert shared.get("/api/v1/articles").status_code == 200


def test_a_proxys_own_password_is_not_taken_for_a_key(empty_client: TestClient) -> None:
    assert empty_client.get("/api/v1/articles", headers={"Authorization": "Basic eDp5"}).status_code == 200


def test_a_script_that_asks_too_often_has_to_wait(client_for: ClientFor, db: Database) -> None:
    client = client_for(db, key_requests=2)
    reader, other = bearer(db, "read"), bearer(db, "read")
    statuses = [client.get("/api/v1/articles", headers=reader).status_code for _ in range(4)]
    assert statuses[:2] == [200, 200]
    refused = client.get("/api/v1/articles", headers=reader)
    assert refused.status_code in (200, 429)  # a minute may have ended
    if refused.status_code == 429:
        assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert client.get("/api/v1/articles", headers=other).status_code == 200


def test_calls_are_counted_over_all_processes_and_anew_in_each_span() -> None:
    tally = Tally(2)
    assert [tally.add_call(process, 7, window=1) for process in (0, 1, 0)] == [1, 2, 3]
    assert tally.add_call(1, 7, window=2) == 1
    assert tally.add_call(1, 8, window=2) == 1


def test_the_command_makes_lists_and_revokes_keys(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VARIORUM_DATA_DIR", str(settings.data_dir))
    assert main(["keys"]) == 0
    assert "There is no key yet" in capsys.readouterr().out
    assert main(["keys", "add", "night script", "--write"]) == 0
    secret = capsys.readouterr().out.strip()
    assert re.fullmatch(r"variorum_[a-z2-7]{16}_[a-z2-7]{32}", secret)
    id = secret.split("_")[1]
    assert main(["keys", "revoke", id]) == 0
    assert main(["keys"]) == 0
    assert f"{id}  write  made on" in capsys.readouterr().out
    assert main(["keys", "revoke", "x"]) == 1
    assert main(["keys", "add", ""]) == 2
