"""Tags, collections and merged publishers: found by searches, kept with their articles, and logged."""

import pytest

from app.db.engine.base import Database
from app.errors import InvalidInputError, NotFoundError
from app.services import edit_log
from app.services.articles import labels, store, trash
from app.services.edit_log import UNNAMED
from app.services.search.find import SearchRequest, search
from app.services.stories.library import ShelfQuery, read_page
from app.sources.text import draft


def titles(db: Database, query: str = "", **fields: str) -> list[str]:
    results = search(db, SearchRequest(query, **fields))  # type: ignore[arg-type] # fields are texts alone
    return [hits.article.title for story in results.stories for hits in story.articles]


def test_labels_are_put_on_several_articles_found_and_taken_off(db: Database) -> None:
    one, two = (store.add(db, draft(title, f"{title} came to the harbour.")) for title in ("Ann", "Bob"))
    store.add(db, draft("Cy", "Cy came to the harbour."))
    several = [one.article, two.article]
    assert len(labels.put(db, several, "tag", " To  Publish ", actor=UNNAMED)) == 2
    assert labels.put(db, [one.article], "tag", "to publish", actor=UNNAMED) == ()
    assert labels.put(db, [two.article], "collection", "To Publish", actor=UNNAMED) == (two.article,)
    assert titles(db, "harbour", tag="TO PUBLISH") == ["Bob", "Ann"]
    assert titles(db, 'tag:"to publish"') == ["Bob", "Ann"]
    assert titles(db, "harbour -ann", collection="to publish") == ["Bob"]
    known = [(label.kind, label.name, label.articles) for label in labels.known_labels(db)]
    assert known == [("collection", "To Publish", 1), ("tag", "To Publish", 2)]
    assert len(labels.take(db, several, "tag", "to publish", actor=UNNAMED)) == 2
    assert titles(db, "harbour", tag="to publish") == []
    actions = [change.action for change in edit_log.read_log(db, 10, article=two.article).changes]
    assert actions == ["untag", "collect", "tag", "add"]


def test_labels_go_to_the_trash_with_their_article_and_come_back(db: Database) -> None:
    ref = store.add(db, draft("Ann", "A storm."))
    labels.put(db, [ref.article], "tag", "weather", actor=UNNAMED)
    store.edit(db, ref.article, draft("Ann", "A storm came."))
    assert titles(db, "storm", tag="weather") == ["Ann"]
    trash.delete(db, ref.article)
    assert (titles(db, "storm"), labels.known_labels(db)) == ([], ())
    trash.restore(db, ref.article)
    assert titles(db, "storm", tag="weather") == ["Ann"]


def test_what_is_no_label_is_refused_and_nothing_is_stored(db: Database) -> None:
    ref = store.add(db, draft("Ann", "A storm."))
    for name in ("", " \u200b ", "…", "x" * 61):
        with pytest.raises(InvalidInputError):
            labels.put(db, [ref.article], "tag", name, actor=UNNAMED)
    with pytest.raises(NotFoundError):
        labels.put(db, ["a" * 16], "tag", "weather", actor=UNNAMED)
    for number in range(labels.MAX_LABELS_OF_AN_ARTICLE):
        labels.put(db, [ref.article], "tag", f"t{number}", actor=UNNAMED)
    with pytest.raises(InvalidInputError, match="50 tags"):
        labels.put(db, [ref.article], "tag", "one more", actor=UNNAMED)
    assert len(labels.known_labels(db)) == labels.MAX_LABELS_OF_AN_ARTICLE


def test_merged_publishers_are_one_to_filters_and_part_again(db: Database) -> None:
    for name in ("Newsweek", "newsweek.com", "Newsweek Asia", "Atlas"):
        store.add(db, draft(f"From {name}", f"{name} has a storm.", publisher=name))
    assert labels.merge(db, "newsweek.com", "Newsweek", actor=UNNAMED) == "Newsweek"
    assert labels.merge(db, "Newsweek", "Newsweek Asia", actor=UNNAMED) == "Newsweek Asia"
    every = ["From Newsweek Asia", "From newsweek.com", "From Newsweek"]
    for name in ("Newsweek", "newsweek.com", "Newsweek Asia"):
        assert titles(db, "storm", publisher=name) == every
        assert read_page(db, query=ShelfQuery(publisher=name)).total == 3
    assert labels.publishers(db) == (("Atlas", ()), ("Newsweek Asia", ("Newsweek", "newsweek.com")))
    for name, into in (("Newsweek", "newsweek.com"), ("Atlas", "Atlas"), ("Atlas", "Nobody")):
        with pytest.raises(InvalidInputError):
            labels.merge(db, name, into, actor=UNNAMED)
    labels.part(db, "Newsweek", actor=UNNAMED)
    assert titles(db, "storm", publisher="Newsweek") == ["From Newsweek"]
    with pytest.raises(NotFoundError):
        labels.part(db, "Newsweek", actor=UNNAMED)
    assert [change.action for change in edit_log.read_log(db, 3).changes] == ["unmerge", "merge", "merge"]
