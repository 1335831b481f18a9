"""The tables beside the search index, which is the database's own kind of index (app.db.index.search_texts)."""

from sqlalchemy import BigInteger, Column, Text
from sqlmodel import Field

from app.db.tables.base import Table


class Unsearched(Table, table=True):
    """An entry of the index, by its serial, whose text is still to be put into the search index."""

    serial: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


class SearchWord(Table, table=True):
    """A word that some text has or had: what the beginning of a word in a query is completed by."""

    __tablename__ = "search_word"
    __table_args__ = ({"sqlite_with_rowid": False},)

    word: str = Field(sa_column=Column(Text, primary_key=True))


class SearchState(Table, table=True):
    """The one row that says how the texts in the search index were cut into words."""

    __tablename__ = "search_state"

    id: int = Field(primary_key=True)
    version: str = Field(sa_column=Column(Text, nullable=False))
