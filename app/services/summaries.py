"""What the services hand out about an article: values, never rows of a table."""

from dataclasses import dataclass

from app.collation.relations import Relation
from app.db.queries.articles import ArticleEntry

__all__ = ["ArticleEntry", "Relative"]


@dataclass(frozen=True, slots=True)
class Relative:
    """An article that is related to the one in question."""

    article: ArticleEntry
    relation: Relation
    """Told from the one in question, which is its base."""
