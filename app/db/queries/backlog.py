"""How much waits to be worked off: counted by the indexes of what waits, which are empty where nothing does."""

from typing import NamedTuple

from sqlalchemy import ScalarSelect, Select, bindparam, func, literal_column, select, text
from sqlmodel import Session

from app.db.tables.articles import ArticleRow, Indexed


def _up_to(condition: str) -> ScalarSelect[int]:
    some: Select[tuple[int]] = (
        select(literal_column("1")).select_from(Indexed).where(text(condition)).limit(bindparam("most"))
    )
    return select(func.count()).select_from(some.subquery()).scalar_subquery()


# Made once, since every page asks: a statement takes longer to make than to run where nothing waits.
_COUNTS = select(_up_to("NOT indexed.related"), _up_to("NOT indexed.quoted"))


class Counts(NamedTuple):
    """How many articles wait to be compared with the others, and how many for their quotations to be found."""

    to_compare: int
    to_quote: int


def counts(session: Session, most: int) -> Counts:
    """How many indexed articles wait, each number up to ``most``; where none does, it is two look-ups."""
    return Counts(*session.connection().execute(_COUNTS, {"most": most}).one())


def articles(session: Session) -> int:
    """How many articles there are."""
    return int(session.execute(select(func.count()).select_from(ArticleRow)).scalar_one())


def count_unindexed(session: Session) -> int:
    """How many articles are in no index. Two indexes are read through: some hundredths of a second at a million."""
    indexed = session.execute(select(func.count()).select_from(Indexed)).scalar_one()
    return max(0, articles(session) - int(indexed))
