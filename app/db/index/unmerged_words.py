"""Words of texts that were deleted for good, as SQLite's files hold them until they are cleared.

FTS5 notes in a new part that a row is gone; the words stay in the old part, readable in the file, until both are
merged into one, which writes the whole index anew. So a deletion waits, for longer in a larger library, and all that
were made meanwhile are merged at once; in steps, each a short transaction, and remembered until it is done. The
write-ahead log holds pages as they were, and is emptied soon. PostgreSQL clears its indexes by itself (VACUUM).
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session, col

from app.db.index.fingerprints import database_kind
from app.db.tables.index import Indexed
from app.db.tables.search import Leftover

INDEXES = ("search_text", "rare_word")

LOG = "log"
"""The name under which the write-ahead log is remembered."""

PAGES_PER_STEP = 200
"""Pages of some 4 kB that one step writes: a few hundredths of a second."""

LONGEST_WAIT = timedelta(days=1)
TEXTS_OF_LONGEST_WAIT = 1_000_000
"""Texts whose index (some 3.5 GB) is written anew at most once a day; of fewer, as much more often."""

_MERGING = "merging "


def remember(session: Session, moment: datetime) -> None:
    """Record that words of an article deleted for good at this moment (UTC) may still be in the indexes and the log.

    For an index the first such moment is kept: that is when its wait began.
    """
    if database_kind(session) != "sqlite":
        return
    noted = set(session.execute(select(col(Leftover.index_name))).scalars())
    session.execute(delete(Leftover).where(col(Leftover.index_name) == LOG))
    names = [LOG, *(name for name in INDEXES if name not in noted)]
    session.execute(insert(Leftover), [{"index_name": name, "purged_at": moment} for name in names])


def due(session: Session, now: datetime | None = None) -> list[str]:
    """Return the indexes to be merged: those whose merging was begun, and those whose wait is over ``now``.

    Without ``now`` none waits. Setting the clock back ends a wait instead of prolonging it.
    """
    noted = {row.index_name: row.purged_at for row in session.execute(select(Leftover)).scalars()}
    longest = wait(session.execute(select(func.max(col(Indexed.serial)))).scalar() or 0)
    return [
        name
        for name in INDEXES
        if _MERGING + name in noted
        or (name in noted and (now is None or not timedelta(0) <= now - noted[name] < longest))
    ]


def wait(texts: int) -> timedelta:
    """Return how long an index of this many texts waits for further deletions before it is merged.

    >>> str(wait(20_000)), str(wait(500_000)), str(wait(3_000_000))
    ('0:28:48', '12:00:00', '1 day, 0:00:00')
    """
    return LONGEST_WAIT * min(texts, TEXTS_OF_LONGEST_WAIT) / TEXTS_OF_LONGEST_WAIT


def begin(session: Session, index: str) -> None:
    """Record that the merging of an index begins: words of later deletions wait for the next one."""
    names = col(Leftover.index_name)
    if session.execute(select(names).where(names == _MERGING + index)).first():  # begun before, and cut short
        session.execute(delete(Leftover).where(names == index))
    else:
        session.execute(update(Leftover).where(names == index).values(index_name=_MERGING + index))


def merge(session: Session, index: str, *, is_first: bool) -> bool:
    """Merge parts of an index for one step, the first of which takes all there are; return whether any were left."""
    assert index in INDEXES
    connection = session.connection()
    driver = connection.connection.driver_connection
    assert driver is not None
    before = driver.total_changes
    pages = -PAGES_PER_STEP if is_first else PAGES_PER_STEP
    connection.exec_driver_sql(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', {pages})")
    return bool(driver.total_changes - before > 1)  # https://www.sqlite.org/fts5.html#the_merge_command


def end(session: Session, index: str, moment: datetime) -> None:
    """Record that an index was merged: it has no word deleted before the merging began, but the log may."""
    session.execute(delete(Leftover).where(col(Leftover.index_name).in_([_MERGING + index, LOG])))
    session.execute(insert(Leftover), [{"index_name": LOG, "purged_at": moment}])


def in_log(session: Session) -> datetime | None:
    """Return when words that must not stay in the log last came into it; None if it holds none."""
    return session.execute(select(col(Leftover.purged_at)).where(col(Leftover.index_name) == LOG)).scalar()


def forget_log(session: Session, moment: datetime) -> None:
    """Record that the log was emptied of everything written into it up to this moment."""
    chosen = delete(Leftover).where(col(Leftover.index_name) == LOG, col(Leftover.purged_at) == moment)
    session.execute(chosen)
