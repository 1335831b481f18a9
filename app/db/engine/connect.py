"""Choose the kind of database by its URL."""

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.db.engine.base import EXAMPLE_URL, LOCK_WAIT_SECONDS, Database
from app.db.engine.postgresql import PostgreSQL
from app.db.engine.sqlite import SQLite
from app.errors import InvalidInputError

_KINDS: dict[str, type[SQLite] | type[PostgreSQL]] = {
    SQLite.kind: SQLite,
    PostgreSQL.kind: PostgreSQL,
    "postgres": PostgreSQL,  # as many hosts still write it
}


def connect(url: str, busy_seconds: float = LOCK_WAIT_SECONDS) -> Database:
    """Return the database at ``url``, in SQLAlchemy's form: ``sqlite:///folder/file.db`` or ``postgresql://host/name``.

    Nothing is opened yet: each connection is made when it is first needed. Raises InvalidInputError for another kind
    of database, and for one whose driver is not installed.
    """
    parsed = _parse(url)
    kind = parsed.get_backend_name()
    if kind not in _KINDS:
        raise InvalidInputError(
            f"Variorum keeps its articles in SQLite or PostgreSQL and cannot use a database of the kind {kind}.",
            f"Set VARIORUM_DATABASE_URL to an address such as {EXAMPLE_URL} or postgresql://user@host/variorum.",
        )
    return _KINDS[kind](parsed, busy_seconds)


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        raise InvalidInputError(
            "VARIORUM_DATABASE_URL is not the address of a database.", f"It looks like {EXAMPLE_URL}."
        ) from None
