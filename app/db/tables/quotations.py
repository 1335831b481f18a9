"""The tables of quotations: each as an article prints it, its wording, what finds versions of it, and who speaks."""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, String, Text, text
from sqlmodel import Field

from app.db.tables.articles import Table
from app.permalinks import ID_LENGTH


class StoredQuotation(Table, table=True):
    """What one speaker says in one go in a revision, in one or several pairs of marks; it never changes.

    Those of a revision that is not its article's newest any more have no wording: their links go on, and no page counts
    them.
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
    """None also where it is too short to be a version of another."""
    places: list[list[int]] = Field(sa_column=Column(JSON, nullable=False))
    """Paragraph, start and end of each of its parts, marks included, in code points."""
    speaker: str | None = Field(default=None, sa_column=Column(Text))
    person: str | None = Field(default=None, sa_column=Column(Text))
    cue: str | None = Field(default=None, sa_column=Column(Text))
    text: str = Field(sa_column=Column(Text, nullable=False))


class Wording(Table, table=True):
    """Equal words in quotation marks, which some newest revision prints, and the quotation that it is a version of.

    That is a wording too, the *head* of its versions: the most complete of those that it is related to. What is counted
    stands with the head and is 0 with the others.
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
    """app.collation.quotations.versions.signature.wording of its text."""
    length: int
    """In words."""
    head: int = Field(index=True)
    kind: str = Field(sa_column=Column(String(8), nullable=False))
    """``whole`` for a head; else how it stands to its head: ``same``, ``part`` or ``reworded``."""
    carried: int
    """Articles that print a version."""
    wordings: int
    """Wordings among the versions, those apart that differ in ellipses and brackets alone."""
    reworded: int
    """How many of these are in other words than the head."""


class WordingPrint(Table, table=True):
    """That a gram stands in a wording. Clustered by the hash, which is what is looked up."""

    __tablename__ = "wording_print"
    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    serial: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


class SpeakerName(Table, table=True):
    """A person's name as articles spell it, with how many quotations are this person's."""

    __tablename__ = "speaker_name"
    __table_args__ = (
        Index("ix_speaker_name_total", "total", "name", sqlite_where=text("total > 0"),
              postgresql_where=text("total > 0")),
    )  # fmt: skip

    name: str = Field(sa_column=Column(Text, primary_key=True))
    first: str = Field(sa_column=Column(Text, nullable=False, index=True))
    """Its first part, folded; ``last`` the last one: two spellings of a name share one of them."""
    last: str = Field(sa_column=Column(Text, nullable=False, index=True))
    label: str = Field(sa_column=Column(Text, nullable=False, index=True))
    """The least of the spellings of this name: the person's name on pages."""
    quotations: int
    """Under this spelling."""
    total: int
    """With the label, under all spellings; 0 with the others."""
