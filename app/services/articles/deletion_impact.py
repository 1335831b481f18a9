"""What would be lost with an article, for the warning before it is deleted."""

from dataclasses import dataclass

from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import notes as note_queries
from app.db.queries import quotations as quotation_queries
from app.permalinks import article_path, compare_path, quotation_path, revision_path, story_path
from app.services.articles.store import newest_in
from app.services.relations import story_clusters


@dataclass(frozen=True, slots=True)
class Losses:
    """What deleting an article takes away."""

    title: str
    revisions: int
    links: tuple[str, ...]
    """Paths that will stop working: the article, the story under its id, its revisions, the comparisons stored with one
    of them, and its quotations."""
    notes: int
    """Editors' notes on it and on comparisons with it."""
    story: tuple[int, ...]
    """Numbers of articles in the parts that remain of its story, the largest first; empty for a single article."""


def assess(db: Database, article: str) -> Losses:
    """Return what deleting the article would take away. Raises NotFoundError."""
    with db.reading() as session:
        row, newest = newest_in(session, article)
        numbers = [number for number, _ in article_queries.revision_numbers(session, article)]
        links = [article_path(article), story_path(article)]
        links += [revision_path(article, number) for number in numbers]
        links += [
            compare_path(base, witness, pins=pins)
            for base, witness, pins in article_queries.comparisons_of(session, article)
        ]
        links += map(quotation_path, quotation_queries.ids_of_article(session, article))
        parts = story_clusters.components(session, row.story, besides=article) if row.story else []
        sizes = tuple(sorted(map(len, parts), reverse=True))
        notes = note_queries.count_of_article(session, article)
        return Losses(newest.title, len(numbers), tuple(links), notes, sizes)
