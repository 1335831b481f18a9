"""A reader's pins in words: those that a comparison was made with, and the links that remove each."""

from dataclasses import dataclass, replace
from itertools import islice, product

from app import permalinks
from app.collation.model import Comparison, Pins, Row
from app.collation.pins import PinsError, check, keep_apart, without
from app.web.formatting import counted
from app.web.pages.shared.paging import part_starts
from app.web.pages.table.comparison_view import ComparisonView, Places
from app.web.pages.table.pin_remarks import called
from app.web.pages.table.rows import Rows


@dataclass(frozen=True, slots=True)
class PinView:
    """One pin: its paragraphs, their place, and the comparison without it."""

    says: str
    link: str
    """The place of the base's paragraph."""
    undo: str


@dataclass(frozen=True, slots=True)
class PinsView:
    """The pins that a comparison was made around."""

    lead: str
    pins: tuple[PinView, ...]
    none: str
    """Address of the comparison without any."""


@dataclass(frozen=True, slots=True)
class Pinning:
    """What a pin added by one click says, and where it leads."""

    says: str
    link: str


def pins_view(comparison: Comparison, maker: Rows) -> PinsView | None:
    """Return the pins of ``comparison``; None if it has none."""
    pins = comparison.pins
    if not pins:
        return None
    view = replace(maker.places.view, start=1)
    row_of = {index: row.number for row in comparison.collation.rows for index in row.base}

    def pin_view(words: str, base: int, witness: int) -> PinView:
        return PinView(
            words.format(called(maker.base_numbers[base]), called(maker.witness_numbers[witness])),
            maker.places.of(row_of[base]),
            _address(comparison, view, without(pins, base, witness)),
        )

    number = len(pins.together) + len(pins.apart)
    return PinsView(
        lead=f"Made around {counted(number, 'pin')} of a reader",
        pins=(
            *(pin_view("{} with {} together", *pair) for pair in pins.together),
            *(pin_view("{} and {} kept apart", *pair) for pair in pins.apart),
        ),
        none=_address(comparison, view, Pins()),
    )


def _address(comparison: Comparison, view: ComparisonView, pins: Pins) -> str:
    path = permalinks.compare_path(comparison.base.revision, comparison.witness.revision)
    return path + replace(view, pins=permalinks.pins_text(pins)).query


def pinning_link(comparison: Comparison, places: Places, pins: Pins, base: int) -> str:
    """Return the address that leads to the row of base paragraph ``base`` (from 0) in the comparison made around
    ``pins``; empty where that cannot be made.
    """
    try:
        check(pins, len(comparison.base.paragraphs), len(comparison.witness.paragraphs))
    except PinsError:
        return ""
    if len(pins.together) + len(pins.apart) > permalinks.MAX_PINS:
        return ""
    path = permalinks.compare_path(comparison.base.revision, comparison.witness.revision)
    view = replace(places.view, start=1, pins=permalinks.pins_text(pins))
    return f"{path}/pinned{view.query_with(at=str(base))}"


def place_after_pinning(comparison: Comparison, path: str, view: ComparisonView, paragraph: str) -> str:
    """Return the address of the row that holds the base's ``paragraph`` (its index from 0, as text), else of row 1.

    ``comparison``, at ``path``, is the one made around the new pins. All its rows are shown: what a reader put
    together may be equal, and must be seen.
    """
    view = replace(view, start=1, show="all", pins=permalinks.pins_text(comparison.pins))
    places = Places(path, view, 1, 0, part_starts(comparison))
    rows = comparison.collation.rows
    return places.of(next((row.number for row in rows if paragraph in map(str, row.base)), 1))


def separations(row: Row, maker: Rows, most: int) -> tuple[Pinning, ...]:
    """Return the ways to keep apart the first ``most`` pairs in ``row``; none for a one-sided row."""
    alone = len(row.base) == len(row.witness) == 1
    pinnings: list[Pinning] = []
    for base, witness in islice(product(row.base, row.witness), most):
        pins = keep_apart(maker.comparison.pins, base, witness)
        if link := pinning_link(maker.comparison, maker.places, pins, base):
            base_name = f"{called(maker.base_numbers[base])} of {maker.comparison.base.label}"
            witness_name = f"{called(maker.witness_numbers[witness])} of {maker.comparison.witness.label}"
            pinnings.append(Pinning("these two" if alone else f"{base_name} and {witness_name}", link))
    return tuple(pinnings)
