"""The table of editors' notes on places in comparisons and on paragraphs of articles."""

from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Text
from sqlmodel import Field

from app.db.tables.base import Moment, Table, reference
from app.permalinks import ID_LENGTH


class NoteRow(Table, table=True):
    """A note by an editor. It is anchored to the revisions that its author saw, and goes with either of them."""

    __tablename__ = "note"
    __table_args__ = (Index(None, "base", "witness"), Index(None, "made_at", "id"))

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
    base: str = Field(sa_column=reference("revision.id"))
    witness: str | None = Field(
        default=None,
        sa_column=Column(
            String(ID_LENGTH), ForeignKey("revision.id", ondelete="CASCADE"), nullable=True, index=True
        ),
    )
    """None for a note on a paragraph of ``base`` alone."""
    anchor: str = Field(sa_column=Column(Text, nullable=False))
    """Which paragraphs, and which words of them (``app.services.notes``): it names one place, and no
    similar one."""
    pins: str = Field(sa_column=Column(Text, nullable=False))
    """Of the comparison in which it was written."""
    row: int
    """Its row there, from 1; 0 for a paragraph of one article."""
    finding: int | None
    """The finding's number in the row, from 1."""
    kind: str = Field(sa_column=Column(String(12), nullable=False))
    """Of the finding; empty for a row or a paragraph."""
    place: str = Field(sa_column=Column(Text, nullable=False))
    """Paragraph numbers as pages print them."""
    base_words: str = Field(sa_column=Column(Text, nullable=False))
    witness_words: str = Field(sa_column=Column(Text, nullable=False))
    """The beginning of what it is about."""
    text: str = Field(sa_column=Column(Text, nullable=False))
    status: str = Field(sa_column=Column(String(9), nullable=False))
    is_public: bool = Field(sa_column=Column(Boolean, nullable=False))
    who: str = Field(sa_column=Column(Text, nullable=False))
    """Whoever wrote it first; empty if no name was given."""
    known: str = Field(sa_column=Column(String(8), nullable=False))
    """How that name is known (``app.services.edit_log.Known``)."""
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    changed_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    version: int
    """Counts its wordings, from 1."""
