from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from app.collation.discovery.signals import signals
from app.db.engine.base import Database
from app.errors import NotFoundError
from app.services import comparisons
from app.services.articles import deletion_impact, store, trash
from app.services.articles.store import RevisionRef
from app.services.operations.backlog import Backlog
from app.services.operations.worker import work_off_backlog
from app.services.relations import reindex, relate
from app.services.stories import compare_ahead, library
from app.services.stories.library import LibraryListing
from app.services.stories.matrix import build_matrix
from app.services.stories.story import read_story
from app.settings import Settings
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text, words

NEWSWEEK, REPOST = "4p25qjnnnavekaic", "gi5b6tbbkovkwkj3"


def add(db: Database, title: str, *parts: list[str] | str, on: str = "") -> RevisionRef:
    return store.add(db, draft(title, text(*parts), published_on=on))


def shelves(db: Database, page: int = 1, size: int = 30) -> list[list[str]]:
    """Return the titles that the library shows, by story."""
    return [
        [article.title for article in entry.articles] for entry in library.read_page(db, page, size).entries
    ]


def test_the_seeds_make_one_story_of_two_and_three_single_articles(seeded_db: Database) -> None:
    page = library.read_page(seeded_db)
    assert (page.total, page.articles) == (4, 5)
    first, *others = page.entries
    assert (first.id, first.count) == (NEWSWEEK, 2)
    assert [article.article for article in first.articles] == [NEWSWEEK, REPOST]
    assert [relation and relation.kind for relation in first.relations] == [None, "near-duplicate"]
    assert {(entry.id, entry.count, entry.relations) for entry in others} == {(None, 1, (None,))}


def test_what_an_article_was_last_added_to_comes_first(db: Database) -> None:
    add(db, "One", paragraphs(1))
    add(db, "Two", paragraphs(2))
    add(db, "Three", paragraphs(3))
    assert shelves(db) == [["Three"], ["Two"], ["One"]]
    add(db, "One again", paragraphs(1))
    assert shelves(db) == [["One", "One again"], ["Three"], ["Two"]]


SIGNED = [
    "The minister of the interior signed the order on the harbour at noon, as he had promised the council.",
    "Ships that wait outside the bay since last week may now enter by the northern gate, the harbour master wrote.",
    "Fishermen who live in the old town welcomed the news and said that they would sail again before the weekend.",
]
"""An article in English, in which negations are looked for."""

NOT_SIGNED = [SIGNED[0].replace("signed the order", "did not sign the order"), *SIGNED[1:]]


def test_a_story_whose_meaning_changed_comes_first_with_the_words_that_changed(db: Database) -> None:
    add(db, "Signed", SIGNED)
    add(db, "Not signed", NOT_SIGNED)
    add(db, "Unrelated", paragraphs(2))
    assert shelves(db)[0] == ["Unrelated"]
    assert compare_ahead.compare_pending(db) == 1
    page = library.read_page(db)
    assert [entry.count for entry in page.entries] == [2, 1]
    worst = page.entries[0].worst
    assert worst is not None
    assert (worst.finding.kind, worst.finding.may_reverse) == ("negation", True)
    assert "did not sign" in worst.finding.witness_words
    assert (page.stories, page.with_findings) == (1, 1)
    assert compare_ahead.compare_pending(db) == 0


def test_the_library_the_story_and_the_work_ahead_agree_on_the_base(db: Database) -> None:
    later = add(db, "Signed", SIGNED, on="2024-02-05")
    first = add(db, "Not signed", NOT_SIGNED, on="2024-02-03")
    undated = add(db, "Signed again", SIGNED)
    compare_ahead.compare_pending(db)
    page = build_matrix(db, later.article)
    assert page.base.article == first.article
    assert page.base.article == read_story(db, undated.article).default_base
    pairs = library.read_page(db).entries[0].pairs
    stored = {(comparison.base.revision, comparison.witness.revision) for comparison in page.compared}
    assert (first.revision, later.revision) in stored & set(pairs)
    worst = library.read_page(db).entries[0].worst
    assert worst == page.worst
    assert worst is not None
    assert worst.base == first.revision


def test_pairs_are_not_compared_ahead_where_that_is_switched_off(db: Database, settings: Settings) -> None:
    add(db, "Signed", SIGNED)
    add(db, "Not signed", NOT_SIGNED)
    work_off_backlog(settings.url, 60.0, compares_ahead=False)
    assert library.read_page(db).with_findings == 0
    assert not Backlog(db, compares_ahead=False).waiting().anything
    assert Backlog(db).waiting().pairs == 1
    work_off_backlog(settings.url, 60.0)
    assert library.read_page(db).with_findings == 1


def test_a_change_that_was_edited_away_is_no_longer_listed(db: Database) -> None:
    add(db, "Signed", SIGNED)
    other = add(db, "Not signed", NOT_SIGNED)
    compare_ahead.compare_pending(db)
    store.edit(db, other.article, draft("Not signed", text(SIGNED, paragraphs(3)[:1])))
    compare_ahead.compare_pending(db)
    assert library.read_page(db).entries[0].worst is None
    store.edit(db, other.article, draft("Not signed", text(NOT_SIGNED)))
    compare_ahead.compare_pending(db)
    assert library.read_page(db).with_findings == 1
    trash.delete(db, other.article)
    page = library.read_page(db)
    assert (page.stories, page.with_findings, page.total) == (0, 0, 1)


def test_a_story_that_falls_apart_is_counted_in_each_part(db: Database) -> None:
    for title, number in (("One", 1), ("One again", 1), ("Two", 2), ("Two again", 2)):
        add(db, title, paragraphs(number))
    bridge = add(db, "Bridge", paragraphs(1), paragraphs(2))
    assert [entry.count for entry in library.read_page(db).entries] == [5]
    trash.delete(db, bridge.article)
    assert [entry.count for entry in library.read_page(db).entries] == [2, 2]


def test_what_was_found_is_listed_again_after_the_index_was_rebuilt(db: Database) -> None:
    add(db, "Signed", SIGNED)
    add(db, "Not signed", NOT_SIGNED)
    compare_ahead.compare_pending(db)
    before = library.read_page(db)
    with db.writing() as session:
        reindex.clear_index(session)
    assert library.read_page(db).stories == 0
    reindex.reindex(db)
    relate.relate_pending(db)
    assert library.read_page(db) == before
    assert compare_ahead.compare_pending(db) == 0


def test_filters_and_orders_choose_what_is_listed(db: Database) -> None:
    add(db, "Signed", SIGNED, on="2024-02-05")
    add(db, "Not signed", NOT_SIGNED, on="2024-02-12")
    add(db, "Early", paragraphs(2), on="2023-04-24")
    store.add(db, draft("Undated", text(paragraphs(3)), "The Harbour"))
    compare_ahead.compare_pending(db)

    def titles(order: library.Order = "serious", **wanted: object) -> list[str]:
        query = replace(library.EVERYTHING, **wanted)  # type: ignore[arg-type]  # keywords of several types
        page = library.read_page(db, query=query, order=order)
        assert page.total == len(page.entries)
        return [entry.articles[0].title for entry in page.entries]

    assert titles() == ["Signed", "Undated", "Early"]
    assert titles("newest") == ["Undated", "Early", "Signed"]
    assert titles("published") == ["Signed", "Early", "Undated"]
    assert titles("articles") == ["Signed", "Undated", "Early"]
    assert titles(kind="negation") == ["Signed"]
    assert titles(kind="number") == []
    assert titles(is_story=True) == ["Signed"]
    assert titles(is_story=False, publisher="The Harbour") == ["Undated"]
    assert titles(since=date(2024, 2, 7)) == ["Signed"]
    assert titles(until=date(2024, 1, 1)) == ["Early"]
    assert titles(is_undated=True) == ["Undated"]
    (story, _, _) = library.read_page(db).entries
    assert (story.first_on, story.last_on, story.undated) == (date(2024, 2, 5), date(2024, 2, 12), 0)


def test_the_library_pages_through_all_stories(db: Database) -> None:
    for n in range(7):
        add(db, f"Visit {n}", paragraphs(n))
    pages = [library.read_page(db, page, size=3) for page in (1, 2, 3)]
    titles = [entry.articles[0].title for page in pages for entry in page.entries]
    assert titles == [f"Visit {n}" for n in reversed(range(7))]
    assert {(page.pages, page.total) for page in pages} == {(3, 7)}
    assert library.read_page(db, 99, size=3) == pages[2]
    assert library.read_page(db, 0, size=3) == pages[0]


def test_an_empty_library_has_one_empty_page(db: Database) -> None:
    assert library.read_page(db) == LibraryListing(
        (), page=1, pages=1, total=0, articles=0, stories=0, with_findings=0
    )


def test_articles_added_at_the_same_moment_keep_one_order(db: Database) -> None:
    moment = datetime(2024, 2, 5, tzinfo=UTC)
    with db.writing() as session:
        for n, letter in enumerate("bdac"):
            sample = draft("A visit", text(paragraphs(n)))
            sample_signals = signals(sample.paragraphs)
            store.insert_article(session, sample, sample_signals, letter * 16, moment)
    order = [library.read_page(db, page, size=1).entries[0].articles[0].article[0] for page in (1, 2, 3, 4)]
    assert order == ["d", "c", "b", "a"]


def test_a_page_takes_as_many_queries_for_many_stories_as_for_few(seeded_db: Database) -> None:
    statements: list[str] = []
    with seeded_db.reading() as session:
        engine = session.get_bind()
    library.read_page(seeded_db)
    event.listen(engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))

    def selects() -> list[str]:
        return [
            statement
            for statement in statements
            if statement.startswith("SELECT") and "alembic" not in statement
        ]

    library.read_page(seeded_db)
    few = selects()
    for n in range(12):
        add(seeded_db, f"Visit {n}", paragraphs(n % 6))
    statements.clear()
    assert len(library.read_page(seeded_db).entries) == 10
    many = selects()
    # how many rows, the page, their articles, relations, findings and notes; of articles, stories, those with findings
    assert len(many) == len(few) == 9


def test_of_a_large_story_the_first_and_the_latest_articles_are_shown_and_all_are_counted(
    db: Database,
) -> None:
    for n in range(library.MAX_SHOWN_OF_A_STORY + 2):
        add(db, f"Copy {n}", paragraphs(1))
    (entry,) = library.read_page(db).entries
    shown = [0, *range(3, library.MAX_SHOWN_OF_A_STORY + 2)]
    assert [article.title for article in entry.articles] == [f"Copy {n}" for n in shown]
    assert entry.count == library.MAX_SHOWN_OF_A_STORY + 2


def test_any_article_leads_to_its_story_which_keeps_the_id_of_the_first(db: Database) -> None:
    first, second, third = (add(db, title, paragraphs(1)) for title in ("One", "Two", "Three"))
    stories = [read_story(db, ref.article) for ref in (first, second, third)]
    assert stories[0] == stories[1] == stories[2]
    assert (stories[0].id, stories[0].base.article) == (first.article, first.article)
    assert [member.relation and member.relation.kind for member in stories[0].articles] == [
        None,
        "near-duplicate",
        "near-duplicate",
    ]
    assert not stories[0].is_single


def test_a_story_lists_its_articles_by_stated_date_and_undated_ones_last(db: Database) -> None:
    first = add(db, "Undated", paragraphs(1))
    add(db, "Later", paragraphs(1), on="2999-02-12")
    add(db, "Earlier", paragraphs(1), on="2024-02-05")
    members = read_story(db, first.article).articles
    assert [member.entry.title for member in members] == ["Earlier", "Later", "Undated"]


def test_any_article_of_a_story_can_be_its_base(db: Database) -> None:
    whole, part = add(db, "Whole", paragraphs(1)), add(db, "Part", paragraphs(1)[:2])
    story = read_story(db, whole.article, part.article)
    assert (story.id, story.base.article) == (whole.article, part.article)
    assert {member.entry.title: member.relation and member.relation.kind for member in story.articles} == {
        "Whole": "contained",
        "Part": None,
    }


def test_a_single_article_has_its_own_story(db: Database) -> None:
    ref = add(db, "Alone", paragraphs(1))
    story = read_story(db, ref.article)
    assert story.is_single
    assert (story.id, [member.entry.title for member in story.articles]) == (ref.article, ["Alone"])


def test_an_article_outside_the_story_is_not_found(db: Database) -> None:
    first, second = add(db, "One", paragraphs(1)), add(db, "Other", paragraphs(2))
    for story, base in (("a" * 16, None), ("", None), (first.article, second.article), (first.article, "x")):
        with pytest.raises(NotFoundError):
            read_story(db, story, base)
        with pytest.raises(NotFoundError):
            build_matrix(db, story, base)


def test_an_article_joins_two_stories_and_its_deletion_separates_them(db: Database) -> None:
    first, second = add(db, "One", paragraphs(1)), add(db, "Other", paragraphs(2))
    assert read_story(db, first.article).is_single
    both = add(db, "Both", paragraphs(1), paragraphs(2))
    assert read_story(db, second.article).id == first.article
    assert [entry.count for entry in library.read_page(db).entries] == [3]
    trash.delete(db, both.article)
    assert read_story(db, first.article).is_single
    assert read_story(db, second.article).is_single
    assert shelves(db) == [["Other"], ["One"]]


def test_an_edit_into_another_text_takes_an_article_out_of_its_story_and_an_edit_back_brings_it_in(
    db: Database,
) -> None:
    first, second = add(db, "One", paragraphs(1)), add(db, "Other", paragraphs(1))
    store.edit(db, first.article, draft("One", text(paragraphs(2))))
    assert shelves(db) == [["Other"], ["One"]]
    store.edit(db, first.article, draft("One", text(paragraphs(1))))
    assert shelves(db) == [["One", "Other"]]
    assert read_story(db, second.article).id == first.article


def test_a_story_whose_first_article_is_deleted_takes_the_next_as_its_id(db: Database) -> None:
    first, second, third = (add(db, title, paragraphs(1)) for title in ("One", "Two", "Three"))
    trash.delete(db, first.article)
    assert read_story(db, third.article).id == second.article
    with pytest.raises(NotFoundError):
        read_story(db, first.article)


def test_a_quotation_joins_nothing(db: Database) -> None:
    quotation = f"“{words(77, 24).rstrip('.')},” the minister said."
    refs = [add(db, f"Title {n}", paragraphs(n), quotation) for n in range(5)]
    assert all(read_story(db, ref.article).is_single for ref in refs)
    assert {len(relate.ensure_relations(db, ref.revision).quoting) for ref in refs} == {4}


def test_what_deleting_takes_away_names_the_storys_link_where_it_stops_working(db: Database) -> None:
    first, second = add(db, "One", paragraphs(1)), add(db, "Two", paragraphs(1))
    comparisons.open_or_make(db, first.revision, second.revision)
    lost = deletion_impact.assess(db, first.article).links
    assert f"/stories/{first.article}" in lost
    assert f"/compare/{first.revision}..{second.revision}" in lost
    assert f"/stories/{second.article}" not in lost
    assert f"/stories/{second.article}" in deletion_impact.assess(db, second.article).links
