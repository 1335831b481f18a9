"""Many new articles into the tables at once: one statement a table, not one an article."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, or_, select
from sqlmodel import Session, col

from app.db.index import fingerprints as fingerprint_index
from app.db.index import words as word_index
from app.db.tables.articles import ArticleRow, Indexed, Revision, Table

_ARTICLE, _REVISION, _INDEXED = (
    Table.metadata.tables[str(table.__tablename__)] for table in (ArticleRow, Revision, Indexed)
)

# Made once: for a single article it takes longer to make a statement than to run it.
_STORE_ARTICLES, _STORE_REVISIONS = insert(_ARTICLE), insert(_REVISION)
_STORE_ENTRIES = insert(_INDEXED).returning(_INDEXED.c.serial, sort_by_parameter_order=True)


@dataclass(frozen=True, slots=True)
class NewArticleRows:
    """A new article with its first revision, as the tables' columns, and what it is found by."""

    article: dict[str, Any]
    revision: dict[str, Any]
    prints: tuple[int, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExistingArticle:
    """An article that stands already, with what tells whether its newest revision is what a line gives."""

    article: str
    import_id: str | None
    newest: int
    digest: str
    stated: tuple[object, ...]
    """Title, publisher, author, date, address."""


def insert_articles(session: Session, rows: Sequence[NewArticleRows], version: int) -> None:
    """Store new articles, in the caller's transaction; their relations are still to be looked for.

    ``version`` is that of the fingerprints.
    """
    if not rows:
        return
    connection = session.connection()
    connection.execute(_STORE_ARTICLES, [row.article for row in rows])
    connection.execute(_STORE_REVISIONS, [row.revision for row in rows])
    entries = [
        {
            "revision": row.revision["id"],
            "version": version,
            "prints": fingerprint_index.pack(row.prints),
            "related": False,
            "quoted": False,
        }
        for row in rows
    ]
    serials = list(connection.execute(_STORE_ENTRIES, entries).scalars())
    # In the order of the index: each of its pages is written once, however many articles share it.
    prints = sorted(
        (value, serial) for row, serial in zip(rows, serials, strict=True) for value in row.prints
    )
    _insert_prints(session, prints)
    words = [(serial, row.words) for row, serial in zip(rows, serials, strict=True)]
    word_index.store_several(session, words)


def standing(session: Session, import_ids: Sequence[str], articles: Sequence[str]) -> list[ExistingArticle]:
    """The articles that have one of these import ids or public ids."""
    asked = select(
        *map(col, (ArticleRow.id, ArticleRow.import_id, ArticleRow.newest, Revision.digest)),
        *map(col, (Revision.title, Revision.publisher, Revision.author, Revision.published_on, Revision.url)),
    ).join(
        Revision,
        (col(Revision.article) == col(ArticleRow.id)) & (col(Revision.number) == col(ArticleRow.newest)),
    )
    found = asked.where(or_(col(ArticleRow.import_id).in_(import_ids), col(ArticleRow.id).in_(articles)))
    return [ExistingArticle(row[0], row[1], row[2], row[3], tuple(row[4:])) for row in session.execute(found)]


def _insert_prints(session: Session, rows: list[tuple[int, int]]) -> None:
    """By way of the driver: a hundred rows an article, for which SQLAlchemy takes three times as long."""
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
