"""Reads for the full-text search: which articles were found, their texts, and articles with notes or findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, bindparam, or_, select, true
from sqlmodel import Session, col

from app.db.queries.articles import ArticleEntry, entry_columns, is_newest
from app.db.tables.articles import ArticleRow, Revision
from app.db.tables.desk import KIND_BITS, FindingSummary
from app.db.tables.index import Indexed
from app.db.tables.notes import NoteRow
from app.db.tables.search import LabelRow


class FoundArticle(NamedTuple):
    """An article by its place in the index."""

    serial: int
    revision: str
    article: str
    story: str | None
    published_on: date | None


class FoundText(NamedTuple):
    """A revision with its paragraphs, and which of them is the headline and which are page extras."""

    entry: ArticleEntry
    paragraphs: list[str]
    headline: int | None
    furniture: list[int]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Filters on what is known of an article beyond its text. Empty ones restrict nothing."""

    kind: str = ""
    """A kind of finding."""
    noted: Literal["", "public", "any"] = ""
    tag: str = ""
    """Its key, as a collection's."""
    collection: str = ""

    @property
    def anything(self) -> bool:
        """Whether it restricts anything."""
        return bool(self.kind or self.noted or self.tag or self.collection)


_FOUND = (
    select(
        col(Indexed.serial),
        col(Revision.id),
        col(Revision.article),
        col(ArticleRow.story),
        col(Revision.published_on),
    )
    .join(Revision, col(Revision.id) == col(Indexed.revision))
    .join(ArticleRow, col(ArticleRow.id) == col(Revision.article))
    .where(col(Indexed.serial).in_(bindparam("serials", expanding=True)))
)


def found_articles(session: Session, serials: Sequence[int]) -> list[FoundArticle]:
    """Return the articles with these serials, in this order; missing ones are left out."""
    rows = session.connection().execute(_FOUND, {"serials": list(serials)}).all()
    by_serial = {article.serial: article for article in map(FoundArticle._make, rows)}
    return [by_serial[serial] for serial in serials if serial in by_serial]


_TEXTS = (
    select(*map(col, (Revision.paragraphs, Revision.headline, Revision.furniture)), *entry_columns())
    .join(ArticleRow, col(ArticleRow.id) == col(Revision.article))
    .where(col(Revision.id).in_(bindparam("revisions", expanding=True)))
)


def found_texts(session: Session, revisions: Sequence[str]) -> dict[str, FoundText]:
    """Return these revisions with their texts, by id."""
    rows: Sequence[Any] = session.connection().execute(_TEXTS, {"revisions": list(revisions)}).all()
    texts = (FoundText(ArticleEntry(*row[3:]), *row[:3]) for row in rows)
    return {text.entry.revision: text for text in texts}


def chosen_serials(session: Session, chosen: Chosen, most: int, below: int | None) -> list[int]:
    """Return the newest ``most`` serials of articles that pass these filters, descending."""
    serials = select(col(Indexed.serial)).where(*_conditions(chosen)).order_by(col(Indexed.serial).desc())
    if below is not None:
        serials = serials.where(col(Indexed.serial) < below)
    return list(session.execute(serials.limit(most)).scalars())


def chosen_among(session: Session, chosen: Chosen, serials: Sequence[int]) -> set[int]:
    """Return those of these serials."""
    held = select(col(Indexed.serial)).where(col(Indexed.serial).in_(serials), *_conditions(chosen))
    return set(session.execute(held).scalars())


def _conditions(chosen: Chosen) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.kind:
        bit = KIND_BITS.get(chosen.kind, 0)
        has_kind = (col(FindingSummary.gravity) > 0) & (col(FindingSummary.kinds).op("&")(bit) != 0)
        conditions.append(_is_either(FindingSummary.base, FindingSummary.witness, has_kind))
    if chosen.noted:
        is_seen: ColumnElement[bool] = true() if chosen.noted == "any" else col(NoteRow.is_public).is_(True)
        conditions.append(_is_either(NoteRow.base, NoteRow.witness, is_seen))
    for kind, key in (("tag", chosen.tag), ("collection", chosen.collection)):
        if key:
            labelled = (
                select(col(Revision.id))
                .join(ArticleRow, is_newest())
                .join(LabelRow, col(LabelRow.article) == col(ArticleRow.id))
                .where(col(LabelRow.kind) == kind, col(LabelRow.key) == key)
            )
            conditions.append(col(Indexed.revision).in_(labelled))
    return conditions


def _is_either(base: Any, witness: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    ends = (select(col(end)).where(condition) for end in (base, witness))
    return or_(*(col(Indexed.revision).in_(end) for end in ends))
