"""Which sessions of editors have been ended before their time: a copy of such a session's cookie opens nothing."""

from sqlmodel import select

from app.db.engine.base import Database
from app.db.tables.edit_sessions import EndedSession

ID_BYTES = 12
"""Random bytes of a session's id."""


def end(db: Database, session_id: str) -> None:
    """End a session for good. Raises as a writing transaction does."""
    with db.writing() as session:
        session.merge(EndedSession(id=session_id))


def has_ended(db: Database, session_id: str) -> bool:
    """Return whether the session has been ended. Raises as a reading transaction does."""
    with db.reading() as session:
        return session.exec(select(EndedSession.id).where(EndedSession.id == session_id)).first() is not None
