"""Adding, reading, editing and deleting articles. Each function is one transaction."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from app.collation.text import fingerprints
from app.collation.text import paragraphs as paragraphing
from app.db.engine.base import Database
from app.db.index import bulk_insert
from app.db.index import fingerprints as fingerprint_index
from app.db.queries import articles as article_queries
from app.db.queries import relations as relation_queries
from app.db.tables import articles as article_tables
from app.errors import EditedMeanwhileError, InvalidInputError, NotFoundError
from app.permalinks import (
    is_id,
    new_article_id,
    revision_id,
    text_digest,
)
from app.services.quotations import extract
from app.services.relations import boilerplate, boilerplate_scan, relate, story_clusters
from app.services.relations import index as indexing
from app.services.relations.candidates import VerifiedRelations
from app.services.relations.index import Signals, signals
from app.services.summaries import ArticleEntry
from app.sources import Draft

__all__ = [
    "ArticleEntry",
    "RevisionRef",
    "StoredArticle",
    "add",
    "add_found",
    "by_revision",
    "choices",
    "delete",
    "edit",
    "insert_article",
    "new_row",
    "no_article",
    "read",
    "read_in",
    "revise",
    "same_text_in",
]


@dataclass(frozen=True, slots=True)
class RevisionRef:
    """Where a revision stands."""

    article: str
    revision: str
    number: int


@dataclass(frozen=True, slots=True)
class StoredArticle(ArticleEntry):
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


def add(db: Database, draft: Draft, article: str | None = None) -> RevisionRef:
    """Store a new article with its index entry, relations and quotations; it is on the disk on return.

    ``article`` is the id it is to have, by default a random one. Raises InvalidInputError if that id is taken.
    """
    own = signals(draft.paragraphs, draft.furniture)
    return add_found(db, draft, own, relate.find_relations(db, draft, own), article)


def add_found(
    db: Database, draft: Draft, own: Signals, found: VerifiedRelations, article: str | None = None
) -> RevisionRef:
    """Do what ``add`` does, given the draft's signals and what ``relate.find_relations`` found for them."""
    # All that takes time comes before the lock; under it, only what came in meanwhile is looked at.
    said = extract.extract_quotations(draft.paragraphs, draft.furniture)
    kinds = extract.compare_with_stored(db, said)
    with db.writing() as session:
        ref = insert_article(session, draft, own, article or new_article_id(), datetime.now(UTC))
        extract.store_quotations(session, ref.revision, said, kinds)
        waiting = relate.store_relations(session, ref.article, ref.revision, found)
        grown = relate.has_grown(session, found.verification.last_serial)
    relate.relate_again(db, waiting, grown=grown)
    return ref


def insert_article(
    session: Session,
    draft: Draft,
    own: Signals,
    article: str,
    moment: datetime,
) -> RevisionRef:
    """A new article with its index, inside the caller's transaction; its relations wait for ``relate_pending``.

    ``own`` is what ``indexing.signals`` gives for the draft.
    """
    if not is_id(article):
        raise InvalidInputError("An article's id is 16 characters of a-z and 2-7.")
    if article_queries.exists(session, article):
        raise InvalidInputError(
            "An article with this id stands already.", "Edit that one, or choose another id."
        )
    row = new_row(draft, own, text_digest(draft.paragraphs), article, moment)
    bulk_insert.insert_articles(session, [row], fingerprints.VERSION)
    return RevisionRef(article, row.revision["id"], 1)


def new_row(
    draft: Draft, own: Signals, digest: str, article: str, moment: datetime, import_id: str | None = None
) -> bulk_insert.NewArticleRows:
    """A new article with its first revision, as it is stored; ``import_id`` is what an import calls it."""
    stands: dict[str, Any] = {
        "id": article,
        "added_at": moment,
        "newest": 1,
        "story": None,
        "latest": True,
        "import_id": import_id,
    }
    return bulk_insert.NewArticleRows(
        stands, _revision(draft, digest, article, 1, moment), own.prints, own.words
    )


def edit(db: Database, article: str, draft: Draft, expected: int | None = None) -> RevisionRef:
    """A new revision of the article with this text; the current one where nothing changed.

    Nothing changed where the paragraphs and all that is stated are the same: blank lines, and the line ends that a
    browser's form alters, make no revision. ``expected`` is the number of the revision that was edited: with it, of two
    edits at one moment the later raises EditedMeanwhileError and stores nothing. Raises NotFoundError.
    """
    own = signals(draft.paragraphs, draft.furniture)
    found = relate.find_relations(db, draft, own)
    said = extract.extract_quotations(draft.paragraphs, draft.furniture)
    kinds = extract.compare_with_stored(db, said)
    with db.writing() as session:
        stored = article_queries.article(session, article)
        newest = article_queries.revision(session, article, None)
        if stored is None or newest is None:
            raise no_article()
        if _stated(draft) == _stated(newest) and list(draft.paragraphs) == newest.paragraphs:
            return RevisionRef(article, newest.id, newest.number)
        if expected not in (None, newest.number):
            raise EditedMeanwhileError(newest.number)
        ref, waiting = _revise(session, stored, newest, draft, own, datetime.now(UTC))
        extract.store_quotations(session, ref.revision, said, kinds)
        waiting += relate.store_relations(session, article, ref.revision, found)
        grown = relate.has_grown(session, found.verification.last_serial)
    relate.relate_again(db, waiting, grown=grown)
    return ref


def revise(session: Session, article: str, draft: Draft, own: Signals, moment: datetime) -> RevisionRef:
    """A new revision of an article with its index, inside the caller's transaction; its relations wait.

    Raises NotFoundError.
    """
    stored = article_queries.article(session, article)
    newest = article_queries.revision(session, article, None)
    if stored is None or newest is None:
        raise no_article()
    return _revise(session, stored, newest, draft, own, moment)[0]


def delete(db: Database, article: str) -> None:
    """Remove an article, its revisions, and every comparison stored with one of them. Raises NotFoundError."""
    with db.writing() as session:
        stored = article_queries.article(session, article)
        newest = article_queries.revision(session, article, None)
        if stored is None or newest is None:
            raise no_article()
        waiting = _forget(session, article, newest)
        session.delete(stored)
    relate.relate_again(db, waiting)


def same_text_in(session: Session, draft: Draft) -> tuple[ArticleEntry, ...]:
    """Return the articles with a revision of the very same paragraphs; each once, the one added last first."""
    newest: dict[str, ArticleEntry] = {}
    for entry in article_queries.same_text(session, text_digest(draft.paragraphs)):
        newest.setdefault(entry.article, entry)
    return tuple(newest.values())


def read(db: Database, article: str, number: int | None = None) -> StoredArticle:
    """Return an article with its text: the revision of this number, or the newest. Raises NotFoundError."""
    with db.reading() as session:
        return read_in(session, article, number)


def read_in(session: Session, article: str, number: int | None = None) -> StoredArticle:
    """Return what ``read`` returns, in the caller's session."""
    if number is not None and not 0 < number < 2**31:  # beyond that it is no database's integer
        raise _no_revision()
    revision = article_queries.revision(session, article, number)
    if revision is None:
        raise no_article() if number is None else _no_revision()
    entry = article_queries.entries(session, [revision.id])[revision.id]
    numbers = tuple(article_queries.revision_numbers(session, article))
    return StoredArticle(
        **asdict(entry),
        text=revision.text,
        paragraphs=tuple(revision.paragraphs),
        headline=revision.headline,
        furniture=tuple(revision.furniture),
        newest=numbers[-1][0],
        numbers=numbers,
    )


def by_revision(db: Database, revision: str) -> ArticleEntry:
    """The entry of the revision with this id. Raises NotFoundError."""
    with db.reading() as session:
        entry = article_queries.entries(session, [revision]).get(revision)
        if entry is None:
            raise _no_revision()
        return entry


def choices(db: Database, besides: str, limit: int) -> tuple[ArticleEntry, ...]:
    """The articles but ``besides``, at most ``limit`` and the one added last first: what it can be compared with."""
    with db.reading() as session:
        return tuple(article_queries.other_entries(session, besides, limit))


def _revision(draft: Draft, digest: str, article: str, number: int, moment: datetime) -> dict[str, Any]:
    """A revision, as the columns of its table."""
    return {
        "id": revision_id(article, number, draft.paragraphs),
        "article": article,
        "number": number,
        "saved_at": moment,
        "title": draft.title,
        "publisher": draft.publisher,
        "author": draft.author,
        "published_on": draft.published_on,
        "url": draft.url,
        "text": draft.text,
        "paragraphs": list(draft.paragraphs),
        "paragraphs_count": len(draft.paragraphs),
        "headline": paragraphing.headline(draft.title, draft.paragraphs),
        "furniture": list(draft.furniture),
        "digest": digest,
    }


def _revise(
    session: Session,
    stored: article_tables.ArticleRow,
    newest: article_tables.Revision,
    draft: Draft,
    own: Signals,
    moment: datetime,
) -> tuple[RevisionRef, list[str]]:
    """The new revision, and the revisions that are to be settled since the one before is gone."""
    waiting = _forget(session, stored.id, newest)
    stored.newest = newest.number + 1
    columns = _revision(draft, text_digest(draft.paragraphs), stored.id, stored.newest, moment)
    session.add(article_tables.Revision(**columns))
    session.flush()
    indexing.index_revision(session, columns["id"], own)
    return RevisionRef(stored.id, columns["id"], stored.newest), waiting


def _forget(session: Session, article: str, newest: article_tables.Revision) -> list[str]:
    """Take an article's newest revision out of the index, of relations and stories; gives who is to be settled."""
    entry = fingerprint_index.entries(session, [newest.id]).get(newest.id)
    if entry is None:
        return []  # it waits to be indexed
    counts = boilerplate.recount_groups_without(session, entry)
    indexing.unindex_revision(session, entry, newest)
    extract.withdraw_quotations(session, newest.id)
    relation_queries.remove_relations(session, newest.id)
    story_clusters.leave_story(session, article)
    return boilerplate_scan.record_group_counts(
        session, counts, boilerplate.groups_allowed(fingerprint_index.last_serial(session))
    )


def _stated(of: Draft | article_tables.Revision) -> tuple[object, ...]:
    return of.title, of.publisher, of.author, of.published_on, of.url


def no_article() -> NotFoundError:
    """What a reader is told of an article that is not there."""
    return NotFoundError("There is no such article.", "It may have been deleted, or the link is incomplete.")


def _no_revision() -> NotFoundError:
    return NotFoundError("There is no such revision.", "It may have been deleted with its article.")
