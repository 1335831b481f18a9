import pytest
from sqlmodel import Session

from app.db.engine.base import Database
from app.services import comparisons
from app.services.articles import store, trash
from app.services.stories import matrix
from app.services.stories.matrix import build_matrix
from app.services.stories.story import Story, read_story_in
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text

BODY = paragraphs(1, count=6)
ELSEWHERE = "Quite another thing was known on Tuesday, when the papers of the harbour came to light."


def add(db: Database, title: str, lines: list[str]) -> str:
    return store.add(db, draft(title, text(lines))).article


def reworded(line: str) -> str:
    """Replace every sixth word of the line."""
    changed = line.split()
    for place in range(3, len(changed), 6):
        changed[place] = "otherwise"
    return " ".join(changed)


def test_a_cell_shows_the_fate_of_a_paragraph_with_its_row(db: Database) -> None:
    base = add(db, "The whole", ["The whole", *BODY])
    witness = add(db, "The copy", ["The whole", BODY[0], reworded(BODY[1]), *BODY[3:5], ELSEWHERE])
    shown = build_matrix(db, base)
    assert [row.label for row in shown.rows] == ["H", "1", "2", "3", "4", "5", "6"]
    assert [row.text for row in shown.rows] == ["The whole", *BODY]
    states = [cell.state for row in shown.rows for cell in row.cells]
    assert states == ["verbatim", "verbatim", "reworded", "absent", "verbatim", "verbatim", "absent"]
    (column,) = shown.columns
    assert (column.entry.article, column.left_out, column.added) == (witness, 2, 2)
    stored = comparisons.open_or_make(db, shown.base.revision, column.entry.revision)
    assert stored.stored
    for row in shown.rows:
        (cell,) = row.cells
        assert (cell.base_revision, cell.witness_revision) == (shown.base.revision, column.entry.revision)
        assert cell.row is not None
        assert row.index in stored.comparison.collation.rows[cell.row - 1].base


def test_a_paragraph_only_split_in_two_counts_as_word_for_word(db: Database) -> None:
    base = add(db, "The whole", ["The whole", *BODY])
    half = BODY[0].split(". ", 1)
    add(db, "The whole", ["The whole", half[0] + ".", half[1], *BODY[1:]])
    shown = build_matrix(db, base)
    assert {cell.state for row in shown.rows for cell in row.cells} == {"verbatim"}


def test_furniture_is_neither_left_out_nor_added(db: Database) -> None:
    base = add(db, "The whole", ["The whole", *BODY, "Subscribe to our newsletter"])
    add(db, "The whole", ["The whole", *BODY, "Read more", "Share this article"])
    shown = build_matrix(db, base)
    assert shown.rows[-1].label == "f"
    assert (shown.columns[0].left_out, shown.columns[0].added) == (0, 0)


def test_any_article_can_be_the_base(db: Database) -> None:
    whole, part = add(db, "Whole", BODY), add(db, "Part", BODY[:3])
    shown = build_matrix(db, whole, part)
    assert (shown.base.article, shown.columns[0].entry.article) == (part, whole)
    assert (shown.columns[0].left_out, shown.columns[0].added) == (1, 4)  # its own title, and what it lacks
    assert shown.columns[0].kept_share > 0.9


def test_a_wide_matrix_is_turned_page_by_page(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "MAX_COLUMNS", 2)
    refs = [add(db, f"Copy {n}", BODY) for n in range(6)]
    pages = [build_matrix(db, refs[0], page=page) for page in (1, 2, 3)]
    assert [len(page.columns) for page in pages] == [2, 2, 1]
    articles = [column.entry.article for page in pages for column in page.columns]
    assert articles == refs[1:]
    assert {(page.pages, page.base.article) for page in pages} == {(3, refs[0])}
    assert build_matrix(db, refs[0], page=99) == pages[2]
    assert build_matrix(db, refs[0], page=0) == build_matrix(db, refs[0], page=1)


def test_a_page_compares_no_more_text_than_it_can_show_quickly(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = [add(db, f"Copy {n}", BODY) for n in range(3)]
    refs.append(add(db, "Long copy", [*BODY, *paragraphs(2, count=30)]))
    length = len(text(BODY)) + 200  # of an ordinary one, title and line ends included
    monkeypatch.setattr(matrix, "MAX_COMPARED_CHARS", 4 * length)

    pages = [build_matrix(db, refs[0], page=page) for page in (1, 2)]

    assert [[column.entry.article for column in page.columns] for page in pages] == [refs[1:3], refs[3:]]
    assert {page.pages for page in pages} == {2}


def test_a_story_whose_comparisons_are_stored_is_read_in_one_transaction(
    db: Database, transactions: list[str]
) -> None:
    refs = [add(db, f"Copy {n}", BODY) for n in range(4)]
    first = build_matrix(db, refs[0])
    assert transactions.count("writing") == 4 + 3  # the articles, then the comparisons
    transactions.clear()
    assert build_matrix(db, refs[0]) == first
    assert transactions == ["reading"]


def test_an_article_deleted_while_a_stored_story_is_read_stays_in_it(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = [add(db, f"Copy {n}", BODY) for n in range(3)]
    before = build_matrix(db, refs[0])

    def overtaken(session: Session, id: str, base: str | None) -> Story:
        story = read_story_in(session, id, base)
        trash.delete(db, refs[2])
        return story

    monkeypatch.setattr(matrix, "read_story_in", overtaken)
    assert build_matrix(db, refs[0]) == before
    monkeypatch.undo()
    assert [column.entry.article for column in build_matrix(db, refs[0]).columns] == [refs[1]]


def test_a_single_article_has_a_matrix_without_columns(db: Database) -> None:
    shown = build_matrix(db, add(db, "Alone", BODY))
    assert (shown.columns, shown.pages, len(shown.rows)) == ((), 1, 7)
    assert {row.cells for row in shown.rows} == {()}
