"""Reads for checking that what is stored is intact. JSON is read as it is stored, since it may be damaged."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.db.tables.articles import ArticleRow, Revision
from app.db.tables.base import Table
from app.db.tables.comparisons import ComparisonRow
from app.db.tables.index import Fingerprint, Indexed

MAX_ORPHANS = 20
"""Rows listed for one foreign key that lead to nothing."""

PRINTS_PER_QUERY = 500


class ArticleState(NamedTuple):
    """An article's own row."""

    id: str
    newest: int
    story: str | None


class RevisionState(NamedTuple):
    """A revision's row, with its JSON as text."""

    article: str
    id: str
    number: int
    title: str
    digest: str
    paragraphs_count: int
    paragraphs: str
    furniture: str
    publisher: str
    author: str
    published_on: date | None


class ComparisonState(NamedTuple):
    """A stored comparison's row."""

    id: int
    base: str
    witness: str
    digest: str
    document: bytes


class EntryState(NamedTuple):
    """An index entry of a revision of an article."""

    article: str
    revision: str
    serial: int
    version: int
    prints: bytes


def article_ids(session: Session, after: str, most: int) -> list[str]:
    """Return the first ``most`` article ids after ``after``."""
    ids = select(col(ArticleRow.id)).where(col(ArticleRow.id) > after).order_by(col(ArticleRow.id))
    return list(session.execute(ids.limit(most)).scalars())


def articles(session: Session, ids: Sequence[str]) -> list[ArticleState]:
    """Return the rows of these articles."""
    columns = col(ArticleRow.id), col(ArticleRow.newest), col(ArticleRow.story)
    return [ArticleState(*row) for row in session.execute(select(*columns).where(columns[0].in_(ids)))]


def revisions(session: Session, article_ids: Sequence[str]) -> list[RevisionState]:
    """Return all revisions of these articles, by article and number."""
    statement = (
        select(
            col(Revision.article),
            col(Revision.id),
            col(Revision.number),
            col(Revision.title),
            col(Revision.digest),
            col(Revision.paragraphs_count),
            cast(col(Revision.paragraphs), Text),
            cast(col(Revision.furniture), Text),
            col(Revision.publisher),
            col(Revision.author),
            col(Revision.published_on),
        )
        .where(col(Revision.article).in_(article_ids))
        .order_by(col(Revision.article), col(Revision.number))
    )
    return [RevisionState(*row) for row in session.execute(statement)]


def entries(session: Session, article_ids: Sequence[str]) -> list[EntryState]:
    """Return the index entries of any revision of these articles."""
    statement = (
        select(
            col(Revision.article),
            col(Revision.id),
            col(Indexed.serial),
            col(Indexed.version),
            col(Indexed.prints),
        )
        .join(Indexed, col(Indexed.revision) == col(Revision.id))
        .where(col(Revision.article).in_(article_ids))
    )
    return [EntryState(*row) for row in session.execute(statement)]


def count_prints(session: Session, serial: int, prints: Sequence[int]) -> int:
    """Return how many of these fingerprints the index holds under this serial."""
    count = 0
    for start in range(0, len(prints), PRINTS_PER_QUERY):
        some = prints[start : start + PRINTS_PER_QUERY]
        held = select(func.count()).where(col(Fingerprint.serial) == serial, col(Fingerprint.hash).in_(some))
        count += session.execute(held).scalar_one()
    return count


def count_all_prints(session: Session, bytes_per_print: int) -> tuple[int, int]:
    """Return how many fingerprints the index holds, and how many its entries say that it holds."""
    held = session.execute(select(func.count()).select_from(Fingerprint)).scalar_one()
    stated = session.execute(select(func.sum(func.length(col(Indexed.prints))))).scalar_one() or 0
    return held, stated // bytes_per_print


def comparisons(session: Session, after: int, most: int) -> list[ComparisonState]:
    """Return the first ``most`` stored comparisons after the one with the id ``after``."""
    statement = select(
        col(ComparisonRow.id),
        col(ComparisonRow.base),
        col(ComparisonRow.witness),
        col(ComparisonRow.digest),
        col(ComparisonRow.document),
    )
    rows = session.execute(
        statement.where(col(ComparisonRow.id) > after).order_by(col(ComparisonRow.id)).limit(most)
    )
    return [ComparisonState(*row) for row in rows]


def missing_stories(session: Session) -> list[tuple[str, str]]:
    """Return the articles, each with its story, of stories whose first article is not stored."""
    first = aliased(ArticleRow)
    statement = (
        select(col(ArticleRow.id), col(ArticleRow.story))
        .outerjoin(first, col(first.id) == col(ArticleRow.story))
        .where(col(ArticleRow.story).is_not(None), col(first.id).is_(None))
        .limit(MAX_ORPHANS)
    )
    return [(article, str(story)) for article, story in session.execute(statement)]


def foreign_keys() -> Iterator[tuple[str, str]]:
    """Yield every column that refers to another table, as the names of its table and itself."""
    for table in Table.metadata.sorted_tables:
        yield from ((table.name, column.name) for column in table.columns if column.foreign_keys)


def orphans(session: Session, table: str, column: str) -> list[str]:
    """Return at most ``MAX_ORPHANS`` references in ``column`` of ``table`` to rows that are not stored, each once."""
    child = Table.metadata.tables[table].c[column]
    (key,) = child.foreign_keys
    parent = key.column.table.alias()
    target = parent.c[key.column.name]
    statement = (
        select(child)
        .distinct()
        .select_from(child.table.outerjoin(parent, target == child))
        .where(child.is_not(None), target.is_(None))
        .limit(MAX_ORPHANS)
    )
    return [str(value) for value in session.execute(statement).scalars()]
