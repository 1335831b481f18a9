"""The findings of a comparison as a list beside its text, the kinds as counts, and what stands in one text only."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.model import Comparison, FindingKind, Row
from app.web.pages import findings
from app.web.pages.findings import KIND_ORDER, PLURALS, FindingView
from app.web.pages.rows import Rows, opening
from app.web.pages.segments import QUIET_KINDS

LISTED = 60
"""Findings in the list; who has more goes from one to the next in the text."""

LOOKED_FOR: tuple[FindingKind, ...] = ("quotation", "number", "date")
"""Kinds that the engine looks for in every row: of these alone a zero is worth printing."""

LISTED_ONLY = 40
"""Paragraphs listed as standing in one text only."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One kind of finding and how many there are."""

    name: str
    count: int
    link: str
    """The first finding of the kind; empty where there is none."""
    quiet: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding in the list."""

    place: str
    link: str
    """Where it stands in the comparison."""
    finding: FindingView
    position: int
    """Counting from 1 over the whole comparison."""


@dataclass(frozen=True, slots=True)
class OnlyEntry:
    """A paragraph that stands in one text only."""

    number: str
    opening: str
    link: str


@dataclass(frozen=True, slots=True)
class OnlyIn:
    """What stands in one text only, page furniture counted apart."""

    anchor: str
    label: str
    entries: tuple[OnlyEntry, ...]
    count: int
    furniture: int
    furniture_link: str


def looked_for(comparison: Comparison) -> tuple[FindingKind, ...]:
    """The kinds whose absence means something: those that the engine looks for, and those that occur."""
    known = (*LOOKED_FOR, *comparison.collation.summary.findings)
    return tuple(kind for kind in KIND_ORDER if kind in known)


def chips(comparison: Comparison, maker: Rows) -> tuple[Chip, ...]:
    """A chip for each kind looked for."""
    first: dict[FindingKind, str] = {}
    for row in comparison.collation.rows:
        told = findings.told(row)
        for number, found in enumerate(row.findings, 1):
            first.setdefault(found.kind, maker.places.of(row.number, number if number in told else None))
    counts = comparison.collation.summary.findings
    return tuple(
        Chip(PLURALS[kind], counts.get(kind, 0), first.get(kind, ""), kind in QUIET_KINDS)
        for kind in looked_for(comparison)
    )


def told_places(comparison: Comparison) -> tuple[tuple[Row, int], ...]:
    """Every finding that is told below its row, in the text's order: the row, and its number in the row."""
    return tuple((row, number) for row in comparison.collation.rows for number in findings.told(row))


def loud_count(comparison: Comparison) -> int:
    """How many findings a reader is told of or sees marked."""
    counts = comparison.collation.summary.findings
    return sum(count for kind, count in counts.items() if kind not in QUIET_KINDS)


def entries(maker: Rows, told: Sequence[tuple[Row, int]]) -> tuple[Entry, ...]:
    """The first ``LISTED`` of the findings ``told``."""
    made: list[Entry] = []
    for position, (row, number) in enumerate(told[:LISTED], 1):
        made.append(
            Entry(
                place=maker.short_place(row),
                link=maker.places.of(row.number, number),
                finding=maker.finding(row, number),
                position=position,
            )
        )
    return tuple(made)


def only_in_base(comparison: Comparison, maker: Rows) -> OnlyIn:
    """The paragraphs that the witness leaves out."""
    rows = [row for row in comparison.collation.rows if row.kind == "omitted"]
    side = comparison.base
    listed = [(row, row.base[0], side.paragraphs[row.base[0]]) for row in rows]
    return _only_in("only-in-base", side.label, listed, maker.base_numbers, maker)


def only_in_witness(comparison: Comparison, maker: Rows) -> OnlyIn:
    """The paragraphs that the witness adds."""
    rows = [row for row in comparison.collation.rows if row.kind == "added"]
    side = comparison.witness
    listed = [(row, row.witness[0], side.paragraphs[row.witness[0]]) for row in rows]
    return _only_in("only-in-witness", side.label, listed, maker.witness_numbers, maker)


def _only_in(
    anchor: str, label: str, listed: Sequence[tuple[Row, int, str]], numbers: Sequence[str], maker: Rows
) -> OnlyIn:
    article = [entry for entry in listed if not maker.is_furniture(entry[0])]
    furniture = [row for row, _, _ in listed if maker.is_furniture(row)]
    return OnlyIn(
        anchor=anchor,
        label=label,
        entries=tuple(
            OnlyEntry(numbers[index], opening(text), maker.places.of(row.number))
            for row, index, text in article[:LISTED_ONLY]
        ),
        count=len(article),
        furniture=len(furniture),
        furniture_link=maker.places.of(furniture[0].number) if furniture else "",
    )
