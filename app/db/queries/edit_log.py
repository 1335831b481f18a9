"""Reads of the log of changes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.db.tables.articles import Revision
from app.db.tables.edit_log import LogEntry

MAX_LOOKED_AT = 5_000
"""Entries of the log, or articles of a story, in which the latest texts are looked for."""


def entries_before(session: Session, before: int | None, article: str | None, limit: int) -> list[LogEntry]:
    """Return at most ``limit`` entries with a number below ``before``, or the newest; those written last first.

    With ``article``, only those of this article.
    """
    statement = select(LogEntry)
    if before is not None:
        statement = statement.where(col(LogEntry.id) < before)
    if article is not None:
        statement = statement.where(LogEntry.article == article)
    return list(session.exec(statement.order_by(col(LogEntry.id).desc()).limit(limit)))


def entries_after(session: Session, after: int, article: str | None, limit: int) -> list[LogEntry]:
    """Return at most ``limit`` entries with a number above ``after``: those nearest to it, the last written first."""
    statement = select(LogEntry).where(col(LogEntry.id) > after)
    if article is not None:
        statement = statement.where(LogEntry.article == article)
    nearest = session.exec(statement.order_by(col(LogEntry.id)).limit(limit))
    return list(nearest)[::-1]


def latest_texts(
    session: Session, limit: int, articles: Sequence[str] | None = None
) -> list[tuple[str, datetime]]:
    """Return at most ``limit`` of the latest revisions, each with its time; of these articles, or of all.

    Of all, it looks at the last ``MAX_LOOKED_AT`` entries.
    """
    chosen = select(LogEntry.revision, LogEntry.at).where(
        col(LogEntry.action).in_(("add", "edit", "metadata"))
    )
    if articles is None:
        last = session.exec(select(func.max(LogEntry.id))).one() or 0
        chosen = chosen.where(col(LogEntry.id) > last - MAX_LOOKED_AT)
    else:
        chosen = chosen.where(col(LogEntry.article).in_(articles[:MAX_LOOKED_AT]))
    rows = session.exec(chosen.order_by(col(LogEntry.id).desc()).limit(limit))
    return [(revision, at) for revision, at in rows]


def of_revisions(session: Session, article: str, revisions: Sequence[str]) -> dict[str, LogEntry]:
    """Return by revision the entry that made it; revisions from before the log are left out."""
    statement = select(LogEntry).where(
        LogEntry.article == article,
        col(LogEntry.revision).in_(revisions),
        col(LogEntry.action).in_(("add", "edit", "metadata")),
    )
    return {row.revision: row for row in session.exec(statement.order_by(col(LogEntry.id).desc()))}


def of_evidence(session: Session, digest: str) -> LogEntry | None:
    """Return the entry that records an evidence file's making.

    Looks through the whole log, so call it only for one that exists."""
    made = select(LogEntry).where(LogEntry.action == "evidence", LogEntry.after == digest)
    return session.exec(made.order_by(col(LogEntry.id).desc()).limit(1)).first()


def existing_revisions(session: Session, revisions: Sequence[str]) -> set[str]:
    """Return which of these revisions are stored."""
    return set(session.exec(select(Revision.id).where(col(Revision.id).in_(revisions))))
