from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from app.db.engine.base import Database
from app.db.tables.edit_sessions import ApiKeyRow
from app.errors import InvalidInputError, NotFoundError
from app.services.edit_log import Actor, read_log
from app.services.operations import api_keys

ANN = Actor("Ann Lee", "name")


def stored(session: Session, id: str) -> ApiKeyRow:
    row = session.get(ApiKeyRow, id)
    assert row
    return row


def test_a_key_works_until_it_is_revoked_and_is_stored_nowhere(db: Database) -> None:
    key, secret = api_keys.make_key(db, " night  script ", "write", actor=ANN)
    assert (key.name, key.scope, key.who, key.used_on) == ("night script", "write", "Ann Lee", None)
    known = api_keys.find_key(db, secret)
    assert known
    assert known.id == key.id
    with db.reading() as session:
        assert secret.rpartition("_")[2] not in repr(stored(session, key.id))
        assert stored(session, key.id).used_on == datetime.now(UTC).date()
    api_keys.revoke_key(db, key.id, actor=ANN)
    assert api_keys.revoke_key(db, key.id, actor=ANN).revoked_at
    assert api_keys.find_key(db, secret) is None
    log = read_log(db, 9).changes
    assert [(entry.action, entry.who, key.id in entry.title) for entry in log] == [
        ("unkey", "Ann Lee", True),
        ("key", "Ann Lee", True),
    ]


def test_what_is_no_key_of_ours_finds_nothing(db: Database) -> None:
    key, secret = api_keys.make_key(db, "one", "read", actor=ANN)
    for wrong in (
        "",
        "x",
        secret[:-1],
        secret + "a",
        secret.upper(),
        f"variorum_{key.id}_{'a' * 32}",
        "\0" * 60,
    ):
        assert api_keys.find_key(db, wrong) is None, wrong


def test_a_key_needs_a_name_that_can_be_seen_and_a_scope(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, scope, field in (
        ("", "read", "name"),
        ("x" * 61, "read", "name"),
        ("a\u202eb", "read", "name"),
        ("one", "all", "scope"),
    ):
        with pytest.raises(InvalidInputError) as refused:
            api_keys.make_key(db, name, scope, actor=ANN)
        assert list(refused.value.fields) == [field]
    assert api_keys.list_keys(db) == ()
    monkeypatch.setattr(api_keys, "MAX_KEYS", 1)
    first, _ = api_keys.make_key(db, "one", "read", actor=ANN)
    with pytest.raises(InvalidInputError, match="Revoke those"):
        api_keys.make_key(db, "two", "read", actor=ANN)
    api_keys.revoke_key(db, first.id, actor=ANN)
    second, _ = api_keys.make_key(db, "two", "read", actor=ANN)
    assert [key.id for key in api_keys.list_keys(db)] == [second.id, first.id]
    with pytest.raises(NotFoundError):
        api_keys.read_key(db, "nothing")
