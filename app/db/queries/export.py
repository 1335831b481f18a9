"""What an export reads: every revision, and every pair of related articles, a few at a time."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.collation.relations import REUSE
from app.db.tables.articles import ArticleRow, Revision
from app.db.tables.index import Indexed
from app.db.tables.relations import StoredRelation

ROWS_PER_FETCH = 256
"""Rows in memory at once."""


class RelatedPair(NamedTuple):
    """Two related articles, by their import ids or, if they have none, by their public ids; ``a`` was added first."""

    a: str
    b: str
    resemblance: float
    a_in_b: float
    b_in_a: float
    relation: str


def count_pending(session: Session) -> int:
    """Count the articles whose relations are pending."""
    statement = select(func.count()).select_from(Indexed).where(text("NOT indexed.related"))
    return int(session.execute(statement).scalar_one())


def revisions(session: Session) -> Iterator[tuple[str, str | None, Revision]]:
    """Yield every revision with its article's id and import id: articles as added, then revisions as made."""
    statement = (
        select(col(ArticleRow.id), col(ArticleRow.import_id), Revision)
        .join(Revision, col(Revision.article) == col(ArticleRow.id))
        .order_by(col(ArticleRow.added_at), col(ArticleRow.id), col(Revision.number))
        .execution_options(yield_per=ROWS_PER_FETCH)
    )
    for article, import_id, revision in session.execute(statement):
        session.expunge(revision)
        yield article, import_id, revision


def newest_revisions(session: Session, import_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return, by import id, the article and its newest revision; by its own id for an article that has none."""
    name = func.coalesce(col(ArticleRow.import_id), col(ArticleRow.id))
    statement = select(name, col(ArticleRow.id), col(Revision.id)).join(
        Revision,
        (col(Revision.article) == col(ArticleRow.id)) & (col(Revision.number) == col(ArticleRow.newest)),
    )
    named = or_(col(ArticleRow.import_id).in_(import_ids), col(ArticleRow.id).in_(import_ids))
    return {row[0]: (row[1], row[2]) for row in session.execute(statement.where(named))}


def indexed_names(session: Session, after: int, most: int) -> list[tuple[int, str, str]]:
    """Return the first ``most`` entries of the index after the serial ``after``: serial, revision and import id."""
    statement = (
        select(
            col(Indexed.serial),
            col(Indexed.revision),
            func.coalesce(col(ArticleRow.import_id), col(ArticleRow.id)),
        )
        .join(Revision, col(Revision.id) == col(Indexed.revision))
        .join(ArticleRow, col(ArticleRow.id) == col(Revision.article))
        .where(col(Indexed.serial) > after)
        .order_by(col(Indexed.serial))
        .limit(most)
    )
    return [(serial or 0, revision, name) for serial, revision, name in session.execute(statement)]


def related_pairs(session: Session, *, reuse_only: bool) -> Iterator[RelatedPair]:
    """Yield every pair of related articles once, in the order in which its first article was added."""
    first, second = aliased(ArticleRow), aliased(ArticleRow)
    revision_a, revision_b = aliased(Revision), aliased(Revision)
    relation = StoredRelation
    added_a, id_a = col(first.added_at), col(first.id)
    added_b, id_b = col(second.added_at), col(second.id)
    statement = (
        select(
            func.coalesce(col(first.import_id), id_a),
            func.coalesce(col(second.import_id), id_b),
            col(relation.resemblance),
            col(relation.base_in_witness),
            col(relation.witness_in_base),
            col(relation.kind),
        )
        .select_from(relation)
        .join(revision_a, col(revision_a.id) == col(relation.revision))
        .join(revision_b, col(revision_b.id) == col(relation.other))
        .join(first, id_a == col(revision_a.article))
        .join(second, id_b == col(revision_b.article))
        .where((added_a < added_b) | ((added_a == added_b) & (id_a < id_b)))
        .order_by(added_a, id_a, added_b, id_b)
        .execution_options(yield_per=ROWS_PER_FETCH)
    )
    if reuse_only:
        statement = statement.where(col(relation.kind).in_(sorted(REUSE)))
    for row in session.execute(statement):
        yield RelatedPair(*row)
