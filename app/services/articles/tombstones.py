"""What is still known of deleted articles, for readers who follow an old link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import edit_log as log_queries
from app.db.queries import trash as trash_queries
from app.db.tables.articles import DeletedArticle
from app.permalinks import is_id
from app.services.summaries import ArticleEntry

MAX_IDS = 12
"""Ids of one address that are looked up; an address of this program has four at most."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is known of a deleted article."""

    article: str
    title: str
    publisher: str
    published_on: date | None
    deleted_at: datetime
    """In UTC."""
    who: str
    """Who deleted it, for editors; empty if no name was given."""
    is_in_trash: bool
    """Whether it can be put back."""
    purged_at: datetime | None
    story: ArticleEntry | None
    """The first article of what is left of its story, if that is here still."""


@dataclass(frozen=True, slots=True)
class OldLink:
    """What an old link led to: one text, or several that it compared; one at least was deleted."""

    texts: tuple[Tombstone | ArticleEntry, ...]
    """In the order of the link; those that are here as their entries."""

    @property
    def deleted(self) -> tuple[Tombstone, ...]:
        """Those that were deleted."""
        return tuple(text for text in self.texts if isinstance(text, Tombstone))


def find(db: Database, ids: Sequence[str]) -> OldLink | None:
    """Return what a link with these ids led to; None unless one of them is a deleted article's, or of its parts."""
    wanted = [id for id in dict.fromkeys(ids) if is_id(id)][:MAX_IDS]
    if not wanted:
        return None
    with db.reading() as session:
        return _old_link(session, wanted)


def find_evidence(db: Database, digest: str) -> OldLink | None:
    """Return what an evidence file compared; None unless it was made here and one of its articles is deleted."""
    with db.reading() as session:
        key = trash_queries.evidence_key(digest)
        if not trash_queries.by_link(session, [key]):
            return None
        made = log_queries.of_evidence(session, digest)
        return _old_link(session, [made.revision, *filter(None, [made.witness])]) if made else None


def _old_link(session: Session, ids: Sequence[str]) -> OldLink | None:
    gone = trash_queries.by_link(session, ids)
    if not gone:
        return None
    stored = article_queries.entries(session, ids)
    texts: dict[str, Tombstone | ArticleEntry] = {}
    for id in ids:
        if id in gone:
            texts.setdefault(gone[id].id, _tombstone(session, gone[id]))
        elif id in stored:
            texts.setdefault(stored[id].article, stored[id])
    return OldLink(tuple(texts.values()))


def _tombstone(session: Session, row: DeletedArticle) -> Tombstone:
    heir = article_queries.revision(session, row.heir, None) if row.heir else None
    return Tombstone(
        article=row.id,
        title=row.title,
        publisher=row.publisher,
        published_on=row.published_on,
        deleted_at=row.deleted_at,
        who=row.who,
        is_in_trash=row.purged_at is None,
        purged_at=row.purged_at,
        story=article_queries.entries(session, [heir.id])[heir.id] if heir else None,
    )
