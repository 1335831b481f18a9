"""The matrix of a story: a row per paragraph of the base, a column per article, a paragraph's fate in each cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app import permalinks
from app.collation.model import Comparison
from app.services.stories.matrix import Matrix, MatrixCell, MatrixRow
from app.web import formatting
from app.web.pages.shared.numbering import FURNITURE, HEADLINE
from app.web.pages.shared.paging import Pager, pager_of_parts, part_holding
from app.web.pages.table import row_findings
from app.web.pages.table.diff_segments import amount_of_change
from app.web.pages.table.rows import row_opening
from app.web.synopsis_address import SynopsisAddress

MAX_OPENING_WORDS = 18
MAX_OPENING_CHARS = 120
"""The length of a paragraph's opening: two lines beside the cells."""

MAX_COLUMNS_ON_A_SCREEN, MAX_COLUMNS_ON_A_PHONE = 4, 2
"""Columns that fit beside the text without scrolling in a box."""

MAX_ROWS = 250
"""Rows on one page: with twelve columns about a megabyte."""

SIGNS = {"verbatim": "=", "reworded": "≠", "resembling": "≈", "absent": "−"}
"""The signs of the comparison's own rows."""

STATES = {
    "verbatim": "word for word",
    "reworded": "reworded",
    "resembling": "only like one",
    "absent": "not there",
}

MIN_REWORDED_SHARE, MIN_MUCH_REWORDED_SHARE = 0.15, 0.3
"""Shares of a row's characters that stand on one side only, from which a cell is drawn deeper: of the 17 reworded
paragraphs of the standing example's repost six lie below, eight between and three above."""


@dataclass(frozen=True, slots=True)
class CellView:
    """The fate of one paragraph in one article."""

    style: str
    """Class names: the state; ``some`` or ``much`` where that much is reworded; ``has-finding`` where there is one."""
    sign: str
    is_moved: bool
    finding_count: int
    """Loud findings in its row."""
    says: str
    link: str
    """Its row in the comparison of the two."""


@dataclass(frozen=True, slots=True)
class ColumnView:
    """An article beside the base."""

    name: str
    compare_path: str


@dataclass(frozen=True, slots=True)
class MatrixRowView:
    """One paragraph of the base."""

    number: str
    place: str
    """Its name for screen readers."""
    opening: str
    link: str
    """The paragraph in the article that is the base."""
    wordings: str
    """The paragraph in all its wordings."""
    is_headline: bool
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The matrix as it is drawn."""

    base: str
    columns: tuple[ColumnView, ...]
    width: str
    """Class names: ``few-columns``, and ``two-columns`` where they are so few that a phone holds them."""
    rows: tuple[MatrixRowView, ...]
    furniture: str
    """The number of boilerplate lines, in words; empty if there are none."""
    pager: Pager | None
    """The ways to the other parts of a very long base."""


def matrix_view(
    matrix: Matrix, names: Sequence[str], address: Callable[[int], str], start: int = 1
) -> MatrixView:
    """Build the view of ``matrix``; ``names`` are those of the base and of each column.

    Of a very long base the part that holds row ``start``, from 1, is drawn; of one beyond the end the last.
    ``address`` gives the address of the part that begins with a row.

    Boilerplate has no row: the matrix is about the article's own paragraphs.
    """
    base, *columns = names
    rows = [row for row in matrix.rows if row.label != FURNITURE]
    left_out = len(matrix.rows) - len(rows)
    part = part_holding(start, MAX_ROWS, len(rows))
    return MatrixView(
        base=base,
        columns=tuple(
            ColumnView(name, permalinks.compare_path(matrix.base.revision, column.entry.revision))
            for name, column in zip(columns, matrix.columns, strict=True)
        ),
        width="few-columns" * (len(columns) <= MAX_COLUMNS_ON_A_SCREEN)
        + " two-columns" * (len(columns) <= MAX_COLUMNS_ON_A_PHONE),
        rows=tuple(_row(row, matrix, columns) for row in rows[part.start : part.stop]),
        furniture=f"{formatting.counted(left_out, 'line')} of page extras" if left_out else "",
        pager=pager_of_parts(
            f"Rows {part.start + 1:,} to {part.stop:,} of {len(rows):,}", part, MAX_ROWS, len(rows), address
        ),
    )


def _row(row: MatrixRow, matrix: Matrix, names: Sequence[str]) -> MatrixRowView:
    is_headline = row.label == HEADLINE
    anchor = "headline" if is_headline else f"p-{row.label}"
    cells = zip(row.cells, matrix.compared, names, strict=True)
    return MatrixRowView(
        number=row.label,
        place="Headline" if is_headline else f"Paragraph {row.label}",
        opening=row_opening(row.text, MAX_OPENING_WORDS, MAX_OPENING_CHARS),
        link=f"{permalinks.revision_path(matrix.base.article, matrix.base.number)}#{anchor}",
        wordings=SynopsisAddress(matrix.story.id, matrix.story.requested_base).of_paragraph(row.label).path,
        is_headline=is_headline,
        cells=tuple(_cell(cell, comparison, name) for cell, comparison, name in cells),
    )


def _cell(cell: MatrixCell, comparison: Comparison, name: str) -> CellView:
    path = permalinks.compare_path(cell.base_revision, cell.witness_revision)
    row = comparison.collation.rows[cell.row - 1] if cell.row else None
    finding_count = len(row_findings.loud(row)) if row else 0
    says = [f"{STATES[cell.state]} in {name}"]
    style: list[str] = [cell.state]
    if row and cell.state == "reworded":
        amount = amount_of_change(row.changes)
        is_much, is_some = amount >= MIN_MUCH_REWORDED_SHARE, amount >= MIN_REWORDED_SHARE
        style += ["much"] if is_much else ["some"] if is_some else []
        says = [f"{'much ' if is_much else '' if is_some else 'a little '}{says[0]}"]
    if cell.moved:
        says.append("moved")
    if finding_count:
        style.append("has-finding")
        says.append(formatting.counted(finding_count, "finding"))
    return CellView(
        style=" ".join(style),
        sign=SIGNS[cell.state],
        is_moved=cell.moved,
        finding_count=finding_count,
        says=", ".join(says),
        link=f"{path}#{permalinks.row_anchor(cell.row)}" if cell.row else path,
    )
