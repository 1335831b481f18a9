"""The tables of the index, by which stored texts are found.

The word index is the database's own kind of index, and no table here (app.db.index.words).
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, Text, text
from sqlmodel import Field

from app.db.tables.base import Table, reference


class Indexed(Table, table=True):
    """The index entry of a newest revision: it can be found by its fingerprints and words, under a serial."""

    __table_args__ = (
        Index(
            "ix_indexed_pending",
            "serial",
            sqlite_where=text("NOT related"),
            postgresql_where=text("NOT related"),
        ),
        Index(
            "ix_indexed_unquoted",
            "serial",
            sqlite_where=text("NOT quoted"),
            postgresql_where=text("NOT quoted"),
        ),
        {"sqlite_autoincrement": True},  # a serial is never used again, so a later entry has a higher one
    )

    serial: int | None = Field(default=None, primary_key=True)
    revision: str = Field(sa_column=reference("revision.id", unique=True))
    version: int
    """The version of the fingerprints and words (app.collation.text.fingerprints)."""
    prints: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """Its fingerprints, six bytes each, ascending: a removal deletes exactly what was stored."""
    related: bool = Field(sa_column=Column(Boolean, nullable=False))
    """Whether its stored relations are up to date; if not, they are found when needed."""
    quoted: bool = Field(default=False, sa_column=Column(Boolean, nullable=False))
    """Whether its quotations are stored (app.db.tables.quotations); if not, they are found when needed."""


class Fingerprint(Table, table=True):
    """A fingerprint of an indexed revision. Clustered by the hash, by which it is looked up."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    serial: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


class FrequentPrint(Table, table=True):
    """A fingerprint in too many groups of copies to be anyone's own text."""

    __tablename__ = "frequent_print"
    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    groups: int
    """In how many it was when they were last counted."""


class FrequentWord(Table, table=True):
    """A word, as its token, in too many articles to help find any of them."""

    __tablename__ = "frequent_word"
    __table_args__ = ({"sqlite_with_rowid": False},)

    word: str = Field(sa_column=Column(Text, primary_key=True))
