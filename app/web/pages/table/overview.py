"""The overview: one narrow cell a row, tinted by how much of it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from app.collation.model import Comparison, Row
from app.web.formatting import counted
from app.web.pages.shared.paging import part_starts
from app.web.pages.shared.remembered import remembered
from app.web.pages.table.diff_segments import amount_of_change
from app.web.pages.table.rows import Rows

MAX_CELLS = 160
"""Cells at most: with more they would be under five pixels wide, and nobody could hit one. Beyond it a cell covers
several rows."""

TINTS = 10


@dataclass(frozen=True, slots=True)
class OverviewCell:
    """One cell of the overview."""

    link: str
    style: str
    """Class names: what the rows are, their tint ``t0`` to ``t10``, and ``has-finding`` where there is one."""
    says: str
    first: int
    """The number of the cell's first row."""
    last: int


def cells(comparison: Comparison, maker: Rows) -> tuple[OverviewCell, ...]:
    """Return the cells of a whole comparison, ``MAX_CELLS`` at most; a run of page extras shares one."""
    cells: list[OverviewCell] = []
    for is_extra, run in groupby(_tinted(comparison), lambda part: all(map(maker.is_furniture, part[0]))):
        parts = list(run)
        if is_extra:
            parts = [(tuple(row for rows, _ in parts for row in rows), max(tint for _, tint in parts))]
        cells += [_cell(rows, tint, maker) for rows, tint in parts]
    return tuple(cells)


@remembered
def _tinted(comparison: Comparison) -> tuple[tuple[Sequence[Row], int], ...]:
    """Return the rows of each cell, and its tint."""
    rows = comparison.collation.rows
    step = max(1, ceil(len(rows) / MAX_CELLS))
    parts = [rows[start : start + step] for start in range(0, len(rows), step)]
    amount = _amount if len(part_starts(comparison)) == 1 else _unlikeness
    return tuple((part, _tint([amount(row) for row in part])) for part in parts)


def _cell(rows: Sequence[Row], tint: int, maker: Rows) -> OverviewCell:
    loud = {row.number: len(maker.loud(row)) for row in rows if row.findings}
    rows_with_findings = [row for row in rows if loud.get(row.number)]
    furniture = all(map(maker.is_furniture, rows))
    kind = rows[0].kind if len({row.kind for row in rows}) == 1 else "edited"
    style = kind if kind in ("omitted", "added", "same") else "edited"
    names = [style, f"t{tint}"] + ["furniture"] * furniture + ["has-finding"] * bool(rows_with_findings)
    first, last = rows[0].number, rows[-1].number
    says = maker.short_place(rows[0])
    if (ending := maker.short_place(rows[-1])) != says:
        says += f" to {ending}"
    number = sum(loud.values())
    return OverviewCell(
        link=maker.places.of(rows_with_findings[0].number if rows_with_findings else first),
        style=" ".join(names),
        says=f"{says}: {_amount_words(tint, style)}" + (f", {counted(number, 'finding')}" if number else ""),
        first=first,
        last=last,
    )


def _tint(amounts: Sequence[float]) -> int:
    """Return 0 for no change at all, else 1 to 10 by the mean share of changed characters."""
    return min(TINTS, ceil(round(sum(amounts) / len(amounts) * TINTS, 6)))


def _amount(row: Row) -> float:
    return amount_of_change(row.changes)


def _unlikeness(row: Row) -> float:
    """Return how unlike the row's two texts are: near enough where there are too many changes to read them all."""
    return 0.0 if row.kind == "same" else 1.0 - row.similarity


def _amount_words(tint: int, style: str) -> str:
    if style in ("omitted", "added"):
        return "in one text only"
    return (
        "unchanged"
        if tint == 0
        else "a little changed"
        if tint <= 3
        else "changed"
        if tint <= 6
        else "much changed"
    )
