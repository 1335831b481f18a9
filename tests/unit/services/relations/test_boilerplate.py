import pytest

from app.collation.discovery import copies
from app.collation.discovery.signals import signals
from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.db.index import frequency
from app.services.articles import store, trash
from app.services.articles.store import RevisionRef
from app.services.relations import boilerplate, relate
from app.services.stories.story import read_story
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text, words

FURNITURE = words(500, 75)


TELLING = [word for word in dict.fromkeys(FURNITURE.strip(".").split()) if len(word) > 8 and "." not in word]
"""Words of the furniture that an article may use too: otherwise it is known at once to be none of the article's."""


def furnished(db: Database, n: int) -> RevisionRef:
    """An article of its own with furniture that others print too, and which could be part of it."""
    own = [f"{paragraph} {' '.join(TELLING[2 * n : 2 * n + 2])}" for paragraph in paragraphs(20 + n, 3, 30)]
    return store.add(db, draft(f"Furnished {n}", text(own, FURNITURE)))


def copied(db: Database, n: int) -> RevisionRef:
    """Return one of many copies of a wire story."""
    return store.add(db, draft(f"Wire {n}", text(paragraphs(1), words(900 + n, 15))))


def known_prints(db: Database) -> set[int]:
    """Return the boilerplate's fingerprints that are known to be frequent."""
    with db.reading() as session:
        prints = signals([FURNITURE]).prints
        return set(
            frequency.frequent_prints(
                session, prints, copies.groups_allowed(fingerprint_index.last_serial(session))
            )
        )


def related(db: Database, ref: RevisionRef) -> int:
    """Return the number of articles that share text with this one."""
    return len(relate.ensure_relations(db, ref.revision).reuse)


def test_boilerplate_is_recognised_once_frequent_and_relations_based_on_it_are_dropped(
    db: Database,
) -> None:
    refs = [furnished(db, n) for n in range(copies.MIN_GROUPS)]
    assert not known_prints(db)
    assert {related(db, ref) for ref in refs} == {copies.MIN_GROUPS - 1}
    assert not read_story(db, refs[0].article).is_single
    last = furnished(db, copies.MIN_GROUPS)
    assert known_prints(db)
    assert {related(db, ref) for ref in [*refs, last]} == {0}
    assert all(read_story(db, ref.article).is_single for ref in [*refs, last])


def test_a_wire_story_is_one_group_however_many_print_it(db: Database) -> None:
    refs = [copied(db, n) for n in range(copies.MIN_GROUPS + 4)]
    assert {related(db, ref) for ref in refs} == {copies.MIN_GROUPS + 3}
    with db.reading() as session:
        prints = signals(paragraphs(1)).prints
        assert not frequency.frequent_prints(session, prints, 0)


def test_furniture_that_fewer_print_again_is_text_again(db: Database) -> None:
    refs = [furnished(db, n) for n in range(copies.MIN_GROUPS + 1)]
    assert known_prints(db)
    trash.delete(db, refs[0].article)
    assert not known_prints(db)
    assert {related(db, ref) for ref in refs[1:]} == {copies.MIN_GROUPS - 1}
    assert len(read_story(db, refs[1].article).articles) == copies.MIN_GROUPS


def test_an_edit_that_takes_the_furniture_away_counts_too(db: Database) -> None:
    refs = [furnished(db, n) for n in range(copies.MIN_GROUPS + 1)]
    store.edit(db, refs[3].article, draft("Furnished 3", text(paragraphs(23, count=3, length=30))))
    assert not known_prints(db)
    assert related(db, refs[0]) == copies.MIN_GROUPS - 1


def test_what_is_frequent_in_a_small_library_need_not_be_in_a_large_one(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = [furnished(db, n) for n in range(copies.MIN_GROUPS + 1)]
    assert known_prints(db)
    monkeypatch.setattr(copies, "MIN_GROUPS", copies.MIN_GROUPS + 1)
    with db.reading() as session:
        before = fingerprint_index.last_serial(session)
    monkeypatch.setattr(
        copies, "groups_allowed", lambda serial: copies.MIN_GROUPS - (serial <= before)
    )  # as if a step lay here
    store.add(db, draft("Another", text(paragraphs(99))))
    assert not known_prints(db)
    assert {related(db, ref) for ref in refs} == {len(refs) - 1}


def test_the_groups_allowed_grow_with_the_root_of_the_library_up_to_a_bound() -> None:
    sizes = [0, 10, 10**2, 10**3, 10**4, 10**5, 10**6, 10**9]
    allowed = [copies.groups_allowed(size) for size in sizes]
    assert allowed == sorted(allowed)
    assert (allowed[0], allowed[-1]) == (copies.MIN_GROUPS, copies.MAX_GROUPS)
    assert all(
        copies.MIN_GROUPS <= n <= max(size**0.5, copies.MIN_GROUPS)
        for n, size in zip(allowed, sizes, strict=True)
    )


def test_a_frequent_fingerprint_brings_in_no_candidate_by_itself(db: Database) -> None:
    for n in range(copies.MIN_GROUPS + 1):
        furnished(db, n)
    text_signals = signals([FURNITURE])
    with db.reading() as session:
        looked = boilerplate.look_up_prints(session, text_signals.prints, copies.MIN_GROUPS)
    assert looked.frequent >= known_prints(db)
    assert not any(value in looked.holders for value in looked.frequent)
