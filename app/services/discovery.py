"""Which stored articles are like one another: by containment of normal-form word 3-grams."""

from collections.abc import Sequence

from sqlmodel import Session

from app.db import queries
from app.db.engine import Database
from app.errors import NotFoundError
from app.services.entries import Alike, ArticleEntry

FLOOR = 0.05
"""Shares below this are not called alike."""


def alike(db: Database, revision: str, limit: int = 5) -> tuple[Alike, ...]:
    """The articles, at most ``limit``, that share the most words with this revision; the most alike first.

    Of the two shares the larger one counts, so a short piece inside a long one is found from both. Only the newest
    revision of each article is looked at. Raises NotFoundError for an unknown revision.
    """
    with db.reading() as session:
        if revision not in queries.entries(session, [revision]):
            raise NotFoundError("There is no such revision.", "It may have been deleted with its article.")
        return alike_each(session, [revision], limit)[revision]


def alike_each(session: Session, revisions: Sequence[str], limit: int) -> dict[str, tuple[Alike, ...]]:
    """For each of ``revisions`` what ``alike`` gives; two queries, however many there are."""
    found: dict[str, list[tuple[float, float, str]]] = {revision: [] for revision in revisions}
    for pair in queries.shared(session, revisions, FLOOR):
        contains, contained = (round(pair.shared / whole, 6) for whole in (pair.others, pair.own))
        found[pair.revision].append((contains, contained, pair.other))
    for pairs in found.values():
        pairs.sort(key=lambda pair: (-max(pair[:2]), -min(pair[:2]), pair[2]))
        del pairs[limit:]
    entries = queries.entries(session, sorted({other for pairs in found.values() for *_, other in pairs}))
    return {
        revision: tuple(
            Alike(ArticleEntry(*entries[other]), contains, contained) for contains, contained, other in pairs
        )
        for revision, pairs in found.items()
    }
