"""What is stored already that looks like a text which is about to be added."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.summaries import Relative
from app.web.formatting import counted
from app.web.pages.shared.numbering import listed
from app.web.pages.shared.relatives import RelativeView, look_views

LOOKED_AT = 200_000
"""Characters of a text that are looked at while it is typed: 30,000 words, and a tenth of a second."""

LISTED = 10
"""Stored articles that are listed."""


SHOWN = 3
"""Of these, those that stand open: with more, the rest of the form would move out of sight."""


@dataclass(frozen=True, slots=True)
class LookPage:
    """What the form shows of a text before it is saved."""

    lead: str
    """How many look like it, in words; empty while there is no text."""
    shown: tuple[RelativeView, ...]
    """As many as the lead counts, but for those that do not stand open."""
    folded: tuple[RelativeView, ...]
    more: str
    """What is folded, in words."""
    seen: str
    """The ids of those listed, which the form sends when it is saved: what was seen is not asked about again."""
    note: str = ""
    """What else is to be said of the text, such as that it cannot be read."""


def look_page(relatives: Sequence[Relative] | None, note: str = "") -> LookPage:
    """What a text's ``relatives``, at most ``LISTED``, tell the reader who brought it; None while there is no text."""
    found = relatives or ()
    reuse = [one for one in found if one.relation.is_reuse]
    shown = (reuse or found)[:SHOWN]
    folded = [one for one in found if one not in shown]
    return LookPage(
        lead="" if relatives is None or note else lead(found),
        shown=look_views(shown),
        folded=look_views(folded),
        more=f"and {_more(folded, alike=bool(reuse))}" if folded else "",
        seen=" ".join(one.article.article for one in found),
        note=note,
    )


def lead(relatives: Sequence[Relative]) -> str:
    """How many stored articles look like the text, in one line."""
    reuse = sum(one.relation.is_reuse for one in relatives)
    if reuse:
        number = f"{LISTED} or more stored articles" if reuse >= LISTED else counted(reuse, "stored article")
        return f"{number} {'looks' if reuse == 1 else 'look'} like this"
    parts = _otherwise(relatives)
    return f"No stored article looks like this{'; ' + listed(parts) if parts else ''}"


def _more(folded: Sequence[Relative], alike: bool) -> str:
    """What is not shown at once: where ``alike`` articles are, what shares less is told apart from further ones."""
    if not alike:
        return f"{len(folded)} more"
    reuse = sum(one.relation.is_reuse for one in folded)
    return listed([f"{reuse} more"] * bool(reuse) + _otherwise(folded))


def _otherwise(relatives: Sequence[Relative]) -> list[str]:
    """How many share no text with it, and what they share, in words."""
    quoting = sum(one.relation.kind == "shares-quotation" for one in relatives)
    telling = sum(not one.relation.is_reuse for one in relatives) - quoting
    parts = []
    if quoting:
        parts.append(f"{quoting} {'shares' if quoting == 1 else 'share'} a quotation with it")
    if telling:
        parts.append(f"{telling} {'tells' if telling == 1 else 'tell'} the same story in other words")
    return parts
