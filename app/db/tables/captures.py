"""The tables of what is brought in: articles not saved yet, the pages and files they came from, watched addresses."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Index, LargeBinary, String, Text
from sqlmodel import Field

from app.db.tables.base import Moment, Table, reference
from app.permalinks import ID_LENGTH


class IntakeRow(Table, table=True):
    """An article being brought in: what was read, and how its editor changed that. Removed some days later."""

    __tablename__ = "intake"
    __table_args__ = (Index(None, "batch", "place"), Index(None, "brought_at"))

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
    batch: str = Field(sa_column=Column(String(ID_LENGTH), nullable=False))
    """Shared by those that were brought together."""
    place: int
    """Among these."""
    brought_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    state: str = Field(sa_column=Column(String(8), nullable=False))
    """``app.services.intake.intakes.State``."""
    kind: str = Field(sa_column=Column(String(8), nullable=False))
    """``link``, ``file`` or ``text``."""
    name: str = Field(sa_column=Column(Text, nullable=False))
    """The link as it was given, or the file's name."""
    message: str = Field(default="", sa_column=Column(Text, nullable=False))
    """What went wrong, and then what to do."""
    choices: list[list[str]] = Field(sa_column=Column(JSON, nullable=False))
    """Encodings to choose from, each with how the text would begin."""
    draft: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """What the preview shows (``app.services.intake.preview.Preview``); empty where nothing was read."""
    capture: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """What is known of the page or file; empty for a pasted text."""
    article: str = Field(default="", sa_column=Column(String(ID_LENGTH), nullable=False))
    """The article that was saved from it; else empty."""
    content: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """The page or file as it came, compressed by zlib."""


class CaptureRow(Table, table=True):
    """Where a revision's text came from: a page, a file, or what was pasted. It goes with its revision."""

    __tablename__ = "capture"
    __table_args__ = (Index(None, "article", "captured_at"),)

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
    article: str = Field(sa_column=reference("article.id"))
    revision: str = Field(sa_column=reference("revision.id", index=True))
    captured_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    """When it was fetched or, if the file says so itself, captured; else when it was brought."""
    kind: str = Field(sa_column=Column(String(20), nullable=False))
    """``link``, ``watch``, ``text``, or the file's format."""
    address: str = Field(sa_column=Column(Text, nullable=False))
    page: str = Field(sa_column=Column(String(16), nullable=False, index=True))
    """The same for all addresses of one page (``app.services.pages``); empty without an address."""
    file_name: str = Field(sa_column=Column(Text, nullable=False))
    media_type: str = Field(sa_column=Column(Text, nullable=False))
    """As the server declared it."""
    sha256: str = Field(sa_column=Column(String(64), nullable=False))
    """Of the bytes as they came, unpacked from their transport."""
    size: int
    text_digest: str = Field(sa_column=Column(String(64), nullable=False))
    """SHA-256 of the article's paragraphs as they were read from it, before any editing."""
    sources: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    """Where each field of the revision came from, by field."""
    language: str = Field(sa_column=Column(String(35), nullable=False))
    """As the page or its editor states it; may be empty."""
    is_kept: bool = Field(sa_column=Column(Boolean, nullable=False))
    content: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """The bytes, compressed by zlib; null where they were not kept."""


class WatchRow(Table, table=True):
    """An article whose address is looked at again daily."""

    __tablename__ = "watch"

    article: str = Field(sa_column=reference("article.id", primary_key=True))
    address: str = Field(sa_column=Column(Text, nullable=False))
    host: str = Field(sa_column=Column(String(253), nullable=False, index=True))
    since: datetime = Field(sa_column=Column(Moment, nullable=False))
    who: str = Field(sa_column=Column(Text, nullable=False))
    """Who asked for it; empty if no name was given."""
    text_digest: str = Field(sa_column=Column(String(64), nullable=False))
    """Of the text as it was last read there; empty before the first look."""
    looked_at: datetime | None = Field(default=None, sa_column=Column(Moment))
    look_after: datetime = Field(sa_column=Column(Moment, nullable=False, index=True))
    failures: int
    """Looks in a row that failed."""
    outcome: str = Field(sa_column=Column(Text, nullable=False))
    """What the last look found, in words."""
