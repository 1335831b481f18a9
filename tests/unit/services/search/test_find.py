"""What a search finds, its order and limits, and what happens to meaningless queries."""

from datetime import date
from typing import Any

import pytest

from app.collation.model import Side
from app.db.engine.base import Database
from app.services import edit_log, notes
from app.services.articles import store
from app.services.search import find, marks
from app.services.search.find import SearchRequest, SearchResults, search
from app.services.search.query_language import parse
from app.sources.text import draft


def titles(results: SearchResults) -> list[str]:
    return [hits.article.title for story in results.stories for hits in story.articles]


def marked(results: SearchResults) -> list[str]:
    return [
        paragraph.excerpt.text[start:end]
        for story in results.stories
        for hits in story.articles
        for paragraph in hits.paragraphs
        for start, end in paragraph.excerpt.spans
    ]


def ask(db: Database, query: str = "", **fields: Any) -> SearchResults:
    return search(db, SearchRequest(query, **fields))


def test_a_phrase_is_found_in_every_article_that_prints_it_and_an_author_by_name(seeded_db: Database) -> None:
    results = ask(seeded_db, '"Atlantic Council"')
    publishers = sorted(hits.article.publisher for story in results.stories for hits in story.articles)
    assert publishers == ["", "Newsweek", "World Socialist Web Site"]
    assert marked(results) == ["Atlantic Council"] * 4
    story = next(story for story in results.stories if story.story)
    assert [hits.paragraphs[0].number for hits in story.articles] == ["14", "14"]
    (by_author,) = ask(seeded_db, "aadil brar").stories
    assert by_author.articles[0].author.spans == ((0, 5), (6, 10))


def test_all_words_in_the_title_come_before_words_side_by_side(db: Database) -> None:
    store.add(db, draft("Harbour: the strike", "Nothing else."))
    store.add(db, draft("Weather", "A harbour strike was near."))
    store.add(db, draft("News", "A strike was near the harbour."))
    assert titles(ask(db, "harbour strike")) == ["Harbour: the strike", "Weather", "News"]


def test_folded_signs_are_marked_as_the_text_has_them(db: Database) -> None:
    text = "The o\ufb03ce of Łódź took 1½ days, 5㎏ of so\u00adft rice and didnʼt ask."
    store.add(db, draft("A", text))
    for query, marks_shown in (
        ("office", ["o\ufb03ce"]),
        ("lodz", ["Łódź"]),
        ('"1 1/2 days"', ["1½ days"]),
        ("5kg", ["5㎏"]),
        ("soft", ["so\u00adft"]),
        ('"didn\'t ask"', ["didnʼt ask"]),
    ):
        results = ask(db, query)
        assert marked(results) == marks_shown, query
        assert results.stories[0].articles[0].paragraphs[0].excerpt.text == text


def test_words_are_sought_in_the_whole_article_and_those_in_the_title_come_first(db: Database) -> None:
    store.add(db, draft("Harbour strike", "One.\n\nThe dockers stopped work.", publisher="Atlas"))
    store.add(db, draft("Weather", "A strike was near.\n\nNear the harbour.", published_on="2024-02-03"))
    assert titles(ask(db, "harbour strike")) == ["Harbour strike", "Weather"]
    assert titles(ask(db, "harbour strike", sort="newest")) == ["Weather", "Harbour strike"]
    assert titles(ask(db, "strike -dockers")) == ["Weather"]
    assert titles(ask(db, "dockers OR near")) == ["Weather", "Harbour strike"]
    assert titles(ask(db, "harb* publisher:atlas")) == ["Harbour strike"]
    assert titles(ask(db, "strike", publisher="ATLAS")) == ["Harbour strike"]
    assert titles(ask(db, "strike", since=date(2024, 2, 3), until=date(2024, 2, 3))) == ["Weather"]
    assert titles(ask(db, "strike before:2024-02-03")) == []
    assert titles(ask(db, "language:en")) == ["Weather", "Harbour strike"]
    assert titles(ask(db, "strike language:de")) == []
    assert titles(ask(db, "strike has:notes")) == []


def test_the_paragraph_that_has_the_words_side_by_side_comes_first(db: Database) -> None:
    text = ("The bloc is old.", "Its military is not the bloc.", "They founded a military bloc.")
    store.add(db, draft("An alliance", "\n\n".join(text)))
    ((story,),) = [ask(db, "military bloc").stories]
    assert [hit.excerpt.text for hit in story.articles[0].paragraphs] == [text[2], text[1], text[0]]


def test_notes_are_found_by_those_who_may_see_them(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = store.add(db, draft("Weather", "A storm came."))
    side = Side(ref.revision, "Weather", ("A storm came.",), None, ())
    for note in ("The harbour master denies it", "The harbour is closed"):
        content = notes.checked(note, "check", is_public=note.endswith("closed"))
        notes.add(db, notes.paragraph_of(side, 0), content, actor=edit_log.UNNAMED)
    public = ask(db, "harbour")
    assert [hit.excerpt.text for hit in public.notes] == ["The harbour is closed"]
    every = search(db, SearchRequest("harb* -closed"), public_only=False)
    assert [hit.excerpt.spans for hit in every.notes] == [((4, 11),)]
    assert titles(ask(db, "storm has:notes")) == ["Weather"]
    for note in (
        "Bèrnard’s harbor\\x",
        "100% of_it",
    ):  # written later; those that lack the words are not looked at
        content = notes.checked(note, "check", is_public=True)
        notes.add(db, notes.paragraph_of(side, 0), content, actor=edit_log.UNNAMED)
    monkeypatch.setattr(find, "MAX_NOTES_READ", 2)
    for query, count in (
        ("CLOSED", 1),
        ("bernard OR zebra", 1),
        ("100", 1),
        ("zebra", 0),
        ('"is closed"', 1),
    ):
        assert len(ask(db, query).notes) == count, query


def test_more_than_are_counted_are_the_newest_and_the_rest_can_be_reached(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "MAX_FOUND", 3)
    monkeypatch.setattr(find, "STORIES_PER_PAGE", 2)
    for number in range(5):
        store.add(db, draft(f"Number {number}", f"A lone harbour {number}."))
    first = ask(db, "harbour")
    assert (first.articles, first.is_bounded, first.pages, titles(first)) == (
        3,
        True,
        2,
        ["Number 4", "Number 3"],
    )
    assert titles(ask(db, "harbour", page=99)) == ["Number 2"]
    rest = ask(db, "harbour", below=first.floor)
    assert (titles(rest), rest.is_bounded, rest.floor) == (["Number 1", "Number 0"], False, 0)


HOSTILE = [
    "",
    '"',
    "OR",
    "AND NOT",
    "NOT",
    "-",
    "*",
    "NEAR(a b, 5)",
    'title:"',
    '{title} : "x" ^',
    "a" * 10_000,
    "word " * 2_000,
    "\x00\ud800'; DROP TABLE article; --",
    "author:",
    "before:soon after:2024-13",
    "'a' & !('b' | c:*) <-> \\",
    "a* b* co*",
    '"the of" "of the and to" -"in the"',
    "-only -these",
    ")(" * 50,
]


def test_any_text_is_a_query(seeded_db: Database) -> None:
    for query in HOSTILE:
        results = ask(seeded_db, query, sort="best", page=-1)
        assert all(remark.endswith(".") for remark in results.remarks), query


def test_what_a_query_cannot_mean_is_said(db: Database) -> None:
    for query, remark in (
        ("a" * 501, "Only the first 500 characters"),
        ("word " * 40, "Only the first 32 words"),
        ('"left open', "quotation mark was left open"),
        ("OR x", "“OR” needs a word"),
        ("x before:soon", "a date looks like 2024"),
        ("x language:klingon", "a language is a code"),
        ("-x", "needs a word to look for"),
        ('NEAR("a b", 3)', "“NEAR” was looked for as a word"),
        ("a NEAR/3 b", "“NEAR” was looked for as a word"),
        ("x -tag:y", "only words can be left out"),
        ('"the c"*', "too short a beginning"),
        ("🚀 !!!", "no word in it"),
        ('"', "no word in it"),
        ("AND NOT", "no word in it"),
        ("x (tag:a) tag:b tag:c", "“tag:c” was ignored: only the first"),
        ("(oil AND gas) OR coal", "Brackets were ignored"),
    ):
        assert any(remark in each for each in ask(db, query).remarks), query


def test_a_query_that_says_twice_the_same_or_holds_signs_between_words_is_not_remarked_on(
    db: Database,
) -> None:
    for query in ("x tag:a tag:a after:2024 after:2025", "(oil) [gas]", '"oil (gas)" OR x', '🚀 launch "'):
        assert not ask(db, query).remarks, query
    (remark,) = ask(db, "x tag:b", tag="a").remarks
    assert remark == "“tag:b” took the place of the filter “a”."
    assert not ask(db, "x tag:A", tag="a").remarks


def test_of_several_days_in_a_query_all_hold(db: Database) -> None:
    for year in (2023, 2024, 2025):
        store.add(db, draft(f"Year {year}", f"The harbour {year}.", published_on=f"{year}-05-01"))
    assert (
        titles(ask(db, "after:2024 after:2025")) == titles(ask(db, "after:2025 after:2024")) == ["Year 2025"]
    )
    assert titles(ask(db, "harbour before:2026 before:2024")) == ["Year 2023"]


def test_words_that_a_query_repeats_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[object] = []
    places = marks._places

    def counted(*given: Any) -> Any:
        looks.append(given)
        return places(*given)

    monkeypatch.setattr(marks, "_places", counted)
    marked = marks.Marker(parse("北京 " * 30 + "上海")).mark("他在北京。")
    assert (marked.spans, marked.groups) == (((2, 4),), frozenset(range(30)))
    assert len(looks) == 2


def test_on_one_page_so_many_characters_are_marked(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        store.add(db, draft(f"Visit {number}", f"The glacier of day {number} moved. " * 10))
    monkeypatch.setattr(find, "MAX_MARKED_CHARS_OF_A_PAGE", 500)
    results = find.search(db, find.SearchRequest("glacier"))
    shown = [bool(hit.paragraphs) for story in results.stories for hit in story.articles]
    assert sorted(shown) == [False, False, True]
