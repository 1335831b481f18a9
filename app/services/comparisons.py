"""Comparisons: made once, stored, and the same ever after."""

import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import BoundedSemaphore, Lock

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.collation import document, pipeline
from app.collation.highlights.gravest import WeighedFindings, weigh
from app.collation.model import Comparison, Pins, Side
from app.collation.pins import PinsError
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import relations as relation_queries
from app.db.tables.articles import Revision
from app.db.tables.comparisons import ComparisonRow
from app.errors import (
    InvalidInputError,
    NotFoundError,
    StorageBusyError,
    StorageReadOnlyError,
    TooManyComparisonsError,
)
from app.permalinks import parse_pins, pins_text
from app.services import edit_log, findings, processes
from app.services.edit_log import Actor

NO_PINS = Pins()

MAX_STORED_WITH_PINS = 500
"""Pinned comparisons stored for one pair. An editor needs a few; any further one is computed and not stored."""

MAX_UNSTORED_AT_ONCE = 2
"""Comparisons that are computed at once without being stored: readers may ask for as many as there are pairs."""

MAX_UNSTORED_WAITING = 8
"""Requests that may wait for their turn at that; further ones are told to try again, so that others are served."""

MAX_UNSTORED_KNOWN = 1_000
"""Unstored comparisons whose digest is kept, so that a reader who goes from page to page finds them open."""

_LOCKS = tuple(Lock() for _ in range(64))
"""One of these is held while a comparison is computed, so that a second request for the same pair waits for the first
instead of computing it again."""


MAX_OPENED_BYTES = 24_000_000
"""Bytes of the documents that stay open, as they are written; in memory each takes some six times that. The longest
that two texts of 2 MB make has nearly as many."""


class OpenedDocuments:
    """The documents read last, by digest: a long one takes a second to open, and its pages are read one after another.

    A digest identifies the whole document, so it never grows stale; the caller has read the digest in the database.
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

_ADMITTED = BoundedSemaphore(MAX_UNSTORED_AT_ONCE + MAX_UNSTORED_WAITING)
_COMPUTING = BoundedSemaphore(MAX_UNSTORED_AT_ONCE)

_Key = tuple[str, str, str, str]
"""Base, witness, pins, engine: they determine a comparison."""

_UNSTORED_DIGESTS: OrderedDict[_Key, str] = OrderedDict()
"""The digests of comparisons that were computed and not stored, the last used last."""


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
    db: Database,
    base: str,
    witness: str,
    engine: str | None = None,
    pins: Pins = NO_PINS,
    *,
    keeper: Actor | None = None,
) -> StoredComparison:
    """Return the first comparison ever stored for two revisions (by id) and ``pins``, computing it if there is none.

    With ``engine``, return the one that this engine made. A new one is computed by the current engine; concurrent
    requests store it once. It is stored if the two are related and there are no pins: their number is limited.
    Any other is stored if an editor, ``keeper``, wants it kept, which is logged, and up to ``MAX_STORED_WITH_PINS``
    with pins a pair; else readers could fill the disk. It is also returned unstored if the database cannot be written
    or is busy for too long.

    Raises NotFoundError for an unknown revision, and for another engine's comparison that was never stored;
    InvalidInputError for pins that the two texts cannot satisfy, and for more than MAX_PINS of them;
    TooManyComparisonsError if too many others are being computed without being stored.
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
        return _read(db, base, witness, engine, pins) or _make(db, base, witness, engine, pins, keeper)


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


def _make(
    db: Database, base: str, witness: str, engine: str | None, pins: Pins, keeper: Actor | None = None
) -> StoredComparison:
    with db.reading() as session:
        revisions = article_queries.revisions(session, [base, witness])
        is_related = relation_queries.relation(session, base, witness) is not None
    if base not in revisions or witness not in revisions:
        raise NotFoundError(
            "There is no such comparison: one of its texts is not here.",
            "It may have been deleted, or the link is incomplete.",
        )
    sides = _side(revisions[base]), _side(revisions[witness])
    if keeper is None and (pins or not is_related):
        return _computed(*sides, pins)
    made = _compare(*sides, pins)
    comparison = made.comparison
    row = ComparisonRow(
        base=base,
        witness=witness,
        pins=pins_text(pins),
        engine=comparison.engine,
        digest=made.digest,
        document=made.document,
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
                if not pins:
                    session.flush()
                    findings.summarise(session, row, made.findings)
                if keeper and (pins or not is_related):
                    _log(session, keeper, row, revisions[base], revisions[witness])
    except (StorageReadOnlyError, StorageBusyError):
        return StoredComparison(comparison, row.digest, made_at=None, stored=False)
    except IntegrityError as error:
        raise NotFoundError("One of the two texts was deleted just now.") from error
    if earlier is not None:
        return _decode(earlier)
    if is_full:
        return StoredComparison(comparison, row.digest, made_at=None, stored=False)
    _OPENED.put(row.digest, comparison, made.size)
    return StoredComparison(comparison, row.digest, row.made_at, stored=True)


def summarise(db: Database, base: str, witness: str) -> None:
    """Make the comparison of two revisions, if it is not stored, and note what it found for the library.

    Does nothing if one of them was deleted, or if the database cannot be written now. The document is not kept open,
    since this runs for many pairs in turn.
    """
    with db.reading() as session:
        row = article_queries.comparison(session, base, witness, "", None)
        if row is not None and findings.is_summarised(session, row):
            return
    if row is None:
        with suppress(NotFoundError):
            open_or_make(db, base, witness)
        return
    weighed = weigh(_decode(row).comparison)
    with db.writing() as session:
        if article_queries.comparison_digest(session, base, witness, "", None) == row.digest:
            findings.summarise(session, row, weighed)


def _log(
    session: Session,
    keeper: Actor,
    row: ComparisonRow,
    base: Revision,
    witness: Revision,
) -> None:
    """Log that an editor had a comparison kept; ``before`` is the digest of the same one without pins."""
    plain = article_queries.comparison_digest(session, row.base, row.witness, "", None) if row.pins else None
    entry = edit_log.entry(
        keeper,
        "pin" if row.pins else "keep",
        row.made_at,
        article=base.article,
        revision=row.base,
        number=base.number,
        witness=row.witness,
        pins=row.pins,
        title=f"{base.title} – {witness.title}",
        before=plain,
        after=row.digest,
    )
    edit_log.record(session, [entry])


def opened_unstored(base: str, witness: str, pins: Pins = NO_PINS) -> StoredComparison | None:
    """Return the comparison of two revisions that was computed a moment ago without being stored, if it is open."""
    known = _UNSTORED_DIGESTS.get((base, witness, pins_text(pins), pipeline.ENGINE))
    opened = _OPENED.get(known) if known else None
    return StoredComparison(opened, known, made_at=None, stored=False) if known and opened else None


def _computed(base: Side, witness: Side, pins: Pins) -> StoredComparison:
    """Return a comparison that is not stored; one that was computed a moment ago may still be open."""
    if (opened := opened_unstored(base.revision, witness.revision, pins)) is not None:
        return opened
    with _readers_turn():
        made = _compare(base, witness, pins)
    _OPENED.put(made.digest, made.comparison, made.size)
    _UNSTORED_DIGESTS[base.revision, witness.revision, pins_text(pins), pipeline.ENGINE] = made.digest
    while len(_UNSTORED_DIGESTS) > MAX_UNSTORED_KNOWN:
        _UNSTORED_DIGESTS.popitem(last=False)
    return StoredComparison(made.comparison, made.digest, made_at=None, stored=False)


@contextmanager
def _readers_turn() -> Iterator[None]:
    """Wait for a turn to compute what is not stored. Raises TooManyComparisonsError if too many wait already."""
    if not _ADMITTED.acquire(blocking=False):
        raise TooManyComparisonsError(
            "Many comparisons that are not stored are being computed just now, so this one was not.",
            "Try again in a moment. Stored comparisons still open at once.",
        )
    try:
        with _COMPUTING:
            yield
    finally:
        _ADMITTED.release()


@dataclass(frozen=True, slots=True)
class _Made:
    """A comparison with all that it is stored with, made where it was compared: the process that serves has readers."""

    comparison: Comparison
    digest: str
    size: int
    """Bytes of the document in its canonical form."""
    document: bytes
    """That form, compressed."""
    findings: WeighedFindings


def _compare(base: Side, witness: Side, pins: Pins) -> _Made:
    """Compare two sides around ``pins``.

    Raises InvalidInputError if the texts cannot satisfy the pins.
    """
    try:
        return processes.run_apart(_length(base) + _length(witness), _compared, base, witness, pins)
    except PinsError as error:
        raise InvalidInputError(
            f"These two texts cannot be compared around this link’s pins: {error}.",
            "Paragraphs are counted from 0. Take the pin out of the link, or open the comparison without pins.",
        ) from error


def _compared(base: Side, witness: Side, pins: Pins) -> _Made:
    comparison = pipeline.compare(base, witness, pins)
    canonical = document.dumps(comparison).encode("utf-8")
    return _Made(
        comparison,
        hashlib.sha256(canonical).hexdigest(),
        len(canonical),
        zlib.compress(canonical),
        weigh(comparison),
    )


def _length(side: Side) -> int:
    return sum(map(len, side.paragraphs))


def _decode(row: ComparisonRow) -> StoredComparison:
    if (comparison := _OPENED.get(row.digest)) is None:
        canonical = zlib.decompress(row.document)
        comparison = document.loads(canonical)
        _OPENED.put(row.digest, comparison, len(canonical))
    return StoredComparison(comparison, row.digest, row.made_at, stored=True)


def _side(revision: Revision) -> Side:
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
