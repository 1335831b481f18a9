"""Who came first: what two texts show for and against each direction. Observations, never a verdict."""

from collections.abc import Callable, Iterator

from app.collation.model import Comparison
from app.collation.precedence import chronology, credits, length, translationese
from app.collation.precedence.sided import Facing, Observation, both_ways

__all__ = ["Observation", "observations"]

SHARED_FROM = 0.2
"""Containment from which it makes sense to ask: two texts that share less did not come from one another. On 1,144 news
texts with known copies, a fifth of the words in common told copies from texts of one topic at precision .985."""

_RULES: tuple[Callable[[Facing], Iterator[Observation]], ...] = (
    chronology.stated,
    chronology.later_event,
    credits.names_the_other,
    credits.names_a_third,
    length.stops_early,
    length.stands_inside,
    translationese.quotations,
    translationese.foreign_marks,
    translationese.stray_punctuation,
)


def observations(comparison: Comparison) -> tuple[Observation, ...]:
    """What is seen that bears on who came first, rule by rule; empty where the two share too little to ask.

    Swapping base and witness gives the same observations, told of the other side.
    """
    ways = both_ways(comparison)
    if max(way.mine_in_theirs for way in ways) < SHARED_FROM:
        return ()
    return tuple(dict.fromkeys(seen for rule in _RULES for way in ways for seen in rule(way)))
