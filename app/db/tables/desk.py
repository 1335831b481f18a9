"""The tables behind the library's page: what is still to be compared, what was found, and a row for each story.

All of it is derived from articles, relations and comparisons.
"""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlmodel import Field

from app.collation.model import FindingKind
from app.db.tables.base import Moment, Table, reference

NO_DAY = date(1, 1, 1)
"""Stands for a date that is not stated, so that one index orders all rows alike in both databases."""

KIND_BITS: Mapping[str, int] = {
    "quotation": 1,
    "number": 2,
    "date": 4,
    "name": 8,
    "exchange": 16,
    "negation": 32,
    "modality": 64,
    "attribution": 128,
    "antonym": 256,
    "tense": 512,
    "gender": 1024,
}
"""The kinds of finding as bits of one number. A stored bit keeps its meaning for ever: a new kind gets a new one."""


class WantedComparison(Table, table=True):
    """Two revisions that reuse one another's text, whose comparison is still to be made; in the order of arrival."""

    __tablename__ = "wanted_comparison"
    __table_args__ = (UniqueConstraint("low", "high"), {"sqlite_autoincrement": True})

    serial: int | None = Field(default=None, primary_key=True)
    low: str = Field(sa_column=reference("revision.id"))
    """The smaller of the two ids."""
    high: str = Field(sa_column=reference("revision.id", index=True))


class FindingSummary(Table, table=True):
    """What a stored comparison found, in one line: lists of comparisons need not open documents."""

    __tablename__ = "finding_summary"

    comparison: int = Field(
        sa_column=Column(
            Integer, ForeignKey("comparison.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
        )
    )
    base: str = Field(sa_column=reference("revision.id", index=True))
    witness: str = Field(sa_column=reference("revision.id", index=True))
    gravity: int
    """As app.collation.highlights.gravest has it; 0 without a finding that matters."""
    kinds: int
    """The kinds found, as ``KIND_BITS``."""
    counts: dict[FindingKind, int] = Field(sa_column=Column(JSON, nullable=False))
    row: int
    """Of the most serious finding, from 1; 0 where there is none, and what follows is then empty."""
    finding: int
    kind: FindingKind = Field(sa_column=Column(String(12), nullable=False))
    may_reverse: bool
    base_words: str = Field(sa_column=Column(Text, nullable=False))
    witness_words: str = Field(sa_column=Column(Text, nullable=False))
    base_paragraphs: list[str] = Field(sa_column=Column(JSON, nullable=False))
    witness_paragraphs: list[str] = Field(sa_column=Column(JSON, nullable=False))


class Shelf(Table, table=True):
    """A story, or an article on its own, as the library lists, orders and filters it."""

    __table_args__ = (
        Index("ix_shelf_gravity_latest_at_id", "gravity", "latest_at", "id"),
        Index("ix_shelf_latest_at_id", "latest_at", "id"),
        Index("ix_shelf_last_on_latest_at_id", "last_on", "latest_at", "id"),
        Index("ix_shelf_size_latest_at_id", "size", "latest_at", "id"),
    )

    id: str = Field(sa_column=reference("article.id", primary_key=True))
    """The story's, which is the article added first."""
    latest_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    """When its last article was added."""
    size: int
    """Its articles."""
    first_on: date = Field(sa_column=Column(Date, nullable=False))
    """The first date stated; ``NO_DAY`` where none is."""
    last_on: date = Field(sa_column=Column(Date, nullable=False))
    undated: int
    """Articles that state no date."""
    gravity: int = Field(sa_column=Column(Integer, nullable=False))
    """Of its most serious comparison; 0 without one."""
    kinds: int
    """Kinds of finding in any of its comparisons, as ``KIND_BITS``."""
    summary: int | None = Field(
        default=None,
        sa_column=Column(Integer, ForeignKey("finding_summary.comparison", ondelete="SET NULL"), index=True),
    )
    """The most serious comparison."""
