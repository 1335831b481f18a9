"""Comparisons that are made once and show the same for ever."""

import hashlib
import json
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

from sqlalchemy.exc import IntegrityError

from app.collation import document, pipeline
from app.collation.model import Comparison, Pins, Side
from app.collation.pins import PinsError
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.tables import articles as article_tables
from app.errors import InvalidInputError, NotFoundError, StorageBusyError, StorageReadOnlyError
from app.permalinks import parse_pins, pins_text

NO_PINS = Pins()

MOST_PINNED = 500
"""Comparisons made around pins that are stored for one pair. A reader needs a few; a program that follows every link
would fill the disk. What is beyond is made anew at each request, the same as long as the engine is the same."""

_MAKING = tuple(Lock() for _ in range(64))
"""One of them is held while a pair's comparison is made: who asks for the same pair meanwhile waits for it, instead of
computing it a second time."""


@dataclass(frozen=True, slots=True)
class StoredComparison:
    """A comparison document, and what its link is held by."""

    comparison: Comparison
    digest: str
    """SHA-256 of the document's canonical form, in hexadecimal."""
    made_at: datetime | None
    """When it was stored (UTC); None where it could not be."""
    stored: bool


def open(
    db: Database, base: str, witness: str, engine: str | None = None, pins: Pins = NO_PINS
) -> StoredComparison:
    """The comparison of two revisions, named by their ids: the first document ever stored for the pair and ``pins``.

    With ``engine``, the one that this engine made. One that is not stored yet is made by the current engine and
    stored; several requests at once store one. Where the database cannot be written, or is busy for too long, or
    holds ``MOST_PINNED`` others made around pins, the comparison is handed out all the same, not stored. Raises
    NotFoundError for an unknown revision, and for another engine's comparison that was never stored;
    InvalidInputError for pins that the two texts cannot keep, and for more than MAX_PINS of them.
    """
    pins = parse_pins(pins_text(pins))
    if (found := _stored(db, base, witness, engine, pins)) is not None:
        return found
    if engine not in (None, pipeline.ENGINE):
        raise NotFoundError(
            f"There is no comparison of these two texts by engine {engine}.",
            f"This program's own engine is {pipeline.ENGINE}.",
        )
    with _MAKING[hash((base, witness, pins)) % len(_MAKING)]:
        return _stored(db, base, witness, engine, pins) or _made(db, base, witness, engine, pins)


def digest(
    db: Database, base: str, witness: str, engine: str | None = None, pins: Pins = NO_PINS
) -> str | None:
    """The digest of the stored document that ``open`` would give, or None where none is stored."""
    with db.reading() as session:
        return article_queries.comparison_digest(session, base, witness, pins_text(pins), engine)


def side(db: Database, revision: str) -> Side:
    """A revision as one side of a comparison. Raises NotFoundError."""
    with db.reading() as session:
        found = article_queries.revisions(session, [revision])
    if revision not in found:
        raise NotFoundError("There is no such revision.", "It may have been deleted with its article.")
    return _side(found[revision])


def _stored(db: Database, base: str, witness: str, engine: str | None, pins: Pins) -> StoredComparison | None:
    with db.reading() as session:
        row = article_queries.comparison(session, base, witness, pins_text(pins), engine)
    return None if row is None else _opened(row)


def _made(db: Database, base: str, witness: str, engine: str | None, pins: Pins) -> StoredComparison:
    with db.reading() as session:
        sides = article_queries.revisions(session, [base, witness])
    if base not in sides or witness not in sides:
        raise NotFoundError(
            "There is no such comparison: one of its texts is not here.",
            "It may have been deleted, or the link is incomplete.",
        )
    comparison = _compared(_side(sides[base]), _side(sides[witness]), pins)
    canonical = document.dumps(comparison).encode("utf-8")
    made = article_tables.ComparisonRow(
        base=base,
        witness=witness,
        pins=pins_text(pins),
        engine=comparison.engine,
        digest=hashlib.sha256(canonical).hexdigest(),
        document=zlib.compress(canonical),
        made_at=datetime.now(UTC),
    )
    try:
        with (
            db.writing() as session
        ):  # nobody else writes from here on; another process may have done so before
            found = article_queries.comparison(session, base, witness, made.pins, engine)
            full = bool(pins) and article_queries.pinned_count(session, base, witness) >= MOST_PINNED
            if found is None and not full:
                session.add(made)
    except (StorageReadOnlyError, StorageBusyError):
        return StoredComparison(comparison, made.digest, made_at=None, stored=False)
    except IntegrityError as error:
        raise NotFoundError("One of the two texts was deleted just now.") from error
    if found is not None:
        return _opened(found)
    if full:
        return StoredComparison(comparison, made.digest, made_at=None, stored=False)
    return StoredComparison(comparison, made.digest, made.made_at, stored=True)


def _compared(base: Side, witness: Side, pins: Pins) -> Comparison:
    """The comparison around ``pins``; raises InvalidInputError where the texts cannot keep them."""
    try:
        return pipeline.compare(base, witness, pins)
    except PinsError as error:
        raise InvalidInputError(
            f"These two texts cannot be compared around this link’s pins: {error}.",
            "Paragraphs are counted from 0. Take the pin out of the link, or open the comparison without pins.",
        ) from error


def _opened(row: article_tables.ComparisonRow) -> StoredComparison:
    comparison = document.from_json(json.loads(zlib.decompress(row.document)))
    return StoredComparison(comparison, row.digest, row.made_at, stored=True)


def _side(revision: article_tables.Revision) -> Side:
    return Side(
        revision=revision.id,
        title=revision.title,
        paragraphs=tuple(revision.paragraphs),
        headline=revision.headline,
        furniture=tuple(revision.furniture),
        article=revision.article,
        publisher=revision.publisher,
        author=revision.author,
        published_on=revision.published_on.isoformat() if revision.published_on else "",
    )
