"""Where an article's texts came from, and whether its address is watched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import evidence as evidence_queries
from app.db.queries import intake as intake_queries
from app.db.tables.captures import CaptureRow, WatchRow

MAX_FAILURES = 14
"""Failed checks in a row after which watching an address ends."""


@dataclass(frozen=True, slots=True)
class Capture:
    """Where a revision's text came from, without the bytes."""

    id: str
    revision: str
    number: int
    """Of that revision."""
    captured_at: datetime
    kind: str
    address: str
    file_name: str
    sha256: str
    """Empty for a pasted text."""
    size: int
    sources: Mapping[str, str]
    """Where each field came from, by field."""
    language: str
    is_kept: bool
    """Whether the bytes can be downloaded."""


@dataclass(frozen=True, slots=True)
class Watch:
    """How an article is watched."""

    address: str
    since: datetime
    who: str
    looked_at: datetime | None
    outcome: str
    """What the last look found, in words; empty before the first."""
    is_over: bool
    """Whether watching has ended, since too many checks failed."""
    look_after: datetime
    """When the next look is due."""
    failures: int
    """Looks in a row that failed."""


@dataclass(frozen=True, slots=True)
class Origin:
    """An article's captures, and how it is watched."""

    captures: tuple[Capture, ...] = ()
    """Of all its revisions, the latest first."""
    watch: Watch | None = None


def origin_in(session: Session, article: str) -> Origin:
    """Return where the texts of ``article`` came from."""
    rows = intake_queries.numbered_captures_of(session, article)
    return Origin(tuple(_capture(row, number) for row, number in rows), _watch_in(session, article))


def captures_of(db: Database, revisions: Sequence[str]) -> tuple[Capture, ...]:
    """Return where the texts of these revisions came from, the first captured first."""
    with db.reading() as session:
        numbers = {id: entry.number for id, entry in article_queries.entries(session, revisions).items()}
        rows = evidence_queries.captures_of(session, revisions)
        return tuple(_capture(row, numbers[row.revision]) for row in rows if row.revision in numbers)


def watch_of(row: WatchRow) -> Watch:
    """Return how an article is watched."""
    return Watch(
        address=row.address,
        since=row.since,
        who=row.who,
        looked_at=row.looked_at,
        outcome=row.outcome,
        is_over=row.failures >= MAX_FAILURES,
        look_after=row.look_after,
        failures=row.failures,
    )


def _watch_in(session: Session, article: str) -> Watch | None:
    row = intake_queries.watch(session, article)
    return watch_of(row) if row else None


def _capture(row: CaptureRow, number: int) -> Capture:
    return Capture(
        id=row.id,
        revision=row.revision,
        number=number,
        captured_at=row.captured_at,
        kind=row.kind,
        address=row.address,
        file_name=row.file_name,
        sha256=row.sha256,
        size=row.size,
        sources=row.sources,
        language=row.language,
        is_kept=row.is_kept,
    )
