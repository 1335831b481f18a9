"""The table of editors' sessions that have ended."""

from sqlalchemy import Column, String
from sqlmodel import Field

from app.db.tables.base import Table

ID_LENGTH = 16


class EndedSession(Table, table=True):
    """A session that a reader ended. Kept for good: a clock that is set back must not open it again."""

    __tablename__ = "ended_session"

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
