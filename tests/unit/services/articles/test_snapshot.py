"""An article's page is one moment: all of it comes from one read transaction, whatever happens meanwhile."""

import pytest
from sqlalchemy import text as sql
from sqlmodel import Session

from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.errors import NotFoundError
from app.services.articles import store
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
    """The titles of the articles that share its text, and of those to choose from."""
    return [one.article.title for one in shown.relatives.reuse], [entry.title for entry in shown.choices]


def test_all_of_a_page_comes_from_one_read_transaction(db: Database, transactions: list[str]) -> None:
    own, _, other = add(db, "Own", 1), add(db, "Copy", 1), add(db, "Other", 2)
    transactions.clear()
    shown = snapshot(db, own.article, max_choices=10)
    assert transactions == ["reading"]
    assert shown.article == store.read(db, own.article)
    assert shown.relatives == relate.ensure_relations(db, own.revision)
    assert shown.quotations == versions.ensure_quotations(db, own.revision)
    assert len(shown.quotations) == 1
    assert titles(shown) == (["Copy"], ["Other", "Copy"])
    transactions.clear()
    assert titles(snapshot(db, other.article, query="ow", max_choices=10)) == ([], ["Own"])
    assert transactions == ["reading"]


def test_an_earlier_revision_is_read_in_one_transaction_too(db: Database, transactions: list[str]) -> None:
    own = add(db, "Own", 1)
    store.edit(db, own.article, draft("Own", text(paragraphs(3))))
    transactions.clear()
    shown = snapshot(db, own.article, 1, max_choices=10)
    assert transactions == ["reading"]
    assert (shown.article.number, shown.article.newest) == (1, 2)
    assert (shown.relatives, len(shown.quotations)) == (relate.NO_RELATIVES, 1)


def test_an_earlier_revision_without_quotations_is_shown_without_writing(
    db: Database, transactions: list[str]
) -> None:
    own = store.add(db, draft("Own", text(paragraphs(1))))
    store.edit(db, own.article, draft("Own", text(paragraphs(3))))
    transactions.clear()
    assert snapshot(db, own.article, 1, max_choices=10).quotations == ()
    assert "writing" not in transactions


def test_what_is_pending_is_found_and_stored_before_the_page_is_read(
    db: Database, transactions: list[str]
) -> None:
    own, _ = add(db, "Own", 1), add(db, "Copy", 1)
    complete = snapshot(db, own.article, max_choices=10)
    forget(db, own.revision)
    transactions.clear()
    shown = snapshot(db, own.article, max_choices=10)
    assert (shown.article, shown.relatives, shown.choices) == (
        complete.article,
        complete.relatives,
        complete.choices,
    )
    assert [one.id for one in shown.quotations] == [one.id for one in complete.quotations]
    assert transactions.count("writing") == 2
    assert transactions[-1] == "reading"
    transactions.clear()
    assert snapshot(db, own.article, max_choices=10) == shown
    assert transactions == ["reading"]


def test_a_database_that_cannot_be_written_shows_pending_relations_all_the_same(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, _ = add(db, "Own", 1), add(db, "Copy", 1)
    forget(db, own.revision)
    monkeypatch.setattr(db, "read_only", True)
    shown = snapshot(db, own.article, max_choices=10)
    assert titles(shown) == (["Copy"], ["Copy"])
    assert shown.quotations == ()


@pytest.mark.parametrize("change", ["edit", "delete"])
def test_a_change_while_the_page_is_read_shows_none_of_itself(
    db: Database, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    own, copy = add(db, "Own", 1), add(db, "Copy", 1)
    before = snapshot(db, own.article, max_choices=10)
    assert titles(before) == (["Copy"], ["Copy"])
    read_in = store.read_in

    def overtaken(session: Session, article: str, number: int | None = None) -> store.StoredArticle:
        read = read_in(session, article, number)
        monkeypatch.setattr(store, "read_in", read_in)
        if change == "edit":
            store.edit(db, own.article, draft("Own", text(paragraphs(5))))
        else:
            store.delete(db, own.article)
        store.delete(db, copy.article)
        return read

    monkeypatch.setattr(store, "read_in", overtaken)
    assert snapshot(db, own.article, max_choices=10) == before
    if change == "delete":
        with pytest.raises(NotFoundError):
            snapshot(db, own.article, max_choices=10)
    else:
        after = snapshot(db, own.article, max_choices=10)
        assert (after.article.number, titles(after)) == (2, ([], []))


def test_an_edit_while_pending_work_is_done_gives_a_page_of_the_new_revision_alone(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, _ = add(db, "Own", 1), add(db, "Copy", 1)
    forget(db, own.revision)
    ensure = relate.ensure_relations

    def overtaken(db: Database, revision: str) -> relate.Relatives:
        monkeypatch.setattr(relate, "ensure_relations", ensure)
        store.edit(db, own.article, draft("Own", text(paragraphs(5))))
        return ensure(db, revision)

    monkeypatch.setattr(relate, "ensure_relations", overtaken)
    shown = snapshot(db, own.article, max_choices=10)
    assert (shown.article.number, shown.quotations) == (2, ())
    assert titles(shown) == ([], ["Copy"])
