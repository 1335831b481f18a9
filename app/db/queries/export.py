"""What an export reads: every revision, and every pair of related articles, a few at a time."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import func, select, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.collation.relations import REUSE
from app.db.tables.articles import ArticleRow, Indexed, Revision, StoredRelation

ROWS_PER_FETCH = 256
"""Rows that are in memory at once."""


class RelatedPair(NamedTuple):
    """Two related articles, by their import ids or, where there is none, by their own; ``a`` was added first."""

    a: str
    b: str
    resemblance: float
    a_in_b: float
    b_in_a: float
    relation: str


def count_pending(session: Session) -> int:
    """How many articles wait to be related to the others."""
    asked = select(func.count()).select_from(Indexed).where(text("NOT indexed.related"))
    return int(session.execute(asked).scalar_one())


def revisions(session: Session) -> Iterator[tuple[str, str | None, Revision]]:
    """Every revision with its article's id and import id: articles as they were added, revisions as they were made."""
    asked = (
        select(col(ArticleRow.id), col(ArticleRow.import_id), Revision)
        .join(Revision, col(Revision.article) == col(ArticleRow.id))
        .order_by(col(ArticleRow.added_at), col(ArticleRow.id), col(Revision.number))
        .execution_options(yield_per=ROWS_PER_FETCH)
    )
    for article, import_id, revision in session.execute(asked):
        session.expunge(revision)
        yield article, import_id, revision


def related_pairs(session: Session, *, reuse_only: bool) -> Iterator[RelatedPair]:
    """Every pair of related articles once, told from the one added first, in the order in which those came."""
    first, second = aliased(ArticleRow), aliased(ArticleRow)
    one, other = aliased(Revision), aliased(Revision)
    relation = StoredRelation
    came, name = col(first.added_at), col(first.id)
    came_too, name_too = col(second.added_at), col(second.id)
    asked = (
        select(
            func.coalesce(col(first.import_id), name),
            func.coalesce(col(second.import_id), name_too),
            col(relation.resemblance),
            col(relation.base_in_witness),
            col(relation.witness_in_base),
            col(relation.kind),
        )
        .select_from(relation)
        .join(one, col(one.id) == col(relation.revision))
        .join(other, col(other.id) == col(relation.other))
        .join(first, name == col(one.article))
        .join(second, name_too == col(other.article))
        .where((came < came_too) | ((came == came_too) & (name < name_too)))
        .order_by(came, name, came_too, name_too)
        .execution_options(yield_per=ROWS_PER_FETCH)
    )
    if reuse_only:
        asked = asked.where(col(relation.kind).in_(sorted(REUSE)))
    for row in session.execute(asked):
        yield RelatedPair(*row)
