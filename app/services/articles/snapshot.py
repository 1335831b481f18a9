"""All that an article's page shows, as one moment saw it."""

from dataclasses import dataclass, field

from sqlmodel import Session

from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.services import notes
from app.services.articles import labels, search, store
from app.services.articles.labels import LabelCount
from app.services.articles.origin import Origin, origin_in
from app.services.articles.store import StoredArticle
from app.services.notes import EditorNote
from app.services.quotations import extract, versions
from app.services.quotations.versions import ArticleQuotation
from app.services.relations import relate
from app.services.relations.relate import Relatives
from app.services.summaries import ArticleEntry


@dataclass(frozen=True, slots=True)
class ArticleSnapshot:
    """One revision of an article, what it shares with others, and what it can be compared with."""

    article: StoredArticle
    relatives: Relatives
    quotations: tuple[ArticleQuotation, ...]
    choices: tuple[ArticleEntry, ...]
    """Other articles to compare it with: those that match the query, or else those added last."""
    origin: Origin = field(default_factory=Origin)
    """Where its texts came from."""
    notes: dict[int, list[EditorNote]] = field(default_factory=dict)
    """Editors' notes on its paragraphs, by index."""
    labels: tuple[LabelCount, ...] = ()
    """Its tags, and the collections that it is in."""


def snapshot(
    db: Database,
    article: str,
    number: int | None = None,
    *,
    query: str = "",
    max_choices: int,
    public_only: bool = True,
) -> ArticleSnapshot:
    """Return the revision of this number, or the newest, with all its page shows, from one read transaction.

    If its relations or quotations are pending, they are found and stored before that. Raises NotFoundError.
    """
    with db.reading() as session:
        stored = store.read_in(session, article, number)
        if not (relate.is_pending(session, stored.revision) or extract.is_pending(session, stored.revision)):
            return _with_surroundings(session, stored, query, max_choices, public_only)
    if not db.read_only:
        relate.ensure_relations(db, stored.revision)
        extract.store_if_missing(db, stored.revision)
    with db.reading() as session:
        # An edit may have made a newer revision meanwhile, so nothing of the first read is used.
        return _with_surroundings(
            session, store.read_in(session, article, number), query, max_choices, public_only
        )


def _with_surroundings(
    session: Session, article: StoredArticle, query: str, max_choices: int, public_only: bool
) -> ArticleSnapshot:
    if query:
        choices = search.by_name_in(session, query, max_choices, exclude=article.article)
    else:
        choices = tuple(article_queries.other_entries(session, article.article, max_choices))
    return ArticleSnapshot(
        article,
        relate.read_in(session, article.revision),
        versions.read_in(session, article.revision),
        choices,
        origin_in(session, article.article),
        notes.on_text_in(session, article.revision, public_only=public_only),
        labels.of_article_in(session, article.article),
    )
