"""What an old link shows once an article that it led to was deleted."""

from dataclasses import dataclass

from app import permalinks
from app.services.articles.tombstones import OldLink, Tombstone
from app.services.summaries import ArticleEntry
from app.web import formatting
from app.web.pages.shared.entry import PUBLISHER_NOT_STATED

_LED_TO = {
    "compare": "This link compared two texts, and not both are here any more",
    "quotations": "The article with this quotation was deleted",
    "notes": "The article that this note is about was deleted",
    "captures": "The article that this capture belongs to was deleted",
    "evidence": "This evidence file compared two texts, and not both are here any more",
    "stories": "The article that this story is named after was deleted",
}
"""What to say of a link, by the first part of its path."""


@dataclass(frozen=True, slots=True)
class OldText:
    """One of the texts that the link led to."""

    title: str
    publisher: str
    published: str
    path: str
    """Where it is; empty if it was deleted."""
    deleted: str
    """When it was deleted, in words; empty if it is here."""
    who: str
    """Who deleted it, in words, for editors; else empty."""
    in_trash: str
    """The address of its page in the trash, for editors; empty if it is not there."""
    purged: str
    """When it was removed from the trash, for editors; else empty."""
    story: str
    """The address of what is left of its story; empty if nothing is known of it."""


@dataclass(frozen=True, slots=True)
class TombstonePage:
    """A link to a deleted text."""

    heading: str
    message: str
    texts: tuple[OldText, ...]


def tombstone_page(link: OldLink, path: str, *, is_editor: bool) -> TombstonePage:
    """Build the page for a link with this ``path``; who deleted a text is for editors."""
    return TombstonePage(
        heading="This comparison is gone" if _kind(path) == "compare" else "This was deleted",
        message=_message(link, path),
        texts=tuple(
            _deleted(text, is_editor=is_editor) if isinstance(text, Tombstone) else _present(text)
            for text in link.texts
        ),
    )


def said_of(link: OldLink, path: str) -> tuple[str, str]:
    """Return what happened to a link's texts in two sentences, for where there is no page."""
    gone = "; ".join(
        f"“{text.title}” ({text.publisher or PUBLISHER_NOT_STATED}) was deleted on {formatting.day(text.deleted_at)}"
        for text in link.deleted
    )
    return f"{_message(link, path)}.", f"{gone}."


def tombstone_json(link: OldLink) -> list[dict[str, object]]:
    """Return the texts of a link as JSON: what each was called, and when it was deleted."""
    return [
        {
            "article": text.article,
            "title": text.title,
            "publisher": text.publisher,
            "deleted_at": text.deleted_at.isoformat() if isinstance(text, Tombstone) else None,
        }
        for text in link.texts
    ]


def _kind(path: str) -> str:
    kind = path.removeprefix("/api").removeprefix("/v1").split("/")[1]
    return "compare" if kind == "comparisons" else kind


def _message(link: OldLink, path: str) -> str:
    if _kind(path) == "compare" and len(link.texts) == 1:
        return "This link compared two revisions of an article that was deleted"
    return _LED_TO.get(_kind(path), "This article was deleted, with all its revisions")


def _present(entry: ArticleEntry) -> OldText:
    return OldText(
        entry.title,
        entry.publisher or PUBLISHER_NOT_STATED,
        formatting.day(entry.published_on),
        permalinks.revision_path(entry.article, entry.number),
        *[""] * 5,
    )


def _deleted(text: Tombstone, *, is_editor: bool) -> OldText:
    return OldText(
        title=text.title,
        publisher=text.publisher or PUBLISHER_NOT_STATED,
        published=formatting.day(text.published_on),
        path="",
        deleted=formatting.day(text.deleted_at),
        who=(text.who or "somebody who gave no name") if is_editor else "",
        in_trash=permalinks.trash_path(text.article) if is_editor and text.is_in_trash else "",
        purged=formatting.day(text.purged_at) if is_editor and text.purged_at else "",
        story=permalinks.story_path(text.story.article) if text.story else "",
    )
