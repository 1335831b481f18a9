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


def entry_view(entry: ArticleEntry, *, names_extras: bool = False) -> EntryView:
    """Return ``entry`` in the words of the pages; with ``names_extras``, how many lines are page extras is said too."""
    return EntryView(
        path=permalinks.article_path(entry.article),
        title=entry.title,
        publisher=entry.publisher or PUBLISHER_NOT_STATED,
        day=formatting.day(entry.published_on),
        facts=(
            entry.author or f"author {formatting.NOT_STATED}",
            formatting.day(entry.published_on),
            formatting.extent(entry.numbered_count, entry.extras_count if names_extras else 0),
        ),
        added=formatting.day(entry.added_at.date()),
    )
