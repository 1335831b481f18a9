"""Finding an article by its name, the newest by any part of a word, and the others by whole words."""

import pytest

from app.db.engine.base import Database
from app.services.articles import search, store
from app.sources import Draft
from app.sources.text import draft

TITLES = (
    "Rust shuts the harbour bridge of Varna",
    "The harbour bridge opens again",
    "A dry spring worries growers of roses",
    "Bridge tolls to rise by 5% in May",
)


def added(db: Database) -> dict[str, str]:
    """The articles' ids by title, added in this order."""
    made = (draft(title, f"What is told of it, in article {count}.") for count, title in enumerate(TITLES))
    return {one.title: store.add(db, one).article for one in made}


def titles(db: Database, sought: str, limit: int = 10, besides: str = "") -> list[str]:
    return [found.title for found in search.named(db, sought, limit, besides)]


def test_any_part_of_a_title_finds_it_whatever_its_case(db: Database) -> None:
    ids = added(db)
    assert titles(db, "BRID har") == [TITLES[1], TITLES[0]]
    assert titles(db, "bridge", limit=2) == [TITLES[3], TITLES[1]]
    assert titles(db, "bridge", limit=2, besides=ids[TITLES[3]]) == [TITLES[1], TITLES[0]]
    assert titles(db, "bridge roses") == []


def test_a_sign_that_databases_read_as_anything_is_itself(db: Database) -> None:
    added(db)
    assert titles(db, "%") == titles(db, "5%") == [TITLES[3]]
    assert titles(db, "_") == titles(db, '"') == []


def test_a_publisher_is_found(db: Database) -> None:
    store.add(db, Draft("One", "One", ("One",), publisher="The Varna Courier"))
    assert titles(db, "varna cour") == ["One"]


def test_older_articles_are_found_by_whole_words(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "RECENT", 1)
    added(db)
    assert titles(db, "Harbour BRIDGE") == [TITLES[1], TITLES[0]]
    assert titles(db, "bridge") == [TITLES[3], TITLES[1], TITLES[0]]
    assert titles(db, "bridge", limit=2) == [TITLES[3], TITLES[1]]
    assert titles(db, "brid") == [TITLES[3]]
    # A word of the text is none of the title.
    assert titles(db, "told") == []


def test_no_more_titles_are_read_than_that(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "RECENT", 1)
    monkeypatch.setattr(search, "HOLDING", 2)
    added(db)
    assert titles(db, "bridge") == [TITLES[3], TITLES[1]]
