"""The page on which a reader corrects the pairing of one row: keep apart, or match with another paragraph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.collation import pins
from app.collation.model import Comparison, Row
from app.errors import NotFoundError
from app.permalinks import pins_text
from app.web.pages.comparison import summary
from app.web.pages.comparison.pins import Pinning, PinsView, pinning_link, pins_view, separations
from app.web.pages.shared import numbering
from app.web.pages.shared.paging import Pager, pager, part_starts
from app.web.pages.table.comparison_view import ComparisonView, Places
from app.web.pages.table.pin_remarks import called
from app.web.pages.table.rows import Rows, row_opening

OFFERS_PER_PAGE = 40
"""Paragraphs on one page, the nearest first: a wanted one farther away was moved, and its words can be searched for."""
MAX_SEPARATIONS = 60
"""Pairs of one row that can be kept apart by a click: all pairs of any row that a reader can survey."""


@dataclass(frozen=True, slots=True)
class PairableParagraph:
    """A paragraph of the row, for which another one can be chosen."""

    name: str
    label: str
    """What the page calls its text."""
    words: str
    """The paragraph itself."""
    link: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A paragraph of the other text that may belong with the chosen one."""

    number: str
    name: str
    opening: str
    current_place: str
    """Its current partners, in words."""
    link: str


@dataclass(frozen=True, slots=True)
class PairPage:
    """What ``comparison/pairing_page.html`` shows."""

    title: str
    heading: str
    back: str
    """The row's place in the whole comparison."""
    pins: PinsView | None
    paragraphs: tuple[PairableParagraph, ...]
    name: str
    """The chosen one of these."""
    apart: tuple[Pinning, ...]
    other_label: str
    """What the page calls the text in which to choose."""
    offers: tuple[Offer, ...]
    pager: Pager | None
    """The ways to further offers, nearer and farther ones."""
    keep: str = ""
    """Where an editor has the comparison kept as it is; empty if it is stored."""


def pair_page(
    comparison: Comparison, path: str, number: int, of: str, beyond: int, view: ComparisonView
) -> PairPage:
    """Build the page on which row ``number`` (from 1) is paired by hand; ``of`` names a paragraph in it.

    ``of`` is ``b3`` for the base's paragraph 3 (from 0) or ``w4`` for the witness's 4; the row's first where it names
    none of the row. ``beyond`` offers are passed over. Raises NotFoundError where there is no such row.
    """
    rows = comparison.collation.rows
    if not 1 <= number <= len(rows):
        raise NotFoundError(
            f"This comparison has no row {number}.", f"Its rows are numbered from 1 to {len(rows)}."
        )
    row = rows[number - 1]
    view = replace(view, start=1, pins=pins_text(comparison.pins))
    maker = Rows(comparison, Places(path, view, 1, 0, part_starts(comparison)))
    members = [("b", index) for index in row.base] + [("w", index) for index in row.witness]
    side, index = next((member for member in members if f"{member[0]}{member[1]}" == of), members[0])
    paragraphs = tuple(_pairable(maker, row, *member, member == (side, index)) for member in members)
    chosen = next(member for member in paragraphs if member.chosen)
    nearest = _nearest(comparison, side, index)

    def at(start: int) -> str:
        return maker.places.by_hand(number, of=f"{side}{index}", beyond=str(start))

    place = numbering.in_words(
        [maker.base_numbers[i] for i in row.base] or [maker.witness_numbers[j] for j in row.witness]
    )
    return PairPage(
        title=f"Fix pairing, {place}: {summary.name(comparison.base)} and {summary.name(comparison.witness)}",
        heading=f"Fix pairing: {place}",
        back=maker.places.of(number),
        pins=pins_view(comparison, maker),
        paragraphs=paragraphs,
        name=chosen.name,
        apart=separations(row, maker, MAX_SEPARATIONS),
        other_label=(comparison.witness if side == "b" else comparison.base).label,
        offers=tuple(_offers(maker, side, index, nearest[beyond : beyond + OFFERS_PER_PAGE])),
        pager=pager(
            "",
            at(beyond - OFFERS_PER_PAGE) if beyond >= OFFERS_PER_PAGE else "",
            at(beyond + OFFERS_PER_PAGE) if beyond + OFFERS_PER_PAGE < len(nearest) else "",
        ),
    )


def _pairable(maker: Rows, row: Row, side: str, index: int, chosen: bool) -> PairableParagraph:
    text = maker.comparison.base if side == "b" else maker.comparison.witness
    numbers = maker.base_numbers if side == "b" else maker.witness_numbers
    return PairableParagraph(
        name=called(numbers[index]),
        label=text.label,
        words=text.paragraphs[index] if chosen else "",
        link=maker.places.by_hand(row.number, of=f"{side}{index}"),
        chosen=chosen,
    )


def _nearest(comparison: Comparison, side: str, index: int) -> list[int]:
    """Return the other text's paragraphs that are not paired with this one, the nearest to its place first."""
    partners: dict[int, tuple[int, ...]] = {}
    for row in comparison.collation.rows:
        paired, others = (row.base, row.witness) if side == "b" else (row.witness, row.base)
        partners.update(dict.fromkeys(paired, others))
    before = next((partners[k] for k in range(index, -1, -1) if partners[k]), ())
    place = max(before, default=-1) + 0.5
    count = len((comparison.witness if side == "b" else comparison.base).paragraphs)
    apart = [paragraph for paragraph in range(count) if paragraph not in set(partners[index])]
    return sorted(apart, key=lambda paragraph: (abs(paragraph - place), paragraph))


def _offers(maker: Rows, side: str, index: int, others: Sequence[int]) -> Iterator[Offer]:
    """Yield those of these paragraphs that can be pinned to the chosen one."""
    comparison = maker.comparison
    text, numbers = (
        (comparison.witness, maker.witness_numbers) if side == "b" else (comparison.base, maker.base_numbers)
    )
    rows = {j: row for row in comparison.collation.rows for j in (row.witness if side == "b" else row.base)}
    for paragraph in others:
        base, witness = (index, paragraph) if side == "b" else (paragraph, index)
        link = pinning_link(comparison, maker.places, pins.put_together(comparison.pins, base, witness), base)
        if link:
            yield Offer(
                number=numbers[paragraph],
                name=called(numbers[paragraph]),
                opening=row_opening(text.paragraphs[paragraph]),
                current_place=_current_place(maker, rows[paragraph], side),
                link=link,
            )


def _current_place(maker: Rows, row: Row, side: str) -> str:
    """Return the current partners of a paragraph of the other text, in words."""
    partners, numbers, label = (
        (row.base, maker.base_numbers, maker.comparison.base.label)
        if side == "b"
        else (row.witness, maker.witness_numbers, maker.comparison.witness.label)
    )
    if not partners:
        return "has no partner"
    return f"now with {numbering.listed(called(numbers[index]) for index in partners)} of {label}"
