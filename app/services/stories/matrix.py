"""A story as a matrix: the paragraphs of its base down, its other articles across."""

from dataclasses import dataclass
from typing import Literal

from app.collation.model import Comparison, Row
from app.collation.reading.verbatim import is_verbatim
from app.collation.text.numbering import printed_numbers
from app.db.engine.base import Database
from app.services import comparisons
from app.services.stories.story import Story, read
from app.services.summaries import ArticleEntry

COLUMNS = 12
"""Articles on one page of the matrix: more do not fit beside the text on a wide screen."""

State = Literal["verbatim", "reworded", "absent"]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What became of a paragraph of the base in one article."""

    state: State
    row: int | None
    """The row of the comparison that shows it, counted from 1."""
    base_revision: str
    witness_revision: str


@dataclass(frozen=True, slots=True)
class Column:
    """An article beside the base; the paragraphs counted are the articles' own, furniture apart."""

    entry: ArticleEntry
    left_out: int
    """Paragraphs of the base that it does not have."""
    added: int
    """Paragraphs that only it has."""
    kept: float
    """The share of the base's words that stand in it, as copied or reworded, 0 to 1."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A paragraph of the base."""

    index: int
    label: str
    """As pages print its number: H for the headline, f for furniture, 1, 2, 3 ... for the rest."""
    text: str
    cells: tuple[MatrixCell, ...]
    """One for each column."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """One page of the matrix: ``COLUMNS`` articles at most beside the base."""

    story: Story
    base: ArticleEntry
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    compared: tuple[Comparison, ...]
    """The base with each column: what the cells and counts were read from."""
    page: int
    pages: int
    """At least 1."""


def matrix(db: Database, id: str, base: str | None = None, page: int = 1) -> Matrix:
    """The page of this number, from 1, of the matrix of a story; one beyond the last gives the last.

    ``id`` is any of its articles, ``base`` the one whose paragraphs stand down the side, by default the first added.
    Its cells come from the stored comparisons; one that is not stored yet is made. Raises NotFoundError as
    ``stories.read`` does.
    """
    story = read(db, id, base)
    others = [one.entry for one in story.articles if one.entry.article != story.base.article]
    pages = max(1, -(-len(others) // COLUMNS))
    page = min(max(page, 1), pages)
    shown = others[(page - 1) * COLUMNS : page * COLUMNS]
    found = [comparisons.open_or_make(db, story.base.revision, other.revision).comparison for other in shown]
    by_paragraph = [{index: row for row in one.collation.rows for index in row.base} for one in found]
    side = comparisons.side(db, story.base.revision)
    labels = printed_numbers(side)
    rows = tuple(
        MatrixRow(
            index,
            labels[index],
            text,
            tuple(_cell(one, rows[index]) for one, rows in zip(found, by_paragraph, strict=True)),
        )
        for index, text in enumerate(side.paragraphs)
    )
    columns = tuple(_column(entry, one) for entry, one in zip(shown, found, strict=True))
    return Matrix(story, story.base, columns, rows, tuple(found), page, pages)


def _cell(comparison: Comparison, row: Row) -> MatrixCell:
    state: State = "reworded"
    if not row.witness:
        state = "absent"
    elif is_verbatim(comparison, row):
        state = "verbatim"
    return MatrixCell(state, row.number, comparison.base.revision, comparison.witness.revision)


def _column(entry: ArticleEntry, comparison: Comparison) -> Column:
    base_furniture = {*comparison.base.furniture}
    witness_furniture = {*comparison.witness.furniture}
    left_out = {index for row in comparison.collation.rows if not row.witness for index in row.base}
    added = {index for row in comparison.collation.rows if not row.base for index in row.witness}
    return Column(
        entry,
        left_out=len(left_out - base_furniture),
        added=len(added - witness_furniture),
        kept=comparison.collation.summary.base_in_witness,
    )
