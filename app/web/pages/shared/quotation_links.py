"""The quotations in a text and in a comparison, each with a link to its page."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.model import Comparison, Finding, Row
from app.collation.text import normalization
from app.permalinks import quotation_path
from app.services.quotations.versions import ArticleQuotation
from app.web import formatting


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a paragraph's text: a quotation or a part of one, or the text between them."""

    text: str
    is_quoted: bool = False
    anchor: str = ""
    """The fragment that names the quotation; empty beside quotations, and in its further parts."""
    path: str = ""
    """Its page."""
    link: str = ""
    """The same at the place of the link: behind its last part."""
    says: str = ""
    """How many articles carry it, where others do."""
    reworded: bool = False


def pieces_of(paragraphs: Sequence[str], marked: Sequence[ArticleQuotation]) -> dict[int, tuple[Piece, ...]]:
    """Return the paragraphs that hold quotations, by index, cut where these begin and end; the pieces rejoin to them.

    >>> quotation = ArticleQuotation("a" * 16, ((0, 4, 9), (0, 15, 19)), 3, False)
    >>> [(piece.text, piece.says) for piece in pieces_of(["He: “Yes” said “no”"], [quotation])[0]]
    [('He: ', ''), ('“Yes”', '3 articles'), (' said ', ''), ('“no”', '3 articles')]
    """
    spans: dict[int, list[tuple[int, int, Piece]]] = {}
    for quotation in marked:
        path = quotation_path(quotation.id)
        says = formatting.counted(quotation.articles, "article") if quotation.articles > 1 else ""
        for number, (paragraph, start, end) in enumerate(quotation.places, 1):
            piece = Piece(
                paragraphs[paragraph][start:end],
                is_quoted=True,
                anchor=f"q-{quotation.id}" if number == 1 else "",
                path=path,
                link=path if number == len(quotation.places) else "",
                says=f"{says}, reworded" if quotation.reworded else says,
                reworded=quotation.reworded,
            )
            spans.setdefault(paragraph, []).append((start, end, piece))
    return {
        index: tuple(_cut(paragraphs[index], spans_of_paragraph))
        for index, spans_of_paragraph in spans.items()
    }


def quotation_place(comparison: Comparison, row: Row, finding: Finding) -> tuple[str, int, int] | None:
    """Return revision, paragraph and code point (both from 0) of a finding's quotation: the base's, or else the
    witness's.

    None for a finding of another kind, where it does not begin with a quotation mark, and for page extras, whose
    quotations have no page.
    """
    if finding.kind != "quotation":
        return None
    sides = (
        (comparison.base, row.base, finding.base[0]),
        (comparison.witness, row.witness, finding.witness[0]),
    )
    for side, indices, place in sides:
        at = place
        for index in indices:
            paragraph = side.paragraphs[index]
            if at < len(paragraph):
                if paragraph[at] in normalization.QUOTES and index not in side.furniture:
                    return side.revision, index, at
                break
            at -= len(paragraph) + 1
    return None


def _cut(text: str, quoted: Sequence[tuple[int, int, Piece]]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for start, end, piece in sorted(quoted, key=lambda span: span[:2]):
        if at < start:
            pieces.append(Piece(text[at:start]))
        pieces.append(piece)
        at = end
    return [*pieces, Piece(text[at:])] if at < len(text) else pieces
