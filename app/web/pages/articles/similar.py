"""Stored articles that look like a text about to be added."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.summaries import Relative
from app.web.formatting import counted
from app.web.pages.shared.numbering import listed
from app.web.pages.shared.relatives import RelativeView, look_views

MAX_PREVIEW_CHARS = 200_000
"""Characters of a text that are searched for while it is being typed: 30,000 words, and a tenth of a second."""

MAX_RELATIVES = 10
"""Stored articles that are listed."""

MAX_UNFOLDED = 3
"""Relatives shown unfolded: with more, the rest of the form would move out of sight."""


@dataclass(frozen=True, slots=True)
class LookPage:
    """What the form says about a text before it is saved."""

    lead: str
    """How many look like it, in words; empty while there is no text."""
    shown: tuple[RelativeView, ...]
    """Those that the lead counts, except for the folded ones."""
    folded: tuple[RelativeView, ...]
    more: str
    """The folded ones, in words."""
    seen: str
    """The ids of all listed, which the form sends when saving, so that they are not asked about again."""
    note: str = ""
    """Anything else about the text, such as that it cannot be read."""


def look_page(relatives: Sequence[Relative] | None, note: str = "") -> LookPage:
    """Show a text's ``relatives``, at most ``MAX_RELATIVES``; None while there is no text."""
    listed_relatives = relatives or ()
    reuse = [relative for relative in listed_relatives if relative.relation.is_reuse]
    shown = (reuse or listed_relatives)[:MAX_UNFOLDED]
    folded = [relative for relative in listed_relatives if relative not in shown]
    return LookPage(
        lead="" if relatives is None or note else lead(listed_relatives),
        shown=look_views(shown),
        folded=look_views(folded),
        more=f"and {_more(folded, alike=bool(reuse))}" if folded else "",
        seen=" ".join(relative.article.article for relative in listed_relatives),
        note=note,
    )


def lead(relatives: Sequence[Relative]) -> str:
    """Say how many stored articles look like the text, in one line."""
    reuse = sum(relative.relation.is_reuse for relative in relatives)
    if reuse:
        number = (
            f"{MAX_RELATIVES} or more stored articles"
            if reuse >= MAX_RELATIVES
            else counted(reuse, "stored article")
        )
        return f"{number} {'looks' if reuse == 1 else 'look'} like this"
    parts = _without_reuse(relatives)
    return f"No stored article looks like this{'; ' + listed(parts) if parts else ''}"


def _more(folded: Sequence[Relative], alike: bool) -> str:
    """Count the folded articles; after ``alike`` ones, those that share less are counted apart."""
    if not alike:
        return f"{len(folded)} more"
    reuse = sum(relative.relation.is_reuse for relative in folded)
    return listed([f"{reuse} more"] * bool(reuse) + _without_reuse(folded))


def _without_reuse(relatives: Sequence[Relative]) -> list[str]:
    """Count those that share no text with it, by what they share, in words."""
    quoting = sum(relative.relation.kind == "shares-quotation" for relative in relatives)
    same_story = sum(not relative.relation.is_reuse for relative in relatives) - quoting
    parts = []
    if quoting:
        parts.append(f"{quoting} {'shares' if quoting == 1 else 'share'} a quotation with it")
    if same_story:
        parts.append(f"{same_story} {'tells' if same_story == 1 else 'tell'} the same story in other words")
    return parts
