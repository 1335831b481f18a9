"""Reads of notes. Each can be limited to the public ones, which are all that anybody but an editor sees."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, cast, func, or_, select
from sqlmodel import Session, col

from app.db.index.fingerprints import database_kind
from app.db.tables.articles import ArticleRow, Revision
from app.db.tables.notes import NoteRow

_LAST_FIRST = (col(NoteRow.made_at).desc(), col(NoteRow.id).desc())


def note(session: Session, id: str) -> NoteRow | None:
    """Return the note with this id."""
    return session.get(NoteRow, id)


def of_pair(session: Session, base: str, witness: str, *, public_only: bool) -> list[NoteRow]:
    """Return the notes on a comparison of two revisions, either way round, and on paragraphs of either, by age."""
    chosen = _seen(select(NoteRow).where(_on_pair(base, witness)), public_only)
    return list(session.execute(chosen.order_by(col(NoteRow.made_at), col(NoteRow.id))).scalars())


def of_paragraphs(session: Session, revision: str, *, public_only: bool) -> list[NoteRow]:
    """Return the notes on paragraphs of one revision, by age."""
    chosen = select(NoteRow).where(col(NoteRow.base) == revision, col(NoteRow.witness).is_(None))
    ordered = _seen(chosen, public_only).order_by(col(NoteRow.made_at), col(NoteRow.id))
    return list(session.execute(ordered).scalars())


def count_of_article(session: Session, article: str) -> int:
    """Count the notes that go with an article: on its revisions, and on comparisons with one of them."""
    revisions = select(col(Revision.id)).where(col(Revision.article) == article)
    chosen = or_(col(NoteRow.base).in_(revisions), col(NoteRow.witness).in_(revisions))
    return int(session.execute(select(func.count()).select_from(NoteRow).where(chosen)).scalar_one())


def listed(
    session: Session,
    *,
    public_only: bool,
    status: str = "",
    articles: Sequence[str] | None = None,
    pair: tuple[str, str] | None = None,
    offset: int = 0,
    limit: int = 100,
) -> list[NoteRow]:
    """Return ``limit`` notes after ``offset``, the last written first: all, or those of these articles or this pair."""
    chosen = _seen(select(NoteRow), public_only)
    if status:
        chosen = chosen.where(col(NoteRow.status) == status)
    if articles is not None:
        revisions = select(col(Revision.id)).where(col(Revision.article).in_(articles))
        chosen = chosen.where(or_(col(NoteRow.base).in_(revisions), col(NoteRow.witness).in_(revisions)))
    if pair is not None:
        chosen = chosen.where(_on_pair(*pair))
    return list(session.execute(chosen.order_by(*_LAST_FIRST).offset(offset).limit(limit)).scalars())


MAX_SEARCHED = 50_000
"""Notes, those written last, whose texts are looked through for words."""


def holding(
    session: Session, words: Sequence[Sequence[str]], *, public_only: bool, limit: int
) -> list[NoteRow]:
    """Return ``limit`` of the last notes that may hold one word of each group, the last written first.

    A word is of ASCII letters and digits; a note with other letters, which may be folded to these, is always returned.
    """
    newest = _seen(select(col(NoteRow.id)), public_only).order_by(*_LAST_FIRST).limit(MAX_SEARCHED)
    text = col(NoteRow.text)
    is_server = database_kind(session) == "postgresql"
    octets = func.octet_length(text) if is_server else func.length(cast(text, LargeBinary))
    is_plain = octets == func.length(text)
    chosen = select(NoteRow).where(col(NoteRow.id).in_(newest))
    for group in words:
        chosen = chosen.where(or_(*(text.ilike(f"%{word}%") for word in group), ~is_plain))
    return list(session.execute(chosen.order_by(*_LAST_FIRST).limit(limit)).scalars())


def counts_by_story(
    session: Session, stories: Sequence[str], *, public_only: bool
) -> dict[str, tuple[int, int]]:
    """Return for each of these stories or single articles with notes how many there are, and how many are to check."""
    if not stories:
        return {}
    story = func.coalesce(col(ArticleRow.story), col(ArticleRow.id))
    chosen = (
        select(story, col(NoteRow.id), col(NoteRow.status))
        .join(Revision, col(Revision.article) == col(ArticleRow.id))
        .join(NoteRow, or_(col(NoteRow.base) == col(Revision.id), col(NoteRow.witness) == col(Revision.id)))
        .where(or_(col(ArticleRow.story).in_(stories), col(ArticleRow.id).in_(stories)))
        .distinct()
    )
    counts: dict[str, tuple[int, int]] = {}
    for key, _, status in session.execute(_seen(chosen, public_only)):
        every, to_check = counts.get(key, (0, 0))
        counts[key] = every + 1, to_check + (status == "check")
    return counts


def _on_pair(base: str, witness: str) -> ColumnElement[bool]:
    return or_(
        (col(NoteRow.base) == base) & (col(NoteRow.witness) == witness),
        (col(NoteRow.base) == witness) & (col(NoteRow.witness) == base),
        col(NoteRow.base).in_((base, witness)) & col(NoteRow.witness).is_(None),
    )


def _seen(chosen: Any, public_only: bool) -> Any:
    return chosen.where(col(NoteRow.is_public)) if public_only else chosen
