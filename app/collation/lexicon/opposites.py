"""Words that mean the opposite of each other."""

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


def are_opposite(first: str, second: str) -> bool:
    """Return whether two words in small letters, or words they may be forms of, are opposites."""
    return not base_forms(second).isdisjoint(opposites(first))
