"""The finding list of a comparison: its findings by kind, a bounded number at a time."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.collation.findings.registry import KINDS
from app.collation.model import Comparison, Finding, FindingKind, Row
from app.web.formatting import counted
from app.web.pages.findings import row_findings
from app.web.pages.findings.kind_filter import looked_for
from app.web.pages.findings.row_findings import FindingView, Step, more_places
from app.web.pages.shared import numbering
from app.web.pages.shared.paging import Pager, pager_of_parts, part_holding
from app.web.pages.table.rows import Rows

MAX_LISTED = 20
"""Findings of one kind that are listed beside those of others: two screens of a phone."""

MAX_LISTED_ALONE = 60
"""Findings listed at a time where one kind stands alone."""

MAX_FINDINGS_OF_A_SHORT_LIST = 12
"""Findings beside which what is below them is still in sight."""

Address = Callable[[int, int], str]
"""The address of a finding, by its row and its number in the row, both from 1."""


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """One finding in the list."""

    place: str
    seen: str
    """What is seen, in a word or two: the kind stands above it."""
    link: str
    """Where it stands in the comparison."""
    finding: FindingView
    sentence: str
    """What the finding says, where no excerpt shows it; else empty."""
    more: str
    """How many further places of it differ, in words; empty where none does."""
    position: int
    """Counting from 1 over all that the view lists, in the order of the text."""


@dataclass(frozen=True, slots=True)
class KindList:
    """The findings of one kind, in the order of the text."""

    kind: FindingKind
    name: str
    count: int
    quiet: bool
    entries: tuple[ListedFinding, ...]
    nothing: str
    """What is said where there is none."""
    shown: str
    """Which of them are listed here, in words; empty where all are."""
    alone: str
    """Address of the list of this kind alone, where more are listed at a time; empty where this is it."""
    pager: Pager | None
    """In that list: the ways to its further parts."""


@dataclass(frozen=True, slots=True)
class FindingList:
    """What the list of findings shows."""

    total: int
    """Findings of the kinds that the view lists."""
    is_long: bool
    """Whether what is below the list needs a way to it."""
    lists: tuple[KindList, ...]
    nothing: str
    """What is said where nothing is listed."""
    chosen: str
    """The kinds that the reader chose, in words; empty where every kind is listed."""
    unknown: bool
    """Whether the link asked for a kind that there is not."""
    every_kind: str
    """Address of the view of every kind."""
    not_looked_for: str
    """Which kinds nobody looked for, and why, in words; empty where all were."""


def listed_places(comparison: Comparison, chosen: Sequence[FindingKind]) -> list[tuple[Row, int, Finding]]:
    """Every finding that a view of the ``chosen`` kinds lists, in the text's order: row, number in it, finding."""
    rows = comparison.collation.rows
    return [(row, number, found) for row in rows for number, found in row_findings.listed(row, chosen)]


def steps(
    comparison: Comparison, chosen: Sequence[FindingKind], address: Address
) -> dict[tuple[int, int], Step]:
    """For each finding told in the text, by row and number: its position among all listed, and its neighbours.

    A neighbour is one that is told in the text too, so that ``address`` leads to something.
    """
    told = {row.number: row_findings.told(row, chosen) for row in comparison.collation.rows if row.findings}
    listed = listed_places(comparison, chosen)
    places = [
        (position, row.number, number)
        for position, (row, number, _) in enumerate(listed, 1)
        if number in told[row.number]
    ]
    return {
        (row, number): Step(
            position,
            len(listed),
            address(*places[index - 1][1:]) if index else "",
            address(*places[index + 1][1:]) if index + 1 < len(places) else "",
        )
        for index, (position, row, number) in enumerate(places)
    }


def step_at(
    comparison: Comparison, chosen: Sequence[FindingKind], row: int, focus: int | None, address: Address
) -> Step | None:
    """The way on from finding ``focus`` of ``row``, or from the row's beginning: to any listed one, told or not.

    Its position is 0 where it is not listed itself; None where no finding is before or after.
    """
    places = [(one.number, number) for one, number, _ in listed_places(comparison, chosen)]
    here = (row, focus or 0)
    before = bisect_left(places, here)
    after = bisect_right(places, here)
    if not before and after == len(places):
        return None
    return Step(
        position=after if after > before else 0,
        total=len(places),
        earlier=address(*places[before - 1]) if before else "",
        later=address(*places[after]) if after < len(places) else "",
    )


def loud_count(comparison: Comparison) -> int:
    """How many findings there are of every kind but the quiet ones."""
    counts = comparison.collation.summary.findings
    return sum(count for kind, count in counts.items() if not KINDS[kind].is_quiet)


def finding_list_view(comparison: Comparison, maker: Rows) -> FindingList:
    """The list of findings in the view of ``maker``'s places."""
    view = maker.places.view
    of_kind: dict[FindingKind, list[tuple[int, Row, int]]] = {kind: [] for kind in view.kinds}
    listed = listed_places(comparison, view.kinds)
    for position, (row, number, found) in enumerate(listed, 1):
        of_kind.setdefault(found.kind, []).append((position, row, number))
    shown = [kind for kind in KINDS if kind in of_kind]
    return FindingList(
        total=len(listed),
        is_long=len(listed) > MAX_FINDINGS_OF_A_SHORT_LIST,
        lists=tuple(
            _kind_list(comparison, maker, kind, of_kind[kind], len(shown) == 1) for kind in shown if listed
        ),
        nothing="" if listed else _nothing(comparison, view.kinds),
        chosen=in_words(view.kinds),
        unknown=view.unknown,
        every_kind=maker.places.path + replace(view, kinds=(), listed=1).query,
        not_looked_for=_not_looked_for(comparison.collation.summary.not_looked_for),
    )


def in_words(chosen: Sequence[FindingKind]) -> str:
    """The chosen kinds as a sentence begins with them, empty where none is chosen.

    >>> in_words(("number", "date")), in_words(())
    ('Numbers and dates', '')
    """
    return numbering.listed(KINDS[kind].plural.lower() for kind in chosen).capitalize() if chosen else ""


def _kind_list(
    comparison: Comparison,
    maker: Rows,
    kind: FindingKind,
    places: Sequence[tuple[int, Row, int]],
    is_only_kind: bool,
) -> KindList:
    """Return the list of the findings at ``places``: position, row and number in it.

    ``is_only_kind`` says that no other kind is listed beside it.
    """
    view = maker.places.view
    alone = view.kinds == (kind,)
    size = MAX_LISTED_ALONE if is_only_kind else MAX_LISTED
    part = part_holding(view.listed if alone else 1, size, len(places))

    def address(start: int) -> str:
        return f"{maker.places.path}{replace(view, kinds=(kind,), listed=start).query}#finding-list-title"

    shown = ""
    if part.start:
        shown = f"{part.start + 1:,} to {part.stop:,} of {len(places):,}"
    elif len(places) > len(part):
        shown = f"The first {len(part)} of {len(places):,}"
    return KindList(
        kind=kind,
        name=KINDS[kind].plural,
        count=len(places),
        quiet=KINDS[kind].is_quiet,
        entries=tuple(_entry(maker, *place) for place in places[part.start : part.stop]),
        nothing="" if places else _none_of(comparison, kind),
        shown=shown,
        alone="" if alone or not shown else address(1),
        pager=pager_of_parts(shown, part, size, len(places), address) if alone else None,
    )


def _entry(maker: Rows, position: int, row: Row, number: int) -> ListedFinding:
    finding = maker.finding(row, number)
    return ListedFinding(
        place=maker.short_place(row),
        seen=_seen(maker.comparison, row.findings[number - 1]),
        link=maker.places.of(row.number, number if number in maker.told(row) else None),
        finding=finding,
        sentence="" if finding.excerpt else finding.says,
        more=more_places(finding.excerpt),
        position=position,
    )


def _seen(comparison: Comparison, found: Finding) -> str:
    """What the rule of ``found`` sees, where it is more than that the kind differs."""
    if found.rule.endswith("-one-sided"):
        what = "a question " if found.rule.startswith("question") else ""
        if found.base[0] == found.base[1]:
            return f"{what}only in {comparison.witness.label}"
        if found.witness[0] == found.witness[1]:
            return f"{what}only in {comparison.base.label}"
        return f"{what}in one text only"
    return _SEEN.get(found.rule.removeprefix(f"{found.kind}-"), KINDS[found.kind].heading.lower())


_SEEN = {
    "changed": "changed",
    "moved": "moved",
    "reworded": "reworded",
    "cut": "words in one text only",
    "antonym": "opposite",
}


def _nothing(comparison: Comparison, chosen: Sequence[FindingKind]) -> str:
    """What the list says where it is empty: nothing of these kinds need not be nothing at all."""
    others = loud_count(comparison)
    if not chosen:
        return "None."
    told = " ".join(_none_of(comparison, kind) for kind in chosen)
    return f"{told} {counted(others, 'finding')} of other kinds." if others else told


def _none_of(comparison: Comparison, kind: FindingKind) -> str:
    if KINDS[kind].is_quiet or kind in looked_for(comparison):
        return f"No {KINDS[kind].nouns[0]} differs."
    return f"{KINDS[kind].plural}: not looked for, since a text is not in English."


def _not_looked_for(kept: Sequence[FindingKind]) -> str:
    if not kept:
        return ""
    kinds = in_words([kind for kind in KINDS if kind in kept])
    return f"{kinds} were not looked for: a text is not in English."
