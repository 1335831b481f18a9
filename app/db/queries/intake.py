"""Reads of what is being brought in, of captures, and of watched addresses."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from app.db.tables.articles import ArticleRow, Revision
from app.db.tables.captures import CaptureRow, IntakeRow, WatchRow


def intake(session: Session, intake: str) -> IntakeRow | None:
    """Return the row with this id; its bytes are read where they are asked for."""
    options = [defer(IntakeRow.content)]  # type: ignore[arg-type]  # SQLModel types it as its value
    return session.get(IntakeRow, intake, options=options)


def has_content(session: Session, intake: str) -> bool:
    """Return whether the row with this id has bytes, without reading them."""
    statement = select(IntakeRow.id).where(IntakeRow.id == intake, col(IntakeRow.content).is_not(None))
    return session.exec(statement).first() is not None


def batch(session: Session, batch: str) -> list[IntakeRow]:
    """Return what was brought together, in order, without its bytes."""
    statement = select(IntakeRow).where(IntakeRow.batch == batch).order_by(col(IntakeRow.place))
    return list(session.exec(statement.options(defer(IntakeRow.content))))  # type: ignore[arg-type]  # SQLModel types it as its value


def remove_intakes_before(session: Session, moment: datetime) -> None:
    """Remove what was brought before ``moment``, saved or not."""
    session.connection().execute(delete(IntakeRow).where(col(IntakeRow.brought_at) < moment))


def captures_of(session: Session, article: str) -> list[CaptureRow]:
    """Return an article's captures without their bytes, the latest first."""
    statement = select(CaptureRow).where(CaptureRow.article == article)
    statement = statement.order_by(col(CaptureRow.captured_at).desc(), col(CaptureRow.id))
    return list(session.exec(statement.options(defer(CaptureRow.content))))  # type: ignore[arg-type]  # as above


def numbered_captures_of(session: Session, article: str) -> list[tuple[CaptureRow, int]]:
    """Return what ``captures_of`` returns, each with the number of its revision."""
    statement = select(Revision.id, Revision.number).where(Revision.article == article)
    numbers = dict(session.exec(statement).all())
    return [(row, numbers[row.revision]) for row in captures_of(session, article)]


def capture(session: Session, capture: str) -> CaptureRow | None:
    """Return the capture with this id."""
    return session.get(CaptureRow, capture)


def articles_of_page(session: Session, page: str, limit: int) -> Sequence[str]:
    """Return at most ``limit`` articles from this page (``app.services.pages.page_key``), latest capture first."""
    statement = select(CaptureRow.article).where(CaptureRow.page == page).group_by(col(CaptureRow.article))
    latest = func.max(col(CaptureRow.captured_at)).desc()
    return session.exec(statement.order_by(latest, col(CaptureRow.article)).limit(limit)).all()


def captures_with_text(session: Session, page: str, text_digest: str) -> list[CaptureRow]:
    """Return the captures of this page that had the very text, without their bytes, the earliest first."""
    statement = select(CaptureRow).where(CaptureRow.page == page, CaptureRow.text_digest == text_digest)
    statement = statement.order_by(col(CaptureRow.captured_at), col(CaptureRow.id))
    return list(session.exec(statement.options(defer(CaptureRow.content))))  # type: ignore[arg-type]  # as above


def watch(session: Session, article: str) -> WatchRow | None:
    """Return how an article's address is watched."""
    return session.get(WatchRow, article)


def count_watches(session: Session) -> int:
    """Count the watched articles."""
    return session.exec(select(func.count()).select_from(WatchRow)).one()


def watched(
    session: Session, skip: int, limit: int, max_failures: int
) -> Sequence[tuple[WatchRow, str, str]]:
    """Return watched articles with title and publisher: those that failed so often first, then as they are due."""
    newest = (col(Revision.article) == col(ArticleRow.id)) & (col(Revision.number) == col(ArticleRow.newest))
    statement = (
        select(WatchRow, Revision.title, Revision.publisher)
        .join(ArticleRow, col(WatchRow.article) == col(ArticleRow.id))
        .join(Revision, newest)
        .order_by(
            (col(WatchRow.failures) >= max_failures).desc(), col(WatchRow.look_after), col(WatchRow.article)
        )
    )
    return session.exec(statement.offset(skip).limit(limit)).all()


def due_watches(session: Session, now: datetime, limit: int) -> Sequence[WatchRow]:
    """Return at most ``limit`` watched addresses that are due for a look, those that wait longest first."""
    statement = select(WatchRow).where(col(WatchRow.look_after) <= now)
    return session.exec(statement.order_by(col(WatchRow.look_after)).limit(limit)).all()


def last_look(session: Session, host: str) -> datetime | None:
    """Return when any watched address of ``host`` was last looked at."""
    return session.exec(select(func.max(WatchRow.looked_at)).where(WatchRow.host == host)).first()
