"""A library that is stored several times over is searched as one that was made whole."""

from functools import partial

import pytest

from app.db.engine.base import Database
from app.services.search.find import SearchRequest, search
from bench.library import repeated, texts
from bench.library import search as bench_search

MADE, TIMES = 40, 3


@pytest.mark.sqlite
def test_each_article_is_found_as_often_as_it_was_stored_on_its_own_day(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeated, "CHUNK", 20)
    monkeypatch.setattr(texts, "A_DAY", 4)
    said: list[str] = []
    bench_search.grow(db, MADE, said.append)
    repeat = partial(repeated.repeat, db, MADE, TIMES, bench_search._day, said.append)
    repeat()
    assert said[-1] == "120 articles"
    title = texts.article(27).title
    results = search(db, SearchRequest(f'title:"{title}"', sort="newest"))
    days = [hits.article.published_on for story in results.stories for hits in story.articles]
    numbers = [number for number in range(MADE * TIMES) if repeated.original(number, MADE, TIMES) == 27]
    assert days == [bench_search._day(number) for number in reversed(numbers)]
    by_day = search(db, SearchRequest(f'title:"{title}"', since=days[0], until=days[0]))
    assert by_day.articles == 1
    repeat()  # what is stored stays as it is
    assert search(db, SearchRequest(f'title:"{title}"')).articles == TIMES
    kinds = {kind.removesuffix(", filtered") for kind, _ in bench_search.queries(MADE * TIMES, TIMES)}
    assert "a rare word" in kinds


@pytest.mark.sqlite
def test_any_number_is_measured_once_but_only_whole_parts_are_repeated(db: Database) -> None:
    said: list[str] = []
    repeated.repeat(db, 45, 1, bench_search._day, said.append)
    assert not said
    with pytest.raises(ValueError, match="multiple of 2,000"):
        repeated.repeat(db, 45, 2, bench_search._day, said.append)
