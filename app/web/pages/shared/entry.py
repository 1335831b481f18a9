"""How an article is shown in a list."""

from dataclasses import dataclass

from app import permalinks
from app.services.summaries import ArticleEntry
from app.web import formatting

PUBLISHER_NOT_STATED = "Publisher not stated"


@dataclass(frozen=True, slots=True)
class EntryView:
    """An article in a few words."""

    path: str
    title: str
    publisher: str
    day: str
    """When it was published, in words."""
    facts: tuple[str, ...]
    """Author, date, number of paragraphs; missing ones are named as not stated."""
    added: str
    """The day when it was added, in words."""


def entry_view(entry: ArticleEntry, furniture: int = 0) -> EntryView:
    """Return ``entry`` in the words of the pages; ``furniture`` is the number of paragraphs that are page extras."""
    return EntryView(
        path=permalinks.article_path(entry.article),
        title=entry.title,
        publisher=entry.publisher or PUBLISHER_NOT_STATED,
        day=formatting.day(entry.published_on),
        facts=(
            entry.author or f"author {formatting.NOT_STATED}",
            formatting.day(entry.published_on),
            formatting.extent(entry.paragraphs_count, furniture),
        ),
        added=formatting.day(entry.added_at.date()),
    )
