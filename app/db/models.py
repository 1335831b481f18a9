"""The tables. A revision, once written, never changes, nor does a comparison; deleting an article removes both."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    event,
)
from sqlmodel import Field, SQLModel

from app.permalinks import ID_LENGTH

SCHEMA = "0001"
"""The newest migration, and so the schema that these tables describe."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
"""Every constraint has a name, so that a later migration can drop it."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, to the microsecond. It is stored without a zone, since SQLite keeps none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as it is stored."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as it is used."""
        return None if value is None else value.replace(tzinfo=UTC)


class Table(SQLModel):
    """What all tables share: the metadata, with its naming convention."""

    metadata = MetaData(naming_convention=NAMES)


def _reference(target: str, **options: Any) -> Column[str]:
    return Column(String(ID_LENGTH), ForeignKey(target, ondelete="CASCADE"), nullable=False, **options)


class Article(Table, table=True):
    """An article: a public id, and the number of its newest revision."""

    __table_args__ = (Index(None, "added_at", "id"),)

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
    added_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    newest: int


class Revision(Table, table=True):
    """One immutable text of an article, as it was brought, with what was stated of it."""

    __table_args__ = (UniqueConstraint("article", "number"),)

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
    article: str = Field(sa_column=_reference("article.id"))
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
    shingles: int
    """How many different word 3-grams it has; the rows themselves stand for newest revisions only."""
    # These two come last: SQLite reads past a long text to reach a column behind it.
    text: str = Field(sa_column=Column(Text, nullable=False))
    paragraphs: list[str] = Field(sa_column=Column(JSON, nullable=False))


class Shingle(Table, table=True):
    """That a hashed word 3-gram stands in a revision. Clustered by hash, which is what is looked up."""

    __table_args__ = {"sqlite_with_rowid": False}

    hash: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    revision: str = Field(sa_column=_reference("revision.id", primary_key=True, index=True))


class Likeness(Table, table=True):
    """How many word 3-grams a newest revision shares with another one: stored, so that a library page is one look.

    Each pair stands both ways round, and only where the share is worth telling of (app.services.discovery).
    """

    __table_args__ = {"sqlite_with_rowid": False}

    revision: str = Field(sa_column=_reference("revision.id", primary_key=True))
    other: str = Field(sa_column=_reference("revision.id", primary_key=True, index=True))
    shared: int


class StoredComparison(Table, table=True):
    """A comparison document as an engine made it around a reader's pins.

    ``id`` rises: the lowest of a pair and pins is what their link shows for ever.
    """

    __tablename__ = "comparison"
    __table_args__ = (
        UniqueConstraint("base", "witness", "pins", "engine"),
        Index(None, "base", "witness", "pins"),
    )

    id: int | None = Field(default=None, primary_key=True)
    base: str = Field(sa_column=_reference("revision.id"))
    witness: str = Field(sa_column=_reference("revision.id", index=True))
    pins: str
    """In canonical form (app.permalinks), empty for the machine's own comparison."""
    engine: str
    digest: str = Field(sa_column=Column(String(64), nullable=False))
    """SHA-256 of the document's canonical form."""
    document: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """The document's canonical form in UTF-8, compressed by zlib."""
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False))


class Seeded(Table, table=True):
    """That an entry of the seeds' manifest was brought in, once ever; a deleted one does not come back."""

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
    seeded_at: datetime = Field(sa_column=Column(Moment, nullable=False))


@event.listens_for(Revision, "before_update")
@event.listens_for(StoredComparison, "before_update")
def _never_change(mapper: object, connection: object, row: Table) -> None:
    """A link shows the same thing for ever, so what it leads to is written once."""
    raise TypeError(f"a stored {type(row).__name__} never changes")
