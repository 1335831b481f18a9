"""The table of relations."""

from sqlalchemy import Column, Float, String
from sqlmodel import Field

from app.db.tables.base import Table, reference


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
