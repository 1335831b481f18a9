"""The tables behind searches: those beside the search index, and those of labels and publishers' names.

The search index is the database's own kind of index, and no table here (app.db.index.search_texts).
"""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, String, Text
from sqlmodel import Field

from app.db.tables.base import Moment, Table, reference


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


class Leftover(Table, table=True):
    """An index, or the log, that may hold words of articles deleted for good: app.db.index.unmerged_words."""

    index_name: str = Field(sa_column=Column(String(20), primary_key=True))
    purged_at: datetime = Field(sa_column=Column(Moment, nullable=False))


class LabelRow(Table, table=True):
    """A tag on an article, or a collection that it is in. There is a tag for as long as an article has it."""

    __tablename__ = "article_label"
    __table_args__ = (Index(None, "kind", "key", "article"), {"sqlite_with_rowid": False})

    article: str = Field(sa_column=reference("article.id", primary_key=True))
    kind: str = Field(sa_column=Column(String(10), primary_key=True))
    """``tag`` or ``collection``."""
    key: str = Field(sa_column=Column(Text, primary_key=True))
    """The name in small letters, by which it is looked up."""
    name: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = Field(sa_column=Column(Moment, nullable=False))


class PublisherAlias(Table, table=True):
    """A publisher's name that stands for another one's in filters and searches."""

    __tablename__ = "publisher_alias"
    __table_args__ = ({"sqlite_with_rowid": False},)

    name: str = Field(sa_column=Column(Text, primary_key=True))
    canonical: str = Field(sa_column=Column(Text, nullable=False, index=True))
    """Never an alias itself."""
