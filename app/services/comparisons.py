"""Comparisons that are made once and show the same for ever."""

import hashlib
import json
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import IntegrityError

from app.collation import document, pipeline
from app.collation.model import Comparison, Side
from app.db import models, queries
from app.db.engine import Database
from app.errors import NotFoundError, StorageBusyError, StorageReadOnlyError


@dataclass(frozen=True, slots=True)
class StoredComparison:
    """A comparison document, and what its link is held by."""

    comparison: Comparison
    digest: str
    """SHA-256 of the document's canonical form, in hexadecimal."""
    made_at: datetime | None
    """When it was stored (UTC); None where it could not be."""
    stored: bool


def open(db: Database, base: str, witness: str, engine: str | None = None) -> StoredComparison:
    """The comparison of two revisions, named by their ids: the first document ever stored for the pair.

    With ``engine``, the one that this engine made. One that is not stored yet is made by the current engine and
    stored; several requests at once store one. Where the database cannot be written, or is busy for too long, the
    comparison is handed out all the same, not stored. Raises NotFoundError for an unknown revision, and for another
    engine's comparison that was never stored.
    """
    with db.reading() as session:
        if (found := queries.comparison(session, base, witness, engine)) is not None:
            return _opened(found)
        sides = queries.revisions(session, [base, witness])
    if base not in sides or witness not in sides:
        raise NotFoundError(
            "There is no such comparison: one of its texts is not here.",
            "It may have been deleted, or the link is incomplete.",
        )
    if engine not in (None, pipeline.ENGINE):
        raise NotFoundError(
            f"There is no comparison of these two texts by engine {engine}.",
            f"This program's own is engine {pipeline.ENGINE}.",
        )
    comparison = pipeline.compare(_side(sides[base]), _side(sides[witness]))
    canonical = document.dumps(comparison).encode("utf-8")
    digest = hashlib.sha256(canonical).hexdigest()
    try:
        return _stored(db, base, witness, engine, canonical, digest)
    except (StorageReadOnlyError, StorageBusyError):
        return StoredComparison(comparison, digest, made_at=None, stored=False)


def digest(db: Database, base: str, witness: str, engine: str | None = None) -> str | None:
    """The digest of the stored document that ``open`` would give, or None where none is stored."""
    with db.reading() as session:
        return queries.comparison_digest(session, base, witness, engine)


def _stored(
    db: Database, base: str, witness: str, engine: str | None, canonical: bytes, digest: str
) -> StoredComparison:
    """The pair's document after this one was offered: another request may have stored it first."""
    row = models.StoredComparison(
        base=base,
        witness=witness,
        engine=pipeline.ENGINE,
        digest=digest,
        document=zlib.compress(canonical),
        made_at=datetime.now(UTC),
    )
    try:
        with db.writing() as session:  # from here on nobody else writes, so looking first is safe
            found = queries.comparison(session, base, witness, engine)
            if found is None:
                session.add(found := row)
                session.flush()
            return _opened(found)
    except IntegrityError as error:  # one of the two articles was deleted meanwhile
        raise NotFoundError("One of the two texts was deleted just now.") from error


def _opened(row: models.StoredComparison) -> StoredComparison:
    comparison = document.from_json(json.loads(zlib.decompress(row.document)))
    return StoredComparison(comparison, row.digest, row.made_at, stored=True)


def _side(revision: models.Revision) -> Side:
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
