"""The tables of relations, and of articles that an editor keeps apart."""

from datetime import datetime

from sqlalchemy import Column, Float, String, Text
from sqlmodel import Field

from app.db.tables.base import Moment, Table, reference


class StoredRelation(Table, table=True):
    """How a newest revision is related to another, as seen from the first; each pair is stored in both directions.

    The fields are those of app.collation.relations.Relation.
    """

    __tablename__ = "relation"
    __table_args__ = ({"sqlite_with_rowid": False},)

    revision: str = Field(sa_column=reference("revision.id", primary_key=True))
    other: str = Field(sa_column=reference("revision.id", primary_key=True, index=True))
    kind: str = Field(sa_column=Column(String(20), nullable=False))
    resemblance: float = Field(sa_column=Column(Float, nullable=False))
    base_in_witness: float = Field(sa_column=Column(Float, nullable=False))
    witness_in_base: float = Field(sa_column=Column(Float, nullable=False))
    base_paragraphs: int
    witness_paragraphs: int
    base_shared: int
    witness_shared: int
    base_verbatim: int
    witness_verbatim: int
    quotations: int
    reworded: int


class KeptApart(Table, table=True):
    """Two articles that are not the same story, as an editor says: no relation puts them into one."""

    __tablename__ = "kept_apart"

    low: str = Field(sa_column=reference("article.id", primary_key=True))
    """The smaller of the two ids."""
    high: str = Field(sa_column=reference("article.id", primary_key=True, index=True))
    at: datetime = Field(sa_column=Column(Moment, nullable=False))
    who: str = Field(sa_column=Column(Text, nullable=False))
    """Who said so; empty if no name was given."""
