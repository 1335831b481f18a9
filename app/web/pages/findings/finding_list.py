"""The finding list of a comparison: its findings by kind, a bounded number at a time."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.collation.findings.registry import KINDS, OF_NUMBERS
from app.collation.model import Comparison, Finding, FindingKind, Row
from app.web.formatting import counted
from app.web.pages.findings.kind_filter import looked_for
from app.web.pages.shared import numbering
from app.web.pages.shared.paging import Pager, pager_of_parts, part_holding
from app.web.pages.shared.remembered import remembered
from app.web.pages.table import row_findings
from app.web.pages.table.row_findings import FindingView, Step, more_places
from app.web.pages.table.rows import Rows

MAX_LISTED_PER_KIND = 20
"""Findings of one kind that are listed beside those of others: two screens of a phone."""

MAX_LISTED_ALONE = 60
"""Findings listed at a time if one kind is chosen."""

MAX_FINDINGS_OF_A_SHORT_LIST = 12
"""Findings beside which what is below them is still in sight."""

Address = Callable[[int, int], str]
"""The address of a finding, by its row and its number in the row, both from 1."""


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """One finding in the list."""

    place: str
    seen: str
    """The change in a word or two: its kind is the heading above."""
    link: str
    """Its place in the comparison."""
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
    """The sentence shown if there is none."""
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
    """The sentence shown if nothing is listed."""
    chosen: str
    """The kinds that the reader chose, in words; empty where every kind is listed."""
    unknown: bool
    """Whether the link names an unknown kind."""
    every_kind: str
    """Address of the view of every kind."""
    not_looked_for: str
    """Which kinds nobody looked for, and why, in words; empty where all were."""


def listed_places(comparison: Comparison, chosen: Sequence[FindingKind]) -> list[tuple[Row, int, Finding]]:
    """Return every finding listed in a view of the ``chosen`` kinds, in order: row, number in it, finding."""
    return _listed_places(comparison, chosen) if chosen else list(_all_listed_places(comparison))


@remembered
def _all_listed_places(comparison: Comparison) -> list[tuple[Row, int, Finding]]:
    return _listed_places(comparison, ())


def _listed_places(comparison: Comparison, chosen: Sequence[FindingKind]) -> list[tuple[Row, int, Finding]]:
    return [
        (row, number, finding)
        for row in _rows_with_findings(comparison)
        for number, finding in row_findings.listed(row, chosen)
    ]


@remembered
def _rows_with_findings(comparison: Comparison) -> tuple[Row, ...]:
    return tuple(row for row in comparison.collation.rows if row.findings)


class Steps(Mapping[tuple[int, int], Step]):
    """The step of each finding shown in the text, by row and number; its links are made when it is asked for.

    A neighbour is also shown in the text, so that ``address`` leads to something.
    """

    def __init__(self, comparison: Comparison, chosen: Sequence[FindingKind], address: Address) -> None:
        self._address = address
        self._places: list[tuple[int, int]] = []
        self._positions: list[int] = []
        listed = listed_places(comparison, chosen)
        self._total = len(listed)
        row_number, shown = 0, frozenset[int]()
        for position, (row, number, _) in enumerate(listed, 1):
            if row.number != row_number:
                row_number, shown = row.number, frozenset(row_findings.shown_numbers(row, chosen))
            if number in shown:
                self._places.append((row.number, number))
                self._positions.append(position)

    def __getitem__(self, place: tuple[int, int]) -> Step:
        index = bisect_left(self._places, place)
        if self._places[index : index + 1] != [place]:
            raise KeyError(place)
        return Step(
            self._positions[index],
            self._total,
            self._address(*self._places[index - 1]) if index else "",
            self._address(*self._places[index + 1]) if index + 1 < len(self._places) else "",
        )

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def step_at(
    comparison: Comparison, chosen: Sequence[FindingKind], row: int, focus: int | None, address: Address
) -> Step | None:
    """Return the step from finding ``focus`` of ``row``, or from the row's beginning, to any listed finding.

    Its position is 0 where it is not listed itself; None where no finding is before or after.
    """
    places = [(other_row.number, number) for other_row, number, _ in listed_places(comparison, chosen)]
    place = (row, focus or 0)
    before = bisect_left(places, place)
    after = bisect_right(places, place)
    if not before and after == len(places):
        return None
    return Step(
        position=after if after > before else 0,
        total=len(places),
        earlier=address(*places[before - 1]) if before else "",
        later=address(*places[after]) if after < len(places) else "",
    )


def loud_count(comparison: Comparison) -> int:
    """Return how many findings there are of every kind but the quiet ones."""
    counts = comparison.collation.summary.findings
    return sum(count for kind, count in counts.items() if not KINDS[kind].is_quiet)


def finding_list_view(comparison: Comparison, maker: Rows) -> FindingList:
    """Build the list of findings of ``maker``'s view."""
    view = maker.places.view
    of_kind: dict[FindingKind, list[tuple[int, Row, int]]] = {kind: [] for kind in view.kinds}
    listed = listed_places(comparison, view.kinds)
    for position, (row, number, finding) in enumerate(listed, 1):
        of_kind.setdefault(finding.kind, []).append((position, row, number))
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
    """Return the chosen kinds as the beginning of a sentence; empty if none is chosen.

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
    size = MAX_LISTED_ALONE if is_only_kind else MAX_LISTED_PER_KIND
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
        link=maker.places.of(row.number, number if number in maker.shown_numbers(row) else None),
        finding=finding,
        sentence="" if finding.excerpt else finding.says,
        more=more_places(finding.excerpt),
        position=position,
    )


def _seen(comparison: Comparison, finding: Finding) -> str:
    """Return what the finding's rule saw, where that says more than its kind."""
    if finding.rule.endswith("-one-sided"):
        what = "a question " if finding.rule.startswith("question") else ""
        if finding.base[0] == finding.base[1]:
            return f"{what}only in {comparison.witness.label}"
        if finding.witness[0] == finding.witness[1]:
            return f"{what}only in {comparison.base.label}"
        return f"{what}in one text only"
    return _SEEN.get(finding.rule.removeprefix(f"{finding.kind}-"), KINDS[finding.kind].heading.lower())


_SEEN = {
    "changed": "changed",
    "moved": "moved",
    "reworded": "reworded",
    "cut": "words in one text only",
    "antonym": "opposite",
    "tone": "of the opposite tone",
    "places": "changed places",
    "stage": "another stage",
    "turned": "who did it to whom",
}


def _nothing(comparison: Comparison, chosen: Sequence[FindingKind]) -> str:
    """Return what an empty list says: there may be findings of other kinds."""
    others = loud_count(comparison)
    if not chosen:
        return "None."
    none_of_these = " ".join(_none_of(comparison, kind) for kind in chosen)
    return f"{none_of_these} {counted(others, 'finding')} of other kinds." if others else none_of_these


def _none_of(comparison: Comparison, kind: FindingKind) -> str:
    if KINDS[kind].is_quiet or kind in looked_for(comparison):
        return f"No changed {KINDS[kind].nouns[0]} was found."
    reason = "holds too many of them" if kind in OF_NUMBERS else "is not in English"
    return f"{KINDS[kind].plural}: not looked for, since a text {reason}."


def _not_looked_for(skipped: Sequence[FindingKind]) -> str:
    sentences: list[str] = []
    if numbers := [kind for kind in OF_NUMBERS if kind in skipped]:
        sentences.append(f"{in_words(numbers)} were not looked for: a text holds too many of them.")
    if others := [kind for kind in KINDS if kind in skipped and kind not in OF_NUMBERS]:
        sentences.append(f"{in_words(others)} were not looked for: a text is not in English.")
    return " ".join(sentences)
