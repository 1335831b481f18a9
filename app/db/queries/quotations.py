"""Reads and writes of quotations: a revision's, the versions of one, and lists of them."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, delete, func, insert, literal_column, select, update
from sqlmodel import Session, col

from app.db.queries.articles import ArticleEntry, entry_columns
from app.db.tables.articles import ArticleRow, Revision
from app.db.tables.base import Table
from app.db.tables.index import Indexed
from app.db.tables.quotations import StoredQuotation, Wording

_QUOTATION, _WORDING, _INDEXED = (
    Table.metadata.tables[str(table.__tablename__)] for table in (StoredQuotation, Wording, Indexed)
)
HeadSelect = Select[tuple[int]]
"""A statement that selects the serials of heads."""

# Built once: a statement takes several times as long to build as to run, and these run with every article.
_OF_REVISION = _QUOTATION.c.revision == bindparam("of")
_STORE = insert(_QUOTATION)
_REMOVE = delete(_QUOTATION).where(_OF_REVISION)
_UNLIST = update(_QUOTATION).where(_OF_REVISION).values(wording=None)
_PRINTED = (
    select(_QUOTATION.c.wording)
    .where(_QUOTATION.c.wording.in_(bindparam("wordings", expanding=True)))
    .distinct()
)
_LISTED = select(_QUOTATION.c.wording, _QUOTATION.c.person).where(
    _OF_REVISION, _QUOTATION.c.wording.is_not(None)
)
_OF_WORDING = (
    select(_QUOTATION.c.serial)
    .where(_QUOTATION.c.wording == bindparam("of"))
    .order_by(_QUOTATION.c.serial)
    .limit(bindparam("most"))
)
_OF_VERSIONS = (
    select(_QUOTATION.c.serial)
    .join(_WORDING, _WORDING.c.serial == _QUOTATION.c.wording)
    .where(_WORDING.c.head == bindparam("of"), _WORDING.c.serial != bindparam("of"))
    .order_by(_WORDING.c.serial, _QUOTATION.c.serial)
    .limit(bindparam("most"))
)


class QuotationColumns(NamedTuple):
    """A quotation as it is stored."""

    id: str
    revision: str
    wording: int | None
    places: list[list[int]]
    speaker: str | None
    person: str | None
    cue: str | None
    text: str


class MarkedQuotation(NamedTuple):
    """A quotation of a revision, with how many articles print a version of it, and how many wordings differ."""

    id: str
    places: list[list[int]]
    carried: int
    reworded: int


class QuotationWithArticle(NamedTuple):
    """A quotation with the revision that prints it."""

    row: QuotationColumns
    entry: ArticleEntry
    headline: int | None
    furniture: list[int]
    newest: int
    """The number of the article's newest revision."""


class Head(NamedTuple):
    """The most complete wording of a quotation, with the counts of its versions."""

    serial: int
    carried: int
    wordings: int
    reworded: int


_COLUMNS = tuple(col(getattr(StoredQuotation, name)) for name in QuotationColumns._fields)


def store(session: Session, rows: Sequence[QuotationColumns]) -> None:
    """Store the quotations of a revision."""
    if rows:
        session.connection().execute(_STORE, [row._asdict() for row in rows])


def remove(session: Session, revision: str) -> None:
    """Remove the quotations of a revision, which no longer refer to wordings."""
    session.connection().execute(_REMOVE, {"of": revision})


def detach_wordings(session: Session, revision: str) -> None:
    """Detach the quotations of a revision from their wordings."""
    session.connection().execute(_UNLIST, {"of": revision})


def wordings_in_use(session: Session, serials: Sequence[int]) -> set[int]:
    """Return those of the wordings that some quotation has."""
    return set(session.connection().execute(_PRINTED, {"wordings": list(serials)}).scalars())


def wordings_with_speakers(session: Session, revision: str) -> list[tuple[int, str | None]]:
    """Return wording and speaker of those quotations of a revision that have a wording."""
    rows = session.connection().execute(_LISTED, {"of": revision})
    return [(wording, person) for wording, person in rows]


def marked_quotations(session: Session, revision: str) -> list[MarkedQuotation]:
    """Return the quotations of a revision, in order."""
    wording, head = Wording.__table__.alias(), Wording.__table__.alias()  # type: ignore[attr-defined]  # SQLModel's own
    statement = (
        select(
            col(StoredQuotation.id),
            col(StoredQuotation.places),
            func.coalesce(head.c.carried, 0),
            func.coalesce(head.c.reworded, 0),
        )
        .outerjoin(wording, wording.c.serial == col(StoredQuotation.wording))
        .outerjoin(head, head.c.serial == wording.c.head)
        .where(col(StoredQuotation.revision) == revision)
        .order_by(col(StoredQuotation.serial))
    )
    return [MarkedQuotation(*row) for row in session.execute(statement)]


def persons(session: Session, revisions: Sequence[str]) -> list[tuple[str, list[list[int]], str]]:
    """Return revision, places and speaker of those quotations of the revisions whose speaker is known."""
    statement = (
        select(col(StoredQuotation.revision), col(StoredQuotation.places), col(StoredQuotation.person))
        .where(col(StoredQuotation.revision).in_(revisions), col(StoredQuotation.person).is_not(None))
        .order_by(col(StoredQuotation.serial))
    )
    return [(revision, places, person) for revision, places, person in session.execute(statement)]


def ids_of_article(session: Session, article: str) -> list[str]:
    """Return the ids of all quotations of an article's revisions, those of its newest revision first."""
    statement = (
        select(col(StoredQuotation.id))
        .join(Revision, col(Revision.id) == col(StoredQuotation.revision))
        .where(col(Revision.article) == article)
        .order_by(col(Revision.number).desc(), col(StoredQuotation.serial))
    )
    return list(session.execute(statement).scalars())


def quotation(session: Session, id: str) -> QuotationWithArticle | None:
    """Return the quotation with this id."""
    return next(iter(_printed(session, _quotations().where(col(StoredQuotation.id) == id))), None)


def versions(session: Session, head: int, most: int) -> list[QuotationWithArticle]:
    """Return the quotations that are versions of this head: the first ``most`` stored."""
    first = (
        select(_QUOTATION.c.serial)
        .join(_WORDING, _WORDING.c.serial == _QUOTATION.c.wording)
        .where(_WORDING.c.head == head)
        .order_by(_QUOTATION.c.serial)
        .limit(most)
    )
    chosen = _quotations().where(col(StoredQuotation.serial).in_(first))
    return _printed(session, chosen.order_by(col(StoredQuotation.serial)))


def head(session: Session, wording: int) -> Head | None:
    """Return the head of a wording's versions."""
    its_head = select(col(Wording.head)).where(col(Wording.serial) == wording).scalar_subquery()
    row = session.execute(_heads().where(col(Wording.serial) == its_head)).first()
    return Head(*row) if row else None


def most_carried_heads(
    session: Session, offset: int, limit: int, *, reworded: bool, among: HeadSelect | None = None
) -> list[Head]:
    """Return the heads that most articles print, with ``reworded`` only reworded ones, with ``among`` only those."""
    # The zero is part of the statement itself, so that the planner can use the partial indexes.
    is_counted = (Wording.reworded if reworded else Wording.carried) > literal_column("0", Integer)
    heads = _heads().where(is_counted)
    if among is not None:
        heads = heads.where(col(Wording.serial).in_(among))
    ordered = heads.order_by(col(Wording.carried).desc(), col(Wording.serial).desc())
    return [Head(*row) for row in session.execute(ordered.offset(offset).limit(limit))]


def heads_by_person(names: Sequence[str], words: Sequence[str]) -> HeadSelect:
    """Return a statement for the heads of these people's quotations whose texts hold these words.

    It takes half a microsecond for each, which matters for someone with a hundred thousand stored quotations.
    """
    return _heads_of(words).where(_QUOTATION.c.person.in_(names))


def heads_by_wording(serials: Iterable[int], words: Sequence[str]) -> HeadSelect:
    """Return a statement for the heads of these wordings, if their texts hold these words."""
    return _heads_of(words).where(_WORDING.c.serial.in_(list(serials)))


def heads_by_indexed_revision(serials: Iterable[int], words: Sequence[str]) -> HeadSelect:
    """Return a statement for the heads of these indexed revisions' quotations whose texts hold these words."""
    heads = _heads_of(words).join(_INDEXED, _INDEXED.c.revision == _QUOTATION.c.revision)
    return heads.where(_INDEXED.c.serial.in_(list(serials)))


def first_quotations(
    session: Session, heads: Sequence[int], most: int
) -> dict[int, list[QuotationWithArticle]]:
    """Return ``most`` quotations of each head: those that print its own wording first, then its versions.

    It reads no more for a quotation that thousands of articles print.
    """
    connection = session.connection()
    chosen: dict[int, list[int]] = {}
    for head in heads:
        of_wording = connection.execute(_OF_WORDING, {"of": head, "most": most}).scalars()
        chosen[head] = list(of_wording)
        if left := most - len(chosen[head]):
            chosen[head] += connection.execute(_OF_VERSIONS, {"of": head, "most": left}).scalars()
    serials = [serial for several in chosen.values() for serial in several]
    statement = (
        _quotations().add_columns(col(StoredQuotation.serial)).where(col(StoredQuotation.serial).in_(serials))
    )
    by_serial = {serial: _from_row(row) for *row, serial in session.execute(statement)}
    return {head: [by_serial[serial] for serial in several] for head, several in chosen.items()}


def _heads_of(words: Sequence[str]) -> HeadSelect:
    """Return a statement for the heads of the quotations whose text holds all of these words."""
    heads = select(_WORDING.c.head).join(_QUOTATION, _QUOTATION.c.wording == _WORDING.c.serial)
    return heads.where(*(_QUOTATION.c.text.icontains(word, autoescape=True) for word in words))


def _heads() -> Select[*tuple[Any, ...]]:
    columns = (Wording.serial, Wording.carried, Wording.wordings, Wording.reworded)
    heads: Select[*tuple[Any, ...]] = select(*(col(column) for column in columns))
    return heads


def _quotations() -> Select[*tuple[Any, ...]]:
    columns: tuple[Any, ...] = (
        *_COLUMNS,
        *(col(Revision.headline), col(Revision.furniture), col(ArticleRow.newest)),
        *entry_columns(),
    )
    quotations: Select[*tuple[Any, ...]] = select(*columns)
    return (
        quotations.select_from(StoredQuotation)
        .join(Revision, col(Revision.id) == col(StoredQuotation.revision))
        .join(ArticleRow, col(ArticleRow.id) == col(Revision.article))
    )


def _printed(session: Session, chosen: Select[*tuple[Any, ...]]) -> list[QuotationWithArticle]:
    return [_from_row(row) for row in session.execute(chosen)]


def _from_row(row: Sequence[Any]) -> QuotationWithArticle:
    at = len(_COLUMNS)
    return QuotationWithArticle(QuotationColumns(*row[:at]), ArticleEntry(*row[at + 3 :]), *row[at : at + 3])
