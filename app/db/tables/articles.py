"""The tables of articles, and of deleted ones. A revision, once written, never changes; it goes with its article."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
    text,
)
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


class RevisionChange(Table, table=True):
    """What a revision changed in its article's text, for lists that open no comparison. Derived; made when needed."""

    __tablename__ = "revision_change"

    revision: str = Field(sa_column=reference("revision.id", primary_key=True))
    engine: str = Field(sa_column=Column(Text, nullable=False))
    """Of the comparison with the revision before it."""
    substance: str = Field(sa_column=Column(String(10), nullable=False))
    """The most that changed (``app.collation.highlights.revised``)."""
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """``RevisedText`` without that."""


class Seeded(Table, table=True):
    """An entry of the seeds' manifest that was once imported; a deleted article is not imported again."""

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
    seeded_at: datetime = Field(sa_column=Column(Moment, nullable=False))


class DeletedArticle(Table, table=True):
    """An article that was deleted. It goes when the article is put back, and else stays: its old links say so."""

    __tablename__ = "deleted_article"

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
    title: str = Field(sa_column=Column(Text, nullable=False))
    publisher: str = Field(sa_column=Column(Text, nullable=False))
    published_on: date | None
    newest: int
    """The number of its newest revision, and so of its revisions."""
    digest: str = Field(sa_column=Column(String(64), nullable=False))
    """Of that revision, as the log has it."""
    import_id: str | None = Field(default=None, sa_column=Column(Text, index=True))
    """What an import called it."""
    heir: str = Field(default="", sa_column=Column(String(ID_LENGTH), nullable=False))
    """The first article of what is left of its story, which has had another address since; empty if it had none."""
    deleted_at: datetime = Field(sa_column=Column(Moment, nullable=False, index=True))
    who: str = Field(sa_column=Column(Text, nullable=False))
    """Who deleted it; empty if no name was given."""
    known: str = Field(sa_column=Column(String(8), nullable=False))
    """How that name is known (``app.services.edit_log.Known``)."""
    batch: str = Field(sa_column=Column(String(ID_LENGTH), nullable=False, index=True))
    """Shared by those that were deleted together."""
    purged_at: datetime | None = Field(default=None, sa_column=Column(Moment, index=True))
    """When what the trash held of it was removed; null while it can be put back."""


class DeletedLink(Table, table=True):
    """The id of something that went with a deleted article: its old address is known by it."""

    __tablename__ = "deleted_link"

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
    article: str = Field(sa_column=reference("deleted_article.id", index=True))
    kind: str = Field(sa_column=Column(String(9), nullable=False))
    """``revision``, ``quotation``, ``note`` or ``capture``; ``evidence`` for the key of a file's digest, ``page`` for
    that of a page that it was read from."""


class TrashedRow(Table, table=True):
    """A row of another table as it was when its article was deleted, in the order in which it is put back."""

    __tablename__ = "trashed_row"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    article: str = Field(sa_column=reference("deleted_article.id", index=True))
    other: str | None = Field(default=None, sa_column=Column(String(ID_LENGTH), index=True))
    """The other article that the row concerns as well, such as that of a comparison: it goes with either."""
    kind: str = Field(sa_column=Column(String(20), nullable=False))
    """The name of its table."""
    columns: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """Its columns as JSON, compressed by zlib."""
    content: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """Its column of bytes, if its table has one, as it was."""


event.listen(Revision, "before_update", never_change)
