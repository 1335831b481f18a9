"""Delete articles into the trash, put them back, and remove them for good.

The trash holds an article's rows, packed, in a table of its own: nothing that reads articles, revisions or comparisons
can come upon them (docs/adr/0032).
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlmodel import Session

from app.collation.relations import Relation
from app.collation.text import fingerprints
from app.db.engine.base import Database
from app.db.index import bulk_insert, unmerged_words
from app.db.index.search_expression import SearchColumns
from app.db.queries import articles as article_queries
from app.db.queries import trash as trash_queries
from app.db.queries.trash import PackedRow
from app.db.tables.articles import ArticleRow, DeletedArticle, Revision
from app.errors import EditedMeanwhileError, NotFoundError
from app.permalinks import is_id, new_article_id
from app.services import edit_log, preparing
from app.services.articles.store import newest_in, withdraw
from app.services.edit_log import TRASH, UNNAMED, Action, Actor, Known
from app.services.pages import page_key
from app.services.quotations import extract
from app.services.relations import relate, story_clusters
from app.services.relations.index import search_columns
from app.services.search import purged_words
from app.sources import Draft

PURGED_PER_TURN = 50
"""Articles that the background work removes for good at a time, each in a transaction of its own."""

MAX_EMPTIED = 300
"""Articles that one request removes for good: some seconds' work."""

MAX_CHARS_PUT_BACK = 120_000
"""Characters of the articles that one request puts back, but for the last of them: some seconds' work."""


@dataclass(frozen=True, slots=True)
class TrashedArticle:
    """An article in the trash."""

    article: str
    title: str
    publisher: str
    revisions: int
    deleted_at: datetime
    """In UTC."""
    who: str
    known: Known
    batch: str
    """Shared by those that were deleted together."""


@dataclass(frozen=True, slots=True)
class TrashListing:
    """A part of the trash, the article deleted last first."""

    articles: tuple[TrashedArticle, ...]
    count: int
    """How many there are in all."""


@dataclass(frozen=True, slots=True)
class TrashContent:
    """An article in the trash, with all that would go with it for good."""

    entry: TrashedArticle
    paragraphs: tuple[str, ...]
    """Of its newest revision."""
    captures: int
    comparisons: int
    notes: int


def delete(
    db: Database,
    article: str,
    *,
    actor: Actor = UNNAMED,
    batch: str | None = None,
    expected: int | None = None,
) -> str:
    """Put an article into the trash, with its revisions, captures, notes and every comparison stored with one of them.

    ``actor`` is who deletes it, for the log; ``batch`` is what those deleted together share, by default a new id, which
    is returned. Raises NotFoundError, and EditedMeanwhileError where the newest revision is not the ``expected`` one.
    """
    batch = batch or new_article_id()
    moment = datetime.now(UTC)
    with db.writing() as session:
        row, newest = newest_in(session, article)
        if expected not in (None, newest.number):
            raise EditedMeanwhileError(newest.number)
        digest = edit_log.revision_digest(newest)
        columns = {
            "id": article,
            "title": newest.title,
            "publisher": newest.publisher,
            "published_on": newest.published_on,
            "newest": newest.number,
            "digest": digest,
            "import_id": row.import_id,
            "heir": _heir(session, row),
            "deleted_at": moment,
            "who": actor.name,
            "known": actor.known,
            "batch": batch,
            "purged_at": None,
        }
        trash_queries.trash(session, article, columns, page_key(newest.url))
        _log(session, actor, "delete", moment, article, newest.id, newest.number, newest.title, before=digest)
        pending = withdraw(session, article, newest)
        session.delete(row)
    relate.relate_again(db, pending)
    return batch


def restore(db: Database, article: str, *, actor: Actor = UNNAMED) -> int:
    """Put an article of the trash back where it was, under its old addresses, and relate it as it was related.

    What it had with another article that is in the trash itself comes back with that one. Returns how many characters
    its text has; raises NotFoundError if it is not in the trash.
    """
    with db.reading() as session:
        _trashed(session, article)
        row, newest = _article_and_newest(session, article)
    draft = Draft(
        newest["title"],
        newest["text"],
        tuple(newest["paragraphs"]),
        newest["publisher"],
        newest["author"],
        newest["published_on"],
        newest["url"],
        tuple(newest["furniture"]),
    )
    draft_signals = preparing.signals_of(draft)
    relatives = relate.find_relations(db, draft, draft_signals)
    derived = preparing.derive(draft)
    kinds = extract.compare_with_stored(db, derived.quotations)
    with db.writing() as session:
        _trashed(session, article)
        rows = bulk_insert.NewArticleRows(
            row | {"story": None, "latest": True},
            newest,
            draft_signals.prints,
            draft_signals.words,
            search_columns(draft, derived.search),
        )
        bulk_insert.insert_articles(session, [rows], fingerprints.VERSION)
        known = _put_rows_back(session, article, newest["id"])
        extract.store_quotations(session, newest["id"], derived.quotations, kinds)
        verified = replace(relatives, relations=relatives.relations | known)
        pending = relate.store_relations(session, article, newest["id"], verified)
        after = edit_log.revision_digest(draft)
        _log(
            session,
            actor,
            "restore",
            datetime.now(UTC),
            article,
            newest["id"],
            newest["number"],
            draft.title,
            after=after,
        )
        trash_queries.forget(session, article)
        grown = relate.has_grown(session, relatives.verification.last_serial)
    relate.relate_again(db, pending, grown=grown)
    return len(draft.text)


def restore_batch(db: Database, batch: str, *, actor: Actor = UNNAMED) -> tuple[tuple[str, ...], int]:
    """Put articles back that were deleted together; return their ids, and how many are left. Raises NotFoundError."""
    with db.reading() as session:
        articles = tuple(row.id for row in trash_queries.in_batch(session, batch)) if is_id(batch) else ()
    if not articles:
        raise _not_in_trash()
    chars = count = 0
    while count < len(articles) and chars < MAX_CHARS_PUT_BACK:
        chars += restore(db, articles[count], actor=actor)
        count += 1
    return articles[:count], len(articles) - count


def purge(db: Database, article: str, *, actor: Actor = UNNAMED) -> None:
    """Remove all that the trash holds of an article. What its links were, and the log, stay.

    Raises NotFoundError if it is not in the trash.
    """
    purged_words.drop(db, _searched_texts(db, article))
    moment = datetime.now(UTC)
    with db.writing() as session:
        row = _trashed(session, article)
        _, newest = _article_and_newest(session, article)
        _log(
            session,
            actor,
            "purge",
            moment,
            article,
            newest["id"],
            row.newest,
            row.title,
            before=row.digest,
        )
        trash_queries.purge(session, article, moment)
        unmerged_words.remember(session, moment)


def _searched_texts(db: Database, article: str) -> Iterator[SearchColumns]:
    """Yield the searchable text of each revision of an article in the trash, one in memory at a time."""
    with db.reading() as session:
        _trashed(session, article)
        for packed in trash_queries.packed_rows(session, article):
            if packed.kind == "revision":
                yield search_columns(Revision(**trash_queries.values(packed)))


def purge_due(db: Database, now: datetime, days: int) -> int:
    """Remove for good what has been in the trash for ``days`` days at ``now`` (UTC), and return how many articles.

    At most ``PURGED_PER_TURN``. Setting the clock back only keeps them longer.
    """
    with db.reading() as session:
        due = trash_queries.deleted_before(session, now - timedelta(days=days), PURGED_PER_TURN)
    for article in due:
        purge(db, article, actor=TRASH)
    return len(due)


def last_deleted_at(db: Database) -> datetime | None:
    """Return when (UTC) what was deleted last was put into the trash; None if that is empty."""
    with db.reading() as session:
        return trash_queries.last_deleted_at(session)


def empty(db: Database, until: datetime, *, actor: Actor = UNNAMED) -> int:
    """Remove for good what was deleted until a moment (UTC); return how many articles, at most ``MAX_EMPTIED``.

    What was deleted later was not in the trash that the editor saw.
    """
    removed = 0
    with db.reading() as session:
        chosen = trash_queries.deleted_before(session, until + timedelta(microseconds=1), MAX_EMPTIED)
    for article in chosen:
        with suppress(NotFoundError):  # it was put back just now, or removed by somebody else
            purge(db, article, actor=actor)
            removed += 1
    return removed


def find_from_page(db: Database, address: str) -> TrashedArticle | None:
    """Return the article of the trash that came from the page at this address; of several the one deleted last."""
    key = page_key(address)
    with db.reading() as session:
        row = trash_queries.from_page(session, key) if key else None
        return _entry(row) if row else None


def list_trash(db: Database, offset: int, limit: int) -> TrashListing:
    """Return at most ``limit`` articles of the trash after ``offset``, the one deleted last first."""
    with db.reading() as session:
        rows = trash_queries.listed(session, offset, limit)
        return TrashListing(tuple(map(_entry, rows)), trash_queries.count_trashed(session))


def read_batch(db: Database, batch: str) -> tuple[TrashedArticle, ...]:
    """Return those articles deleted together that are in the trash still."""
    if not is_id(batch):
        return ()
    with db.reading() as session:
        return tuple(map(_entry, trash_queries.in_batch(session, batch)))


def read_content(db: Database, article: str) -> TrashContent:
    """Return an article of the trash and what would go with it for good. Raises NotFoundError."""
    with db.reading() as session:
        row = _trashed(session, article)
        counts = trash_queries.count_packed(session, article)
        _, newest = _article_and_newest(session, article)
    return TrashContent(
        _entry(row),
        tuple(newest["paragraphs"]),
        counts.get("capture", 0),
        counts.get("comparison", 0),
        counts.get("note", 0),
    )


def _put_rows_back(session: Session, article: str, newest: str) -> dict[str, Relation]:
    """Insert what the trash holds of an article whose newest revision is stored again; return its known relations."""
    known: dict[str, Relation] = {}
    for packed in trash_queries.packed_rows(session, article):
        if packed.kind == "article" or (packed.kind == "revision" and packed.columns["id"] == newest):
            continue
        if packed.other and not article_queries.exists(session, packed.other):
            other = trash_queries.deleted(session, packed.other)
            if other is not None and other.purged_at is None:
                trash_queries.hand_over(session, packed)
        elif packed.kind == "relation":
            other_revision, relation = _relation(packed, newest)
            known[other_revision] = relation
        elif _is_whole(session, packed):
            trash_queries.put_back(session, packed)
    return known


def _relation(packed: PackedRow, newest: str) -> tuple[str, Relation]:
    """Return a packed relation as seen from the revision ``newest``, and the other revision."""
    columns = dict(packed.columns)
    revision, other = columns.pop("revision"), columns.pop("other")
    relation = Relation(**columns)
    return (other, relation) if revision == newest else (revision, relation.swapped())


def _is_whole(session: Session, packed: PackedRow) -> bool:
    """Return whether the revisions that a packed row names are stored: the other article may have been made anew."""
    named = {packed.columns[end] for end in ("base", "witness") if packed.columns.get(end) is not None}
    return trash_queries.existing_revisions(session, named) == named


def _article_and_newest(session: Session, article: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the packed row of an article, and that of its newest revision, as columns."""
    row = trash_queries.last_packed(session, article, "article")
    newest = trash_queries.last_packed(session, article, "revision")
    return trash_queries.values(row), trash_queries.values(newest)


def _heir(session: Session, row: ArticleRow) -> str:
    """Return the first article of the largest part that is left of an article's story, the earliest of equal ones."""
    if not row.story:
        return ""
    parts = story_clusters.components(session, row.story, besides=row.id)
    ordered = [sorted(part, key=lambda member: (member.added_at, member.article)) for part in parts]
    if not ordered:
        return ""
    largest = min(ordered, key=lambda part: (-len(part), part[0].added_at, part[0].article))
    return largest[0].article


def _trashed(session: Session, article: str) -> DeletedArticle:
    row = trash_queries.deleted(session, article) if is_id(article) else None
    if row is None or row.purged_at is not None:
        raise _not_in_trash()
    return row


def _not_in_trash() -> NotFoundError:
    return NotFoundError(
        "This is not in the trash.", "It may have been put back already, or deleted for good."
    )


def _entry(row: DeletedArticle) -> TrashedArticle:
    known = cast(Known, row.known)
    return TrashedArticle(
        row.id, row.title, row.publisher, row.newest, row.deleted_at, row.who, known, row.batch
    )


def _log(
    session: Session,
    actor: Actor,
    action: Action,
    moment: datetime,
    article: str,
    revision: str,
    number: int,
    title: str,
    *,
    before: str | None = None,
    after: str | None = None,
) -> None:
    entry = edit_log.entry(
        actor,
        action,
        moment,
        article=article,
        revision=revision,
        number=number,
        title=title,
        before=before,
        after=after,
    )
    edit_log.record(session, [entry])
