"""How much work is pending, counted by partial indexes that are empty when nothing is."""

from typing import NamedTuple

from sqlalchemy import ScalarSelect, Select, bindparam, func, literal_column, select, text
from sqlmodel import Session

from app.db.queries.articles import count_articles
from app.db.tables.desk import WantedComparison
from app.db.tables.index import Indexed
from app.db.tables.search import Unsearched


def _up_to(condition: str, table: type = Indexed) -> ScalarSelect[int]:
    pending: Select[tuple[int]] = (
        select(literal_column("1")).select_from(table).where(text(condition)).limit(bindparam("most"))
    )
    return select(func.count()).select_from(pending.subquery()).scalar_subquery()


# Built once, since every page asks: with nothing pending, a statement takes longer to build than to run.
_COUNTS = select(
    _up_to("NOT indexed.related"),
    _up_to("NOT indexed.quoted"),
    _up_to("serial > 0", WantedComparison),
    _up_to("serial > 0", Unsearched),
)


class Counts(NamedTuple):
    """How many articles are still to be compared with the others, and how many to be searched for quotations; how many
    pairs are still to be laid side by side; how many articles are still to be put into the search index."""

    to_compare: int
    to_quote: int
    pairs: int
    to_search: int


def counts(session: Session, most: int) -> Counts:
    """Count what is pending, each number up to ``most``; four look-ups if nothing is."""
    return Counts(*session.connection().execute(_COUNTS, {"most": most}).one())


def count_unindexed(session: Session) -> int:
    """Count the articles in no index. This reads two database indexes: some hundredths of a second at a million."""
    indexed = session.execute(select(func.count()).select_from(Indexed)).scalar_one()
    return max(0, count_articles(session) - int(indexed))
