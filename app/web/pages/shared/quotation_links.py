"""The quotations in a text and in a comparison, each with a link to its page."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.model import Comparison, Finding, Row
from app.collation.text import normalization
from app.permalinks import quotation_at_path, quotation_path
from app.services.quotations.versions import ArticleQuotation
from app.web import formatting


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a paragraph's text: a quotation or a part of one, or what stands beside them."""

    text: str
    is_quoted: bool = False
    anchor: str = ""
    """The fragment that names the quotation; empty beside quotations, and in its further parts."""
    path: str = ""
    """Its page."""
    link: str = ""
    """The same where the link stands: behind its last part."""
    says: str = ""
    """How many articles carry it, where others do."""
    reworded: bool = False


def pieces_of(paragraphs: Sequence[str], marked: Sequence[ArticleQuotation]) -> dict[int, tuple[Piece, ...]]:
    """The paragraphs that hold quotations, by their places, cut where these begin and end; the pieces rejoin to them.

    >>> one = ArticleQuotation("a" * 16, ((0, 4, 9), (0, 15, 19)), 3, False)
    >>> [(piece.text, piece.says) for piece in pieces_of(["He: “Yes” said “no”"], [one])[0]]
    [('He: ', ''), ('“Yes”', '3 articles'), (' said ', ''), ('“no”', '3 articles')]
    """
    spans: dict[int, list[tuple[int, int, Piece]]] = {}
    for one in marked:
        path = quotation_path(one.id)
        says = formatting.counted(one.articles, "article") if one.articles > 1 else ""
        for number, (paragraph, start, end) in enumerate(one.places, 1):
            piece = Piece(
                paragraphs[paragraph][start:end],
                is_quoted=True,
                anchor=f"q-{one.id}" if number == 1 else "",
                path=path,
                link=path if number == len(one.places) else "",
                says=f"{says}, reworded" if one.reworded else says,
                reworded=one.reworded,
            )
            spans.setdefault(paragraph, []).append((start, end, piece))
    return {index: tuple(_cut(paragraphs[index], found)) for index, found in spans.items()}


def quotation_link(comparison: Comparison, row: Row, found: Finding) -> str:
    """The way to all versions of the quotation that ``found`` is about: the base's, or the witness's alone.

    Empty for a finding of another kind, where it does not begin with a quotation mark, and for the page's furniture,
    whose quotations have no page.
    """
    if found.kind != "quotation":
        return ""
    sides = (comparison.base, row.base, found.base[0]), (comparison.witness, row.witness, found.witness[0])
    for side, indices, place in sides:
        at = place
        for index in indices:
            paragraph = side.paragraphs[index]
            if at < len(paragraph):
                if paragraph[at] in normalization.QUOTES and index not in side.furniture:
                    return quotation_at_path(side.revision, index, at)
                break
            at -= len(paragraph) + 1
    return ""


def _cut(text: str, found: Sequence[tuple[int, int, Piece]]) -> list[Piece]:
    made: list[Piece] = []
    at = 0
    for start, end, piece in sorted(found, key=lambda one: one[:2]):
        if at < start:
            made.append(Piece(text[at:start]))
        made.append(piece)
        at = end
    return [*made, Piece(text[at:])] if at < len(text) else made
