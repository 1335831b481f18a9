"""The tables of quotations: each as an article prints it, its wording, the n-grams that find versions, the speakers."""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, String, Text, text
from sqlmodel import Field

from app.db.tables.base import Table
from app.permalinks import ID_LENGTH


class StoredQuotation(Table, table=True):
    """What one speaker says in one go in a revision, in one or several pairs of quotation marks; it never changes.

    Those of an article's earlier revisions have no wording: their links still work, but no page counts them.
    """

    __tablename__ = "quotation"
    __table_args__ = (
        Index("ix_quotation_person_wording", "person", "wording", sqlite_where=text("wording IS NOT NULL"),
              postgresql_where=text("wording IS NOT NULL")),
    )  # fmt: skip

    serial: int | None = Field(default=None, primary_key=True)
    id: str = Field(sa_column=Column(String(ID_LENGTH), nullable=False, unique=True))
    revision: str = Field(
        sa_column=Column(
            String(ID_LENGTH), ForeignKey("revision.id", ondelete="CASCADE"), nullable=False, index=True
        )
    )
    wording: int | None = Field(
        default=None, sa_column=Column(Integer, ForeignKey("wording.serial"), nullable=True, index=True)
    )
    """None also for a quotation too short to be a version of another."""
    places: list[list[int]] = Field(sa_column=Column(JSON, nullable=False))
    """Paragraph, start and end of each of its parts, marks included, in code points."""
    speaker: str | None = Field(default=None, sa_column=Column(Text))
    person: str | None = Field(default=None, sa_column=Column(Text))
    cue: str | None = Field(default=None, sa_column=Column(Text))
    text: str = Field(sa_column=Column(Text, nullable=False))


class Wording(Table, table=True):
    """The same words in quotation marks, printed by some newest revision, and the head that it is a version of.

    The *head* is a wording too: the most complete of those it is related to. The counts are stored with the head; those
    of its versions are 0.
    """

    __tablename__ = "wording"
    __table_args__ = (
        Index("ix_wording_carried", "carried", "serial", sqlite_where=text("carried > 0"),
              postgresql_where=text("carried > 0")),
        Index("ix_wording_reworded", "carried", "serial", sqlite_where=text("reworded > 0"),
              postgresql_where=text("reworded > 0")),
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    serial: int | None = Field(default=None, primary_key=True)
    digest: int = Field(sa_column=Column(BigInteger, nullable=False, unique=True))
    """``Known.digest`` of its text (app.collation.quotations.versions.signature)."""
    length: int
    """In words."""
    head: int = Field(index=True)
    kind: str = Field(sa_column=Column(String(8), nullable=False))
    """``whole`` for a head; otherwise how it is related to its head: ``same``, ``part`` or ``reworded``."""
    carried: int
    """Articles that print a version."""
    wordings: int
    """Wordings among the versions, without those that differ only in ellipses and brackets."""
    reworded: int
    """How many of these are worded differently from the head."""


class WordingPrint(Table, table=True):
    """An n-gram of a wording. Clustered by the hash, by which it is looked up."""

    __tablename__ = "wording_print"
    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    serial: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


class SpeakerName(Table, table=True):
    """A person's name as articles spell it, with the number of that person's quotations."""

    __tablename__ = "speaker_name"
    __table_args__ = (
        Index("ix_speaker_name_total", "total", "name", sqlite_where=text("total > 0"),
              postgresql_where=text("total > 0")),
    )  # fmt: skip

    name: str = Field(sa_column=Column(Text, primary_key=True))
    first: str = Field(sa_column=Column(Text, nullable=False, index=True))
    """Its first part, folded, and ``last`` its last one: two spellings of a name share one of them."""
    last: str = Field(sa_column=Column(Text, nullable=False, index=True))
    label: str = Field(sa_column=Column(Text, nullable=False, index=True))
    """The spelling of this name that sorts first: the person's name on pages."""
    quotations: int
    """Under this spelling."""
    total: int
    """Under all spellings, in the row whose name is the label; 0 in the others."""
