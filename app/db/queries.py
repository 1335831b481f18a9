"""What is read from the tables. Every function takes a session, and leaves its transaction to the caller."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.db.models import Article, Revision, Seeded, Shingle, StoredComparison


class EntryRow(NamedTuple):
    """A revision without its text, and when its article was added."""

    article: str
    revision: str
    number: int
    title: str
    publisher: str
    author: str
    published_on: date | None
    url: str
    added_at: datetime
    paragraphs_count: int


class Shared(NamedTuple):
    """How many word 3-grams two revisions share, and how many each has."""

    revision: str
    other: str
    shared: int
    own: int
    others: int


_NEWEST = and_(col(Revision.article) == col(Article.id), col(Revision.number) == col(Article.newest))
_NEWEST_FIRST = (col(Article.added_at).desc(), col(Article.id).desc())


def _entries(join: ColumnElement[bool]) -> Select[Any]:
    columns: Select[Any] = select(  # type: ignore[call-overload]  # sqlmodel's is typed for four columns at most
        Article.id,
        Revision.id,
        Revision.number,
        Revision.title,
        Revision.publisher,
        Revision.author,
        Revision.published_on,
        Revision.url,
        Article.added_at,
        Revision.paragraphs_count,
    )
    return columns.select_from(Article).join(Revision, join)


def _rows(session: Session, statement: Select[Any]) -> list[EntryRow]:
    return [EntryRow(*row) for row in session.execute(statement)]


def library(session: Session, offset: int, limit: int) -> list[EntryRow]:
    """The newest revisions of ``limit`` articles after the first ``offset``; the article added last comes first."""
    return _rows(session, _entries(_NEWEST).order_by(*_NEWEST_FIRST).offset(offset).limit(limit))


def articles_count(session: Session) -> int:
    """How many articles there are."""
    return session.exec(select(func.count()).select_from(Article)).one()


def all_but(session: Session, article: str) -> list[EntryRow]:
    """The newest revision of every article but ``article``; the one added last comes first."""
    return _rows(session, _entries(_NEWEST).where(col(Article.id) != article).order_by(*_NEWEST_FIRST))


def entries(session: Session, revisions: Sequence[str]) -> dict[str, EntryRow]:
    """The named revisions, those that stand, by their ids."""
    found = _entries(col(Revision.article) == col(Article.id)).where(col(Revision.id).in_(revisions))
    return {row.revision: row for row in _rows(session, found)}


def same_text(session: Session, digest: str) -> list[EntryRow]:
    """The revisions whose text has this digest; newest articles and revisions first."""
    found = _entries(col(Revision.article) == col(Article.id)).where(col(Revision.digest) == digest)
    return _rows(session, found.order_by(*_NEWEST_FIRST, col(Revision.number).desc()))


def article(session: Session, article: str) -> Article | None:
    """The article of this id."""
    return session.get(Article, article)


def revision(session: Session, article: str, number: int | None) -> Revision | None:
    """A revision of ``article``, with its text: the one of this number, or the newest."""
    statement = select(Revision).join(Article, col(Revision.article) == col(Article.id))
    wanted = col(Article.newest) if number is None else number
    return session.exec(statement.where(Article.id == article, Revision.number == wanted)).first()


def revisions(session: Session, ids: Sequence[str]) -> dict[str, Revision]:
    """The named revisions with their texts, by their ids."""
    return {row.id: row for row in session.exec(select(Revision).where(col(Revision.id).in_(ids)))}


def numbers(session: Session, article: str) -> list[tuple[int, datetime]]:
    """The numbers of an article's revisions, rising, and when each was saved."""
    statement = select(Revision.number, Revision.saved_at).where(Revision.article == article)
    return [(number, saved_at) for number, saved_at in session.exec(statement.order_by(col(Revision.number)))]


def shared(session: Session, revisions: Sequence[str], floor: float) -> list[Shared]:
    """Pairs of a named revision and another whose common 3-grams are at least ``floor`` of either's.

    One query for all. Only newest revisions have 3-grams stored, so only they are found.
    """
    mine, others = aliased(Shingle), aliased(Shingle)
    pairs = (
        select(col(mine.revision), col(others.revision).label("other"), func.count().label("shared"))
        .join(others, and_(col(others.hash) == col(mine.hash), col(others.revision) != col(mine.revision)))
        .where(col(mine.revision).in_(revisions))
        .group_by(col(mine.revision), col(others.revision))
        .subquery()
    )
    own, theirs = aliased(Revision), aliased(Revision)
    statement = (
        select(pairs.c.revision, pairs.c.other, pairs.c.shared, own.shingles, theirs.shingles)  # type: ignore[call-overload]  # as above
        .join(own, col(own.id) == pairs.c.revision)
        .join(theirs, col(theirs.id) == pairs.c.other)
        .where(or_(pairs.c.shared >= floor * own.shingles, pairs.c.shared >= floor * theirs.shingles))
    )
    return [Shared(*row) for row in session.execute(statement)]


def comparison(session: Session, base: str, witness: str, engine: str | None) -> StoredComparison | None:
    """The document stored first for the pair; with ``engine``, the one that this engine made."""
    statement = select(StoredComparison).where(_of_pair(base, witness, engine))
    return session.exec(statement.order_by(col(StoredComparison.id)).limit(1)).first()


def comparison_digest(session: Session, base: str, witness: str, engine: str | None) -> str | None:
    """The digest of what ``comparison`` would find, without the document."""
    statement = select(StoredComparison.digest).where(_of_pair(base, witness, engine))
    return session.exec(statement.order_by(col(StoredComparison.id)).limit(1)).first()


def _of_pair(base: str, witness: str, engine: str | None) -> ColumnElement[bool]:
    pair = and_(col(StoredComparison.base) == base, col(StoredComparison.witness) == witness)
    return pair if engine is None else and_(pair, col(StoredComparison.engine) == engine)


def comparisons_of(session: Session, article: str) -> list[tuple[str, str]]:
    """The pairs (base, witness) of revisions with a stored comparison in which a revision of ``article`` stands."""
    own = select(Revision.id).where(Revision.article == article).scalar_subquery()
    statement = (
        select(StoredComparison.base, StoredComparison.witness)
        .where(or_(col(StoredComparison.base).in_(own), col(StoredComparison.witness).in_(own)))
        .group_by(col(StoredComparison.base), col(StoredComparison.witness))
        .order_by(func.min(StoredComparison.id))
    )
    return [(base, witness) for base, witness in session.exec(statement)]


def seeded(session: Session) -> set[str]:
    """The manifest's entries that were ever brought in."""
    return set(session.exec(select(Seeded.id)))
