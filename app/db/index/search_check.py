"""Check whether the search index holds what it should of a text."""

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import select, text
from sqlmodel import Session, col

from app.db.index.fingerprints import database_kind
from app.db.index.search_expression import SearchColumns
from app.db.index.search_server import vector
from app.db.tables.search import Unsearched

TERMS_PER_MATCH = 50
"""Terms that one look-up on SQLite requires."""

_COLUMNS = {"text": "body"}
"""The table's name for a column, where it differs."""

_HELD = {
    "sqlite": text("SELECT 1 FROM search_text WHERE search_text MATCH :query AND rowid = :serial"),
    "postgresql": text(
        "SELECT 1 FROM search_text WHERE serial = :serial"
        " AND words = CAST(:words AS tsvector) AND is_long = :is_long"
    ),
}


def is_waiting(session: Session, serial: int) -> bool:
    """Return whether a text is still to be put into the search index."""
    return session.execute(select(Unsearched).where(col(Unsearched.serial) == serial)).first() is not None


def holds(session: Session, serial: int, row: SearchColumns) -> bool:
    """Return whether the index holds every term of a text where it is; on PostgreSQL, whether it holds just these."""
    if database_kind(session) == "postgresql":
        return session.execute(_HELD["postgresql"], vector(serial, row)).first() is not None
    return all(
        session.execute(_HELD["sqlite"], {"query": query, "serial": serial}).first() is not None
        for field in fields(row)
        for query in _queries(
            _COLUMNS.get(field.name, field.name), sorted(set(getattr(row, field.name).split()))
        )
    )


def _queries(column: str, terms: Sequence[str]) -> list[str]:
    starts = range(0, len(terms), TERMS_PER_MATCH)
    return [
        " AND ".join(f'{column} : "{term}"' for term in terms[start : start + TERMS_PER_MATCH])
        for start in starts
    ]
