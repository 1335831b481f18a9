"""Make the comparisons of all pairs that reuse one another's text before a reader asks, and record what they found."""

from collections.abc import Callable
from contextlib import suppress

from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import desk
from app.db.queries import relations as relation_queries
from app.db.queries.desk import Pair
from app.errors import TooManyComparisonsError
from app.services import comparisons
from app.services.relations.pairs import base_first, needs_comparison

PAIRS_AT_ONCE = 16
"""Pairs that are looked up at a time; they are compared one by one, each in transactions of its own."""


def compare_pending(db: Database, advance: Callable[[int], object] = bool, most: int | None = None) -> int:
    """Make and store the comparisons that wait, in the order of arrival, and return how many pairs were looked at.

    It can be stopped at any time and resumed: a pair waits until its comparison is stored. ``advance`` is called after
    each with the number done so far; ``most`` is how many are looked at.
    """
    done = 0
    while most is None or done < most:
        with db.reading() as session:
            pairs = desk.wanted(session, PAIRS_AT_ONCE if most is None else min(PAIRS_AT_ONCE, most - done))
        if not pairs:
            break
        for pair in pairs:
            _compare(db, pair)
            done += 1
            advance(done)
    return done


def _compare(db: Database, pair: Pair) -> None:
    """Compare one pair, unless the two no longer reuse one another's text, and take it off the queue."""
    with db.reading() as session:
        relation = relation_queries.relation(session, pair.low, pair.high)
        entries = article_queries.entries(session, [pair.low, pair.high])
    if relation and needs_comparison(relation) and len(entries) == 2:
        base, witness = base_first(entries[pair.low], entries[pair.high])
        with suppress(TooManyComparisonsError):  # it lost its relation meanwhile, and so is not stored
            comparisons.summarise(db, base.revision, witness.revision)
    with db.writing(shown=False) as session:
        desk.unwant(session, pair.serial)
