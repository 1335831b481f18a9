"""What all tables share: the schema's number, their base class, and their columns of moments and references."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Dialect, ForeignKey, MetaData, String, TypeDecorator
from sqlmodel import Field, SQLModel

from app.permalinks import ID_LENGTH

SCHEMA = "0018"
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


def never_change(mapper: object, connection: object, row: Table) -> None:
    """Refuse an update: a link shows the same thing for ever, so what it leads to is written once."""
    raise TypeError(f"a stored {type(row).__name__} never changes")


class GenerationRow(Table, table=True):
    """The rows one of whose values every writing transaction changes (app.db.engine.generation)."""

    __tablename__ = "generation"

    id: int = Field(primary_key=True)
    value: int = Field(sa_column=Column(BigInteger, nullable=False))
