from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from app.collation.discovery import ranking
from app.collation.discovery.signals import signals
from app.collation.relations import RelationKind
from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.db.index import words as word_index
from app.errors import NotFoundError
from app.services.articles import store, trash
from app.services.articles.store import RevisionRef
from app.services.operations.database import open_database
from app.services.relations import candidates, relate
from app.services.relations.relate import Relatives
from app.services.stories.story import read_story
from app.settings import Settings
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text, words

NEWSWEEK, REPOST, WSWS = "4p25qjnnnavekaic", "gi5b6tbbkovkwkj3", "gh2iey43nabt57p7"
QUOTED = "We shall never again let the waters of this river be sold to those who live far beyond its banks"


def add(db: Database, title: str, *parts: list[str] | str) -> RevisionRef:
    return store.add(db, draft(title, text(*parts)))


def titles_and_kinds(db: Database, revision: str) -> list[tuple[str, RelationKind]]:
    """Return the titles of a revision's relatives and their relations, of all kinds, in the order shown."""
    relatives = relate.ensure_relations(db, revision)
    every = [*relatives.reuse, *relatives.quoting, *relatives.same_story]
    return [(relative.article.title, relative.relation.kind) for relative in every]


def rows(db: Database) -> dict[str, int]:
    """Return the number of rows of each table derived from the texts."""
    with db.reading() as session:
        return {
            table: int(session.execute(sql(f"SELECT count(*) FROM {table}")).scalar_one())
            for table in ("indexed", "fingerprint", "relation")
        }


def test_the_seeds_are_related_as_a_reader_would_say(seeded_db: Database) -> None:
    newsweek = relate.ensure_relations(seeded_db, store.read(seeded_db, NEWSWEEK).revision)
    assert [relative.article.article for relative in newsweek.reuse] == [REPOST]
    assert newsweek.reuse[0].relation.kind == "near-duplicate"
    assert WSWS in [relative.article.article for relative in newsweek.quoting]
    assert [relative.article.article for relative in newsweek.same_story] == ["wrqkprisanpn7g3q"]
    repost = relate.ensure_relations(seeded_db, store.read(seeded_db, REPOST).revision)
    assert [relative.article.article for relative in repost.same_story] == ["wrqkprisanpn7g3q"]
    nothing = relate.ensure_relations(seeded_db, store.read(seeded_db, "gaqcqv74f36bau4y").revision)
    assert (nothing.reuse, nothing.quoting) == ((), ())


def test_each_article_sees_the_relation_from_its_own_side(db: Database) -> None:
    whole = add(db, "Whole", paragraphs(1))
    part = add(db, "Part", paragraphs(1)[:2])
    assert titles_and_kinds(db, whole.revision) == [("Part", "contains")]
    assert titles_and_kinds(db, part.revision) == [("Whole", "contained")]
    (of_whole,), (of_part,) = (
        relate.ensure_relations(db, whole.revision).reuse,
        relate.ensure_relations(db, part.revision).reuse,
    )
    assert of_part.relation == of_whole.relation.swapped()


def test_copies_come_before_parts_and_parts_before_quotations(db: Database) -> None:
    own_paragraphs = [*paragraphs(1), f"“{QUOTED},” said the mayor of the town on Monday."]
    add(db, "Quoting", paragraphs(2), f"The mayor told reporters: “{QUOTED}.”")
    add(db, "Part", paragraphs(3), own_paragraphs[:3])
    add(db, "Copy", own_paragraphs)
    add(db, "Another matter", paragraphs(4))
    looked = candidates.find_relatives(db, draft("Mine", text(own_paragraphs)))
    assert [relative.article.title for relative in looked] == ["Copy", "Part", "Quoting"]
    assert looked[2].relation.kind == "shares-quotation"
    assert [
        relative.article.title
        for relative in candidates.find_relatives(db, draft("Mine", text(own_paragraphs)), limit=1)
    ] == ["Copy"]
    ref = add(db, "Mine", own_paragraphs)
    assert [title for title, _ in titles_and_kinds(db, ref.revision)] == ["Copy", "Part", "Quoting"]


def test_of_copies_that_share_as_much_the_one_with_more_paragraphs_word_for_word_comes_first(
    db: Database,
) -> None:
    def with_words_changed(*places: int) -> list[str]:
        return [
            paragraph.replace(paragraph.split()[5], "changed", 1) if place in places else paragraph
            for place, paragraph in enumerate(paragraphs(1))
        ]

    for copy in ("Far", "Near", "Farther", "Nearest"):
        changed = {"Nearest": (), "Near": (2,), "Far": (0, 3), "Farther": (0, 1, 4)}[copy]
        add(db, copy, with_words_changed(*changed), words(77, 12))
    looked = candidates.find_relatives(db, draft("Mine", text(paragraphs(1))))
    assert [relative.article.title for relative in looked] == ["Nearest", "Near", "Far", "Farther"]


def test_a_look_at_a_text_stores_nothing(seeded_db: Database) -> None:
    before = rows(seeded_db)
    assert candidates.find_relatives(seeded_db, draft("Mine", store.read(seeded_db, NEWSWEEK).text))
    assert rows(seeded_db) == before


def test_only_an_articles_newest_revision_is_related(db: Database) -> None:
    other = add(db, "Another", paragraphs(1))
    ref = add(db, "A visit", paragraphs(1))
    edited = store.edit(db, ref.article, draft("A visit", text(paragraphs(2))))
    assert (
        titles_and_kinds(db, edited.revision)
        == titles_and_kinds(db, ref.revision)
        == titles_and_kinds(db, other.revision)
        == []
    )
    back = store.edit(db, ref.article, draft("A visit", text(paragraphs(1))))
    (relative,) = relate.ensure_relations(db, other.revision).reuse
    assert relative.article.revision == back.revision
    assert relate.ensure_relations(db, ref.revision) == Relatives((), (), ())


def test_an_unknown_revision_is_not_found(db: Database) -> None:
    with pytest.raises(NotFoundError):
        relate.ensure_relations(db, "a" * 16)


def test_an_article_that_is_deleted_or_edited_leaves_no_row_behind(db: Database) -> None:
    other = add(db, "Another", paragraphs(1), paragraphs(9))
    before = rows(db)
    ref = add(db, "A visit", paragraphs(1))
    assert rows(db)["relation"] == 2
    store.edit(db, ref.article, draft("A visit", text(paragraphs(2))))
    assert rows(db)["relation"] == 0
    trash.delete(db, ref.article)
    assert rows(db) == before
    with db.reading() as session:
        gone = signals([*paragraphs(2), *paragraphs(1)]).words
        serials_by_word = word_index.postings(session, gone, 9)
        serial_of_other = fingerprint_index.entries(session, [other.revision])[other.revision].serial
        assert {serial for serials in serials_by_word.values() for serial in serials} == {serial_of_other}


def test_pending_articles_are_related_on_demand_and_stay_related(db: Database) -> None:
    other, ref = add(db, "Another", paragraphs(1)), add(db, "A visit", paragraphs(1))
    forgotten(db, other, ref)
    assert [title for title, _ in titles_and_kinds(db, ref.revision)] == ["Another"]
    assert rows(db)["relation"] == 2
    assert read_story(db, ref.article).id == other.article


def test_pending_relations_are_shown_although_the_database_is_read_only(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, ref = add(db, "Another", paragraphs(1)), add(db, "A visit", paragraphs(1))
    forgotten(db, other, ref)
    monkeypatch.setattr(db, "read_only", True)
    assert [title for title, _ in titles_and_kinds(db, ref.revision)] == ["Another"]
    assert rows(db)["relation"] == 0


def test_all_pending_articles_can_be_related_at_once(db: Database) -> None:
    refs = [add(db, f"Title {n}", paragraphs(n % 3)) for n in range(7)]
    expected = [titles_and_kinds(db, ref.revision) for ref in refs]
    forgotten(db, *refs)
    totals: list[int] = []
    with ThreadPoolExecutor(2) as workers:
        assert relate.relate_pending(db, workers, totals.append) == 7
    assert totals == [7]
    assert [titles_and_kinds(db, ref.revision) for ref in refs] == expected
    assert relate.relate_pending(db) == 0


def test_the_first_of_a_wire_story_is_not_verified_against_all_that_came_later(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = [
        add(db, f"Title {n}", paragraphs(1, 2), words(n + 50, 9)) for n in range(ranking.MAX_CANDIDATES + 8)
    ]
    first = refs[0].revision
    expected = titles_and_kinds(db, first)
    assert len(expected) == len(refs) - 1
    verified: list[int] = []

    def counted(chosen: candidates.Verification) -> candidates.VerifiedRelations:
        verified.append(len(chosen.others))
        return verify(chosen)

    verify = candidates.verify
    monkeypatch.setattr(candidates, "verify", counted)
    with db.writing() as session:
        fingerprint_index.mark_related(session, [first], related=False)
    assert titles_and_kinds(db, first) == expected
    assert titles_and_kinds(db, first) == expected
    assert verified == [ranking.MAX_CANDIDATES]


def test_pending_articles_are_related_again_although_related_before(db: Database) -> None:
    refs = [add(db, f"Title {n}", paragraphs(n % 2)) for n in range(6)]
    expected = [titles_and_kinds(db, ref.revision) for ref in refs]
    with db.writing() as session:
        session.execute(sql("UPDATE relation SET resemblance = 0, kind = 'contained'"))
        fingerprint_index.mark_related(session, [ref.revision for ref in refs], related=False)
    assert relate.relate_pending(db) == 6
    assert [titles_and_kinds(db, ref.revision) for ref in refs] == expected


def test_articles_that_are_added_at_one_moment_find_one_another(db: Database) -> None:
    with ThreadPoolExecutor(8) as clients:
        refs = list(clients.map(lambda n: add(db, f"Title {n}", paragraphs(1), words(n + 50, 30)), range(8)))
    assert {len(titles_and_kinds(db, ref.revision)) for ref in refs} == {7}
    assert len(read_story(db, refs[0].article).articles) == 8


def test_more_articles_than_are_verified_under_the_lock_find_one_another_too(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relate, "MAX_LATER_ARTICLES", 0)
    with ThreadPoolExecutor(4) as clients:
        refs = list(clients.map(lambda n: add(db, f"Title {n}", paragraphs(1)), range(4)))
    assert {len(titles_and_kinds(db, ref.revision)) for ref in refs} == {3}


def test_an_article_deleted_while_another_is_verified_against_it_is_not_related(db: Database) -> None:
    gone = add(db, "Gone", paragraphs(1))
    submitted = draft("A visit", text(paragraphs(1)))
    relations = relate.find_relations(db, submitted, signals(submitted.paragraphs))
    assert relations.relations
    trash.delete(db, gone.article)
    ref = add(db, "A visit", paragraphs(1))
    with db.writing() as session:
        relate.store_relations(session, ref.article, ref.revision, relations)
    assert titles_and_kinds(db, ref.revision) == []


@pytest.mark.sqlite
def test_a_read_only_database_still_finds_similar_articles(settings: Settings, db: Database) -> None:
    add(db, "A visit", paragraphs(1))
    db.dispose()
    for path in (Path(db.name), Path(db.name).parent):
        path.chmod(path.stat().st_mode & ~0o222)
    again = open_database(settings)
    assert [
        relative.article.title
        for relative in candidates.find_relatives(again, draft("Mine", text(paragraphs(1))))
    ] == ["A visit"]
    again.dispose()
    Path(db.name).parent.chmod(0o755)


def forgotten(db: Database, *refs: RevisionRef) -> None:
    """Let articles wait as an import leaves them: indexed, without a relation or a story."""
    with db.writing() as session:
        session.execute(sql("DELETE FROM relation"))
        session.execute(sql("UPDATE article SET story = NULL, latest = true"))
        fingerprint_index.mark_related(session, [ref.revision for ref in refs], related=False)
