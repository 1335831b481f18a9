"""What would be lost with an article, for the warning before it is deleted."""

from dataclasses import dataclass

from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import quotations as quotation_queries
from app.permalinks import article_path, compare_path, quotation_path, revision_path, story_path
from app.services.articles.store import no_article
from app.services.relations import story_clusters


@dataclass(frozen=True, slots=True)
class Losses:
    """What deleting an article takes away."""

    title: str
    revisions: int
    links: tuple[str, ...]
    """Paths that will stop working: the article, its story by its name, its revisions, the comparisons stored with one
    of them, and its quotations."""
    story: tuple[int, ...]
    """How many articles each part has of what is left of its story, the largest first; empty where it stands alone."""


def of(db: Database, article: str) -> Losses:
    """What deleting the article would take away. Raises NotFoundError."""
    with db.reading() as session:
        stored = article_queries.article(session, article)
        newest = article_queries.revision(session, article, None)
        if stored is None or newest is None:
            raise no_article()
        numbers = [number for number, _ in article_queries.revision_numbers(session, article)]
        links = [article_path(article), story_path(article)]
        links += [revision_path(article, number) for number in numbers]
        links += [
            compare_path(base, witness, pins=pins)
            for base, witness, pins in article_queries.comparisons_of(session, article)
        ]
        links += map(quotation_path, quotation_queries.ids_of_article(session, article))
        parts = story_clusters.components(session, stored.story, besides=article) if stored.story else []
        left = tuple(sorted(map(len, parts), reverse=True))
        return Losses(newest.title, len(numbers), tuple(links), left)
