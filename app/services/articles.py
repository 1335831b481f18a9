"""Adding, reading, editing and deleting articles. Each function is one transaction."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert
from sqlmodel import Session

from app.collation import paragraphs as paragraphing
from app.collation.shingles import shingles
from app.db import models, queries
from app.db.engine import Database
from app.errors import EditedMeanwhileError, InvalidInputError, NotFoundError
from app.permalinks import (
    article_path,
    compare_path,
    is_id,
    new_article_id,
    revision_id,
    revision_path,
    text_digest,
)
from app.services import discovery
from app.services.entries import Alike, ArticleEntry
from app.sources import Draft

__all__ = [
    "ALIKE_SHOWN",
    "Alike",
    "Article",
    "ArticleEntry",
    "LibraryEntry",
    "LibraryPage",
    "Losses",
    "RevisionRef",
    "add",
    "by_revision",
    "choices",
    "delete",
    "edit",
    "hashed",
    "insert_article",
    "library",
    "losses",
    "read",
    "same_text",
]


ALIKE_SHOWN = 3
"""How many of the articles most like it the library tells for each: more would bury the article itself."""


@dataclass(frozen=True, slots=True)
class RevisionRef:
    """Where a revision stands."""

    article: str
    revision: str
    number: int


@dataclass(frozen=True, slots=True)
class Article(ArticleEntry):
    """One revision of an article, with its text, and which others there are."""

    text: str
    """As it was brought."""
    paragraphs: tuple[str, ...]
    headline: int | None
    furniture: tuple[int, ...]
    newest: int
    """The number of the article's newest revision."""
    numbers: tuple[tuple[int, datetime], ...]
    """Every revision's number, rising, and when it was saved (UTC)."""


@dataclass(frozen=True, slots=True)
class Losses:
    """What deleting an article takes away."""

    title: str
    revisions: int
    links: tuple[str, ...]
    """Paths that will stop working: the article, its revisions, the comparisons stored with one of them."""


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """An article in the library, and those most like it."""

    article: ArticleEntry
    alike: tuple[Alike, ...]


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """A page of the library; the article added last comes first."""

    entries: tuple[LibraryEntry, ...]
    page: int
    pages: int
    """At least 1."""
    total: int


def add(db: Database, draft: Draft, article: str | None = None) -> RevisionRef:
    """The first revision of a new article, stored with its 3-grams; on the disk when this returns.

    ``article`` names the id that it is to have (else a random one); InvalidInputError where that one stands already.
    """
    hashes = hashed(draft)  # before the lock is taken: a large text takes a second
    with db.writing() as session:
        return insert_article(session, draft, hashes, article or new_article_id(), datetime.now(UTC))


def hashed(draft: Draft) -> list[int]:
    """The draft's word 3-grams, rising; its furniture does not count, since other articles of the page share it."""
    furniture = set(draft.furniture)
    own = [paragraph for index, paragraph in enumerate(draft.paragraphs) if index not in furniture]
    return sorted(shingles(own or draft.paragraphs))


def insert_article(
    session: Session, draft: Draft, hashes: Sequence[int], article: str, moment: datetime
) -> RevisionRef:
    """What ``add`` does, inside the caller's transaction and with the draft's 3-grams as ``hashed`` gives them."""
    if not is_id(article):
        raise InvalidInputError("An article's id is 16 characters of a-z and 2-7.")
    if queries.article(session, article) is not None:
        raise InvalidInputError(
            "An article with this id stands already.", "Edit that one, or choose another id."
        )
    session.add(models.Article(id=article, added_at=moment, newest=1))
    session.flush()
    return _insert_revision(session, draft, hashes, article, 1, moment)


def edit(db: Database, article: str, draft: Draft, expected: int | None = None) -> RevisionRef:
    """A new revision of the article with this text; the current one where nothing changed.

    Nothing changed where the paragraphs and all that is stated are the same: blank lines, and the line ends that a
    browser's form alters, make no revision. ``expected`` is the number of the revision that was edited: with it, of two
    edits at one moment the later raises EditedMeanwhileError and stores nothing. Raises NotFoundError.
    """
    hashes = hashed(draft)
    with db.writing() as session:
        stored = queries.article(session, article)
        newest = queries.revision(session, article, None)
        if stored is None or newest is None:
            raise _no_article()
        if _stated(draft) == _stated(newest) and list(draft.paragraphs) == newest.paragraphs:
            return RevisionRef(article, newest.id, newest.number)
        if expected not in (None, newest.number):
            raise EditedMeanwhileError(newest.number)
        stored.newest = newest.number + 1
        discovery.forget(session, newest.id)
        return _insert_revision(session, draft, hashes, article, stored.newest, datetime.now(UTC))


def delete(db: Database, article: str) -> None:
    """Remove an article, its revisions, and every comparison stored with one of them. Raises NotFoundError."""
    with db.writing() as session:
        stored = queries.article(session, article)
        if stored is None:
            raise _no_article()
        session.delete(stored)


def losses(db: Database, article: str) -> Losses:
    """What deleting the article would take away. Raises NotFoundError."""
    with db.reading() as session:
        newest = queries.revision(session, article, None)
        if newest is None:
            raise _no_article()
        numbers = [number for number, _ in queries.numbers(session, article)]
        links = [article_path(article)]
        links += [revision_path(article, number) for number in numbers]
        links += [
            compare_path(base, witness, pins=pins)
            for base, witness, pins in queries.comparisons_of(session, article)
        ]
        return Losses(newest.title, len(numbers), tuple(links))


def same_text(db: Database, draft: Draft) -> tuple[ArticleEntry, ...]:
    """The articles one of whose revisions has the very same paragraphs; each once, the one added last first."""
    with db.reading() as session:
        found: dict[str, ArticleEntry] = {}
        for row in queries.same_text(session, text_digest(draft.paragraphs)):
            found.setdefault(row.article, ArticleEntry(*row))
        return tuple(found.values())


def library(db: Database, page: int = 1, size: int = 30) -> LibraryPage:
    """The page of this number, from 1; one beyond the last gives the last. Five queries, however many articles."""
    with db.reading() as session:
        total = queries.articles_count(session)
        pages = max(1, math.ceil(total / size))
        page = min(max(page, 1), pages)
        rows = queries.library(session, (page - 1) * size, size)
        alike = discovery.alike_each(session, [row.revision for row in rows], limit=ALIKE_SHOWN)
        entries = tuple(LibraryEntry(ArticleEntry(*row), alike[row.revision]) for row in rows)
        return LibraryPage(entries, page, pages, total)


def read(db: Database, article: str, number: int | None = None) -> Article:
    """An article with its text: the revision of this number, or the newest. Raises NotFoundError."""
    if number is not None and not 0 < number < 2**31:  # beyond that it is no database's integer
        raise _no_revision()
    with db.reading() as session:
        stored = queries.revision(session, article, number)
        if stored is None:
            raise _no_article() if number is None else _no_revision()
        row = queries.entries(session, [stored.id])[stored.id]
        numbers = tuple(queries.numbers(session, article))
        return Article(
            *row,
            text=stored.text,
            paragraphs=tuple(stored.paragraphs),
            headline=stored.headline,
            furniture=tuple(stored.furniture),
            newest=numbers[-1][0],
            numbers=numbers,
        )


def by_revision(db: Database, revision: str) -> ArticleEntry:
    """The entry of the revision with this id. Raises NotFoundError."""
    with db.reading() as session:
        row = queries.entries(session, [revision]).get(revision)
        if row is None:
            raise _no_revision()
        return ArticleEntry(*row)


def choices(db: Database, besides: str, limit: int) -> tuple[ArticleEntry, ...]:
    """The articles but ``besides``, at most ``limit`` and the one added last first: what it can be compared with."""
    with db.reading() as session:
        return tuple(ArticleEntry(*row) for row in queries.all_but(session, besides, limit))


def _insert_revision(
    session: Session, draft: Draft, hashes: Sequence[int], article: str, number: int, moment: datetime
) -> RevisionRef:
    revision = models.Revision(
        id=revision_id(article, number, draft.paragraphs),
        article=article,
        number=number,
        saved_at=moment,
        title=draft.title,
        publisher=draft.publisher,
        author=draft.author,
        published_on=draft.published_on,
        url=draft.url,
        text=draft.text,
        paragraphs=list(draft.paragraphs),
        paragraphs_count=len(draft.paragraphs),
        headline=paragraphing.headline(draft.title, draft.paragraphs),
        furniture=list(draft.furniture),
        digest=text_digest(draft.paragraphs),
        shingles=len(hashes),
    )
    session.add(revision)
    session.flush()
    if hashes:
        # By way of the table: through the class, SQLAlchemy takes twice as long, and the lock is held.
        rows = [{"hash": value, "revision": revision.id} for value in hashes]
        session.connection().execute(insert(models.Table.metadata.tables["shingle"]), rows)
        discovery.store_likenesses(session, revision.id)
    return RevisionRef(article, revision.id, number)


def _stated(of: Draft | models.Revision) -> tuple[object, ...]:
    return of.title, of.publisher, of.author, of.published_on, of.url


def _no_article() -> NotFoundError:
    return NotFoundError("There is no such article.", "It may have been deleted, or the link is incomplete.")


def _no_revision() -> NotFoundError:
    return NotFoundError("There is no such revision.", "It may have been deleted with its article.")
