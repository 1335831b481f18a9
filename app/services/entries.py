"""What the services hand out about an article: values, never rows of a table."""

from dataclasses import dataclass
from datetime import date, datetime


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
class Alike:
    """An article that shares words with the one in question; both shares are from 0 to 1."""

    article: ArticleEntry
    contains: float
    """The share of this article's word 3-grams that the one in question contains."""
    contained: float
    """The share of the one in question that is contained in this article."""
