"""An article's page comes from one read transaction, whatever is written meanwhile."""

import pytest
from sqlalchemy import text as sql
from sqlmodel import Session

from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.errors import NotFoundError
from app.services.articles import store, trash
from app.services.articles.snapshot import ArticleSnapshot, snapshot
from app.services.articles.store import RevisionRef
from app.services.quotations import versions
from app.services.relations import relate
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text, words

SPEECH = f"“{words(90, 20)[:-1]},” said Ann Lee on Monday."


def add(db: Database, title: str, seed: int) -> RevisionRef:
    return store.add(db, draft(title, text(paragraphs(seed), SPEECH)))


def forget(db: Database, revision: str) -> None:
    """Leave a revision's relations and quotations pending, as an import does."""
    with db.writing() as session:
        session.execute(sql("DELETE FROM relation"))
        session.execute(sql("DELETE FROM quotation"))
        session.execute(sql("UPDATE indexed SET quoted = false"))
        fingerprint_index.mark_related(session, [revision], related=False)


def titles(shown: ArticleSnapshot) -> tuple[list[str], list[str]]:
    """Return the titles of the related articles and of those to choose from."""
    return [relative.article.title for relative in shown.relatives.reuse], [
        entry.title for entry in shown.choices
    ]


def test_all_of_a_page_comes_from_one_read_transaction(db: Database, transactions: list[str]) -> None:
    article, _, other = add(db, "Own", 1), add(db, "Copy", 1), add(db, "Other", 2)
    transactions.clear()
    page = snapshot(db, article.article, max_choices=10)
    assert transactions == ["reading"]
    assert page.article == store.read(db, article.article)
    assert page.relatives == relate.ensure_relations(db, article.revision)
    assert page.quotations == versions.ensure_quotations(db, article.revision)
    assert len(page.quotations) == 1
    assert titles(page) == (["Copy"], ["Other", "Copy"])
    transactions.clear()
    assert titles(snapshot(db, other.article, query="ow", max_choices=10)) == ([], ["Own"])
    assert transactions == ["reading"]


def test_an_earlier_revision_is_read_in_one_transaction_too(db: Database, transactions: list[str]) -> None:
    article = add(db, "Own", 1)
    store.edit(db, article.article, draft("Own", text(paragraphs(3))))
    transactions.clear()
    page = snapshot(db, article.article, 1, max_choices=10)
    assert transactions == ["reading"]
    assert (page.article.number, page.article.newest) == (1, 2)
    assert (page.relatives, len(page.quotations)) == (relate.NO_RELATIVES, 1)


def test_an_earlier_revision_without_quotations_is_shown_without_writing(
    db: Database, transactions: list[str]
) -> None:
    article = store.add(db, draft("Own", text(paragraphs(1))))
    store.edit(db, article.article, draft("Own", text(paragraphs(3))))
    transactions.clear()
    assert snapshot(db, article.article, 1, max_choices=10).quotations == ()
    assert "writing" not in transactions


def test_what_is_pending_is_found_and_stored_before_the_page_is_read(
    db: Database, transactions: list[str]
) -> None:
    article, _ = add(db, "Own", 1), add(db, "Copy", 1)
    complete = snapshot(db, article.article, max_choices=10)
    forget(db, article.revision)
    transactions.clear()
    page = snapshot(db, article.article, max_choices=10)
    assert (page.article, page.relatives, page.choices) == (
        complete.article,
        complete.relatives,
        complete.choices,
    )
    assert [quotation.id for quotation in page.quotations] == [
        quotation.id for quotation in complete.quotations
    ]
    assert transactions.count("writing") == 2
    assert transactions[-1] == "reading"
    transactions.clear()
    assert snapshot(db, article.article, max_choices=10) == page
    assert transactions == ["reading"]


def test_a_database_that_cannot_be_written_shows_pending_relations_all_the_same(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    article, _ = add(db, "Own", 1), add(db, "Copy", 1)
    forget(db, article.revision)
    monkeypatch.setattr(db, "read_only", True)
    page = snapshot(db, article.article, max_choices=10)
    assert titles(page) == (["Copy"], ["Copy"])
    assert page.quotations == ()


@pytest.mark.parametrize("change", ["edit", "delete"])
def test_a_change_while_the_page_is_read_shows_none_of_itself(
    db: Database, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    original, copy = add(db, "Own", 1), add(db, "Copy", 1)
    before = snapshot(db, original.article, max_choices=10)
    assert titles(before) == (["Copy"], ["Copy"])
    read_in = store.read_in

    def overtaken(session: Session, article: str, number: int | None = None) -> store.StoredArticle:
        read = read_in(session, article, number)
        monkeypatch.setattr(store, "read_in", read_in)
        if change == "edit":
            store.edit(db, original.article, draft("Own", text(paragraphs(5))))
        else:
            trash.delete(db, original.article)
        trash.delete(db, copy.article)
        return read

    monkeypatch.setattr(store, "read_in", overtaken)
    assert snapshot(db, original.article, max_choices=10) == before
    if change == "delete":
        with pytest.raises(NotFoundError):
            snapshot(db, original.article, max_choices=10)
    else:
        after = snapshot(db, original.article, max_choices=10)
        assert (after.article.number, titles(after)) == (2, ([], []))


def test_an_edit_while_pending_work_is_done_gives_a_page_of_the_new_revision_alone(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    article, _ = add(db, "Own", 1), add(db, "Copy", 1)
    forget(db, article.revision)
    ensure = relate.ensure_relations

    def overtaken(db: Database, revision: str) -> relate.Relatives:
        monkeypatch.setattr(relate, "ensure_relations", ensure)
        store.edit(db, article.article, draft("Own", text(paragraphs(5))))
        return ensure(db, revision)

    monkeypatch.setattr(relate, "ensure_relations", overtaken)
    page = snapshot(db, article.article, max_choices=10)
    assert (page.article.number, page.quotations) == (2, ())
    assert titles(page) == ([], ["Copy"])
