"""Reads and writes of tags and collections, and of publishers that are one and the same."""

import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlmodel import Session, col

from app.db.tables.articles import ArticleRow, Revision
from app.db.tables.search import LabelRow, PublisherAlias


class LabelCount(NamedTuple):
    """A tag or a collection, and how many articles have it."""

    kind: str
    key: str
    name: str
    articles: int


class Newest(NamedTuple):
    """An article's newest revision, for the log."""

    article: str
    revision: str
    number: int
    title: str


def label_key(name: str) -> str:
    """Return what a name is looked up by: capital letters and the width of spaces make no difference.

    >>> label_key(" To  Publish")
    'to publish'
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def newest(session: Session, articles: Sequence[str]) -> list[Newest]:
    """Return the newest revisions of these articles; missing ones are left out."""
    chosen = select(col(ArticleRow.id), col(Revision.id), col(Revision.number), col(Revision.title)).join(
        Revision,
        (col(Revision.article) == col(ArticleRow.id)) & (col(Revision.number) == col(ArticleRow.newest)),
    )
    rows = session.execute(chosen.where(col(ArticleRow.id).in_(articles)).order_by(col(ArticleRow.id)))
    return [Newest._make(row) for row in rows]


def labelled(session: Session, kind: str, key: str, articles: Sequence[str]) -> set[str]:
    """Return those of these articles that have the label."""
    chosen = select(col(LabelRow.article)).where(_is(kind, key), col(LabelRow.article).in_(articles))
    return set(session.execute(chosen).scalars())


def stored_name(session: Session, kind: str, key: str) -> str | None:
    """Return how the label is written, if any article has it."""
    return session.execute(select(col(LabelRow.name)).where(_is(kind, key)).limit(1)).scalar()


def remove(session: Session, kind: str, key: str, articles: Sequence[str]) -> None:
    """Take the label off these articles."""
    session.execute(delete(LabelRow).where(_is(kind, key), col(LabelRow.article).in_(articles)))


def label_counts(session: Session, most: int, articles: Sequence[str] | None = None) -> list[LabelCount]:
    """Return the labels by kind and key: all with all their articles, or those that some of ``articles`` have."""
    columns: tuple[Any, ...] = (
        col(LabelRow.kind),
        col(LabelRow.key),
        func.min(col(LabelRow.name)),
        func.count(),
    )
    chosen = select(*columns).group_by(col(LabelRow.kind), col(LabelRow.key))
    if articles is not None:
        chosen = chosen.where(col(LabelRow.article).in_(articles))
    rows = session.execute(chosen.order_by(col(LabelRow.kind), col(LabelRow.key)).limit(most))
    return [LabelCount._make(row) for row in rows]


def most_of_one_article(session: Session, articles: Sequence[str]) -> int:
    """Return the largest number of labels that any one of the articles has."""
    counts = (
        select(func.count().label("count"))
        .where(col(LabelRow.article).in_(articles))
        .group_by(col(LabelRow.article))
        .subquery()
    )
    return int(session.execute(select(func.max(counts.c.count))).scalar() or 0)


def _is(kind: str, key: str) -> ColumnElement[bool]:
    return (col(LabelRow.kind) == kind) & (col(LabelRow.key) == key)


def canonical_publisher(session: Session, name: str) -> str:
    """Return the name for which this one is an alias, or the name itself."""
    chosen = select(col(PublisherAlias.canonical)).where(col(PublisherAlias.name) == name)
    return session.execute(chosen).scalar() or name


def names_of_publisher(session: Session, name: str) -> list[str]:
    """Return all names of one publisher, the one that stands for them first."""
    canonical = canonical_publisher(session, name)
    chosen = select(col(PublisherAlias.name)).where(col(PublisherAlias.canonical) == canonical)
    return [canonical, *session.execute(chosen.order_by(col(PublisherAlias.name))).scalars()]


def aliases(session: Session, most: int) -> list[tuple[str, str]]:
    """Return aliases with the names that they stand for, ordered by these names."""
    columns = col(PublisherAlias.name), col(PublisherAlias.canonical)
    rows = session.execute(select(*columns).order_by(*reversed(columns)).limit(most))
    return [(row[0], row[1]) for row in rows]


def is_stated(session: Session, name: str) -> bool:
    """Return whether some revision states this publisher."""
    chosen = select(col(Revision.id)).where(col(Revision.publisher) == name).limit(1)
    return session.execute(chosen).first() is not None


def merge_publisher(session: Session, name: str, canonical: str) -> None:
    """Make ``name``, and all its aliases, aliases of ``canonical``, which is not an alias itself."""
    session.execute(
        update(PublisherAlias).where(col(PublisherAlias.canonical) == name).values(canonical=canonical)
    )
    session.execute(delete(PublisherAlias).where(col(PublisherAlias.name) == name))
    session.add(PublisherAlias(name=name, canonical=canonical))
    session.flush()


def part_publisher(session: Session, name: str) -> bool:
    """Make a name no alias any more; return whether it was one."""
    gone = delete(PublisherAlias).where(col(PublisherAlias.name) == name).returning(col(PublisherAlias.name))
    return session.execute(gone).first() is not None


def is_publisher(column: Any, name: str) -> ColumnElement[bool]:
    """Return the condition that a column holds a publisher's name, or another of its names."""
    canonical = func.coalesce(
        select(col(PublisherAlias.canonical)).where(col(PublisherAlias.name) == name).scalar_subquery(), name
    )
    others = select(col(PublisherAlias.name)).where(col(PublisherAlias.canonical) == canonical)
    return or_(column == name, column == canonical, column.in_(others))
