"""What the services return about an article: values, never table rows."""

from dataclasses import dataclass

from app.collation.relations import Relation
from app.db.queries.articles import ArticleEntry

__all__ = ["ArticleEntry", "Relative"]


@dataclass(frozen=True, slots=True)
class Relative:
    """An article related to another."""

    article: ArticleEntry
    relation: Relation
    """As seen from the other, which is its base."""
