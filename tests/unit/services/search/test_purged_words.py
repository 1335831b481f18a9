"""No word of what was deleted for good stays: in no index, in no list of words, and nowhere in SQLite's files."""

from itertools import count

import pytest

from app.db.engine.base import Database
from app.db.engine.sqlite import SQLite
from app.db.index import leftovers, search_texts
from app.services.articles import store, trash
from app.services.search import purged_words
from app.services.search.find import SearchRequest, search
from app.sources.text import draft

SAID = (
    "“We saw the zzxwave come over the zzxwall,” zzxmayor Zzxbertha Zzxolsen said on Monday at the harbour."
)


def with_one_purged(db: Database) -> None:
    """Store articles, and delete for good one of which every revision has words of its own."""
    for number in range(30):
        store.add(db, draft(f"Other {number}", f"Number {number} is about fish {number} and the harbour."))
    gone = store.add(db, draft("A storm", f"Nobody was zzxhurt.\n{SAID}"))
    store.edit(db, gone.article, draft("A storm", f"Nobody was zzxinjured.\n{SAID}"))
    trash.delete(db, gone.article)
    trash.purge(db, gone.article)


def test_beginnings_are_no_longer_completed_to_its_words_but_to_those_of_others(db: Database) -> None:
    with_one_purged(db)
    with db.reading() as session:
        assert search_texts.completions(session, "zzx", 9) == []
        assert search_texts.completions(session, "harb", 9) == ["harbour"]


@pytest.mark.sqlite
def test_no_word_of_it_is_in_the_files_once_the_indexes_are_merged(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(db, SQLite)
    with_one_purged(db)
    monkeypatch.setattr(leftovers, "PAGES_PER_STEP", 1)
    steps = count(1)
    assert purged_words.merge_away(db, lambda: next(steps) == 2)  # as a stop between two steps would
    assert purged_words.merge_away(db)
    assert not purged_words.merge_away(db)
    assert db.empty_log()
    files = list(db.path.parent.glob(f"{db.path.name}*"))
    assert [file.name for file in files if b"zzx" in file.read_bytes().lower()] == []
    assert search(db, SearchRequest(query="harbour -fish"), public_only=False).articles == 0
    assert search(db, SearchRequest(query="harbour"), public_only=False).articles == 30
