"""The comparison page: everything that its template draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app import permalinks
from app.collation import pipeline
from app.collation.model import Comparison, Row, Side
from app.collation.relations import Relation
from app.collation.shared_figures import applies, relation_of
from app.services.notes import EditorNote
from app.web import formatting
from app.web.pages.comparison import one_sided, summary
from app.web.pages.comparison.pins import PinsView, pins_view
from app.web.pages.comparison.precedence import PrecedenceView, precedence_view
from app.web.pages.comparison.verdict import Verdict, verdict
from app.web.pages.findings.cards import FindingCards, cards_view
from app.web.pages.findings.finding_list import FindingList, Steps, finding_list_view, listed_places
from app.web.pages.findings.kind_filter import KindChoice, kind_choices
from app.web.pages.notes.note_view import NotesLine, notes_by_row, notes_line
from app.web.pages.shared.numbering import numbered_count
from app.web.pages.shared.paging import Pager, pager, part_starts
from app.web.pages.shared.relatives import SharedView, pair_view
from app.web.pages.shared.remembered import remembered
from app.web.pages.table import groups, overview
from app.web.pages.table.comparison_view import ComparisonView, Places
from app.web.pages.table.rows import Rows


@dataclass(frozen=True, slots=True)
class Card:
    """One text: who published it, and what is stated of it."""

    label: str
    publisher: str
    title: str
    author: str
    published: str
    paragraphs: str
    link: str
    """The text in the revision that was compared, which may not be its article's newest."""
    letter: str

    def numbered(self, number: int) -> "Card":
        """Return the card with the revision's number before the date."""
        return replace(self, published=numbered_day(number, self.published))

    @property
    def spoken(self) -> str:
        """What a listener hears at each mark that is in this text alone: its publisher, or its letter where it is named
        by its title, which is long.
        """
        return self.label if self.label == self.publisher else self.letter


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of view, as a link."""

    name: str
    short: str
    """Its name where the bar has the width of a phone."""
    link: str
    chosen: bool
    key: str


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """What ``comparison/page.html`` shows."""

    title: str
    pictured: str
    """What its share picture shows, in words."""
    description: str
    path: str
    base: Card
    witness: Card
    relation: SharedView | None
    """How the two articles are related, as it is stored of their newest revisions."""
    apart: str
    """What the relation does not count, in words; empty where it counts all."""
    story: str
    """The address of the story that both belong to; empty where they share no text."""
    summary: summary.SummaryView
    verdict: Verdict
    cards: FindingCards
    first_finding: str
    """The place of the first finding of the view; empty where there is none."""
    last_finding: str
    swap: str
    newer: str
    """Address of the same comparison by a newer engine, empty where there is none."""
    pins: PinsView | None
    """The reader's pins that it was made around."""
    engine: str
    layout: str
    choices: tuple[Choice, ...]
    kind_choices: tuple[KindChoice, ...]
    cells: tuple[overview.OverviewCell, ...]
    groups: tuple[groups.Group, ...]
    finding_list: FindingList
    only_base: one_sided.OnlyIn
    only_witness: one_sided.OnlyIn
    moved: one_sided.Paragraphs
    further: str
    """What the page has below the findings, in the words of the link to it."""
    export: str
    """The address of its exports and citation."""
    first: PrecedenceView | None
    """What bears on who came first; None where the two share too little to ask, and below later parts of a long one."""
    pager: Pager | None
    """The ways to the other parts of a long comparison."""
    rows: int
    notes: NotesLine | None
    """How many notes there are; None where there are none."""
    keep: str = ""
    """Where an editor has the comparison kept as it is; empty if it is stored."""
    on_paper: tuple[str, ...] = ()
    """What is printed below it: what made it and when, its address, and where its sources are."""

    @property
    def picture(self) -> str:
        """The path of its share picture."""
        return permalinks.picture_path(self.path)

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return columns_of(self.layout)


def comparison_page(
    comparison: Comparison,
    path: str,
    view: ComparisonView,
    relation: Relation | None = None,
    notes: Sequence[EditorNote] = (),
    speakers: Mapping[tuple[str, int, int], str] | None = None,
    *,
    may_write: bool = False,
) -> ComparisonPage:
    """Build the page of ``comparison``, whose address is ``path``, in the requested ``view``.

    ``relation`` is what is stored of the two, as seen from the base. ``notes`` are those that the visitor sees; an
    editor may write more. ``speakers`` are those who are quoted, by the place of their quotation.
    """
    shared = relation_of(comparison, relation)
    rows = comparison.collation.rows
    starts = part_starts(comparison)
    shown = shown_part(rows, starts, view.start)
    pinned = permalinks.pins_text(comparison.pins)
    view = replace(view, start=shown[0].number if shown and shown[0].number > 1 else 1, pins=pinned)
    places = Places(path, view, shown[0].number if shown else 1, shown[-1].number if shown else 0, starts)
    placed = notes_by_row(comparison, notes, may_write=may_write)
    maker = Rows(comparison, places, Steps(comparison, view.kinds, places.of), placed, speakers)
    finding_list = finding_list_view(comparison, maker)
    words = summary.summary_view(comparison, shared)
    cards = cards_view(comparison, maker)
    first = next((card.finding for card in cards.open), None)
    ends = _ends(comparison, maker)
    pins = pins_view(comparison, maker)
    only_base = one_sided.only_in_base(comparison, maker)
    only_witness = one_sided.only_in_witness(comparison, maker)
    preview = summary.preview(comparison, words, first.excerpt if first else None)
    return ComparisonPage(
        title=words.title,
        pictured=summary.contrast(comparison, first.excerpt) if first and first.excerpt else words.title,
        description=f"{preview} {pins.lead}." if pins else preview,
        path=path + ComparisonView(pins=pinned).query,
        base=card(comparison.base, "A"),
        witness=card(comparison.witness, "B"),
        relation=_relation_view(comparison, relation),
        apart="not counting menus, bios and ads"
        if comparison.base.furniture or comparison.witness.furniture
        else "",
        story=permalinks.story_path(comparison.base.article) if relation and relation.is_reuse else "",
        summary=words,
        verdict=verdict(comparison, shared, words),
        cards=cards,
        first_finding=ends[0],
        last_finding=ends[1],
        swap=permalinks.compare_path(comparison.witness.revision, comparison.base.revision)
        + replace(view, start=1, pins=permalinks.pins_text(comparison.pins.swapped())).query,
        newer=newer_path(comparison),
        pins=pins,
        engine=comparison.engine,
        layout=view.layout,
        choices=_choices(path, view, comparison),
        kind_choices=kind_choices(comparison, places),
        cells=overview.cells(comparison, maker),
        groups=groups.grouped(shown, maker),
        finding_list=finding_list,
        only_base=only_base,
        only_witness=only_witness,
        moved=one_sided.moved(comparison, maker),
        further="What one text lacks"
        if only_base.article.count or only_witness.article.count
        else "The end of the list",
        export=f"{path}/export{ComparisonView(kinds=view.kinds, pins=pinned).query}",
        first=precedence_view(comparison, places.of) if places.first == 1 else None,
        pager=_pager(maker, shown),
        rows=len(rows),
        notes=notes_line(comparison, notes, placed),
    )


def _relation_view(comparison: Comparison, relation: Relation | None) -> SharedView | None:
    """Return a stored relation in words; without its figures where it does not count these rows."""
    if relation is None:
        return None
    view = pair_view(relation, summary.name(comparison.base), summary.name(comparison.witness))
    return view if applies(comparison) else replace(view, says="")


def columns_of(layout: str) -> int:
    """Return how many columns the table has: numbers and texts, which are one text inline."""
    return 3 if layout == "inline" else 4


def _ends(comparison: Comparison, maker: Rows) -> tuple[str, str]:
    """Return the places of the first and of the last finding of the view; empty where there is none."""
    listed = listed_places(comparison, maker.places.view.kinds)

    def place(row: Row, number: int) -> str:
        return maker.places.of(row.number, number if number in maker.shown_numbers(row) else None)

    return (place(*listed[0][:2]), place(*listed[-1][:2])) if listed else ("", "")


def newer_path(comparison: Comparison) -> str:
    """Return the address of the same comparison by this program's engine; empty if it is by that already."""
    if comparison.engine == pipeline.ENGINE:
        return ""
    base, witness = comparison.base.revision, comparison.witness.revision
    return permalinks.compare_path(base, witness, pipeline.ENGINE, permalinks.pins_text(comparison.pins))


def shown_part(rows: Sequence[Row], starts: Sequence[int], start: int) -> Sequence[Row]:
    """Return the rows of the part that holds row ``start``; of the last part where ``start`` is beyond the end."""
    begin = max(number for number in starts if number <= max(1, start))
    end = next((number for number in starts if number > begin), len(rows) + 1)
    return rows[begin - 1 : end - 1]


def named_by_number(comparison: Comparison, base: int, witness: int) -> Comparison:
    """Return the comparison of two revisions of one article, each called by its number, as all else may agree."""
    return replace(
        comparison,
        base=replace(comparison.base, label=f"Revision {base:,}"),
        witness=replace(comparison.witness, label=f"Revision {witness:,}"),
    )


def with_numbers(page: ComparisonPage, base: int, witness: int) -> ComparisonPage:
    """Return the page of two revisions of one article, with their numbers beside the dates, as all else may agree."""
    return replace(page, base=page.base.numbered(base), witness=page.witness.numbered(witness))


def numbered_day(number: int, day: str) -> str:
    """Return what is printed of a revision's number and date.

    >>> numbered_day(2, "no date stated")
    'Revision 2 · no date stated'
    """
    return f"Revision {number:,} · {day}"


def card(side: Side, letter: str) -> Card:
    """Return what a page says of one text, which it calls ``letter``, and of what is not stated."""
    return Card(
        label=side.label,
        publisher=side.publisher or f"Publisher {formatting.NOT_STATED}",
        title=side.title,
        author=side.author or f"author {formatting.NOT_STATED}",
        published=formatting.day(date.fromisoformat(side.published_on) if side.published_on else None),
        paragraphs=formatting.extent(numbered_count(side), len(side.furniture)),
        link=permalinks.text_path(side.revision),
        letter=letter,
    )


def _choices(path: str, view: ComparisonView, comparison: Comparison) -> tuple[Choice, ...]:
    def choice(name: str, short: str, choice_view: ComparisonView, key: str) -> Choice:
        return Choice(name, short, path + choice_view.query, choice_view == view, key)

    choices = [
        choice("Side by side", "Both", replace(view, layout="side"), "side"),
        choice("Inline", "Inline", replace(view, layout="inline"), "inline"),
    ]
    changes = replace(view, show="all" if view.show == "changes" else "changes")
    is_chosen = view.show == "changes"
    choices.append(Choice("Changes only", "Changes", path + changes.query, is_chosen, "changes"))
    if _has_typography(comparison) or view.typography:
        toggled = replace(view, typography=not view.typography)
        choices.append(
            Choice("Typography", "Typography", path + toggled.query, view.typography, "typography")
        )
    return tuple(choices)


@remembered
def _has_typography(comparison: Comparison) -> bool:
    return any(row.has_typography for row in comparison.collation.rows)


def _pager(maker: Rows, shown: Sequence[Row]) -> Pager | None:
    places, total = maker.places, len(maker.comparison.collation.rows)
    return pager(
        f"{maker.short_place(shown[0])} to {maker.short_place(shown[-1])}" if shown else "",
        places.part(places.first - 1) if places.first > 1 else "",
        places.part(places.last + 1) if places.last < total else "",
    )
