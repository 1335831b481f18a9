"""The articles that a reader ticked, to delete or to sort them together."""

from app.db.engine.base import Database
from app.errors import InvalidInputError, NotFoundError
from app.permalinks import is_id
from app.services.articles import store
from app.services.summaries import ArticleEntry
from app.web.pages.articles.trash import MAX_PICKED


def require_some(ticked: list[str], done: str) -> None:
    """Raise InvalidInputError unless there are some, and not too many for one request; ``done`` is "deleted" or so."""
    if not ticked:
        raise InvalidInputError("No article was ticked.", f"Go back and tick those that are to be {done}.")
    if len(ticked) > MAX_PICKED:
        raise InvalidInputError(
            f"{len(ticked):,} articles were ticked; at most {MAX_PICKED} are {done} at once.",
            f"Nothing was {done}. Do it in several steps.",
        )


def ticked_articles(db: Database, revisions: list[str]) -> list[ArticleEntry]:
    """Return the articles of ``revisions``, each once, without those that are gone; NotFoundError if all are."""
    entries: dict[str, ArticleEntry] = {}
    for revision in revisions:
        try:
            entry = store.by_revision(db, revision) if is_id(revision) else None
        except NotFoundError:
            continue
        if entry:
            entries.setdefault(entry.article, entry)
    if not entries:
        raise NotFoundError(
            "None of these articles is here any more.", "Go back, reload the page, and tick again."
        )
    return list(entries.values())
