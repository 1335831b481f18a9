"""Pairs of articles that reuse one another's text: which of the two is the base, and which are still to be compared."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from app.collation.relations import Relation
from app.db.queries import desk
from app.services.summaries import ArticleEntry


def base_first(one: ArticleEntry, other: ArticleEntry) -> tuple[ArticleEntry, ArticleEntry]:
    """Return the two articles as base and witness, in whatever order they are given.

    The base is the one published first; unless both state a date, the one added first.
    """
    if one.published_on and other.published_on and one.published_on != other.published_on:
        first = one.published_on < other.published_on
    else:
        first = (one.added_at, one.article) < (other.added_at, other.article)
    return (one, other) if first else (other, one)


def base_of(entries: Sequence[ArticleEntry]) -> ArticleEntry:
    """Return the base of a story of ``entries``, which come in the order of addition.

    It is the one added first or, if that states a date, the one that states the earliest. So it is the base of
    ``base_first`` beside each of the others, but for undated ones that were added before it.
    """
    first, *others = entries
    for entry in others:
        if first.published_on and entry.published_on and entry.published_on < first.published_on:
            first = entry
    return first


def needs_comparison(relation: Relation) -> bool:
    """Return whether a comparison of the two can show anything: they share text, and differ somewhere."""
    return relation.is_reuse and relation.kind != "same"


def want_comparisons(session: Session, revision: str, relations: Mapping[str, Relation]) -> None:
    """Note that the comparisons with these related revisions are to be made; what is known already is shown at once."""
    others = [other for other, relation in relations.items() if needs_comparison(relation)]
    if not others:
        return
    known = desk.summaries_of_pairs(session, revision, others)
    for other, findings in known.items():
        if findings.gravity:
            desk.raise_shelf(session, revision, other, findings)
    desk.want(session, [(revision, other) for other in others if other not in known])
