"""The page of one row: large, with its findings, and a preview of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app import permalinks
from app.collation.document import row_text
from app.collation.model import Comparison, Row
from app.collation.text.numbering import FURNITURE, printed_numbers
from app.errors import NotFoundError
from app.services.notes import EditorNote
from app.web.pages.comparison import summary
from app.web.pages.comparison.focus import FindingFocus, FindingSources, finding_focus, row_citation
from app.web.pages.comparison.page import Card, card, columns_of, newer_path, numbered_day
from app.web.pages.comparison.pins import Pinning, PinsView, pins_view, separations
from app.web.pages.findings import finding_list
from app.web.pages.notes.note_view import RowNotes, notes_by_row, write_path
from app.web.pages.shared.paging import part_starts
from app.web.pages.table import row_findings
from app.web.pages.table.comparison_view import ComparisonView, Places
from app.web.pages.table.row_findings import FindingView, Step
from app.web.pages.table.rows import Rows, RowView, row_opening
from app.web.synopsis_address import SynopsisAddress

NO_SOURCES = FindingSources()

MAX_SEPARATIONS_ON_ROW_PAGE = 3
"""Pairs of one row that can be kept apart from its own page; the page for pairing by hand has the others."""


@dataclass(frozen=True, slots=True)
class RowPage:
    """What ``comparison/row_page.html`` shows, or, of one finding, ``findings/finding_page.html``."""

    title: str
    description: str
    heading: str
    path: str
    """This page's path, with the chosen finding if any."""
    url: str
    """The same as an absolute link, which is what a reader copies."""
    focus: FindingFocus | None
    """The finding that the page is about; None on the page of a whole row."""
    cite: str
    """The sentence that cites the row: both texts, the places, the words."""
    comparison: str
    """Address of this row's place in the whole comparison."""
    base: Card
    witness: Card
    row: RowView
    earlier: str
    earlier_place: str
    """The place of the row before, as printed in the margin."""
    later: str
    later_place: str
    step: Step | None
    """The finding's place among those of the chosen kinds, or, of a row without one, which come before and after
    its beginning; None where there is none to go to."""
    chosen: str
    """The kinds among which one goes on, in words; empty where they are all but the quiet ones."""
    newer: str
    pins: PinsView | None
    apart: tuple[Pinning, ...]
    """Links that keep a pair of this row apart, if they are few."""
    engine: str
    wordings: str
    """The base's paragraph in all its wordings; empty where the row has none."""
    layout: str = "side"
    keep: str = ""
    """Where an editor has the comparison kept as it is; empty if it is stored."""

    @property
    def pictured(self) -> str:
        """What its share picture shows, in words."""
        return self.description

    @property
    def picture(self) -> str:
        """The path of its share picture."""
        return permalinks.picture_path(self.path)

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return columns_of(self.layout)


def row_page(
    comparison: Comparison,
    path: str,
    number: int,
    focus: int | None,
    view: ComparisonView,
    base_url: str,
    sources: FindingSources = NO_SOURCES,
    notes: Sequence[EditorNote] = (),
    *,
    may_write: bool = False,
    notes_at: str = "",
) -> RowPage:
    """Build the page of row ``number`` (from 1), or of finding ``focus`` (from 1) in it.

    ``base_url`` is the start of absolute links; ``sources`` is what else is stored about the finding. ``notes`` are
    those that the visitor sees; an editor may write more, or at ``notes_at``.
    Raises ``NotFoundError`` where there is no such row, or no such finding in it.
    """
    rows = comparison.collation.rows
    if not 1 <= number <= len(rows):
        raise NotFoundError(
            f"This comparison has no row {number}.", f"Its rows are numbered from 1 to {len(rows)}."
        )
    row = rows[number - 1]
    if focus is not None and not 1 <= focus <= len(row.findings):
        raise NotFoundError(
            f"Row {number} of this comparison has no finding {focus}.",
            "Open the row without it to read it whole.",
        )
    # No row is on this page as part of a comparison, so that every place is an address of the whole one.
    view = replace(view, pins=permalinks.pins_text(comparison.pins))
    places = Places(path, view, 1, 0, part_starts(comparison))
    placed = notes_by_row(comparison, notes, may_write=may_write)
    if may_write or notes_at:
        written = placed[number].notes if number in placed else ()
        write = write_path(comparison, row, focus) if may_write else ""
        placed[number] = RowNotes(written, write, notes_at)
    maker = Rows(comparison, places, notes=placed, speakers=sources.speakers)
    shown = maker.view(row, focus)
    base, witness = summary.name(comparison.base), summary.name(comparison.witness)
    leading = _leading_finding(shown, focus)
    place = shown.place[0].upper() + shown.place[1:]
    return RowPage(
        title=f"{leading.title if leading else place + ', ' + shown.says}: {base} and {witness}",
        description=_description(
            comparison,
            shown,
            leading,
            row_text(comparison.base, row.base),
            row_text(comparison.witness, row.witness),
        ),
        heading=place,
        path=places.page(number, focus),
        url=base_url + places.page(number, focus),
        focus=finding_focus(comparison, maker, row, leading, sources, base_url + places.page(number, focus))
        if leading and focus is not None
        else None,
        cite=row_citation(comparison, maker, row, base_url + places.page(number, focus)),
        comparison=places.of(number, focus if focus in row_findings.shown_numbers(row, view.kinds) else None),
        base=card(comparison.base, "A"),
        witness=card(comparison.witness, "B"),
        row=shown,
        earlier=places.page(number - 1) if number > 1 else "",
        earlier_place=maker.place_of(number - 1) if number > 1 else "",
        later=places.page(number + 1) if number < len(rows) else "",
        later_place=maker.place_of(number + 1) if number < len(rows) else "",
        step=finding_list.step_at(comparison, view.kinds, number, focus, places.page_in_list),
        chosen=finding_list.in_words(view.kinds),
        newer=newer_path(comparison),
        pins=pins_view(comparison, maker),
        apart=separations(row, maker, MAX_SEPARATIONS_ON_ROW_PAGE),
        engine=comparison.engine,
        wordings=_wordings(comparison, row),
    )


def row_with_numbers(page: RowPage, base: int, witness: int) -> RowPage:
    """Return the page of a row of two revisions of one article, with their numbers beside the dates."""
    focus = page.focus
    if focus is not None:
        numbers = {"base": base, "witness": witness}
        cards = tuple(
            replace(wording, day=numbered_day(numbers[wording.role], wording.day)) for wording in focus.cards
        )
        focus = replace(focus, cards=cards)
    return replace(page, base=page.base.numbered(base), witness=page.witness.numbered(witness), focus=focus)


def _wordings(comparison: Comparison, row: Row) -> str:
    """Return the address of the first paragraph of the base in ``row`` in all its wordings; empty where it has none."""
    numbers = printed_numbers(comparison.base)
    number = next((numbers[index] for index in row.base if numbers[index] != FURNITURE), "")
    base = comparison.base
    return SynopsisAddress(base.article, base.revision, number=number).path if number and base.article else ""


def _leading_finding(row: RowView, focus: int | None) -> FindingView | None:
    """Return the finding that represents the row: the one in focus, else its first."""
    return next(
        (finding for finding in row.findings if finding.number == focus),
        row.findings[0] if row.findings else None,
    )


def _description(
    comparison: Comparison, row: RowView, leading: FindingView | None, base: str, witness: str
) -> str:
    if leading and leading.excerpt:
        return summary.contrast(comparison, leading.excerpt)
    if not base or not witness:
        return f"{row.says[0].upper()}{row.says[1:]}: {row_opening(base or witness)}"
    if row.kind == "same":
        return f"The same in both: {row_opening(base)}"
    sides = ((comparison.base, base), (comparison.witness, witness))
    return " — ".join(f"{summary.name(side)}: {row_opening(text)}" for side, text in sides)
