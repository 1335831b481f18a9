"""The table of comparisons. A comparison, once written, never changes; deleting one of its articles removes it."""

from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary, String, UniqueConstraint, event
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
