"""Comparisons: made once, stored, and the same ever after."""

import hashlib
import json
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.collation import document, pipeline
from app.collation.model import Comparison, Pins, Side
from app.collation.pins import PinsError
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.tables import articles as article_tables
from app.errors import InvalidInputError, NotFoundError, StorageBusyError, StorageReadOnlyError
from app.permalinks import parse_pins, pins_text

NO_PINS = Pins()

MAX_STORED_WITH_PINS = 500
"""Pinned comparisons stored for one pair. A reader needs a few; a program that follows every link would fill the disk.
Any further one is recomputed at each request, and comes out the same for as long as the engine is the same."""

_LOCKS = tuple(Lock() for _ in range(64))
"""One of these is held while a comparison is computed, so that a second request for the same pair waits for the first
instead of computing it again."""


MAX_OPENED_BYTES = 12_000_000
"""Bytes of the documents that stay open, as they are written: in memory each takes some six times that."""


class OpenedDocuments:
    """The documents read last, by digest: a long one takes a second to open, and its pages are read one by one.

    A digest tells the document whole, so what is here never grows stale; who asks has read the digest in the database.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._documents: OrderedDict[str, tuple[Comparison, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, digest: str) -> Comparison | None:
        """Return the document of this digest, if it is open."""
        with self._lock:
            if digest not in self._documents:
                return None
            self._documents.move_to_end(digest)
            return self._documents[digest][0]

    def put(self, digest: str, comparison: Comparison, size: int) -> None:
        """Keep a document of ``size`` bytes open, in the place of those that were read longest ago."""
        if size > self._max_bytes:
            return
        with self._lock:
            _, known = self._documents.pop(digest, (None, 0))
            self._documents[digest] = (comparison, size)
            self._bytes += size - known
            while self._bytes > self._max_bytes:
                _, (_, gone) = self._documents.popitem(last=False)
                self._bytes -= gone


_OPENED = OpenedDocuments(MAX_OPENED_BYTES)


@dataclass(frozen=True, slots=True)
class StoredComparison:
    """A comparison document, with its digest and when it was stored."""

    comparison: Comparison
    digest: str
    """SHA-256 of the document's canonical form, in hexadecimal."""
    made_at: datetime | None
    """When it was stored (UTC); None if it could not be."""
    stored: bool


def open_or_make(
    db: Database, base: str, witness: str, engine: str | None = None, pins: Pins = NO_PINS
) -> StoredComparison:
    """Return the first comparison ever stored for two revisions (by id) and ``pins``, computing and storing it if new.

    With ``engine``, return the one that this engine made. A new one is computed by the current engine; concurrent
    requests store it once. It is returned unstored if the database cannot be written, is busy for too long, or already
    holds ``MAX_STORED_WITH_PINS`` pinned comparisons of the pair.

    Raises NotFoundError for an unknown revision, and for another engine's comparison that was never stored;
    InvalidInputError for pins that the two texts cannot satisfy, and for more than MAX_PINS of them.
    """
    pins = parse_pins(pins_text(pins))
    if (stored := _read(db, base, witness, engine, pins)) is not None:
        return stored
    if engine not in (None, pipeline.ENGINE):
        raise NotFoundError(
            f"There is no comparison of these two texts by engine {engine}.",
            f"This program's own engine is {pipeline.ENGINE}.",
        )
    with _LOCKS[hash((base, witness, pins)) % len(_LOCKS)]:
        return _read(db, base, witness, engine, pins) or _make(db, base, witness, engine, pins)


def digest(
    db: Database, base: str, witness: str, engine: str | None = None, pins: Pins = NO_PINS
) -> str | None:
    """Return the digest of the stored document that ``open_or_make`` would return; None if none is stored."""
    with db.reading() as session:
        return article_queries.comparison_digest(session, base, witness, pins_text(pins), engine)


def stored_in(session: Session, base: str, witnesses: Iterable[str]) -> dict[str, Comparison]:
    """Return the stored comparisons of a base with several witnesses, by witness, in the caller's session.

    They are those that ``open_or_make`` would return for each pair without pins.
    """
    rows = {witness: article_queries.comparison(session, base, witness, "", None) for witness in witnesses}
    return {witness: _decode(row).comparison for witness, row in rows.items() if row}


def side_in(session: Session, revision: str) -> Side:
    """Return a revision as one side of a comparison, in the caller's session. Raises NotFoundError."""
    rows = article_queries.revisions(session, [revision])
    if revision not in rows:
        raise NotFoundError("There is no such revision.", "It may have been deleted with its article.")
    return _side(rows[revision])


def _read(db: Database, base: str, witness: str, engine: str | None, pins: Pins) -> StoredComparison | None:
    with db.reading() as session:
        row = article_queries.comparison(session, base, witness, pins_text(pins), engine)
    return None if row is None else _decode(row)


def _make(db: Database, base: str, witness: str, engine: str | None, pins: Pins) -> StoredComparison:
    with db.reading() as session:
        revisions = article_queries.revisions(session, [base, witness])
    if base not in revisions or witness not in revisions:
        raise NotFoundError(
            "There is no such comparison: one of its texts is not here.",
            "It may have been deleted, or the link is incomplete.",
        )
    comparison = _compare(_side(revisions[base]), _side(revisions[witness]), pins)
    canonical = document.dumps(comparison).encode("utf-8")
    row = article_tables.ComparisonRow(
        base=base,
        witness=witness,
        pins=pins_text(pins),
        engine=comparison.engine,
        digest=hashlib.sha256(canonical).hexdigest(),
        document=zlib.compress(canonical),
        made_at=datetime.now(UTC),
    )
    try:
        with db.writing() as session:
            # Another process may have stored it before we had the lock.
            earlier = article_queries.comparison(session, base, witness, row.pins, engine)
            is_full = bool(pins) and (
                article_queries.count_pinned(session, base, witness) >= MAX_STORED_WITH_PINS
            )
            if earlier is None and not is_full:
                session.add(row)
    except (StorageReadOnlyError, StorageBusyError):
        return StoredComparison(comparison, row.digest, made_at=None, stored=False)
    except IntegrityError as error:
        raise NotFoundError("One of the two texts was deleted just now.") from error
    if earlier is not None:
        return _decode(earlier)
    if is_full:
        return StoredComparison(comparison, row.digest, made_at=None, stored=False)
    _OPENED.put(row.digest, comparison, len(canonical))
    return StoredComparison(comparison, row.digest, row.made_at, stored=True)


def _compare(base: Side, witness: Side, pins: Pins) -> Comparison:
    """Compare two sides around ``pins``. Raises InvalidInputError if the texts cannot satisfy them."""
    try:
        return pipeline.compare(base, witness, pins)
    except PinsError as error:
        raise InvalidInputError(
            f"These two texts cannot be compared around this link’s pins: {error}.",
            "Paragraphs are counted from 0. Take the pin out of the link, or open the comparison without pins.",
        ) from error


def _decode(row: article_tables.ComparisonRow) -> StoredComparison:
    if (comparison := _OPENED.get(row.digest)) is None:
        canonical = zlib.decompress(row.document)
        comparison = document.from_json(json.loads(canonical))
        _OPENED.put(row.digest, comparison, len(canonical))
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
