"""Add, read and edit articles.

A function that takes a database runs transactions of its own; one that takes a session runs inside the caller's.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from app.collation.discovery import copies
from app.collation.discovery.signals import Signals
from app.collation.text import fingerprints, paragraphs
from app.db.engine.base import Database
from app.db.index import bulk_insert
from app.db.index import fingerprints as fingerprint_index
from app.db.queries import articles as article_queries
from app.db.queries import desk
from app.db.queries import relations as relation_queries
from app.db.tables.articles import ArticleRow, Revision
from app.errors import EditedMeanwhileError, InvalidInputError, NotFoundError
from app.permalinks import is_id, new_article_id, revision_id, text_digest
from app.services import edit_log, preparing
from app.services.edit_log import UNNAMED, Actor
from app.services.quotations import extract
from app.services.relations import boilerplate, boilerplate_scan, relate, story_clusters
from app.services.relations.candidates import VerifiedRelations
from app.services.relations.index import index_revision, search_columns, unindex_revision
from app.services.search.terms import SearchText
from app.services.summaries import ArticleEntry
from app.sources import Draft
from app.sources.text import is_to_come


@dataclass(frozen=True, slots=True)
class RevisionRef:
    """The ids of a revision and its article, and the revision's number."""

    article: str
    revision: str
    number: int


@dataclass(frozen=True, slots=True)
class StoredArticle(ArticleEntry):
    """One revision of an article with its text, and the numbers of all revisions."""

    text: str
    """As it was submitted."""
    paragraphs: tuple[str, ...]
    furniture: tuple[int, ...]
    newest: int
    """The number of the article's newest revision."""
    numbers: tuple[tuple[int, datetime], ...]
    """Each revision's number, in ascending order, and when it was saved (UTC)."""

    @property
    def saved_at(self) -> datetime:
        """When this revision was saved (UTC)."""
        return dict(self.numbers)[self.number]

    @property
    def is_dated_ahead(self) -> bool:
        """Whether its day of publication was in the future when this revision was saved."""
        return is_to_come(self.published_on, self.saved_at)


Beside = Callable[[Session, RevisionRef], object]
"""What else is written in the transaction that stores a revision."""


def add(
    db: Database,
    draft: Draft,
    article: str | None = None,
    *,
    actor: Actor = UNNAMED,
    beside: Beside | None = None,
) -> RevisionRef:
    """Store a new article with its index entry, relations and quotations; it is on the disk on return.

    ``article`` is the id it is to have, by default a random one; ``actor`` is who adds it, for the log. Raises
    InvalidInputError if that id is taken.
    """
    draft_signals = preparing.signals_of(draft)
    relations = relate.find_relations(db, draft, draft_signals)
    return add_found(db, draft, draft_signals, relations, article, actor=actor, beside=beside)


def add_found(
    db: Database,
    draft: Draft,
    draft_signals: Signals,
    relations: VerifiedRelations,
    article: str | None = None,
    *,
    actor: Actor = UNNAMED,
    beside: Beside | None = None,
) -> RevisionRef:
    """Do what ``add`` does, given the draft's signals and what ``relate.find_relations`` found for them."""
    # All slow work comes before the lock; under it, only articles added in the meantime are examined.
    derived = preparing.derive(draft)
    kinds = extract.compare_with_stored(db, derived.quotations)
    with db.writing() as session:
        article = article or new_article_id()
        ref = insert_article(session, draft, draft_signals, article, datetime.now(UTC), actor, derived.search)
        extract.store_quotations(session, ref.revision, derived.quotations, kinds)
        pending = relate.store_relations(session, ref.article, ref.revision, relations)
        if beside:
            beside(session, ref)
        grown = relate.has_grown(session, relations.verification.last_serial)
    relate.relate_again(db, pending, grown=grown)
    return ref


def insert_article(
    session: Session,
    draft: Draft,
    draft_signals: Signals,
    article: str,
    moment: datetime,
    actor: Actor = UNNAMED,
    search: SearchText | None = None,
) -> RevisionRef:
    """Insert a new article with its index entry and its entry in the log; its relations stay pending.

    ``draft_signals`` are the draft's signals. Raises InvalidInputError for a malformed id and for one that is taken.
    """
    if not is_id(article):
        raise InvalidInputError("An article's id is 16 characters of a-z and 2-7.")
    if article_queries.exists(session, article):
        raise InvalidInputError(
            "There is already an article with this id.", "Edit that one, or choose another id."
        )
    row = new_row(draft, draft_signals, text_digest(draft.paragraphs), article, moment, search=search)
    bulk_insert.insert_articles(session, [row], fingerprints.VERSION)
    ref = RevisionRef(article, row.revision["id"], 1)
    edit_log.record(session, [addition(actor, moment, ref, draft)])
    return ref


def addition(actor: Actor, moment: datetime, ref: RevisionRef, draft: Draft) -> dict[str, Any]:
    """Return the log's entry for a new article."""
    return edit_log.entry(
        actor,
        "add",
        moment,
        article=ref.article,
        revision=ref.revision,
        number=ref.number,
        title=draft.title,
        after=edit_log.revision_digest(draft),
    )


def new_row(
    draft: Draft,
    draft_signals: Signals,
    digest: str,
    article: str,
    moment: datetime,
    import_id: str | None = None,
    search: SearchText | None = None,
) -> bulk_insert.NewArticleRows:
    """Return a new article and its first revision as rows; ``import_id`` is the id that its import gave.

    ``search`` is what its paragraphs are searched by (``terms.of_text``), if that is known.
    """
    columns: dict[str, Any] = {
        "id": article,
        "added_at": moment,
        "newest": 1,
        "story": None,
        "latest": True,
        "import_id": import_id,
    }
    return bulk_insert.NewArticleRows(
        columns,
        _revision_columns(draft, digest, article, 1, moment),
        draft_signals.prints,
        draft_signals.words,
        search_columns(draft, search),
    )


def edit(
    db: Database,
    article: str,
    draft: Draft,
    expected: int | None = None,
    *,
    actor: Actor = UNNAMED,
    beside: Beside | None = None,
) -> RevisionRef:
    """Store this text as a new revision of the article; return the current one if nothing changed.

    Nothing changed if the paragraphs and all stated fields are the same: blank lines, and line ends altered by a
    browser's form, make no revision. ``expected`` is the number of the revision that was edited: if it is no longer the
    newest, EditedMeanwhileError is raised and nothing stored. ``actor`` is who edits, for the log.

    Raises NotFoundError.
    """
    draft_signals = preparing.signals_of(draft)
    relations = relate.find_relations(db, draft, draft_signals)
    derived = preparing.derive(draft)
    kinds = extract.compare_with_stored(db, derived.quotations)
    with db.writing() as session:
        row, newest = newest_in(session, article)
        if _stated(draft) == _stated(newest) and list(draft.paragraphs) == newest.paragraphs:
            ref = RevisionRef(article, newest.id, newest.number)
            if beside:
                beside(session, ref)
            return ref
        if expected not in (None, newest.number):
            raise EditedMeanwhileError(newest.number)
        ref, pending = _revise(
            session, row, newest, draft, draft_signals, datetime.now(UTC), actor, derived.search
        )
        extract.store_quotations(session, ref.revision, derived.quotations, kinds)
        pending += relate.store_relations(session, article, ref.revision, relations)
        if beside:
            beside(session, ref)
        grown = relate.has_grown(session, relations.verification.last_serial)
    relate.relate_again(db, pending, grown=grown)
    return ref


def revise(
    session: Session,
    article: str,
    draft: Draft,
    draft_signals: Signals,
    moment: datetime,
    actor: Actor,
    search: SearchText | None = None,
) -> RevisionRef:
    """Insert a new revision of an article with its index entry and its entry in the log; its relations stay pending.

    Raises NotFoundError.
    """
    return _revise(session, *newest_in(session, article), draft, draft_signals, moment, actor, search)[0]


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
    if number is not None and not 0 < number < 2**31:  # beyond that, no database can hold it as an integer
        raise _no_revision()
    revision = article_queries.revision(session, article, number)
    if revision is None:
        raise _no_article() if number is None else _no_revision()
    entry = article_queries.entries(session, [revision.id])[revision.id]
    numbers = tuple(article_queries.revision_numbers(session, article))
    return StoredArticle(
        **asdict(entry),
        text=revision.text,
        paragraphs=tuple(revision.paragraphs),
        furniture=tuple(revision.furniture),
        newest=numbers[-1][0],
        numbers=numbers,
    )


def newest_in(session: Session, article: str) -> tuple[ArticleRow, Revision]:
    """Return the row of an article and of its newest revision. Raises NotFoundError."""
    row = article_queries.article(session, article)
    newest = article_queries.revision(session, article, None)
    if row is None or newest is None:
        raise _no_article()
    return row, newest


def by_revision(db: Database, revision: str) -> ArticleEntry:
    """Return the entry of the revision with this id. Raises NotFoundError."""
    with db.reading() as session:
        entry = article_queries.entries(session, [revision]).get(revision)
        if entry is None:
            raise _no_revision()
        return entry


def newest(db: Database, article: str) -> ArticleEntry:
    """Return the entry of an article's newest revision, without its text. Raises NotFoundError."""
    with db.reading() as session:
        entry = article_queries.newest_entry(session, article)
        if entry is None:
            raise _no_article()
        return entry


def choices(db: Database, exclude: str, limit: int) -> tuple[ArticleEntry, ...]:
    """Return at most ``limit`` articles to compare with the article ``exclude``, the one added last first."""
    with db.reading() as session:
        return tuple(article_queries.other_entries(session, exclude, limit))


def _revision_columns(
    draft: Draft, digest: str, article: str, number: int, moment: datetime
) -> dict[str, Any]:
    """Return a revision as the columns of its table."""
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
        "headline": paragraphs.headline(draft.title, draft.paragraphs),
        "furniture": list(draft.furniture),
        "digest": digest,
    }


def _revise(
    session: Session,
    row: ArticleRow,
    newest: Revision,
    draft: Draft,
    draft_signals: Signals,
    moment: datetime,
    actor: Actor,
    search: SearchText | None,
) -> tuple[RevisionRef, list[str]]:
    """Insert a revision; return it, and the revisions to relate again since the one before it is gone."""
    pending = withdraw(session, row.id, newest)
    row.newest = newest.number + 1
    columns = _revision_columns(draft, text_digest(draft.paragraphs), row.id, row.newest, moment)
    session.add(Revision(**columns))
    session.flush()
    index_revision(session, columns["id"], draft_signals, search_columns(draft, search))
    desk.reshelve(session, [row.id], recount=True)
    change = edit_log.entry(
        actor,
        "metadata" if list(draft.paragraphs) == newest.paragraphs else "edit",
        datetime.now(UTC),  # an import may say that the revision was saved earlier
        article=row.id,
        revision=columns["id"],
        number=row.newest,
        title=draft.title,
        before=edit_log.revision_digest(newest),
        after=edit_log.revision_digest(draft),
    )
    edit_log.record(session, [change])
    return RevisionRef(row.id, columns["id"], row.newest), pending


def withdraw(session: Session, article: str, newest: Revision) -> list[str]:
    """Take an article's newest revision out of the index, relations and stories; return revisions to relate again."""
    entry = fingerprint_index.entries(session, [newest.id]).get(newest.id)
    if entry is None:
        return []  # it is still to be indexed
    counts = boilerplate.recount_groups_without(session, entry)
    unindex_revision(session, entry, newest)
    extract.withdraw_quotations(session, newest.id)
    relation_queries.remove_relations(session, newest.id)
    story_clusters.leave_story(session, article)
    return boilerplate_scan.record_group_counts(
        session, counts, copies.groups_allowed(fingerprint_index.last_serial(session))
    )


def _stated(text: Draft | Revision) -> tuple[object, ...]:
    return text.title, text.publisher, text.author, text.published_on, text.url


def _no_article() -> NotFoundError:
    return NotFoundError("There is no such article.", "It may have been deleted, or the link is incomplete.")


def _no_revision() -> NotFoundError:
    return NotFoundError("There is no such revision.", "It may have been deleted with its article.")
