"""Reads of articles, revisions and comparisons."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, or_, tuple_
from sqlalchemy import select as select_columns  # sqlmodel's own is typed for four columns at most
from sqlmodel import Session, col, select

from app.db.tables.articles import ArticleRow, Revision, RevisionChange, Seeded
from app.db.tables.base import Moment
from app.db.tables.comparisons import ComparisonRow


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """One revision of an article without its text. What is not stated is empty, or None for a date."""

    article: str
    revision: str
    number: int
    title: str
    publisher: str
    author: str
    published_on: date | None
    url: str
    added_at: datetime
    """When the article was first added, in UTC."""
    paragraphs_count: int
    """Of all, the headline and page extras among them."""
    headline: int | None
    """The index of the paragraph that repeats the title."""
    extras_count: int
    """How many paragraphs are page extras."""

    @property
    def numbered_count(self) -> int:
        """How many paragraphs have a number in the margin: neither the headline nor page extras."""
        return self.paragraphs_count - self.extras_count - (self.headline is not None)


_ENTRY_COLUMNS: dict[str, Any] = {
    "article": col(ArticleRow.id).label("article"),
    "revision": col(Revision.id).label("revision"),
    "added_at": col(ArticleRow.added_at),
    "extras_count": func.json_array_length(col(Revision.furniture)).label("extras_count"),
}
"""The columns of an ArticleEntry that have another name in the tables, or are not the revision's."""


@dataclass(frozen=True, slots=True)
class RevisionEntry:
    """A revision without its text; the fields are the table's."""

    id: str
    article: str
    number: int
    saved_at: datetime
    title: str
    publisher: str
    author: str
    published_on: date | None
    url: str
    paragraphs_count: int
    digest: str
    """SHA-256 of the paragraphs, joined by line feeds."""


_EXISTS = select_columns(col(ArticleRow.id)).where(col(ArticleRow.id) == bindparam("of"))
_PLACE = tuple_(col(ArticleRow.added_at), col(ArticleRow.id))
_NEWEST_FIRST = (col(ArticleRow.added_at).desc(), col(ArticleRow.id).desc())


def is_newest() -> ColumnElement[bool]:
    """Return the condition that a revision is its article's newest."""
    return and_(col(Revision.article) == col(ArticleRow.id), col(Revision.number) == col(ArticleRow.newest))


def entry_columns() -> tuple[Any, ...]:
    """Return the columns from which an ArticleEntry is made, in the order of its fields."""
    names = (field.name for field in fields(ArticleEntry))
    return tuple(
        _ENTRY_COLUMNS[name] if name in _ENTRY_COLUMNS else col(getattr(Revision, name)) for name in names
    )


def _entries(join: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    entries: Select[*tuple[Any, ...]] = select_columns(*entry_columns())
    return entries.select_from(ArticleRow).join(Revision, join)


def _rows(session: Session, statement: Select[*tuple[Any, ...]]) -> list[ArticleEntry]:
    return [ArticleEntry(*row) for row in session.execute(statement)]


def revision_origins(session: Session, revisions: Sequence[str]) -> dict[str, tuple[str, int, datetime]]:
    """Return for each of these revisions its article's address on the web, its number, and when it was saved."""
    columns = select_columns(
        col(Revision.id), col(Revision.url), col(Revision.number), col(Revision.saved_at)
    )
    rows = session.execute(columns.where(col(Revision.id).in_(revisions)))
    return {id: (url, number, saved_at) for id, url, number, saved_at in rows}


def import_id(session: Session, article: str) -> str | None:
    """Return what an import called an article; None if none did."""
    return session.execute(
        select_columns(col(ArticleRow.import_id)).where(col(ArticleRow.id) == article)
    ).scalar_one_or_none()


def count_articles(session: Session) -> int:
    """Count the articles."""
    return session.exec(select(func.count()).select_from(ArticleRow)).one()


def other_entries(session: Session, article: str, limit: int) -> list[ArticleEntry]:
    """Return the newest revisions of at most ``limit`` articles other than ``article``; the one added last is first."""
    others = _entries(is_newest()).where(col(ArticleRow.id) != article)
    return _rows(session, others.order_by(*_NEWEST_FIRST).limit(limit))


def place_further(
    session: Session, after: tuple[datetime, str] | None, number: int
) -> tuple[datetime, str] | None:
    """Return the place of the article that many further on, newest first; None if there are fewer."""
    places = select_columns(col(ArticleRow.added_at), col(ArticleRow.id))
    if after is not None:
        places = places.where(_place(after) > _PLACE)
    row = session.execute(places.order_by(*_NEWEST_FIRST).offset(number - 1).limit(1)).first()
    return (row[0], row[1]) if row else None


def _place(place: tuple[datetime, str]) -> ColumnElement[Any]:
    return tuple_(literal(place[0], Moment), literal(place[1]))


def listed(
    session: Session,
    limit: int,
    after: tuple[datetime, str] | None,
    publishers: Sequence[str],
    since: date | None,
    until: date | None,
    down_to: tuple[datetime, str] | None = None,
) -> list[ArticleEntry]:
    """Return the newest revisions of at most ``limit`` articles, the last added first.

    ``after`` is when the one before them was added, and its id; ``down_to`` those of the last that is looked at.
    """
    chosen = _entries(is_newest())
    if after is not None:
        chosen = chosen.where(_place(after) > _PLACE)
    if down_to is not None:
        chosen = chosen.where(_place(down_to) <= _PLACE)
    if publishers:
        chosen = chosen.where(col(Revision.publisher).in_(publishers))
    if since is not None:
        chosen = chosen.where(col(Revision.published_on) >= since)
    if until is not None:
        chosen = chosen.where(col(Revision.published_on) <= until)
    return _rows(session, chosen.order_by(*_NEWEST_FIRST).limit(limit))


def listed_revisions(session: Session, article: str, limit: int, before: int | None) -> list[RevisionEntry]:
    """Return at most ``limit`` revisions of an article, those with numbers below ``before``, the newest first."""
    columns = (col(getattr(Revision, field.name)) for field in fields(RevisionEntry))
    chosen: Select[*tuple[Any, ...]] = select_columns(*columns).where(col(Revision.article) == article)
    if before is not None:
        chosen = chosen.where(col(Revision.number) < before)
    rows = session.execute(chosen.order_by(col(Revision.number).desc()).limit(limit))
    return [RevisionEntry(*row) for row in rows]


def revision_changes(session: Session, revisions: Sequence[str]) -> dict[str, RevisionChange]:
    """Return what is stored of what these revisions changed, by revision."""
    chosen = select(RevisionChange).where(col(RevisionChange.revision).in_(revisions))
    return {row.revision: row for row in session.exec(chosen)}


def store_revision_changes(session: Session, rows: Sequence[RevisionChange]) -> None:
    """Store what revisions changed, replacing what was stored before."""
    for row in rows:
        session.merge(row)


def paragraphs_before(session: Session, article: str, number: int, limit: int) -> list[tuple[int, list[str]]]:
    """Return at most ``limit`` revisions numbered below ``number``, the newest first: numbers and paragraphs."""
    chosen = select_columns(col(Revision.number), col(Revision.paragraphs)).where(
        col(Revision.article) == article, col(Revision.number) < number
    )
    rows = session.execute(chosen.order_by(col(Revision.number).desc()).limit(limit))
    return [(row[0], row[1]) for row in rows]


def find_by_name(
    session: Session, words: Sequence[str], limit: int, recent: int, revisions: Sequence[str]
) -> list[ArticleEntry]:
    """Return the newest revisions whose title or publisher holds each of the words, ignoring case.

    SQLite ignores the case of ASCII letters only. The search covers the ``recent`` articles added last, and these
    ``revisions``; at most ``limit`` are returned, the one added last first.
    """
    matches = _entries(is_newest()).order_by(*_NEWEST_FIRST)
    for word in words:
        columns = (col(Revision.title), col(Revision.publisher))
        matches = matches.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    added = select_columns(col(ArticleRow.added_at)).order_by(*_NEWEST_FIRST)
    since = session.execute(added.offset(recent).limit(1)).scalar()
    late = matches.where(col(ArticleRow.added_at) >= since) if since else matches
    rows = _rows(session, late.limit(limit))
    if since and len(rows) < limit:
        rows += _rows(session, matches.where(col(Revision.id).in_(revisions)).limit(limit))
    by_article = {row.article: row for row in rows}
    return sorted(by_article.values(), key=lambda row: (row.added_at, row.article), reverse=True)[:limit]


def entries(session: Session, revisions: Sequence[str]) -> dict[str, ArticleEntry]:
    """Return the entries of these revisions, by revision id; missing ones are left out."""
    chosen = _entries(col(Revision.article) == col(ArticleRow.id)).where(col(Revision.id).in_(revisions))
    return {row.revision: row for row in _rows(session, chosen)}


def newest_entry(session: Session, article: str) -> ArticleEntry | None:
    """Return the newest revision of the article with this id."""
    rows = _rows(session, _entries(is_newest()).where(col(ArticleRow.id) == article))
    return rows[0] if rows else None


def same_text(session: Session, digest: str) -> list[ArticleEntry]:
    """Return the revisions whose text has this digest; newest articles and revisions first."""
    same = _entries(col(Revision.article) == col(ArticleRow.id)).where(col(Revision.digest) == digest)
    return _rows(session, same.order_by(*_NEWEST_FIRST, col(Revision.number).desc()))


def article(session: Session, article: str) -> ArticleRow | None:
    """Return the article with this id."""
    return session.get(ArticleRow, article)


def exists(session: Session, article: str) -> bool:
    """Return whether there is an article with this id."""
    return session.connection().execute(_EXISTS, {"of": article}).scalar() is not None


def revision(session: Session, article: str, number: int | None) -> Revision | None:
    """Return a revision of ``article`` with its text: the one with this number, or the newest."""
    statement = select(Revision).join(ArticleRow, col(Revision.article) == col(ArticleRow.id))
    wanted = col(ArticleRow.newest) if number is None else number
    return session.exec(statement.where(ArticleRow.id == article, Revision.number == wanted)).first()


def revisions(session: Session, ids: Sequence[str]) -> dict[str, Revision]:
    """Return these revisions with their texts, by id; missing ones are left out."""
    return {row.id: row for row in session.exec(select(Revision).where(col(Revision.id).in_(ids)))}


def lengths(session: Session, ids: Sequence[str]) -> dict[str, int]:
    """Return how long the texts of these revisions are, in code points, by id."""
    statement = select(Revision.id, func.length(Revision.text)).where(col(Revision.id).in_(ids))
    return dict(session.exec(statement).all())


def moments(session: Session, ids: Sequence[str]) -> dict[str, datetime]:
    """Return when each of these revisions was saved, by id."""
    statement = select(Revision.id, Revision.saved_at).where(col(Revision.id).in_(ids))
    return dict(session.exec(statement).all())


def revision_numbers(session: Session, article: str) -> list[tuple[int, datetime]]:
    """Return the numbers of an article's revisions, ascending, and when each was saved."""
    statement = select(Revision.number, Revision.saved_at).where(Revision.article == article)
    return [(number, saved_at) for number, saved_at in session.exec(statement.order_by(col(Revision.number)))]


def comparison(
    session: Session, base: str, witness: str, pins: str, engine: str | None
) -> ComparisonRow | None:
    """Return the document first stored for the pair and these pins; with ``engine``, the one made by that engine."""
    statement = select(ComparisonRow).where(_of_pair(base, witness, pins, engine))
    return session.exec(statement.order_by(col(ComparisonRow.id)).limit(1)).first()


def comparison_digest(session: Session, base: str, witness: str, pins: str, engine: str | None) -> str | None:
    """Return the digest of what ``comparison`` returns, without reading the document."""
    statement = select(ComparisonRow.digest).where(_of_pair(base, witness, pins, engine))
    return session.exec(statement.order_by(col(ComparisonRow.id)).limit(1)).first()


def _of_pair(base: str, witness: str, pins: str, engine: str | None) -> ColumnElement[bool]:
    pair = and_(col(ComparisonRow.base) == base, col(ComparisonRow.witness) == witness)
    pinned = and_(pair, col(ComparisonRow.pins) == pins)
    return pinned if engine is None else and_(pinned, col(ComparisonRow.engine) == engine)


def count_pinned(session: Session, base: str, witness: str) -> int:
    """Count the stored documents of the pair that were made around pins."""
    statement = select(func.count()).select_from(ComparisonRow)
    return session.exec(
        statement.where(ComparisonRow.base == base, ComparisonRow.witness == witness, ComparisonRow.pins > "")
    ).one()


def comparisons_of(session: Session, article: str) -> list[tuple[str, str, str]]:
    """Return the stored comparisons (base, witness, pins) that have a revision of ``article`` on either side."""
    revisions = select(Revision.id).where(Revision.article == article).scalar_subquery()
    statement = (
        select(ComparisonRow.base, ComparisonRow.witness, ComparisonRow.pins)
        .where(or_(col(ComparisonRow.base).in_(revisions), col(ComparisonRow.witness).in_(revisions)))
        .group_by(col(ComparisonRow.base), col(ComparisonRow.witness), col(ComparisonRow.pins))
        .order_by(func.min(ComparisonRow.id))
    )
    return [(base, witness, pins) for base, witness, pins in session.exec(statement)]


def seeded_ids(session: Session) -> set[str]:
    """Return the manifest's entries that were ever imported."""
    return set(session.exec(select(Seeded.id)))
