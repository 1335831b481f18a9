"""What a share picture of a comparison, a row or a finding says."""

from datetime import date

from app.collation.document import row_text
from app.collation.model import Comparison, Row, Side
from app.collation.shared_figures import relation_of
from app.errors import NotFoundError
from app.web import formatting
from app.web.pages.comparison.summary import summary_view
from app.web.pages.comparison.verdict import verdict
from app.web.pages.findings.cards import cards_view
from app.web.pages.pictures.drawing import Picture, SidePicture, Words
from app.web.pages.shared import numbering
from app.web.pages.shared.paging import part_starts
from app.web.pages.table.comparison_view import ComparisonView, Places
from app.web.pages.table.diff_segments import Segment
from app.web.pages.table.row_findings import excerpt_of
from app.web.pages.table.rows import Rows, row_opening, says

MAX_OPENING_WORDS = 24


def picture_of(
    comparison: Comparison, row: int | None = None, finding: int | None = None, speaker: str = ""
) -> Picture:
    """Return the picture of a comparison, of its row ``row``, or of finding ``finding`` in that row, both from 1.

    A comparison shows its most serious finding under its verdict. Raises NotFoundError for what is not there.
    """
    maker = Rows(comparison, Places("", ComparisonView(), 1, 0, part_starts(comparison)))
    if row is None:
        return _of_comparison(comparison, maker)
    rows = comparison.collation.rows
    if not 1 <= row <= len(rows) or (finding is not None and not 1 <= finding <= len(rows[row - 1].findings)):
        raise NotFoundError(
            "There is no such picture.", "Its address names a row or a finding that is not there."
        )
    if finding is not None:
        return _of_finding(maker, rows[row - 1], finding, speaker)
    return _of_row(maker, rows[row - 1])


def _of_comparison(comparison: Comparison, maker: Rows) -> Picture:
    relation = relation_of(comparison, None)
    words = verdict(comparison, relation, summary_view(comparison, relation))
    heading = f"{words.says}, {words.reversed}" if words.reversed else words.says
    for card in cards_view(comparison, maker).open[:1]:
        row = next(
            row for row in comparison.collation.rows if card.finding.anchor.startswith(f"row-{row.number}-")
        )
        inside = _of_finding(maker, row, card.finding.number, "")
        if inside.sides:
            return Picture(heading, "", True, inside.sides)
    titles = [
        _side(letter, side, "", _plain(side.title or "Untitled")) for letter, side in _letters(comparison)
    ]
    return Picture(heading, "", False, tuple(titles))


def _of_finding(maker: Rows, row: Row, number: int, speaker: str) -> Picture:
    comparison, finding = maker.comparison, row.findings[number - 1]
    base, witness = row_text(comparison.base, row.base), row_text(comparison.witness, row.witness)
    excerpt = excerpt_of(row, finding, base, witness)
    heading = maker.finding(row, number).title
    if excerpt is None:
        of_row = _of_row(maker, row)
        return Picture(heading, speaker, True, of_row.sides)
    sides = [
        _side(letter, side, _place(maker, row, letter), _marked(words))
        for (letter, side), words in zip(_letters(comparison), (excerpt.base, excerpt.witness), strict=True)
    ]
    return Picture(heading, speaker, True, tuple(sides))


def _of_row(maker: Rows, row: Row) -> Picture:
    comparison = maker.comparison
    texts = row_text(comparison.base, row.base), row_text(comparison.witness, row.witness)
    sides = [
        _side(
            letter, side, _place(maker, row, letter), _plain(row_opening(text, MAX_OPENING_WORDS, 200) or "—")
        )
        for (letter, side), text in zip(_letters(comparison), texts, strict=True)
    ]
    place = maker.short_place(row)
    return Picture(f"{place}, {says(row, comparison.base, comparison.witness)}", "", False, tuple(sides))


def _letters(comparison: Comparison) -> tuple[tuple[str, Side], tuple[str, Side]]:
    return ("A", comparison.base), ("B", comparison.witness)


def _place(maker: Rows, row: Row, letter: str) -> str:
    indices, numbers = (
        (row.base, maker.base_numbers) if letter == "A" else (row.witness, maker.witness_numbers)
    )
    return numbering.in_signs([numbers[index] for index in indices]) if indices else ""


def _side(letter: str, side: Side, place: str, words: Words) -> SidePicture:
    day = formatting.day(date.fromisoformat(side.published_on) if side.published_on else None)
    publisher = side.publisher or f"Publisher {formatting.NOT_STATED}"
    return SidePicture(letter, publisher, day, place, words)


def _plain(text: str) -> Words:
    return ((text, False),)


def _marked(segments: tuple[Segment, ...]) -> Words:
    """Return segments grouped into runs, each with whether it differs."""
    return tuple((part.text, bool(part.tag)) for part in segments)
