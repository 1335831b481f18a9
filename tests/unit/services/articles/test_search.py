"""Search by name: recent articles by any part of a word, older ones by whole words."""

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


def add_all(db: Database) -> dict[str, str]:
    """Add the articles in this order; return their ids by title."""
    drafts = (draft(title, f"What is told of it, in article {count}.") for count, title in enumerate(TITLES))
    return {each.title: store.add(db, each).article for each in drafts}


def titles(db: Database, query: str, limit: int = 10, exclude: str = "") -> list[str]:
    with db.reading() as session:
        return [entry.title for entry in search.by_name_in(session, query, limit, exclude)]


def test_any_part_of_a_title_finds_it_whatever_its_case(db: Database) -> None:
    ids = add_all(db)
    assert titles(db, "BRID har") == [TITLES[1], TITLES[0]]
    assert titles(db, "bridge", limit=2) == [TITLES[3], TITLES[1]]
    assert titles(db, "bridge", limit=2, exclude=ids[TITLES[3]]) == [TITLES[1], TITLES[0]]
    assert titles(db, "bridge roses") == []


def test_wildcard_characters_of_sql_match_themselves(db: Database) -> None:
    add_all(db)
    assert titles(db, "%") == titles(db, "5%") == [TITLES[3]]
    assert titles(db, "_") == titles(db, '"') == []


def test_a_publisher_is_found(db: Database) -> None:
    store.add(db, Draft("One", "One", ("One",), publisher="The Varna Courier"))
    assert titles(db, "varna cour") == ["One"]


def test_older_articles_are_found_by_whole_words(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MAX_RECENT", 1)
    add_all(db)
    assert titles(db, "Harbour BRIDGE") == [TITLES[1], TITLES[0]]
    assert titles(db, "bridge") == [TITLES[3], TITLES[1], TITLES[0]]
    assert titles(db, "bridge", limit=2) == [TITLES[3], TITLES[1]]
    assert titles(db, "brid") == [TITLES[3]]
    # A word of the text is not a word of the title.
    assert titles(db, "told") == []


def test_the_number_of_titles_read_is_bounded(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MAX_RECENT", 1)
    monkeypatch.setattr(search, "MAX_BY_TEXT", 2)
    add_all(db)
    assert titles(db, "bridge") == [TITLES[3], TITLES[1]]
