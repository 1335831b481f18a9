"""The findings of a comparison as a list beside its text, the kinds as counts, and what stands in one text only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from app import permalinks
from app.collation.model import Comparison, FindingKind, Row
from app.web.pages import findings, kinds
from app.web.pages.findings import FindingView
from app.web.pages.rows import Rows, opening
from app.web.wording import counted

LISTED = 60
"""Findings in the list; who has more goes from one to the next in the text."""

LISTED_ONLY = 40
"""Paragraphs listed as standing in one text only."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One kind of finding and how many there are."""

    name: str
    count: int
    link: str
    """The first finding of the kind, in the view of this kind alone, or, where that is chosen, all kinds again; empty
    where there is none."""
    quiet: bool
    chosen: bool
    of: str = ""
    """For several kinds in one chip: which they are."""


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
    """The kinds whose absence means something: those that the engine looked for, and those that occur."""
    summary = comparison.collation.summary
    known = frozenset(kinds.LOOKED_FOR).difference(summary.not_looked_for).union(summary.findings)
    return tuple(kind for kind in kinds.ORDER if kind in known)


def chips(comparison: Comparison, maker: Rows) -> tuple[Chip, ...]:
    """A chip for each kind looked for; those that are seldom asked for and do not occur have one together."""
    first: dict[FindingKind, tuple[int, int]] = {}
    for row in comparison.collation.rows:
        for number, found in enumerate(row.findings, 1):
            first.setdefault(found.kind, (row.number, number))
    counts = comparison.collation.summary.findings
    made: list[Chip] = []
    absent: list[str] = []
    for kind in looked_for(comparison):
        chosen = maker.places.view.kind == kind
        other = replace(maker.places, view=replace(maker.places.view, kind=None if chosen else kind))
        if chosen:
            link = other.part(other.first)
        elif kind in first:
            row_number, number = first[kind]
            anchor = permalinks.row_anchor(row_number, None if kind in kinds.QUIET else number)
            link = f"{other.part(row_number)}#{anchor}"
        elif kind not in kinds.NAMED_ABSENT:
            absent.append(kinds.PLURALS[kind])
            continue
        else:
            link = ""
        made.append(Chip(kinds.PLURALS[kind], counts.get(kind, 0), link, kind in kinds.QUIET, chosen))
    if absent:
        loud = sum(not chip.quiet for chip in made)
        together = absent[0] if len(absent) == 1 else counted(len(absent), "other kind")
        made.insert(loud, Chip(together, 0, "", quiet=False, chosen=False, of=", ".join(absent)))
    return tuple(made)


def told_places(comparison: Comparison, kind: FindingKind | None) -> tuple[tuple[int, int], ...]:
    """Every finding that is told below its row, in the text's order: the row's number, and its own in the row."""
    rows = comparison.collation.rows
    return tuple((row.number, number) for row in rows for number in findings.told(row, kind))


def loud_count(comparison: Comparison, kind: FindingKind | None = None) -> int:
    """How many findings a reader is told of or sees marked: of ``kind``, or of every kind but the quiet ones."""
    counts = comparison.collation.summary.findings
    if kind:
        return counts.get(kind, 0)
    return sum(count for one, count in counts.items() if one not in kinds.QUIET)


def nothing_words(comparison: Comparison, kind: FindingKind | None) -> str:
    """What the list says where it is empty: nothing of this kind need not be nothing at all."""
    others = loud_count(comparison)
    if kind and others:
        return f"No {kinds.NOUNS[kind][0]} differs; {counted(others, 'finding')} of other kinds."
    return "None."


def entries(comparison: Comparison, maker: Rows) -> tuple[Entry, ...]:
    """The first ``LISTED`` findings of those that the view asks for."""
    view = maker.places.view
    listed = (
        (row, number) for row in comparison.collation.rows for number, _ in findings.listed(row, view.kind)
    )
    return tuple(
        Entry(
            place=maker.short_place(row),
            link=maker.places.of(row.number, number if number in maker.told(row) else None),
            finding=maker.finding(row, number),
            position=position,
        )
        for position, (row, number) in enumerate(islice(listed, LISTED), 1)
    )


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
