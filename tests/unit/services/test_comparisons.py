import hashlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from unittest.mock import Mock

import pytest
from sqlalchemy import event, text

from app.collation import document, pipeline
from app.collation.model import Pins
from app.db.engine.base import Database
from app.errors import NotFoundError
from app.services import comparisons
from app.services.articles import store, trash
from app.services.operations.database import open_database
from app.settings import Settings
from app.sources.text import draft

NOBODY = "aaaaaaaaaaaaaaaa"


@pytest.fixture
def pair(seeded_db: Database) -> tuple[str, str]:
    """The revisions of the Newsweek piece and its repost, whose comparison is not stored."""
    with seeded_db.writing() as session:
        session.execute(text("DELETE FROM comparison"))
    repost, newsweek, *_ = (entry.revision for entry in store.choices(seeded_db, "", 500))
    return newsweek, repost


def stored(db: Database) -> list[tuple[str, str, str]]:
    with db.reading() as session:
        rows = session.execute(text("SELECT base, witness, engine FROM comparison ORDER BY id"))
        return [(base, witness, engine) for base, witness, engine in rows]


def made_by(monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    monkeypatch.setattr(pipeline, "ENGINE", engine)


def test_a_comparison_is_stored_when_it_is_first_opened_and_the_same_for_ever(
    seeded_db: Database, pair: tuple[str, str], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparisons, "_OPENED", comparisons.OpenedDocuments(0))
    assert comparisons.digest(seeded_db, *pair) is None
    first = comparisons.open_or_make(seeded_db, *pair)
    assert first.stored
    assert first.made_at is not None
    assert comparisons.digest(seeded_db, *pair) == first.digest
    store.add(seeded_db, draft("A visit", "He came."))
    article = store.by_revision(seeded_db, pair[0]).article
    store.edit(seeded_db, article, draft("Retitled", "All is changed."))
    seeded_db.dispose()
    again = open_database(settings)
    assert comparisons.open_or_make(again, *pair) == first
    again.dispose()


def test_a_stored_comparison_reads_back_unchanged(
    seeded_db: Database, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparisons, "_OPENED", comparisons.OpenedDocuments(0))
    stored = comparisons.open_or_make(seeded_db, *pair)
    read = comparisons.open_or_make(seeded_db, *pair)
    assert read == stored
    assert stored.digest == hashlib.sha256(document.dumps(read.comparison).encode()).hexdigest()


def test_a_document_that_was_read_stays_open(
    seeded_db: Database, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    comparisons.open_or_make(seeded_db, *pair)
    first = comparisons.open_or_make(seeded_db, *pair)
    monkeypatch.setattr(document, "from_json", Mock(side_effect=AssertionError("parsed again")))
    assert comparisons.open_or_make(seeded_db, *pair).comparison is first.comparison


def test_a_deleted_text_ends_its_open_comparison(seeded_db: Database, pair: tuple[str, str]) -> None:
    comparisons.open_or_make(seeded_db, *pair)
    trash.delete(seeded_db, store.by_revision(seeded_db, pair[0]).article)
    with pytest.raises(NotFoundError):
        comparisons.open_or_make(seeded_db, *pair)


def test_open_documents_are_bounded_by_their_bytes_together() -> None:
    opened = comparisons.OpenedDocuments(100)
    first, second, third = Mock(), Mock(), Mock()
    opened.put("first", first, 40)
    opened.put("second", second, 40)
    opened.put("second", second, 40)
    assert opened.get("first") is first
    opened.put("third", third, 40)
    assert (opened.get("first"), opened.get("second"), opened.get("third")) == (first, None, third)
    opened.put("too large", Mock(), 101)
    assert opened.get("too large") is None


def test_the_document_has_the_metadata_of_both_texts(seeded_db: Database, pair: tuple[str, str]) -> None:
    comparison = comparisons.open_or_make(seeded_db, *pair).comparison
    newsweek = store.read(seeded_db, store.by_revision(seeded_db, pair[0]).article)
    assert comparison.base.revision == pair[0]
    assert comparison.base.article == newsweek.article
    assert comparison.base.paragraphs == newsweek.paragraphs
    assert (comparison.base.headline, comparison.base.furniture) == (newsweek.headline, newsweek.furniture)
    assert (comparison.base.publisher, comparison.base.author) == ("Newsweek", "Aadil Brar")
    assert (comparison.base.published_on, comparison.witness.published_on) == ("", "2024-02-05")


def test_swapped_it_is_another_comparison(seeded_db: Database, pair: tuple[str, str]) -> None:
    comparison = comparisons.open_or_make(seeded_db, *pair)
    swapped = comparisons.open_or_make(seeded_db, pair[1], pair[0])
    assert swapped.digest != comparison.digest
    assert stored(seeded_db) == [(*pair, pipeline.ENGINE), (pair[1], pair[0], pipeline.ENGINE)]


def test_a_text_against_itself_is_the_same_word_for_word(seeded_db: Database, pair: tuple[str, str]) -> None:
    summary = comparisons.open_or_make(seeded_db, pair[0], pair[0]).comparison.collation.summary
    assert {kind for kind, count in summary.rows.items() if count} == {"same"}


def test_two_revisions_of_one_article_can_be_compared(seeded_db: Database, pair: tuple[str, str]) -> None:
    article = store.read(seeded_db, store.by_revision(seeded_db, pair[1]).article)
    edited = store.edit(seeded_db, article.article, draft(article.title, article.text + "\nOne line more."))
    summary = comparisons.open_or_make(seeded_db, pair[1], edited.revision).comparison.collation.summary
    assert summary.rows["added"] == 1
    assert summary.rows["same"] == article.paragraphs_count


@pytest.mark.sqlite
def test_a_stored_comparison_is_one_indexed_read(seeded_db: Database, pair: tuple[str, str]) -> None:
    comparisons.open_or_make(seeded_db, *pair)
    with seeded_db.reading() as session:
        engine = session.get_bind()
    statements: list[tuple[str, tuple[object, ...]]] = []
    event.listen(
        engine, "before_cursor_execute", lambda *arguments: statements.append((arguments[2], arguments[3]))
    )
    for request in (comparisons.open_or_make, comparisons.digest):
        for by in (None, pipeline.ENGINE):
            statements.clear()
            request(seeded_db, *pair, by)
            begin, (statement, parameters) = statements
            assert begin[0] == "BEGIN"
            with closing(sqlite3.connect(seeded_db.name)) as file:
                plan = [row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            (step,) = plan  # neither a scan nor a sort
            assert step.startswith("SEARCH comparison USING INDEX")
            assert "(base=? AND witness=?" in step


def test_what_a_long_comparison_found_is_weighed_where_it_was_compared(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        f"The council of district {number} met again on day {number} of that year." for number in range(800)
    ]
    base, witness = (
        store.add(db, draft(title, "\n".join(read))).revision
        for title, read in (("First", lines), ("Second", [line.replace("7", "8") for line in lines]))
    )
    monkeypatch.setattr(comparisons, "weigh", Mock(side_effect=AssertionError("readers would wait")))
    assert comparisons.open_or_make(db, base, witness).stored
    assert comparisons.open_or_make(db, base, witness).comparison.collation.rows


def test_requests_at_once_for_an_unstored_pair_make_and_store_one(
    seeded_db: Database, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = Mock(wraps=pipeline.compare)
    monkeypatch.setattr(pipeline, "compare", compare)
    start = Barrier(12)

    def open_pair() -> comparisons.StoredComparison:
        start.wait()
        return comparisons.open_or_make(seeded_db, *pair)

    with ThreadPoolExecutor(12) as threads:
        answers = [answer.result() for answer in [threads.submit(open_pair) for _ in range(12)]]
    assert len({(answer.digest, answer.made_at) for answer in answers}) == 1
    assert stored(seeded_db) == [(*pair, pipeline.ENGINE)]
    assert compare.call_count == 1


def test_the_document_of_a_faster_process_is_shown(
    seeded_db: Database, pair: tuple[str, str], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_database(settings)
    compare = pipeline.compare
    others_comparisons: list[comparisons.StoredComparison] = []

    def overtaken(*sides: object) -> object:
        monkeypatch.setattr(pipeline, "compare", compare)
        others_comparisons.append(comparisons._make(other, *pair, None, Pins()))
        return compare(*sides)  # type: ignore[arg-type]  # they are passed on as they came

    monkeypatch.setattr(pipeline, "compare", overtaken)
    assert comparisons.open_or_make(seeded_db, *pair) == others_comparisons[0]
    assert len(stored(seeded_db)) == 1
    other.dispose()


def test_a_text_deleted_during_its_comparison_is_reported(
    seeded_db: Database, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = pipeline.compare

    def deleted_meanwhile(*sides: object) -> object:
        trash.delete(seeded_db, store.by_revision(seeded_db, pair[1]).article)
        return compare(*sides)  # type: ignore[arg-type]  # they are passed on as they came

    monkeypatch.setattr(pipeline, "compare", deleted_meanwhile)
    with pytest.raises(NotFoundError, match="deleted just now"):
        comparisons.open_or_make(seeded_db, *pair)
    assert stored(seeded_db) == []


def test_the_pairs_link_shows_the_first_document_and_each_engine_has_its_own(
    seeded_db: Database, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made_by(monkeypatch, "0.9")
    first = comparisons.open_or_make(seeded_db, *pair)
    made_by(monkeypatch, "2.0")
    assert comparisons.open_or_make(seeded_db, *pair) == first
    newer = comparisons.open_or_make(seeded_db, *pair, "2.0")
    assert newer.comparison.engine == "2.0"
    assert newer.digest != first.digest
    assert comparisons.open_or_make(seeded_db, *pair) == first
    assert comparisons.open_or_make(seeded_db, *pair, "0.9") == first
    assert comparisons.open_or_make(seeded_db, *pair, "2.0") == newer
    assert comparisons.digest(seeded_db, *pair) == first.digest
    assert comparisons.digest(seeded_db, *pair, "2.0") == newer.digest
    assert [engine for *_, engine in stored(seeded_db)] == ["0.9", "2.0"]


def test_another_engines_comparison_that_was_never_made_is_not_found(
    seeded_db: Database, pair: tuple[str, str]
) -> None:
    with pytest.raises(NotFoundError, match=r"by engine 0\.1"):
        comparisons.open_or_make(seeded_db, *pair, "0.1")
    assert comparisons.digest(seeded_db, *pair, "0.1") is None
    assert stored(seeded_db) == []


def test_an_unknown_text_is_not_found_on_either_side(seeded_db: Database, pair: tuple[str, str]) -> None:
    for base, witness in ((pair[0], NOBODY), (NOBODY, pair[0])):
        with pytest.raises(NotFoundError, match="one of its texts is not here"):
            comparisons.open_or_make(seeded_db, base, witness)
