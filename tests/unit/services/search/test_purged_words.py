"""No word of what was deleted for good stays: in no index, in no list of words, and nowhere in SQLite's files."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from app.db.engine.base import Database
from app.db.engine.sqlite import SQLite
from app.db.index import search_texts, unmerged_words
from app.services.articles import store, trash
from app.services.search import purged_words
from app.services.search.find import SearchRequest, search
from app.sources.text import draft

# Each word begins with letters that no random id in the files has by chance.
SAID = (
    "“We saw the zzxqjwwave come over the zzxqjwwall,” "
    "zzxqjwmayor Zzxqjwbertha Zzxqjwolsen said on Monday at the harbour."
)


def with_one_purged(db: Database) -> None:
    """Store articles, and delete for good one of which every revision has words of its own."""
    for number in range(30):
        store.add(db, draft(f"Other {number}", f"Number {number} is about fish {number} and the harbour."))
    gone = store.add(db, draft("A storm", f"Nobody was zzxqjwhurt.\n{SAID}"))
    store.edit(db, gone.article, draft("A storm", f"Nobody was zzxqjwinjured.\n{SAID}"))
    trash.delete(db, gone.article)
    trash.purge(db, gone.article)


def test_beginnings_are_no_longer_completed_to_its_words_but_to_those_of_others(db: Database) -> None:
    with_one_purged(db)
    with db.reading() as session:
        assert search_texts.completions(session, "zzxqjw", 9) == []
        assert search_texts.completions(session, "harb", 9) == ["harbour"]


@pytest.mark.sqlite
def test_no_word_of_it_is_in_the_files_once_the_indexes_are_merged(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(db, SQLite)
    with_one_purged(db)
    monkeypatch.setattr(unmerged_words, "PAGES_PER_STEP", 1)
    steps = count(1)
    assert purged_words.merge_away(db, lambda: next(steps) == 2)  # as a stop between two steps would
    assert purged_words.merge_away(db)
    assert not purged_words.merge_away(db)
    assert purged_words.empty_log(db)
    assert b"zzxqjw" not in contents(db)
    assert search(db, SearchRequest(query="harbour -fish"), public_only=False).articles == 0
    assert search(db, SearchRequest(query="harbour"), public_only=False).articles == 30


@pytest.mark.sqlite
def test_an_index_waits_for_further_deletions_and_is_merged_once_for_all(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unmerged_words, "TEXTS_OF_LONGEST_WAIT", 10)  # of 31 texts, an index waits a day
    with_one_purged(db)
    first = datetime.now(UTC)
    later = store.add(db, draft("Another storm", "Nobody was zzxqjwfrightened."))
    trash.delete(db, later.article)
    trash.purge(db, later.article)
    assert not purged_words.merge_away(db, now=first + timedelta(hours=23))
    assert b"zzxqjw" in contents(db)
    assert purged_words.merge_away(db, now=first + timedelta(hours=24))
    assert purged_words.empty_log(db)
    assert b"zzxqjw" not in contents(db)
    assert not purged_words.merge_away(db)


@pytest.mark.sqlite
def test_merging_that_was_cut_short_does_not_wait_and_what_is_deleted_meanwhile_does(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unmerged_words, "TEXTS_OF_LONGEST_WAIT", 10)
    with_one_purged(db)
    meanwhile = store.add(db, draft("Another storm", "Nobody was zzxqjwfrightened."))
    trash.delete(db, meanwhile.article)
    now = datetime.now(UTC) + timedelta(hours=24)
    assert purged_words.merge_away(db, lambda: True, now)  # as a stop after the first step would

    def purge() -> bool:
        if trash.list_trash(db, 0, 1).count:
            trash.purge(db, meanwhile.article)
        return False

    assert purged_words.merge_away(db, purge, datetime.now(UTC))
    assert not purged_words.merge_away(db, now=datetime.now(UTC))
    assert purged_words.merge_away(db, now=datetime.now(UTC) + timedelta(hours=24))
    assert purged_words.empty_log(db)
    assert b"zzxqjw" not in contents(db)


@pytest.mark.sqlite
def test_the_log_does_not_wait_until_the_indexes_are_merged(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unmerged_words, "TEXTS_OF_LONGEST_WAIT", 10)
    assert isinstance(db, SQLite)
    with_one_purged(db)
    log = db.path.with_name(f"{db.path.name}-wal")
    assert log.stat().st_size > 0
    with db.reading() as session:
        session.connection()
        assert not purged_words.empty_log(db)  # its reader still needs it
    assert purged_words.empty_log(db)
    # What noted that has been written since: one page, with none of the words.
    assert b"zzxqjw" not in log.read_bytes().lower()
    # Neither title nor sentence is in the file, where the index still has single words.
    assert b"zzxqjwbertha" in contents(db)
    assert b"zzxqjwwave come" not in contents(db)


def contents(db: Database) -> bytes:
    """Return what is in SQLite's files, in small letters."""
    assert isinstance(db, SQLite)
    return b"".join(file.read_bytes().lower() for file in db.path.parent.glob(f"{db.path.name}*"))
