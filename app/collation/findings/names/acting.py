"""Verbs of what people and governments do with words or with one another: said, rejected, voted."""

from functools import cache, lru_cache

from app.collation import lexicon
from app.collation.quotations.speakers import vocabulary

ADVERBS = frozenset(
    "again also already even later never now once previously repeatedly since still then twice".split()
)
"""Adverbs between a subject and its verb."""

_ACTS = lexicon.words("verb_kinds", "acts")
_AUXILIARIES = lexicon.words("function_words", "auxiliary")
_TO_CITIES = frozenset("visit host mourn celebrate".split())
"""Deeds that are done to a city or by one."""


@cache
def _deeds(contests: bool) -> frozenset[str]:
    kinds = {verb: kind for verb, kind in lexicon.rows("deeds") if contests or kind != "contest"}
    return frozenset(kinds) - _TO_CITIES


@lru_cache(maxsize=1 << 12)
def is_deed(word: str, contests: bool = False) -> bool:
    """Return whether a word in small letters may be a past or third-person form of a verb of such a deed.

    >>> is_deed("rejected"), is_deed("melted"), is_deed("scored"), is_deed("scored", contests=True)
    (True, False, False, True)
    """
    if word in _AUXILIARIES:
        return False
    if word in vocabulary.SPEECH and word not in vocabulary.BASE_FORMS:
        return True
    return word.endswith(("s", "d", "t")) and any(
        form.verb in _deeds(contests) for form in lexicon.verb_forms(word)
    )


def is_done_to(word: str) -> bool:
    """Return whether a word in small letters may be a verb of such a deed before whom it is done to: accuse, urged."""
    return (
        word not in _AUXILIARIES
        and not word.endswith("ing")
        and any(form.verb in _deeds(False) for form in lexicon.verb_forms(word))
    )


def acts(word: str) -> bool:
    """Return whether a word in small letters may be the verb of a government: rejected, will, had."""
    return word in _ACTS or is_deed(word)
