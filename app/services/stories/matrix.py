"""A story as a matrix: the paragraphs of its base down the side, its other articles across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.collation.model import Comparison
from app.collation.relations import Relation
from app.collation.shared_figures import relation_of, shared_row_numbers, verbatim_row_numbers
from app.collation.text.numbering import printed_numbers
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import desk
from app.services import comparisons
from app.services.stories.library import WorstFinding, worst_finding
from app.services.stories.story import Story, read_story_in
from app.services.summaries import ArticleEntry

MAX_COLUMNS = 12
"""Articles on one page: no more fit beside the text on a wide screen."""

MAX_COMPARED_CHARS = 2_000_000
"""Code points of the texts compared on one page, the base counted once a column: two of the longest texts, or twelve
columns of chapters of a book. A page of more would take seconds to read, and minutes the first time."""

State = Literal["verbatim", "reworded", "resembling", "absent"]
"""``resembling``: beside a paragraph of the other article, but too little alike to count as shared."""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The fate of a paragraph of the base in one article."""

    state: State
    row: int | None
    """The row of the comparison that shows it, from 1."""
    base_revision: str
    witness_revision: str
    moved: bool = False
    """Whether it is at another place among the article's paragraphs."""


@dataclass(frozen=True, slots=True)
class Column:
    """An article beside the base. Only the articles' own paragraphs are counted, no boilerplate."""

    entry: ArticleEntry
    left_out: int
    """Paragraphs of the base that it lacks."""
    added: int
    """Paragraphs that only it has."""
    kept_share: float
    """The share of the base's words that it has, copied or reworded, 0 to 1."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A paragraph of the base."""

    index: int
    label: str
    """Its number as pages print it: H for the headline, f for boilerplate, 1, 2, 3 ... for the rest."""
    text: str
    cells: tuple[MatrixCell, ...]
    """One for each column."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """One page of the matrix: at most ``MAX_COLUMNS`` articles beside the base, fewer of great length."""

    story: Story
    base: ArticleEntry
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    compared: tuple[Comparison, ...]
    """The base with each column: the source of the cells and counts."""
    page: int
    pages: int
    """At least 1."""
    worst: WorstFinding | None = None
    """The most serious finding in the story; None where none is known."""


def build_matrix(db: Database, id: str, base: str | None = None, page: int = 1) -> Matrix:
    """Build this page, from 1, of the matrix of a story; a number beyond the last gives the last page.

    ``id`` is any of its articles, ``base`` the one whose paragraphs run down the side, by default ``read_story``’s.
    The story, its base and the stored comparisons are read in one transaction; a comparison that is not stored yet is
    then computed and stored. Raises NotFoundError as ``read_story`` does.
    """
    with db.reading() as session:
        story = read_story_in(session, id, base)
        others = [member.entry for member in story.articles if member.entry.article != story.base.article]
        parts = _parts(
            others, article_queries.lengths(session, [m.entry.revision for m in story.articles]), story.base
        )
        pages = len(parts)
        page = min(max(page, 1), pages)
        shown = parts[page - 1]
        side = comparisons.side_in(session, story.base.revision)
        stored = comparisons.stored_in(session, side.revision, (entry.revision for entry in shown))
        worst = desk.worst_of_story(session, story.id)
    compared = tuple(
        stored.get(entry.revision) or comparisons.open_or_make(db, side.revision, entry.revision).comparison
        for entry in shown
    )
    if len(stored) < len(compared):
        with db.reading() as session:  # what was made just now may have found something more serious
            worst = desk.worst_of_story(session, story.id)
    stored_relations = {member.entry.article: member.relation for member in story.articles}
    relations = tuple(
        relation_of(comparison, stored_relations[entry.article])
        for entry, comparison in zip(shown, compared, strict=True)
    )
    cells = tuple(map(_cells, compared, relations))
    labels = printed_numbers(side)
    rows = tuple(
        MatrixRow(index, labels[index], text, tuple(column[index] for column in cells))
        for index, text in enumerate(side.paragraphs)
    )
    columns = tuple(map(_column, shown, compared, relations))
    most_serious = worst_finding(worst) if worst else None
    return Matrix(story, story.base, columns, rows, compared, page, pages, most_serious)


def _parts(
    others: Sequence[ArticleEntry], lengths: Mapping[str, int], base: ArticleEntry
) -> list[list[ArticleEntry]]:
    """Divide the articles among pages within the limits, at least one on each; without articles, one empty page."""
    parts: list[list[ArticleEntry]] = [[]]
    total = 0
    for entry in others:
        length = lengths[base.revision] + lengths[entry.revision]
        if parts[-1] and (len(parts[-1]) == MAX_COLUMNS or total + length > MAX_COMPARED_CHARS):
            parts.append([])
            total = 0
        parts[-1].append(entry)
        total += length
    return parts


def _cells(comparison: Comparison, relation: Relation | None) -> dict[int, MatrixCell]:
    """Return the cell of each paragraph of the base, by its index."""
    shared, verbatim = shared_row_numbers(comparison, relation), verbatim_row_numbers(comparison)
    cells = {}
    for row in comparison.collation.rows:
        state: State = "absent"
        if row.number in shared:
            state = "verbatim" if row.number in verbatim else "reworded"
        elif row.witness:
            state = "resembling"
        revisions = comparison.base.revision, comparison.witness.revision
        cell = MatrixCell(state, row.number, *revisions, moved=row.moved and state != "absent")
        cells.update(dict.fromkeys(row.base, cell))
    return cells


def _column(entry: ArticleEntry, comparison: Comparison, relation: Relation | None) -> Column:
    base_furniture = {*comparison.base.furniture}
    witness_furniture = {*comparison.witness.furniture}
    left_out = {index for row in comparison.collation.rows if not row.witness for index in row.base}
    added = {index for row in comparison.collation.rows if not row.base for index in row.witness}
    return Column(
        entry,
        left_out=len(left_out - base_furniture),
        added=len(added - witness_furniture),
        kept_share=relation.base_in_witness if relation else 0.0,
    )
