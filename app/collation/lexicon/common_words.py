"""Words that are printed in small letters."""

from functools import lru_cache

from app.collation.lexicon import load
from app.collation.lexicon.inflect import base_forms


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(load.lines("common_words"))


@lru_cache(maxsize=1 << 12)
def is_common(word: str) -> bool:
    """Return whether ``word``, in small letters, is printed so except at the start of a sentence: it is no name."""
    word = word.partition("'")[0]
    return word in load.words("function_words", "binding", "indefinite") or not base_forms(word).isdisjoint(
        _words()
    )
