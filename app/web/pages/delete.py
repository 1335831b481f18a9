"""What the page shows that warns before an article is deleted."""

from dataclasses import dataclass

from app import permalinks
from app.services.articles import Losses
from app.web import wording

SHOWN_LINKS = 12
"""Links that the warning lists one by one; of the rest it gives the number."""


@dataclass(frozen=True, slots=True)
class DeletePage:
    """The question whether an article is to be deleted, and what would be lost with it."""

    title: str
    path: str
    revisions: str
    links: tuple[str, ...]
    """Absolute links that would stop working."""
    more: str
    """How many further links; empty where all are listed."""


def delete_page(article: str, losses: Losses, base_url: str) -> DeletePage:
    """The warning before ``article`` is deleted."""
    left_out = len(losses.links) - SHOWN_LINKS
    return DeletePage(
        title=losses.title,
        path=permalinks.article_path(article),
        revisions="its text" if losses.revisions == 1 else f"all {losses.revisions} revisions of its text",
        links=tuple(base_url + path for path in losses.links[:SHOWN_LINKS]),
        more=f"{wording.counted(left_out, 'further link')}" if left_out > 0 else "",
    )
