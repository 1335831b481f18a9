"""The page on which an editor says that an article is not the same story."""

from dataclasses import dataclass

from app import permalinks
from app.services.stories.parting import StoryPlace
from app.services.summaries import ArticleEntry
from app.web import formatting
from app.web.pages.shared.entry import EntryView, entry_view

MAX_LISTED = 30


@dataclass(frozen=True, slots=True)
class PartingPage:
    """What an article is in a story with, and what it is kept apart from."""

    entry: EntryView
    action: str
    story: str
    together: tuple[EntryView, ...]
    apart: tuple[EntryView, ...]
    more: str
    """How many further articles of the story there are, in words; empty where all are listed."""


def parting_page(place: StoryPlace) -> PartingPage:
    """Build the page for the article of ``place``."""
    more = len(place.together) - MAX_LISTED
    return PartingPage(
        entry=entry_view(place.entry),
        action=permalinks.parting_path(place.entry.article),
        story=permalinks.story_path(place.entry.article),
        together=_views(place.together),
        apart=_views(place.apart),
        more=formatting.counted(more, "more article") if more > 0 else "",
    )


def _views(entries: tuple[ArticleEntry, ...]) -> tuple[EntryView, ...]:
    return tuple(map(entry_view, entries[:MAX_LISTED]))
