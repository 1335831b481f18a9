"""Words that are printed in small letters."""

from functools import lru_cache

from app.collation.lexicon import load
from app.collation.lexicon.inflect import base_forms

_PLURALS = (("men", "man"), ("children", "child"), ("ves", "f"), ("ves", "fe"), ("ists", ""), ("s", ""))

_PREFIXES = frozenset(
    "agri anti auto bio counter crypto cyber eco geo hyper inter mega micro mini multi nano neo non over petro photo "
    "post pre proto pseudo psycho radio semi sub super tele thermo trans tri ultra under".split()
)
"""First parts of compounds that are no words themselves: cyberattacks."""

MIN_PART = 3
"""Letters of either part of a compound, at least: shorter ones make a compound of nearly any name."""


MIN_DENIED = 5
"""Letters of the shortest word of which "un-" makes a common one: uncrowded, undense."""


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(load.lines("common_words"))


@lru_cache(maxsize=1 << 12)
def is_common(word: str) -> bool:
    """Return whether ``word``, in small letters, is printed so except at the start of a sentence: it is no name."""
    word = word.partition("'")[0]
    if word in load.words("function_words", "binding", "indefinite"):
        return True
    if not base_forms(word).isdisjoint(_words()) or _is_plural_of_common(word):
        return True
    positive = word.removeprefix("un")
    return MIN_DENIED <= len(positive) < len(word) and not base_forms(positive).isdisjoint(_words())


def is_listed(word: str) -> bool:
    """Return whether a dictionary has ``word``, in small letters, or what it is a form of; no compound is put together.

    >>> is_listed("injuries"), is_listed("allhands")
    (True, False)
    """
    return word in load.words("function_words", "binding", "indefinite") or not base_forms(word).isdisjoint(
        _words()
    )


def _is_plural_of_common(word: str) -> bool:
    """Return whether a plural is made of common words, though no dictionary has it: gunmen, floodwaters, jihadists.

    Only plurals are looked at, since many singulars made of two words are names: Newcastle, Facebook.
    """
    for ending, instead in _PLURALS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= MIN_PART:
            singular = stem + instead
            if singular in _words() or any(
                (singular[:at] in _words() or singular[:at] in _PREFIXES) and singular[at:] in _words()
                for at in range(MIN_PART, len(singular) - MIN_PART + 1)
            ):
                return True
    return False
