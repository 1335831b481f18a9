"""The tables of comparisons and of the evidence files made of them.

A comparison, once written, never changes; deleting one of its articles removes it, and with it its evidence files.
"""

from datetime import datetime

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
)
from sqlmodel import Field

from app.db.tables.base import Moment, Table, never_change, reference


class ComparisonRow(Table, table=True):
    """A comparison document as an engine made it around a reader's pins.

    ``id`` increases: the lowest for a pair and its pins is what their link shows for ever.
    """

    __tablename__ = "comparison"
    __table_args__ = (
        UniqueConstraint("base", "witness", "pins", "engine"),
        Index(None, "base", "witness", "pins"),
    )

    id: int | None = Field(default=None, primary_key=True)
    base: str = Field(sa_column=reference("revision.id"))
    witness: str = Field(sa_column=reference("revision.id", index=True))
    pins: str
    """In canonical form (app.permalinks), empty for the machine's own comparison."""
    engine: str
    digest: str = Field(sa_column=Column(String(64), nullable=False))
    """SHA-256 of the document's canonical form."""
    document: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """The document's canonical form in UTF-8, compressed by zlib."""
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False))


event.listen(ComparisonRow, "before_update", never_change)


class EvidenceRow(Table, table=True):
    """An evidence file that was made: its parts that are stored nowhere else, and the digest of the whole."""

    __tablename__ = "evidence_file"

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(sa_column=Column(String(64), nullable=False, unique=True))
    """SHA-256 of the whole zip."""
    comparison: int = Field(
        sa_column=Column(Integer, ForeignKey("comparison.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    who: str = Field(sa_column=Column(Text, nullable=False))
    """Whoever made it first; empty if no name was given."""
    known: str = Field(sa_column=Column(String(8), nullable=False))
    """How that name is known (``app.services.edit_log.Known``)."""
    size: int
    captures: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    """The ids of the captures in it, by the names of their members."""
    stamped_at: datetime | None = Field(default=None, sa_column=Column(Moment))
    """When the timestamp server says that it was there; null without a timestamp."""
    token: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """The timestamp server's answer (RFC 3161)."""
    members: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """All other members than the two texts, the comparison document and the captures, as a zip, compressed by zlib."""
