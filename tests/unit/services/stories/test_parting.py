"""What an editor keeps apart stays apart."""

import pytest

from app.db.engine.base import Database
from app.errors import InvalidInputError
from app.services import edit_log
from app.services.articles import store, trash
from app.services.edit_log import Actor
from app.services.relations import reindex, relate
from app.services.stories import library, parting
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text

ANN = Actor("Ann Lee", "name")


def stories(db: Database) -> list[list[str]]:
    """Return the titles of each story, in order."""
    return sorted(
        sorted(article.title for article in entry.articles) for entry in library.read_page(db).entries
    )


def test_an_article_taken_out_stays_out_until_it_is_put_back(db: Database) -> None:
    one, two, three = (
        store.add(db, draft(title, text(paragraphs(1)))).article for title in ("One", "Two", "Three")
    )
    parting.take_out(db, two, actor=ANN)
    apart = [["One", "Three"], ["Two"]]
    assert stories(db) == apart
    store.edit(db, two, draft("Two", text(paragraphs(1), paragraphs(2)[:1])))
    assert stories(db) == apart
    with db.writing() as session:
        reindex.clear_index(session)
    reindex.reindex(db)
    relate.relate_pending(db)
    assert stories(db) == apart
    store.add(db, draft("Four", text(paragraphs(1))))
    assert stories(db) == [["Four", "One", "Three"], ["Two"]]
    place = parting.read_place(db, two)
    assert {entry.article for entry in place.apart} == {one, three}
    parting.put_back(db, two, actor=ANN)
    assert stories(db) == [["Four", "One", "Three", "Two"]]
    assert library.read_page(db).entries[0].count == 4
    logged = [(change.action, change.who) for change in edit_log.read_log(db, 100, article=two).changes]
    assert logged[0] == ("rejoin", "Ann Lee")
    assert ("part", "Ann Lee") in logged


def test_an_article_on_its_own_cannot_be_taken_out(db: Database) -> None:
    alone = store.add(db, draft("Alone", text(paragraphs(1)))).article
    with pytest.raises(InvalidInputError, match="in no story"):
        parting.take_out(db, alone, actor=ANN)


def test_a_deleted_article_leaves_nothing_kept_apart(db: Database) -> None:
    one, two = (store.add(db, draft(title, text(paragraphs(1)))).article for title in ("One", "Two"))
    parting.take_out(db, one, actor=ANN)
    trash.delete(db, one)
    assert parting.read_place(db, two).apart == ()
