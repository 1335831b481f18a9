"""What the services hand out about an article: values, never rows of a table."""

from dataclasses import dataclass
from datetime import date, datetime

from app.collation.relations import Relation


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """One revision of an article without its text. What is not stated is empty, or None for a date."""

    article: str
    revision: str
    number: int
    title: str
    publisher: str
    author: str
    published_on: date | None
    url: str
    added_at: datetime
    """When the article was first added, in UTC."""
    paragraphs_count: int


@dataclass(frozen=True, slots=True)
class Relative:
    """An article that is related to the one in question."""

    article: ArticleEntry
    relation: Relation
    """Told from the one in question, which is its base."""
