"""Reads of the log of changes."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.db.tables.articles import Revision
from app.db.tables.edit_log import LogEntry


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


def existing_revisions(session: Session, revisions: Sequence[str]) -> set[str]:
    """Return which of these revisions are stored."""
    return set(session.exec(select(Revision.id).where(col(Revision.id).in_(revisions))))
