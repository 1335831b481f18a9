from sqlmodel import Session

from app.collation.discovery import packing
from app.collation.discovery.signals import signals
from app.collation.text.fingerprints import VERSION
from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.db.index import frequency
from app.db.index import words as word_index
from app.services.articles import store, trash
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text

ODD = ["zürich", "國防", "मंत्री", "x" * 300, "z1", "ﬁ", "１２", "and", "not", "near", "or", "e" * 40, "e" * 41]
"""Words that a tokenizer could cut, fold or take for an operator."""


def added(db: Database, *seeds: int) -> list[int]:
    """Add an article for each seed of random words and return the serials."""
    refs = [store.add(db, draft(f"Title {seed}", text(paragraphs(seed)))) for seed in seeds]
    with db.reading() as session:
        return [fingerprint_index.entries(session, [ref.revision])[ref.revision].serial for ref in refs]


def test_fingerprints_are_packed_exactly_and_in_six_bytes() -> None:
    prints = [0, 1, 255, 256, 2**47, 2**48 - 1]
    assert len(packing.pack(prints)) == 36
    assert (
        packing.unpack(packing.pack(prints)) == packing.unpack_array(packing.pack(prints)).tolist() == prints
    )
    assert packing.unpack(b"") == []


def test_entries_with_a_fingerprint_are_found_in_order_of_arrival_up_to_a_limit(
    db: Database,
) -> None:
    serials = added(db, 1, 1, 1, 2)
    prints = signals(draft("Title 1", text(paragraphs(1))).paragraphs).prints
    with db.reading() as session:
        assert set(fingerprint_index.postings(session, prints, 5).values()) == {tuple(serials[:3])}
        assert set(fingerprint_index.postings(session, prints, 2).values()) == {tuple(serials[:2])}
        assert fingerprint_index.postings(session, [7], 2) == {7: ()}
        assert fingerprint_index.postings(session, [], 2) == {}


def test_an_entry_that_is_removed_leaves_nothing_behind(db: Database) -> None:
    (serial,) = added(db, 1)
    with db.writing() as session:
        entry = fingerprint_index.entries_by_serial(session, [serial])[serial]
        fingerprint_index.remove(session, serial, packing.unpack(entry.prints))
        assert fingerprint_index.entries_by_serial(session, [serial]) == {}
        serials_by_print = fingerprint_index.postings(session, packing.unpack(entry.prints), 5)
        assert set(serials_by_print.values()) == {()}


def test_a_serial_is_never_used_again(db: Database) -> None:
    ref = store.add(db, draft("A visit", text(paragraphs(1))))
    with db.reading() as session:
        before = fingerprint_index.last_serial(session)
    trash.delete(db, ref.article)
    assert added(db, 2)[0] > before


def test_words_are_found_as_they_are_whatever_their_script_or_length(db: Database) -> None:
    with db.writing() as session:
        word_index.store(session, 5, ODD)
        word_index.store(session, 9, ODD[1:])
        serials_by_word = word_index.postings(session, [*ODD, "zurich", "zür", "1"], 10)
    assert serials_by_word == {ODD[0]: (5,)} | dict.fromkeys(ODD[1:], (5, 9)) | {
        "zurich": (),
        "zür": (),
        "1": (),
    }


def test_entries_of_a_common_word_are_read_up_to_a_limit(db: Database) -> None:
    with db.writing() as session:
        for serial in range(1, 51):
            word_index.store(session, serial, ["common", f"rare{serial}"])
        serials_by_word = word_index.postings(session, ["common", "rare7"], 20)
    assert serials_by_word == {"common": tuple(range(1, 21)), "rare7": (7,)}


def test_words_are_taken_out_with_their_entry_and_no_other(db: Database) -> None:
    with db.writing() as session:
        word_index.store(session, 1, ["one", "two"])
        word_index.store(session, 2, ["two", "three"])
        word_index.remove(session, 1, ["one", "two"])
        assert word_index.postings(session, ["one", "two", "three"], 5) == {
            "one": (),
            "two": (2,),
            "three": (2,),
        }
        word_index.clear(session)
        assert word_index.postings(session, ["two"], 5) == {"two": ()}


def test_a_text_without_words_is_stored_and_taken_out(db: Database) -> None:
    with db.writing() as session:
        word_index.store(session, 1, [])
        word_index.remove(session, 1, [])
        assert word_index.postings(session, [], 5) == {}


def test_pending_articles_are_listed_in_order_of_arrival(db: Database) -> None:
    first, second, third = added(db, 1, 2, 3)

    def waiting(session: Session, after: int, most: int) -> list[int]:
        return [entry.serial for entry in fingerprint_index.pending_entries(session, after, most)]

    with db.writing() as session:
        assert waiting(session, 0, 5) == []
        entries = fingerprint_index.entries_by_serial(session, [first, third])
        fingerprint_index.mark_related(session, [entry.revision for entry in entries.values()], related=False)
        assert waiting(session, 0, 5) == [first, third]
        assert waiting(session, first, 5) == [third]
        assert waiting(session, 0, 1) == [first]
        assert [entry.serial for entry in fingerprint_index.entries_after(session, first, 5)] == [
            second,
            third,
        ]


def test_how_frequent_a_fingerprint_is_can_be_noted_and_taken_back(db: Database) -> None:
    with db.writing() as session:
        frequency.record_prints(session, {1: 9, 2: 20, 3: 30})
        assert frequency.frequent_prints(session, [1, 2, 3, 4], 9) == {2, 3}
        assert frequency.prints_in_at_most(session, 20) == [1, 2]
        frequency.record_prints(session, {2: 40, 3: 0})
        assert frequency.frequent_prints(session, [1, 2, 3, 4], 9) == {2}
        frequency.record_words(session, ["a", "the", "a"])
        frequency.record_words(session, ["the", "of"])
        assert frequency.frequent_words(session, ["a", "of", "off", "the"]) == {"a", "of", "the"}


def test_unindexed_texts_are_listed(db: Database) -> None:
    serials = added(db, 1, 2)
    with db.writing() as session:
        assert fingerprint_index.is_complete(session, VERSION)
        assert not fingerprint_index.is_complete(session, VERSION + 1)
        entry = fingerprint_index.entries_by_serial(session, serials)[serials[0]]
        fingerprint_index.remove(session, entry.serial, packing.unpack(entry.prints))
        assert not fingerprint_index.is_complete(session, VERSION)
        (missing,) = fingerprint_index.unindexed_texts(session, 5)
        assert missing.revision == entry.revision
        assert list(missing.paragraphs[1:]) == paragraphs(1)
        assert fingerprint_index.still_unindexed(session, [entry.revision, "x" * 16]) == [entry.revision]


def test_unindexed_texts_are_listed_in_order_of_arrival(db: Database) -> None:
    serials = added(db, 1, 2, 3)
    with db.writing() as session:
        order = [entry.revision for entry in fingerprint_index.entries_by_serial(session, serials).values()]
        fingerprint_index.clear(session)

        def unindexed(most: int, after: str = "") -> list[str]:
            return [entry.revision for entry in fingerprint_index.unindexed_texts(session, most, after)]

        assert unindexed(9) == order
        assert unindexed(1, order[0]) == order[1:2]
        assert unindexed(9, order[1]) == order[2:]
        assert unindexed(9, order[2]) == []
        assert unindexed(9, "x" * 16) == order, "that one was deleted"
