import random

import pytest
from sqlmodel import Session

from app.collation.discovery import copies, packing
from app.collation.discovery.signals import signals
from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.db.index import frequency
from app.services.relations import boilerplate, boilerplate_scan, relate
from app.services.transfer import import_batch
from app.sources.records import Record
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text, words

FURNITURE = words(500, 45)
SHARED_WORDS = "каждый harbour"
"""Words that all of the articles hold; of one, SQLite's index of words holds a digest."""


def imported(db: Database, *texts: str) -> None:
    """Articles that came in together, and were not related."""
    arrivals = [
        import_batch.arrival(n, Record(f"import-{n}", draft(f"Imported {n}", content)))
        for n, content in enumerate(texts)
    ]
    with db.writing() as session:
        assert import_batch.store(session, arrivals).imported == len(texts)


def furnished(count: int) -> list[str]:
    return [text(paragraphs(20 + n, count=3, length=30), SHARED_WORDS, FURNITURE) for n in range(count)]


def wire(count: int) -> list[str]:
    return [text(paragraphs(1), words(900 + n, 15)) for n in range(count)]


def known_prints(session: Session, line: str) -> frozenset[int]:
    return frequency.frequent_prints(session, signals([line]).prints, copies.MIN_GROUPS)


def test_one_scan_of_the_index_tells_boilerplate_from_a_wire_story(db: Database) -> None:
    imported(db, *furnished(copies.MIN_GROUPS + 1), *wire(copies.MIN_GROUPS + 4))
    learned = boilerplate_scan.scan_index(db)
    with db.reading() as session:
        assert len(known_prints(session, FURNITURE)) >= learned / 2 > 0
        assert not known_prints(session, paragraphs(1)[2])
    assert boilerplate_scan.scan_index(db) == 0


def test_words_are_learnt_with_it_in_whatever_letters(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boilerplate_scan, "MAX_HOLDERS_OF_A_RARE_WORD", 3)
    imported(db, *furnished(4), "Harbour and ship.", *wire(2))
    boilerplate_scan.scan_index(db)
    with db.reading() as session:
        wanted_words = ["harbour", "каждый", "ship", *signals(paragraphs(1)).words[:3]]
        assert frequency.frequent_words(session, wanted_words) == {"harbour", "каждый"}


def test_all_words_are_counted_however_few_one_page_holds(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.db.index.words.WORDS_COUNTED_PER_QUERY", 7)
    monkeypatch.setattr(boilerplate_scan, "MAX_HOLDERS_OF_A_RARE_WORD", 0)
    imported(db, *furnished(1))
    boilerplate_scan.scan_index(db)
    every_word = signals(["Imported 0", *furnished(1)[0].split("\n\n")]).words
    with db.reading() as session:
        assert frequency.frequent_words(session, every_word) == set(every_word)


def test_nobody_can_write_where_words_were_counted(db: Database) -> None:
    imported(db, *furnished(1))
    boilerplate_scan.scan_index(db)
    with pytest.raises(Exception, match=r"read|nur lesen"), db.reading() as session:
        frequency.record_prints(session, {1: 9})


def test_frequent_fingerprints_do_not_depend_on_how_the_range_is_split(db: Database) -> None:
    imported(db, *furnished(5), *wire(3))
    with db.reading() as session:
        whole = frequency.prints_held_by_many(session, (0, 1 << 48), 2)
        pieces = frequency.split_print_range(session, 20)
        assert len(pieces) > 5
        assert (
            whole
            == [value for piece in pieces for value in frequency.prints_held_by_many(session, piece, 2)]
            != []
        )
        assert frequency.split_print_range(session, 10**6) == [(0, 1 << 48)]


def test_what_is_frequent_in_an_empty_library_is_nothing(db: Database) -> None:
    assert boilerplate_scan.scan_index(db) == 0


def test_the_index_is_looked_through_where_a_hundredth_waits_to_be_related(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Database] = []
    monkeypatch.setattr(boilerplate_scan, "scan_index", looked.append)
    boilerplate_scan.scan_if_worthwhile(db)
    assert looked == []
    imported(db, *furnished(3))
    boilerplate_scan.scan_if_worthwhile(db)
    assert looked == [db]
    relate.relate_pending(db)
    boilerplate_scan.scan_if_worthwhile(db)
    assert looked == [db] * 2
    monkeypatch.setattr(boilerplate_scan, "SCAN_IF_ONE_WAITS_IN", 1)
    with db.writing() as session:
        fingerprint_index.mark_related(
            session, [fingerprint_index.entries_by_serial(session, [1])[1].revision], related=False
        )
    boilerplate_scan.scan_if_worthwhile(db)
    assert looked == [db] * 2


def test_groups_of_copies_are_those_that_are_found_by_comparing_all_with_all(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(3)
    kinds = [rng.sample(range(1000), 40) for _ in range(6)]
    sets = {
        serial: {
            *rng.sample(kinds[serial % 6], rng.randint(5, 40)),
            *rng.sample(range(1000, 9000), rng.randint(1, 30)),
        }
        for serial in range(1, 61)
    }
    monkeypatch.setattr(
        fingerprint_index,
        "packed_prints",
        lambda session, serials: {serial: packing.pack(sorted(sets[serial])) for serial in serials},
    )
    for count in (1, 7, 25, 60):
        holders = tuple(sorted(rng.sample(sorted(sets), count)))
        speaking: list[set[int]] = []
        for prints in sorted(
            (sets[serial] for serial in holders), key=lambda prints: (-len(prints), min(prints))
        ):
            if not any(2 * len(prints & other) >= len(prints) for other in speaking):
                speaking.append(prints)
        assert len(speaking) < count or count < 25
        with db.reading() as session:
            for allowed in (0, len(speaking) - 1, len(speaking), 60):
                counted = boilerplate.count_groups(session, {5: holders}, allowed)
                assert counted == {5: min(len(speaking), allowed + 1)}
