"""Words that are printed in small letters."""

from functools import lru_cache

from app.collation.diff.token_keys import FUNCTION_WORDS
from app.collation.lexicon.inflect import base_forms
from app.collation.lexicon.load import table

_PRONOUNS = frozenset(
    (
        "anyone anybody anything everyone everybody everything someone somebody something nobody "
        "nothing none myself yourself himself herself itself ourselves themselves whoever whatever "
        "whichever others another neither either both amid despite hers ours theirs yours anywhere "
        "everywhere"
    ).split()
)


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(table("words.txt"))


@lru_cache(maxsize=1 << 12)
def is_common(word: str) -> bool:
    """Whether ``word``, in small letters, is one that is printed so: no name, but for where a sentence begins."""
    word = word.partition("'")[0]
    return word in FUNCTION_WORDS or word in _PRONOUNS or not base_forms(word).isdisjoint(_words())
