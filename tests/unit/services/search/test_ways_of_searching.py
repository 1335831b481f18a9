"""Searches find the same by either plan: all texts with a word at once, or one text after another."""

import pytest

from app.db.engine.base import Database
from app.db.index import search_server, search_texts
from app.db.index.search_expression import Expression, Matches, TermRun
from app.services.articles import store
from app.sources.text import draft

COUNT = 60


def all_of(*runs: TermRun, without: tuple[TermRun, ...] = ()) -> Expression:
    return Expression(tuple((run,) for run in runs), without)


COMMON, THIRD, RARE = TermRun(("harbour",)), TermRun(("third",)), TermRun(("rare",))
PHRASE, IN_TITLE = TermRun(("master", "spoke")), TermRun(("harbour",), "title")

EXPRESSIONS = {
    all_of(COMMON): 60,
    all_of(THIRD): 20,
    all_of(RARE): 3,
    all_of(TermRun(("never",))): 0,
    all_of(PHRASE): 15,
    all_of(IN_TITLE): 6,
    Expression(((RARE, THIRD),)): 23,
    all_of(COMMON, RARE): 3,
    all_of(COMMON, without=(THIRD,)): 40,
    all_of(COMMON, without=(PHRASE,)): 45,
    all_of(COMMON, without=(IN_TITLE,)): 54,
}
"""Each with how many texts match it; the newest have nothing rare."""


def fill(db: Database) -> None:
    for number in range(COUNT):
        words = ["The harbour", "master spoke" if number % 4 == 0 else "spoke to the master"]
        words += ["third"] if number % 3 == 0 else []
        words += ["rare"] if number in (2, 7, 20) else []
        store.add(db, draft("Harbour" if number % 10 == 0 else f"A {number}", f"{' '.join(words)} {number}."))


def matching(db: Database, expression: Expression, most: int) -> Matches:
    with db.reading() as session:
        return search_texts.matches(session, expression, most)


def test_each_way_finds_the_newest_that_match(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(db)
    everything = {each: matching(db, each, COUNT).serials for each in EXPRESSIONS}
    assert {each: len(serials) for each, serials in everything.items()} == EXPRESSIONS
    for name, value in (("MAX_WALKED_AT_ONCE", 4), ("_STRETCHES", 3), ("_STRETCH", 4)):
        monkeypatch.setattr(search_server, name, value)
    stopped = 0
    for looks in (5, 20, 5_000):
        monkeypatch.setattr(search_server, "MAX_LOOKS", looks)
        for rows_per_look in (1, 20):
            monkeypatch.setattr(search_server, "_ROWS_PER_LOOK", rows_per_look)
            for expression, serials in everything.items():
                for most in (2, 8, COUNT):
                    matches = matching(db, expression, most)
                    newest = tuple(serial for serial in serials if serial >= matches.floor)[:most]
                    assert matches.serials == newest, (expression, looks, most)
                    assert not matches.floor or (looks < COUNT and len(newest) < most)
                    stopped += bool(matches.floor)
    assert stopped == 0 or db.kind == "postgresql"


def test_a_few_texts_are_told_apart(db: Database) -> None:
    fill(db)
    several = list(range(COUNT, 0, -7))
    with db.reading() as session:
        for expression in EXPRESSIONS:
            everything = search_texts.matches(session, expression, COUNT).serials
            assert search_texts.those_of(session, expression, several) == set(several) & set(everything)
        rare = search_texts.matches(session, all_of(RARE), COUNT).serials
        both = search_texts.those_of(session, all_of(THIRD), rare, known=all_of(RARE))
        assert both == set(rare) & set(search_texts.matches(session, all_of(THIRD), COUNT).serials)
