import pytest

from app.db.engine.base import Database
from app.services import comparisons
from app.services.articles import store
from app.services.stories import library, matrix
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text

BODY = paragraphs(1, count=6)
ELSEWHERE = "Quite another thing was known on Tuesday, when the papers of the harbour came to light."


def add(db: Database, title: str, lines: list[str]) -> str:
    return store.add(db, draft(title, text(lines))).article


def reworded(line: str) -> str:
    """The line with every sixth word another."""
    found = line.split()
    for place in range(3, len(found), 6):
        found[place] = "otherwise"
    return " ".join(found)


def test_a_cell_tells_what_became_of_a_paragraph_and_where_that_is_shown(db: Database) -> None:
    base = add(db, "The whole", ["The whole", *BODY])
    witness = add(db, "The copy", ["The whole", BODY[0], reworded(BODY[1]), *BODY[3:5], ELSEWHERE])
    found = library.matrix(db, base)
    assert [row.label for row in found.rows] == ["H", "1", "2", "3", "4", "5", "6"]
    assert [row.text for row in found.rows] == ["The whole", *BODY]
    states = [cell.state for row in found.rows for cell in row.cells]
    assert states == ["verbatim", "verbatim", "reworded", "absent", "verbatim", "verbatim", "absent"]
    (column,) = found.columns
    assert (column.entry.article, column.left_out, column.added) == (witness, 2, 2)
    stored = comparisons.open_or_make(db, found.base.revision, column.entry.revision)
    assert stored.stored
    for row in found.rows:
        (cell,) = row.cells
        assert (cell.base_revision, cell.witness_revision) == (found.base.revision, column.entry.revision)
        assert cell.row is not None
        assert row.index in stored.comparison.collation.rows[cell.row - 1].base


def test_a_paragraph_that_is_only_broken_in_two_stands_there_word_for_word(db: Database) -> None:
    base = add(db, "The whole", ["The whole", *BODY])
    half = BODY[0].split(". ", 1)
    add(db, "The whole", ["The whole", half[0] + ".", half[1], *BODY[1:]])
    found = library.matrix(db, base)
    assert {cell.state for row in found.rows for cell in row.cells} == {"verbatim"}


def test_furniture_is_neither_left_out_nor_added(db: Database) -> None:
    base = add(db, "The whole", ["The whole", *BODY, "Subscribe to our newsletter"])
    add(db, "The whole", ["The whole", *BODY, "Read more", "Share this article"])
    found = library.matrix(db, base)
    assert found.rows[-1].label == "f"
    assert (found.columns[0].left_out, found.columns[0].added) == (0, 0)


def test_any_article_can_be_the_base(db: Database) -> None:
    whole, part = add(db, "Whole", BODY), add(db, "Part", BODY[:3])
    found = library.matrix(db, whole, part)
    assert (found.base.article, found.columns[0].entry.article) == (part, whole)
    assert (found.columns[0].left_out, found.columns[0].added) == (1, 4)  # its own title, and what it lacks
    assert found.columns[0].kept > 0.9


def test_a_wide_matrix_is_turned_page_by_page(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "COLUMNS", 2)
    refs = [add(db, f"Copy {n}", BODY) for n in range(6)]
    pages = [library.matrix(db, refs[0], page=page) for page in (1, 2, 3)]
    assert [len(page.columns) for page in pages] == [2, 2, 1]
    shown = [column.entry.article for page in pages for column in page.columns]
    assert shown == refs[1:]
    assert {(page.pages, page.base.article) for page in pages} == {(3, refs[0])}
    assert library.matrix(db, refs[0], page=99) == pages[2]
    assert library.matrix(db, refs[0], page=0) == pages[0]


def test_an_article_that_stands_alone_has_a_matrix_without_columns(db: Database) -> None:
    found = library.matrix(db, add(db, "Alone", BODY))
    assert (found.columns, found.pages, len(found.rows)) == ((), 1, 7)
    assert {row.cells for row in found.rows} == {()}
