"""The table's rows in groups: changed rows open, runs of unchanged rows and of boilerplate folded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from app.collation.model import Row
from app.web.formatting import counted
from app.web.pages.table.rows import MovedView, Rows, RowView

FOLDED_FROM = 3
"""Unchanged rows in a run that are folded; one or two are sooner read than unfolded."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one ``tbody``."""

    fold: str
    """What the fold says ("12 paragraphs identical"), empty where the rows are not folded."""
    anchor: str
    items: tuple[RowView | MovedView, ...]
    elsewhere: str = ""
    """In the view of changes only: where the rows that are not shown can be read."""


def grouped(rows: Sequence[Row], maker: Rows) -> tuple[Group, ...]:
    """Return the groups of ``rows``, one part of the comparison's."""
    lines = maker.moved_lines
    whole = len(rows) == len(maker.comparison.collation.rows)
    first_part = bool(rows) and rows[0].number == 1
    groups: list[Group] = []
    if first_part and lines.get(0):
        groups.append(Group("", "rows-start", tuple(maker.moved_view(row) for row in lines[0])))
    runs = [(reason, list(run)) for reason, run in groupby(rows, lambda row: _fold_reason(row, maker))]
    for reason, run in runs:
        alone = whole and len(runs) == 1
        groups.append(_group(reason, run, maker, lines, alone))
    return tuple(groups)


def _group(reason: str, run: Sequence[Row], maker: Rows, lines: dict[int, list[Row]], alone: bool) -> Group:
    anchor = f"rows-{run[0].number}"
    folded = bool(reason) and (reason == "furniture" or len(run) >= FOLDED_FROM) and not alone
    if maker.places.view.show == "changes" and reason and not alone:
        return Group(_fold_words(reason, run, maker), anchor, (), _in_full(run[0], maker))
    items: list[RowView | MovedView] = []
    for row in run:
        items.append(maker.view(row))
        items.extend(maker.moved_view(moved) for moved in lines.get(row.number, ()))
    return Group(_fold_words(reason, run, maker) if folded else "", anchor, tuple(items))


def _in_full(row: Row, maker: Rows) -> str:
    everything = replace(maker.places, view=replace(maker.places.view, show="all"))
    return f"{everything.part(row.number)}#row-{row.number}"


def _fold_reason(row: Row, maker: Rows) -> str:
    """Return why ``row`` may be folded away: ``same``, ``furniture`` (with the side that has it), or empty."""
    if maker.loud(row) or maker.is_headline(row):
        return ""
    if maker.is_furniture(row):
        return "furniture"
    typography = maker.places.view.draws_typography and any(change.op != "equal" for change in row.changes)
    return "same" if row.kind == "same" and not row.moved and not typography else ""


def _fold_words(reason: str, run: Sequence[Row], maker: Rows) -> str:
    """Return what a fold says of its rows."""
    if reason == "same":
        return f"{counted(len(run), 'paragraph')} identical"
    kinds = {row.kind for row in run}
    line = counted(len(run), "line")
    if kinds == {"omitted"}:
        return f"{line} of page extras, only in {maker.comparison.base.label}"
    if kinds == {"added"}:
        return f"{line} of page extras, only in {maker.comparison.witness.label}"
    return f"{line} of page extras"
