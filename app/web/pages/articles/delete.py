"""The warning before an article is deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from app import permalinks
from app.services.articles.deletion_impact import Losses
from app.web import formatting
from app.web.pages.shared.numbering import listed

MAX_LISTED_LINKS = 12
"""Links that the warning lists one by one; the rest are counted."""


@dataclass(frozen=True, slots=True)
class DeletePage:
    """The question whether to delete an article, and what would be lost with it."""

    title: str
    path: str
    goes: str
    """What is deleted with it, in words."""
    story: str
    """What becomes of its story, in words; empty if it stands alone."""
    links: tuple[str, ...]
    """Absolute links that would stop working."""
    more: str
    """How many further links there are, in words; empty if all are listed."""
    days: int
    """For how many it can be put back."""


def delete_page(article: str, losses: Losses, base_url: str, days: int) -> DeletePage:
    """Build the warning before ``article`` is deleted."""
    unlisted = len(losses.links) - MAX_LISTED_LINKS
    revisions = "its text" if losses.revisions == 1 else f"all {losses.revisions} revisions of its text"
    compared = sum(path.startswith("/compare/") for path in losses.links)
    quoted = sum(path.startswith("/quotations/") for path in losses.links)
    goes = [revisions]
    goes += [f"{formatting.counted(compared, 'comparison')} stored with it"] * bool(compared)
    goes += [f"the pages of {formatting.counted(quoted, 'quotation')} in it"] * bool(quoted)
    notes = formatting.counted(losses.notes, "note")
    goes += [f"{notes} by editors on it or on comparisons with it"] * bool(losses.notes)
    return DeletePage(
        title=losses.title,
        path=permalinks.article_path(article),
        goes=listed(goes),
        story=_story(losses.story),
        links=tuple(base_url + path for path in losses.links[:MAX_LISTED_LINKS]),
        more=formatting.counted(unlisted, "further link") if unlisted > 0 else "",
        days=days,
    )


def _story(parts: Sequence[int]) -> str:
    """Say what becomes of a story that splits into parts of these sizes without the deleted article.

    >>> _story((3,)), _story((1,))
    ('The story keeps its 3 other articles.', 'Its story is left with one article.')
    >>> _story((3, 1, 1)).partition(": ")[2]
    'only this article joins the others. They become a story of 3 articles and 2 that stand alone.'
    """
    if not parts:
        return ""
    if len(parts) == 1:
        if parts[0] == 1:
            return "Its story is left with one article."
        return f"The story keeps its {parts[0]} other articles."
    stories = [f"a story of {count} articles" for count in parts if count > 1]
    alone = sum(count == 1 for count in parts)
    left = listed(
        [*stories, *([f"{alone} that {'stands' if alone == 1 else 'stand'} alone"] if alone else [])]
    )
    return f"Its story falls apart: only this article joins the others. They become {left}."
