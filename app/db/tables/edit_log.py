"""The table of the log of changes. An entry is written with its change, and neither changes nor goes."""

from datetime import datetime

from sqlalchemy import Column, Index, String, Text, event
from sqlmodel import Field

from app.db.tables.base import Moment, Table
from app.permalinks import ID_LENGTH


class LogEntry(Table, table=True):
    """One change: who made it, when, of what. It names ids without foreign keys, since it outlives their rows."""

    __tablename__ = "log_entry"
    __table_args__ = (
        Index(None, "article", "id"),
        {"sqlite_autoincrement": True},  # a number is never used again
    )

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_column=Column(Moment, nullable=False))
    who: str = Field(sa_column=Column(Text, nullable=False))
    """The name of who made the change; empty if none was given."""
    known: str = Field(sa_column=Column(String(8), nullable=False))
    """How that name is known (``app.services.edit_log.Known``)."""
    action: str = Field(sa_column=Column(String(8), nullable=False))
    """What was done (``app.services.edit_log.Action``)."""
    article: str = Field(sa_column=Column(String(ID_LENGTH), nullable=False))
    """The article; of a comparison, its base's."""
    revision: str = Field(sa_column=Column(String(ID_LENGTH), nullable=False))
    """The revision that was made, or was the newest when the article was deleted; of a comparison, the base."""
    number: int
    """The number of that revision."""
    witness: str | None = Field(default=None, sa_column=Column(String(ID_LENGTH)))
    """The other revision of a comparison."""
    pins: str = Field(default="", sa_column=Column(Text, nullable=False))
    """The pins of a comparison, in canonical form."""
    title: str = Field(sa_column=Column(Text, nullable=False))
    """What the article was called then; of a comparison, both articles."""
    before: str | None = Field(default=None, sa_column=Column(String(64)))
    after: str | None = Field(default=None, sa_column=Column(String(64)))
    """SHA-256 of what was there before and after (``app.services.edit_log``); null where nothing was."""


@event.listens_for(LogEntry, "before_update")
@event.listens_for(LogEntry, "before_delete")
def _stays(mapper: object, connection: object, row: LogEntry) -> None:
    """Refuse to change or remove an entry."""
    raise TypeError("an entry of the log stays as it was written")
