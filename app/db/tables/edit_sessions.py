"""The tables of who may edit: editors' sessions that have ended, and keys for scripts."""

from datetime import date, datetime

from sqlalchemy import Column, String, Text
from sqlmodel import Field

from app.db.tables.base import Moment, Table

ID_LENGTH = 16


class EndedSession(Table, table=True):
    """A session that a reader ended. Kept for good: a clock that is set back must not open it again."""

    __tablename__ = "ended_session"

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))


class ApiKeyRow(Table, table=True):
    """A key by which a script reads or writes. The key itself is stored nowhere."""

    __tablename__ = "api_key"

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
    name: str = Field(sa_column=Column(Text, nullable=False))
    """What it is for; the log names its changes by it."""
    scope: str = Field(sa_column=Column(String(5), nullable=False))
    """``read`` or ``write``, which reads too."""
    digest: str = Field(sa_column=Column(String(64), nullable=False))
    """SHA-256 of the key."""
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    who: str = Field(sa_column=Column(Text, nullable=False))
    """Who made it; empty if no name was given."""
    used_on: date | None = None
    """The last day on which it was used, in UTC."""
    revoked_at: datetime | None = Field(default=None, sa_column=Column(Moment))
