"""What the page shows that warns before an article is deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from app import permalinks
from app.services.articles.deletion_impact import Losses
from app.web import formatting
from app.web.pages.shared.numbering import listed

SHOWN_LINKS = 12
"""Links that the warning lists one by one; of the rest it gives the number."""


@dataclass(frozen=True, slots=True)
class DeletePage:
    """The question whether an article is to be deleted, and what would be lost with it."""

    title: str
    path: str
    goes: str
    """What goes with it, in words."""
    story: str
    """What becomes of its story, in words; empty where it stands alone."""
    links: tuple[str, ...]
    """Absolute links that would stop working."""
    more: str
    """How many further links; empty where all are listed."""


def delete_page(article: str, losses: Losses, base_url: str) -> DeletePage:
    """The warning before ``article`` is deleted."""
    left_out = len(losses.links) - SHOWN_LINKS
    revisions = "its text" if losses.revisions == 1 else f"all {losses.revisions} revisions of its text"
    compared = sum(path.startswith("/compare/") for path in losses.links)
    quoted = sum(path.startswith("/quotations/") for path in losses.links)
    goes = [revisions]
    goes += [f"{formatting.counted(compared, 'comparison')} stored with it"] * bool(compared)
    goes += [f"the pages of {formatting.counted(quoted, 'quotation')} in it"] * bool(quoted)
    return DeletePage(
        title=losses.title,
        path=permalinks.article_path(article),
        goes=listed(goes),
        story=_story(losses.story),
        links=tuple(base_url + path for path in losses.links[:SHOWN_LINKS]),
        more=f"{formatting.counted(left_out, 'further link')}" if left_out > 0 else "",
    )


def _story(parts: Sequence[int]) -> str:
    """What becomes of a story of which so many articles hang together without the one that is deleted.

    >>> _story((3,)), _story((1,))
    ('Its story goes on with the 3 other articles.', 'Of its story one article is left, which then stands alone.')
    >>> _story((3, 1, 1)).partition(": ")[2]
    'only this article joins the others. They become a story of 3 articles and 2 that stand alone.'
    """
    if not parts:
        return ""
    if len(parts) == 1:
        if parts[0] == 1:
            return "Of its story one article is left, which then stands alone."
        return f"Its story goes on with the {parts[0]} other articles."
    stories = [f"a story of {count} articles" for count in parts if count > 1]
    alone = sum(count == 1 for count in parts)
    left = listed(
        [*stories, *([f"{alone} that {'stands' if alone == 1 else 'stand'} alone"] if alone else [])]
    )
    return f"Its story falls apart: only this article joins the others. They become {left}."
