"""The tables of articles. A revision, once written, never changes; deleting an article removes its revisions."""

from datetime import date, datetime

from sqlalchemy import JSON, Boolean, Column, Index, String, Text, UniqueConstraint, event, text
from sqlmodel import Field

from app.db.tables.base import Moment, Table, never_change, reference
from app.permalinks import ID_LENGTH


class ArticleRow(Table, table=True):
    """An article: a public id, the number of its newest revision, and its story."""

    __tablename__ = "article"
    __table_args__ = (
        Index(None, "added_at", "id"),
        Index(None, "story", "added_at", "id"),
        Index(
            "ix_article_latest",
            "added_at",
            "id",
            sqlite_where=text("latest"),
            postgresql_where=text("latest"),
        ),
    )

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
    added_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    newest: int
    story: str | None = Field(default=None, sa_column=Column(String(ID_LENGTH)))
    """The id of the story's article that was added first; null for an article on its own."""
    latest: bool = Field(default=True, sa_column=Column(Boolean, nullable=False))
    """Whether no article of its story was added later: the library lists the story at this one's place."""
    import_id: str | None = Field(default=None, sa_column=Column(Text, unique=True))
    """What an import called it."""


class Revision(Table, table=True):
    """One immutable text of an article, as submitted, with the title, publisher and so on stated for it."""

    __table_args__ = (UniqueConstraint("article", "number"), Index(None, "publisher", "article"))

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
    article: str = Field(sa_column=reference("article.id"))
    number: int
    saved_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    title: str = Field(sa_column=Column(Text, nullable=False))
    publisher: str = Field(sa_column=Column(Text, nullable=False))
    author: str = Field(sa_column=Column(Text, nullable=False))
    published_on: date | None
    url: str = Field(sa_column=Column(Text, nullable=False))
    paragraphs_count: int
    headline: int | None
    furniture: list[int] = Field(sa_column=Column(JSON, nullable=False))
    digest: str = Field(sa_column=Column(String(64), nullable=False, index=True))
    """SHA-256 of the paragraphs: equal exactly for *the same text*."""
    # These two come last, since SQLite reads through a long text to reach the columns after it.
    text: str = Field(sa_column=Column(Text, nullable=False))
    paragraphs: list[str] = Field(sa_column=Column(JSON, nullable=False))


class Seeded(Table, table=True):
    """An entry of the seeds' manifest that was once imported; a deleted article is not imported again."""

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
    seeded_at: datetime = Field(sa_column=Column(Moment, nullable=False))


event.listen(Revision, "before_update", never_change)
