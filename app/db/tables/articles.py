"""The tables. A revision, once written, never changes, nor does a comparison; deleting an article removes both.

The word index is the database's own kind of index, and no table here (app.db.index.words).
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    event,
    text,
)
from sqlmodel import Field, SQLModel

from app.permalinks import ID_LENGTH

SCHEMA = "0008"
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
    """A moment in UTC, to the microsecond. It is stored without a zone, since SQLite has none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as it is stored."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as it is used."""
        return None if value is None else value.replace(tzinfo=UTC)


class Table(SQLModel):
    """What all tables share: the metadata, with its naming convention."""

    metadata = MetaData(naming_convention=NAMES)


def reference(target: str, **options: Any) -> Column[str]:
    """Return a column of ids in another table: a row goes with the one that it names."""
    return Column(String(ID_LENGTH), ForeignKey(target, ondelete="CASCADE"), nullable=False, **options)


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

    __table_args__ = (UniqueConstraint("article", "number"),)

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

    __table_args__ = {"sqlite_with_rowid": False}

    hash: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    serial: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


class FrequentPrint(Table, table=True):
    """A fingerprint in too many groups of copies to be anyone's own text."""

    __tablename__ = "frequent_print"
    __table_args__ = {"sqlite_with_rowid": False}

    hash: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    groups: int
    """In how many it was when they were last counted."""


class FrequentWord(Table, table=True):
    """A word, as its token, in too many articles to help find any of them."""

    __tablename__ = "frequent_word"
    __table_args__ = {"sqlite_with_rowid": False}

    word: str = Field(sa_column=Column(Text, primary_key=True))


class StoredRelation(Table, table=True):
    """How a newest revision is related to another, as seen from the first; each pair is stored in both directions.

    The fields are those of app.collation.relations.Relation.
    """

    __tablename__ = "relation"
    __table_args__ = {"sqlite_with_rowid": False}

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


class ComparisonRow(Table, table=True):
    """A comparison document as an engine made it around a reader's pins.

    ``id`` increases: the lowest for a pair and its pins is what their link shows for ever.
    """

    __tablename__ = "comparison"
    __table_args__ = (
        UniqueConstraint("base", "witness", "pins", "engine"),
        Index(None, "base", "witness", "pins"),
    )

    id: int | None = Field(default=None, primary_key=True)
    base: str = Field(sa_column=reference("revision.id"))
    witness: str = Field(sa_column=reference("revision.id", index=True))
    pins: str
    """In canonical form (app.permalinks), empty for the machine's own comparison."""
    engine: str
    digest: str = Field(sa_column=Column(String(64), nullable=False))
    """SHA-256 of the document's canonical form."""
    document: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """The document's canonical form in UTF-8, compressed by zlib."""
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False))


class Seeded(Table, table=True):
    """An entry of the seeds' manifest that was once imported; a deleted article is not imported again."""

    id: str = Field(sa_column=Column(String(ID_LENGTH), primary_key=True))
    seeded_at: datetime = Field(sa_column=Column(Moment, nullable=False))


class GenerationRow(Table, table=True):
    """The one row whose value every writing transaction changes (app.db.engine.generation)."""

    __tablename__ = "generation"

    id: int = Field(primary_key=True)
    value: int = Field(sa_column=Column(BigInteger, nullable=False))


@event.listens_for(Revision, "before_update")
@event.listens_for(ComparisonRow, "before_update")
def _never_change(mapper: object, connection: object, row: Table) -> None:
    """Refuse an update: a link shows the same thing for ever, so what it leads to is written once."""
    raise TypeError(f"a stored {type(row).__name__} never changes")
