"""How much waits to be worked off: counted by the indexes of what waits, which are empty where nothing does."""

from typing import NamedTuple

from sqlalchemy import func, literal, select, text
from sqlmodel import Session

from app.db.models import Article, Indexed


class Counts(NamedTuple):
    """How many articles wait to be compared with the others, and how many for their quotations to be found."""

    to_compare: int
    to_quote: int


def counts(session: Session, most: int) -> Counts:
    """How many indexed articles wait, each number up to ``most``; where none does, it is two look-ups."""
    return Counts(_up_to(session, "NOT indexed.related", most), _up_to(session, "NOT indexed.quoted", most))


def articles(session: Session) -> int:
    """How many articles there are."""
    return int(session.execute(select(func.count()).select_from(Article)).scalar_one())


def unindexed(session: Session) -> int:
    """How many articles are in no index. Two indexes are read through: some hundredths of a second at a million."""
    indexed = session.execute(select(func.count()).select_from(Indexed)).scalar_one()
    return max(0, articles(session) - int(indexed))


def _up_to(session: Session, condition: str, most: int) -> int:
    some = select(literal(1)).select_from(Indexed).where(text(condition)).limit(most).subquery()
    return int(session.execute(select(func.count()).select_from(some)).scalar_one())
