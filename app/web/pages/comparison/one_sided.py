"""One-sided and moved text: lists of paragraphs by their first words, with boilerplate apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.model import Comparison, Row, Side
from app.web.formatting import counted
from app.web.pages.table.rows import Rows, row_opening

MAX_PARAGRAPHS_OPEN = 40
"""Paragraphs of one list that are shown unfolded; further ones are folded."""

MAX_OPENING_WORDS, MAX_OPENING_CHARS = 14, 110
"""First words of each, and characters at most: a line of the page, two of a phone."""

MAX_PARAGRAPHS_LISTED = 400
"""Paragraphs of one list at all, some 60 kB; a link leads to the row of the next one."""


@dataclass(frozen=True, slots=True)
class OneSidedParagraph:
    """A paragraph by its first words."""

    place: str
    """Its number as it is printed beside it: "¶3", "Headline"."""
    witness_place: str
    """The witness place of a moved paragraph; else empty."""
    opening: str
    link: str
    page: str
    """The page of its row's own, which is the link to hand on."""
    repeats: str
    """The place of the row that it repeats, empty where it repeats none."""
    repeats_link: str


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """A list of paragraphs, cut at a readable length."""

    open: tuple[OneSidedParagraph, ...]
    folded: tuple[OneSidedParagraph, ...]
    count: int
    """All of them."""
    onward: str
    """The row of the first that is not listed, empty where all are."""


@dataclass(frozen=True, slots=True)
class OnlyIn:
    """The text of one side only."""

    anchor: str
    label: str
    article: Paragraphs
    furniture: Paragraphs

    @property
    def counts(self) -> str:
        """The number of paragraphs and boilerplate lines, in words; empty if there are none."""
        paragraphs = [counted(self.article.count, "paragraph")] * bool(self.article.count)
        lines = [f"{counted(self.furniture.count, 'line')} of page extras"] * bool(self.furniture.count)
        return " and ".join(paragraphs + lines)


def only_in_base(comparison: Comparison, maker: Rows) -> OnlyIn:
    """Return the paragraphs that the witness leaves out."""
    rows = [row for row in comparison.collation.rows if row.kind == "omitted"]
    return _only_in("only-in-base", comparison.base, rows, maker)


def only_in_witness(comparison: Comparison, maker: Rows) -> OnlyIn:
    """Return the paragraphs that the witness adds."""
    rows = [row for row in comparison.collation.rows if row.kind == "added"]
    return _only_in("only-in-witness", comparison.witness, rows, maker)


def moved(comparison: Comparison, maker: Rows) -> Paragraphs:
    """Return the rows at different places in the two texts, in the base's order."""
    rows = [row for row in comparison.collation.rows if row.moved]
    return _paragraphs(rows, comparison.base, maker)


def _only_in(anchor: str, side: Side, rows: Sequence[Row], maker: Rows) -> OnlyIn:
    return OnlyIn(
        anchor=anchor,
        label=side.label,
        article=_paragraphs([row for row in rows if not maker.is_furniture(row)], side, maker),
        furniture=_paragraphs([row for row in rows if maker.is_furniture(row)], side, maker),
    )


def _paragraphs(rows: Sequence[Row], side: Side, maker: Rows) -> Paragraphs:
    listed = tuple(_paragraph(row, side, maker) for row in rows[:MAX_PARAGRAPHS_LISTED])
    return Paragraphs(
        open=listed[:MAX_PARAGRAPHS_OPEN],
        folded=listed[MAX_PARAGRAPHS_OPEN:],
        count=len(rows),
        onward=maker.places.of(rows[MAX_PARAGRAPHS_LISTED].number)
        if len(rows) > MAX_PARAGRAPHS_LISTED
        else "",
    )


def _paragraph(row: Row, side: Side, maker: Rows) -> OneSidedParagraph:
    repeated = maker.comparison.collation.rows[row.repeats - 1] if row.repeats else None
    indices = row.base or row.witness
    return OneSidedParagraph(
        place=maker.short_place(row),
        witness_place=maker.witness_place(row) if row.moved else "",
        opening=row_opening(side.paragraphs[indices[0]], MAX_OPENING_WORDS, MAX_OPENING_CHARS),
        link=maker.places.of(row.number),
        page=maker.places.page(row.number),
        repeats=maker.short_place(repeated) if repeated else "",
        repeats_link=maker.places.of(repeated.number) if repeated else "",
    )
