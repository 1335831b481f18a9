"""Keys for scripts: a key's scope says what it may do; it is shown once, stored as a digest, and can be revoked.

A key is ``variorum_``, its id, an underscore and 32 random characters (160 bits), so that a plain SHA-256 is enough:
nobody can try them all. The id is no secret; lists and the log name the key by it and by its name.
"""

import hashlib
import hmac
import re
import secrets
from base64 import b32encode
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Literal, get_args

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.db.engine.base import Database
from app.db.tables.edit_sessions import ApiKeyRow
from app.errors import InvalidInputError, NotFoundError, StorageBusyError, StorageReadOnlyError
from app.permalinks import new_article_id
from app.services import edit_log
from app.services.edit_log import Action, Actor

KeyScope = Literal["read", "write"]

MAX_NAME_CHARS = 60
"""Characters of a key's name."""

MAX_KEYS = 200
"""Keys that work at once; a library needs a few."""

PREFIX = "variorum_"
_KEY = re.compile(rf"{PREFIX}([a-z2-7]{{16}})_[a-z2-7]{{32}}\Z")


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as lists show it."""

    id: str
    name: str
    scope: KeyScope
    made_at: datetime
    who: str
    used_on: date | None
    revoked_at: datetime | None


def checked_name(typed: str) -> str:
    """Return a key's name without white space at its ends. Raises InvalidInputError."""
    name = " ".join(typed.split())
    if not name:
        raise InvalidInputError("No key was made.", "", {"name": "Say what the key is for."})
    if len(name) > MAX_NAME_CHARS or not name.isprintable():
        raise InvalidInputError(
            "No key was made.",
            "",
            {"name": f"A name has at most {MAX_NAME_CHARS} characters, all of which can be seen."},
        )
    return name


def make_key(db: Database, name: str, scope: str, *, actor: Actor) -> tuple[ApiKey, str]:
    """Store a new key; return it with the key itself, which is never seen again. Raises InvalidInputError."""
    name = checked_name(name)
    chosen = next((known for known in get_args(KeyScope) if known == scope), None)
    if chosen is None:
        raise InvalidInputError("No key was made.", "", {"scope": "Choose what the key may do."})
    id = new_article_id()
    secret = b32encode(secrets.token_bytes(20)).decode("ascii").lower()
    key = f"{PREFIX}{id}_{secret}"
    row = ApiKeyRow(
        id=id, name=name, scope=chosen, digest=_digest(key), made_at=datetime.now(UTC), who=actor.name
    )
    with db.writing() as session:
        working = select(func.count()).select_from(ApiKeyRow).where(col(ApiKeyRow.revoked_at).is_(None))
        if session.exec(working).one() >= MAX_KEYS:
            raise InvalidInputError(
                f"There are {MAX_KEYS} keys already, so none was made.",
                "Revoke those that nobody uses first.",
            )
        session.add(row)
        _log(session, "key", actor, row.made_at, row)
    return _api_key(row), key


def list_keys(db: Database) -> tuple[ApiKey, ...]:
    """Return the keys, those that work first, each time the one made last first."""
    with db.reading() as session:
        rows = session.exec(select(ApiKeyRow).order_by(col(ApiKeyRow.made_at).desc(), col(ApiKeyRow.id)))
        keys = [_api_key(row) for row in rows]
    return tuple(sorted(keys, key=lambda key: key.revoked_at is not None))


def read_key(db: Database, id: str) -> ApiKey:
    """Return a key. Raises NotFoundError."""
    with db.reading() as session:
        return _api_key(_row(session, id))


def revoke_key(db: Database, id: str, *, actor: Actor) -> ApiKey:
    """Revoke a key for good; does nothing if it is revoked already. Raises NotFoundError."""
    with db.writing() as session:
        row = _row(session, id)
        if row.revoked_at is None:
            row.revoked_at = datetime.now(UTC)
            session.add(row)
            session.flush()
            _log(session, "unkey", actor, row.revoked_at, row)
        return _api_key(row)


def find_key(db: Database, key: str) -> ApiKey | None:
    """Return the key that was sent, if it works; note the day of its use, once a day."""
    match = _KEY.match(key)
    if match is None:
        return None
    with db.reading() as session:
        row = session.get(ApiKeyRow, match[1])
        if row is None or row.revoked_at is not None or not hmac.compare_digest(row.digest, _digest(key)):
            return None
        api_key = _api_key(row)
    today = datetime.now(UTC).date()
    if api_key.used_on != today and not db.read_only:
        with suppress(StorageBusyError, StorageReadOnlyError), db.writing() as session:
            if (row := session.get(ApiKeyRow, api_key.id)) is not None:
                row.used_on = today
                session.add(row)
    return api_key


def _row(session: Session, id: str) -> ApiKeyRow:
    row = session.get(ApiKeyRow, id)
    if row is None:
        raise NotFoundError("There is no such key.", "Copy its id from the list of keys.")
    return row


def _log(session: Session, action: Action, actor: Actor, moment: datetime, row: ApiKeyRow) -> None:
    """Log a key by its id and name; a change of none of the articles has no article."""
    title = f"{row.name} ({row.scope}, {row.id})"
    edit_log.record(
        session, [edit_log.entry(actor, action, moment, article="", revision="", number=0, title=title)]
    )


def _api_key(row: ApiKeyRow) -> ApiKey:
    return ApiKey(**{field.name: getattr(row, field.name) for field in fields(ApiKey)})


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
