"""Remove what the indexes of words still hold of articles that were deleted for good."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from app.db.engine.base import Database
from app.db.index import search_texts, unmerged_words
from app.db.index.search_expression import SearchColumns

WORDS_PER_TRANSACTION = 500
"""Words looked up in one transaction: some hundredths of a second."""


def drop(db: Database, texts: Iterable[SearchColumns]) -> None:
    """Remove the words of these texts, which the index holds no more, from the list that completes beginnings.

    Words that another text has stay. It can be repeated: whatever it did not finish is done the next time.
    """
    words = sorted(set[str]().union(*(text.completions() for text in texts)))
    for start in range(0, len(words), WORDS_PER_TRANSACTION):
        with db.writing() as session:
            search_texts.drop_unused_words(session, words[start : start + WORDS_PER_TRANSACTION])


def merge_away(db: Database, rest: Callable[[], bool] = bool, now: datetime | None = None) -> bool:
    """Merge each index that may hold words of what was deleted for good; return whether any did.

    Those that still wait for further deletions ``now`` (UTC) are left; without it none is. ``rest`` is called after
    each step, and ends the work by returning true: the next call begins it anew.
    """
    with db.reading() as session:
        due = unmerged_words.due(session, now)
    for index in due:
        with db.writing(shown=False) as session:
            unmerged_words.begin(session, index)
        is_first = goes_on = True
        while goes_on:
            with db.writing(shown=False) as session:
                goes_on = unmerged_words.merge(session, index, is_first=is_first)
            is_first = False
            if rest():
                return True
        with db.writing(shown=False) as session:
            unmerged_words.end(session, index, datetime.now(UTC))
    return bool(due)


def empty_log(db: Database) -> bool:
    """Empty the database's log of words of what was deleted for good; return whether it holds none now.

    A reader of an older state keeps it from being emptied: try again later.
    """
    with db.reading() as session:
        moment = unmerged_words.in_log(session)
    if moment is None:
        return True
    if not db.empty_log():
        return False
    with db.writing(shown=False) as session:
        unmerged_words.forget_log(session, moment)
    return True
