"""Words that mean the opposite of each other."""

from functools import lru_cache

from app.collation.lexicon import load
from app.collation.lexicon.inflect import base_forms

_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def _antonyms() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for word, others in load.rows("antonyms"):
        found[word] = set(others.split())
    for one, other in load.rows("opposites"):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


@lru_cache(maxsize=1 << 12)
def opposites(word: str) -> frozenset[str]:
    """The words that mean the opposite of ``word`` or of what it is a form of; empty where the table has none.

    >>> "reject" in opposites("accepted"), "under" in opposites("over")
    (True, True)
    """
    table = _antonyms()
    found = [table[base] for base in base_forms(word) if base in table]
    return frozenset().union(*found) if found else _NONE


def are_opposite(one: str, other: str) -> bool:
    """Whether two words in small letters, or words that they are forms of, mean the opposite of each other."""
    return not base_forms(other).isdisjoint(opposites(one))
