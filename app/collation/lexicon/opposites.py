"""Words that mean the opposite of each other."""

from collections.abc import Iterable
from functools import lru_cache

from app.collation.lexicon import load
from app.collation.lexicon.inflect import base_forms

_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def _antonyms() -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for word, others in load.rows("antonyms"):
        table[word] = set(others.split())
    for first, second in load.rows("opposites"):
        table.setdefault(first, set()).add(second)
        table.setdefault(second, set()).add(first)
    return table


@lru_cache(maxsize=1 << 12)
def opposites(word: str) -> frozenset[str]:
    """Return the opposites of ``word`` and of the words it may be a form of; empty if the table has none.

    >>> "reject" in opposites("accepted"), "under" in opposites("over")
    (True, True)
    """
    table = _antonyms()
    matches = [table[base] for base in base_forms(word) if base in table]
    return frozenset().union(*matches) if matches else _NONE


@lru_cache(maxsize=1)
def _poles() -> dict[str, frozenset[int]]:
    return {word: frozenset(map(int, numbers.split())) for word, numbers in load.rows("poles")}


@lru_cache(maxsize=1 << 13)
def poles(word: str) -> frozenset[int]:
    """Return the scales that ``word``, or a word it may be a form of, is at an end of, negative at the other end.

    >>> any(-number in poles("slow") for number in poles("swift"))
    True
    """
    table = _poles()
    matches = [table[base] for base in base_forms(word) if base in table]
    return frozenset().union(*matches) if matches else frozenset()


@lru_cache(maxsize=1 << 12)
def are_opposite(first: str, second: str) -> bool:
    """Return whether two words in small letters, or words they may be forms of, are opposites.

    They are if the tables link them, or if they are at two ends of one scale and at the same end of none.
    """
    if not base_forms(second).isdisjoint(opposites(first)):
        return True
    ends, other_ends = poles(first), poles(second)
    return any(-end in other_ends for end in ends) and ends.isdisjoint(other_ends)


def may_be_opposite(some: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether any of some words may be an opposite of any of others: asked of many at once."""
    some = list(some)
    direct = frozenset().union(*map(opposites, some))
    ends = frozenset(-end for word in some for end in poles(word))
    return any(
        not direct.isdisjoint(base_forms(other)) or not ends.isdisjoint(poles(other)) for other in others
    )
