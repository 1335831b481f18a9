"""The rows of a comparison as its table draws them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.collation.document import row_text
from app.collation.model import Comparison, Finding, Row, RowKind, Side
from app.permalinks import quotation_at_path
from app.web.formatting import counted, opening
from app.web.pages.notes.note_view import RowNotes
from app.web.pages.shared import numbering
from app.web.pages.shared.quotation_links import quotation_place
from app.web.pages.table import row_findings
from app.web.pages.table.comparison_view import Places
from app.web.pages.table.diff_segments import Drawing, Segment, by_paragraph
from app.web.pages.table.grades import grades
from app.web.pages.table.pin_remarks import remark
from app.web.pages.table.row_findings import FindingView, Step

SIGNS: dict[RowKind, str] = {
    "same": "=",
    "edited": "≠",
    "split": "1:{}",
    "merged": "{}:1",
    "regrouped": "{}:{}",
    "omitted": "−",
    "added": "+",
}

COARSE_WORDS = {
    "tokens": "This row is very long: its words were compared by a coarser method.",
    "sentences": "This row is very long: it was compared part by part.",
}


@dataclass(frozen=True, slots=True)
class RowParagraphView:
    """One paragraph of one side: the number printed beside it, and its text."""

    number: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of the table: paragraphs side by side."""

    number: int
    anchor: str
    kind: RowKind
    moved: bool
    sign: str
    says: str
    """The row's kind in words, for screen readers and for those who hover over the sign."""
    base: tuple[RowParagraphView, ...]
    witness: tuple[RowParagraphView, ...]
    inline: tuple[RowParagraphView, ...]
    """Both sides in one run; empty in the view side by side, and where a side is absent."""
    headline: bool
    furniture: bool
    findings: tuple[FindingView, ...]
    more_findings: int
    """Further findings that are marked in the text alone."""
    link: str
    """The row's own page."""
    witness_line: str
    """For a moved row, the address of the line at its witness place; else empty."""
    short_place: str
    """Its paragraph as printed in the margin: in the base, or in the witness if it has none there."""
    repeats_place: str
    """The place of the row that it repeats; empty where it repeats none."""
    repeats_link: str
    coarse: str
    """The remark on a row that was compared by a coarser method, else empty."""
    pinned: str
    """What a reader's pins did to the row, in words; else empty."""
    by_hand: str
    """The page on which a reader can overrule the pairing of this row."""
    notes: RowNotes | None
    """What editors noted about it; None where nothing is to be shown."""

    @property
    def place(self) -> str:
        """The row's place, in words: its paragraph in the base, or in the witness if it has none there."""
        return numbering.in_words([paragraph.number for paragraph in self.base or self.witness])

    @property
    def is_row(self) -> bool:
        """Whether this is a row, and not the line at a moved row's other place."""
        return True


@dataclass(frozen=True, slots=True)
class MovedView:
    """The line at a moved row's place in the witness: the row itself is at its place in the base."""

    row: int
    anchor: str
    numbers: tuple[str, ...]
    opening: str
    """The first words of the moved paragraph."""
    link: str
    more: str
    """How many more are here without a line of their own; empty where each has one."""

    @property
    def is_row(self) -> bool:
        """Whether this is a row, and not the line at a moved row's other place."""
        return False


MAX_MOVED_LINES = 300
"""Lines of moved rows in one part of the table; each place in it has one at least, which counts the rest."""


def moved_lines(comparison: Comparison) -> dict[int, list[Row]]:
    """Return for each row number (0: before the first) the moved rows whose witness place follows it.

    A moved row's witness place is after the row that holds the witness paragraph before it, or, where that one moved
    too, after that one's line.
    """
    rows = comparison.collation.rows
    moved = sorted((row for row in rows if row.moved and row.witness), key=lambda row: row.witness[0])
    holder = {index: row for row in rows for index in row.witness} if moved else {}
    place: dict[int, int] = {}
    lines: dict[int, list[Row]] = {}
    for row in moved:
        before = holder.get(row.witness[0] - 1)
        place[row.number] = place.get(before.number, before.number) if before else 0
        lines.setdefault(place[row.number], []).append(row)
    return lines


class Rows:
    """Makes row views of one comparison; ``steps`` gives each finding its place among those of the view.

    ``speakers`` are those who are quoted, by the place of their quotation: revision, paragraph, code point.
    """

    def __init__(
        self,
        comparison: Comparison,
        places: Places,
        steps: Mapping[tuple[int, int], Step] | None = None,
        notes: Mapping[int, RowNotes] | None = None,
        speakers: Mapping[tuple[str, int, int], str] | None = None,
    ) -> None:
        self.comparison = comparison
        self.places = places
        self.steps = {} if steps is None else steps
        self.notes = notes or {}
        self.speakers = speakers or {}
        self.base_numbers = numbering.printed_numbers(comparison.base)
        self.witness_numbers = numbering.printed_numbers(comparison.witness)
        self.moved_lines = moved_lines(comparison)
        self._there: dict[int, str] = {}
        self._last_lines: dict[int, int] = {}
        lines_of_parts: Counter[str] = Counter()
        for place, moved in sorted(self.moved_lines.items()):
            part = places.of(max(place, 1)).partition("#")[0]
            drawn = min(len(moved), max(1, MAX_MOVED_LINES - lines_of_parts[part]))
            lines_of_parts[part] += drawn
            self._last_lines[moved[drawn - 1].number] = len(moved) - drawn
            for index, row in enumerate(moved):
                line = moved[min(index, drawn - 1)]
                self._there[row.number] = f"{part}#row-{line.number}-there"
            del moved[drawn:]
        self._findings: dict[tuple[int, int], FindingView] = {}
        self._base_furniture = frozenset(comparison.base.furniture)
        self._witness_furniture = frozenset(comparison.witness.furniture)

    def is_furniture(self, row: Row) -> bool:
        """Return whether nothing in the row belongs to an article."""
        return self._base_furniture.issuperset(row.base) and self._witness_furniture.issuperset(row.witness)

    def is_headline(self, row: Row) -> bool:
        """Return whether the row holds the headline of either text."""
        return self.comparison.base.headline in row.base or self.comparison.witness.headline in row.witness

    def loud(self, row: Row) -> tuple[tuple[int, Finding], ...]:
        """Return the findings of ``row`` that this view marks in the text, each with its number in the row."""
        return row_findings.loud(row, self.places.view.kinds)

    def shown_numbers(self, row: Row) -> tuple[int, ...]:
        """Return the numbers of the findings shown below the row."""
        return row_findings.shown_numbers(row, self.places.view.kinds)

    def view(self, row: Row, focus: int | None = None) -> RowView:
        """Return ``row`` as it is drawn; ``focus`` is the finding (from 1) that the page was opened for."""
        view = self.places.view
        base = row_text(self.comparison.base, row.base)
        witness = row_text(self.comparison.witness, row.witness)
        shown = self.shown_numbers(row)
        if focus and focus not in shown:
            shown = (*shown, focus)
        finding_views = self._below(row, shown, focus)
        telling = {spans for view_of in finding_views if view_of.excerpt for spans in view_of.excerpt.places}
        marked = [row.findings[focus - 1]] if focus else [finding for _, finding in self.loud(row)]
        typography = view.draws_typography or any(finding.kind == "typography" for finding in marked)
        drawing = Drawing(base, witness, row.changes, marked, typography, telling)
        inline: tuple[RowParagraphView, ...] = ()
        base_segments: Sequence[Segment] = ()
        witness_segments: Sequence[Segment] = ()
        if view.layout == "inline" and row.base and row.witness:
            inline = tuple(RowParagraphView("", cut) for cut in by_paragraph(drawing.inline()))
        else:
            base_segments, witness_segments = drawing.side("base"), drawing.side("witness")
            if not (row.base and row.witness):  # the row says in whose text it is: its words need no mark
                base_segments, witness_segments = _plain(base_segments), _plain(witness_segments)
        return RowView(
            number=row.number,
            anchor=f"row-{row.number}",
            kind=row.kind,
            moved=row.moved,
            sign=_sign(row),
            says=says(row, self.comparison.base, self.comparison.witness),
            base=_paragraphs(base_segments, row.base, self.base_numbers),
            witness=_paragraphs(witness_segments, row.witness, self.witness_numbers),
            inline=inline,
            headline=self.is_headline(row) and max(len(row.base), len(row.witness)) == 1,
            furniture=self.is_furniture(row),
            findings=finding_views,
            more_findings=max(0, len(self.loud(row)) - len(shown)),
            link=self.places.page(row.number),
            witness_line=self._there.get(row.number, ""),
            short_place=self.short_place(row),
            repeats_place=self.place_of(row.repeats) if row.repeats else "",
            repeats_link=self.places.of(row.repeats) if row.repeats else "",
            coarse=COARSE_WORDS[row.coarse] if row.coarse else "",
            pinned=remark(row, self.comparison, self.base_numbers, self.witness_numbers),
            by_hand=self.places.by_hand(row.number),
            notes=self.notes.get(row.number),
        )

    def finding(self, row: Row, number: int, focus: int | None = None) -> FindingView:
        """Return finding ``number`` (from 1) of ``row``; made once, though a page shows it in the text and in the
        list.
        """
        key = (row.number, number)
        if key not in self._findings:
            base = row_text(self.comparison.base, row.base)
            witness = row_text(self.comparison.witness, row.witness)
            link = self.places.page(*key)
            place = quotation_place(self.comparison, row, row.findings[number - 1])
            grade = grades(self.comparison).get(key)
            self._findings[key] = row_findings.finding_view(
                row,
                number,
                base,
                witness,
                link,
                focus,
                self.steps.get(key),
                quotation_at_path(*place) if place else "",
                self.speakers.get(place, "") if place else "",
                may_reverse=bool(grade and grade.may_reverse),
            )
        return self._findings[key]

    def _below(self, row: Row, numbers: Sequence[int], focus: int | None) -> tuple[FindingView, ...]:
        """Return the findings ``numbers`` below ``row``; a repeated excerpt is shown once."""
        views: list[FindingView] = []
        for number in numbers:
            view = self.finding(row, number, focus)
            places = view.excerpt.places if view.excerpt else None
            above = places is not None and any(
                earlier.excerpt and places <= earlier.excerpt.places for earlier in views
            )
            views.append(replace(view, is_shown_above=above))
        return tuple(views)

    def short_place(self, row: Row) -> str:
        """Return the place of ``row`` in a sign or two: in the base, or in the witness if it has none there."""
        numbers = [self.base_numbers[index] for index in row.base]
        return numbering.in_signs(numbers or [self.witness_numbers[index] for index in row.witness])

    def place_of(self, number: int) -> str:
        """Return the place of row ``number`` (from 1) in a sign or two."""
        return self.short_place(self.comparison.collation.rows[number - 1])

    def witness_place(self, row: Row) -> str:
        """Return the place of ``row`` in the witness, in a sign or two."""
        return numbering.in_signs([self.witness_numbers[index] for index in row.witness])

    def moved_view(self, row: Row) -> MovedView:
        """Return the line at the witness place of ``row``, which moved."""
        more = self._last_lines.get(row.number, 0)
        return MovedView(
            row=row.number,
            anchor=f"row-{row.number}-there",
            numbers=tuple(self.witness_numbers[index] for index in row.witness),
            opening=row_opening(self.comparison.witness.paragraphs[row.witness[0]]),
            link=self.places.of(row.number),
            more=f"{more:,} more" if more else "",
        )


def says(row: Row, base: Side, witness: Side) -> str:
    """Return the kind of ``row`` in words, with the names of the two texts."""
    if row.kind == "omitted":
        return f"only in {base.label}"
    if row.kind == "added":
        return f"only in {witness.label}"
    words: dict[RowKind, str] = {
        "same": "the same, word for word",
        "edited": "reworded",
        "split": f"one paragraph in {base.label}, {len(row.witness)} in {witness.label}",
        "merged": f"{len(row.base)} paragraphs in {base.label}, one in {witness.label}",
        "regrouped": f"{counted(len(row.base), 'paragraph')} in {base.label}, {len(row.witness)} in {witness.label}",
    }
    if row.kind == "same" and any(change.op != "equal" for change in row.changes):
        return "the same but for typography"
    return words[row.kind]


OPENING_WORDS = 9
OPENING_CHARS = 80


def row_opening(paragraph: str, max_words: int = OPENING_WORDS, max_chars: int = OPENING_CHARS) -> str:
    """Return the first words of a paragraph, whose ellipsis is set apart, as the text goes on behind it.

    >>> row_opening("One two three."), row_opening("a b c d e f g h i j")
    ('One two three.', 'a b c d e f g h i …')
    """
    return opening(paragraph, max_chars, max_words, ellipsis=" …")


def _sign(row: Row) -> str:
    counts = [len(side) for side in (row.base, row.witness) if len(side) > 1]
    return SIGNS[row.kind].format(*counts)


def _plain(segments: Sequence[Segment]) -> Sequence[Segment]:
    return tuple(Segment(segment.text) for segment in segments)


def _paragraphs(
    segments: Sequence[Segment], indices: Sequence[int], numbers: Sequence[str]
) -> tuple[RowParagraphView, ...]:
    """Return one view per paragraph; none for a side that is absent or not drawn."""
    if not segments or not indices:
        return tuple(RowParagraphView(numbers[index], ()) for index in indices)
    cut = by_paragraph(segments)
    return tuple(
        RowParagraphView(numbers[index], paragraph) for index, paragraph in zip(indices, cut, strict=True)
    )
