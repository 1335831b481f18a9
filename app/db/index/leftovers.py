"""Words of texts that were deleted for good, as SQLite's indexes of words hold them until their parts are merged.

FTS5 notes in a new part that a row is gone; the words stay in the old part, readable in the file, until both are
merged into one. Here that is done in steps, each a short transaction, and remembered until it is done. PostgreSQL
clears its indexes by itself (VACUUM).
"""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from app.db.index.fingerprints import database_kind
from app.db.tables.search import Leftover

INDEXES = ("search_text", "rare_word")

PAGES_PER_STEP = 200
"""Pages of some 4 kB that one step writes: a few hundredths of a second."""


def remember(session: Session, moment: datetime) -> None:
    """Note that words of an article deleted for good at this moment (UTC) may still be in the indexes."""
    if database_kind(session) == "sqlite":
        session.execute(delete(Leftover))
        session.execute(insert(Leftover), [{"index_name": name, "purged_at": moment} for name in INDEXES])


def due(session: Session) -> dict[str, datetime]:
    """Return the indexes that may hold such words, each with the moment of the last deletion."""
    return {row.index_name: row.purged_at for row in session.execute(select(Leftover)).scalars()}


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


def forget(session: Session, index: str, moment: datetime) -> None:
    """Note that an index holds no word of what was deleted for good until this moment."""
    chosen = delete(Leftover).where(col(Leftover.index_name) == index, col(Leftover.purged_at) == moment)
    session.execute(chosen)
