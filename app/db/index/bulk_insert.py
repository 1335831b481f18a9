"""Insert many new articles at once: one statement for each table, not one for each article."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, or_, select
from sqlmodel import Session, col

from app.collation.discovery import packing
from app.db.index import search_texts
from app.db.index import words as word_index
from app.db.index.search_expression import SearchColumns
from app.db.tables.articles import ArticleRow, Revision
from app.db.tables.base import Table
from app.db.tables.desk import NO_DAY, Shelf
from app.db.tables.index import Indexed

_ARTICLE, _REVISION, _INDEXED, _SHELF = (
    Table.metadata.tables[str(table.__tablename__)] for table in (ArticleRow, Revision, Indexed, Shelf)
)

# Built once: for a single article it takes longer to build a statement than to run it.
_STORE_ARTICLES, _STORE_REVISIONS, _STORE_SHELVES = insert(_ARTICLE), insert(_REVISION), insert(_SHELF)
_STORE_ENTRIES = insert(_INDEXED).returning(_INDEXED.c.serial, sort_by_parameter_order=True)


@dataclass(frozen=True, slots=True)
class NewArticleRows:
    """A new article with its first revision, as column values, and what it is found by."""

    article: dict[str, Any]
    revision: dict[str, Any]
    prints: tuple[int, ...]
    words: tuple[str, ...]
    search: SearchColumns


@dataclass(frozen=True, slots=True)
class ExistingArticle:
    """A stored article, with what shows whether an imported line differs from its newest revision."""

    article: str
    import_id: str | None
    newest: int
    digest: str
    stated: tuple[object, ...]
    """Title, publisher, author, date, address."""


def insert_articles(session: Session, rows: Sequence[NewArticleRows], version: int) -> None:
    """Store new articles with their index entries, whose relations are pending, each on a shelf of its own.

    ``version`` is the version of the fingerprints.
    """
    if not rows:
        return
    connection = session.connection()
    connection.execute(_STORE_ARTICLES, [row.article for row in rows])
    connection.execute(_STORE_REVISIONS, [row.revision for row in rows])
    connection.execute(_STORE_SHELVES, [_shelf(row) for row in rows])
    entries = [
        {
            "revision": row.revision["id"],
            "version": version,
            "prints": packing.pack(row.prints),
            "related": False,
            "quoted": False,
        }
        for row in rows
    ]
    serials = list(connection.execute(_STORE_ENTRIES, entries).scalars())
    # In the order of the index, so that each of its pages is written once.
    prints = sorted(
        (value, serial) for row, serial in zip(rows, serials, strict=True) for value in row.prints
    )
    _insert_prints(session, prints)
    words = [(serial, row.words) for row, serial in zip(rows, serials, strict=True)]
    word_index.store_several(session, words)
    search_texts.store_several(
        session, [(serial, row.search) for row, serial in zip(rows, serials, strict=True)]
    )


def standing(session: Session, import_ids: Sequence[str], articles: Sequence[str]) -> list[ExistingArticle]:
    """Return the articles that have one of these import ids or public ids."""
    statement = select(
        *map(col, (ArticleRow.id, ArticleRow.import_id, ArticleRow.newest, Revision.digest)),
        *map(col, (Revision.title, Revision.publisher, Revision.author, Revision.published_on, Revision.url)),
    ).join(
        Revision,
        (col(Revision.article) == col(ArticleRow.id)) & (col(Revision.number) == col(ArticleRow.newest)),
    )
    chosen = statement.where(or_(col(ArticleRow.import_id).in_(import_ids), col(ArticleRow.id).in_(articles)))
    return [
        ExistingArticle(row[0], row[1], row[2], row[3], tuple(row[4:])) for row in session.execute(chosen)
    ]


def _shelf(row: NewArticleRows) -> dict[str, Any]:
    day = row.revision["published_on"]
    return {
        "id": row.article["id"],
        "latest_at": row.article["added_at"],
        "size": 1,
        "first_on": day or NO_DAY,
        "last_on": day or NO_DAY,
        "undated": day is None,
        "gravity": 0,
        "kinds": 0,
        "summary": None,
    }


def _insert_prints(session: Session, rows: list[tuple[int, int]]) -> None:
    """Insert through the driver: an article has a hundred rows, and SQLAlchemy takes three times as long for them."""
    if not rows:
        return
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy("COPY fingerprint (hash, serial) FROM STDIN") as copied:
            for row in rows:
                copied.write_row(row)
        return
    connection.exec_driver_sql("INSERT INTO fingerprint (hash, serial) VALUES (?, ?)", rows)
