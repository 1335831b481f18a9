"""Words that mean the opposite of each other."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from app.collation.lexicon import load
from app.collation.lexicon.common_words import is_common, is_listed
from app.collation.lexicon.inflect import base_forms

_NONE: frozenset[str] = frozenset()

PARTICLES = frozenset("up down off on out in over away back through apart aside along ahead together".split())
"""Words that make a phrase of a verb: call off."""

MIN_STEM_LETTERS = 4
"""Letters that two words made with opposite prefixes share at least."""

_NEGATING_PREFIXES = (
    "un",
    "non",
    "in",
    "im",
    "ir",
    "il",
    "de",
    "dis",
    "sub",
    "mis",
    "mal",
    "counter",
    "anti",
)
_ADJECTIVE = re.compile(
    r"(?:[aei]ble|[ae]nt|al|[aio]te|ive|[aeiou]ct|ar|ed|ing|ful|ous|id|ic|ry|ty|cy|ce|ly|er|ion|mum|um)\Z"
)
_VERB_OF_CHANGE = re.compile(r"(?:at|is|iz|if|iv|at)(?:e|es|ed|ing|y|ies|ied|ying|ion|ation)\Z")


@lru_cache(maxsize=1)
def _antonyms() -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for word, others in load.rows("antonyms"):
        table[word] = set(others.split())
    for first, second in (*load.rows("opposites"), *load.rows("opposite_function_words")):
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
    return _are_apart(poles(first), poles(second), _scales_of_colour(poles))


def may_be_opposite(some: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether any of some words may be an opposite of any of others: for many words at once."""
    sought = frozenset().union(*map(_opposed, some))
    return not all(map(sought.isdisjoint, map(_known_as, others)))


@lru_cache(maxsize=1 << 13)
def _known_as(word: str) -> frozenset[str | int]:
    """Return the words that ``word`` may be a form of, and its poles."""
    return base_forms(word) | poles(word)


@lru_cache(maxsize=1 << 13)
def _opposed(word: str) -> frozenset[str | int]:
    """Return the words and poles by which the opposites of ``word`` are known."""
    return opposites(word) | {-end for end in poles(word)}


@lru_cache(maxsize=1)
def _poles_of_kinds() -> dict[str, str]:
    return dict(load.rows("kinds_of_poles"))


@lru_cache(maxsize=1 << 13)
def _ends(word: str) -> frozenset[int]:
    table = _poles_of_kinds()
    verb, _, particle = word.partition(" ")
    phrases = (f"{base} {particle}" for base in base_forms(verb)) if particle else base_forms(verb)
    return frozenset(int(end) for phrase in phrases for end in table.get(phrase, "").split())


def is_phrase(verb: str, particle: str) -> bool:
    """Return whether the tables have a verb and the word after it as one phrase: put off.

    >>> is_phrase("put", "off"), is_phrase("sang", "off")
    (True, False)
    """
    return bool(_ends(f"{verb} {particle}"))


@lru_cache(maxsize=1 << 12)
def are_opposite_in_kind(first: str, second: str) -> bool:
    """Return whether two words or phrases, in small letters, are of kinds that are opposites, and of no kind in common.

    It says more than ``are_opposite``, and is right where one word took the place of one other.

    >>> are_opposite_in_kind("adding", "reducing"), are_opposite_in_kind("slowed down", "sped up")
    (True, True)
    """
    return _are_apart(_ends(first), _ends(second), _scales_of_colour(_ends))


def _are_apart(ends: frozenset[int], others: frozenset[int], uncounted: frozenset[int]) -> bool:
    return any(-end in others and end not in uncounted for end in ends) and ends.isdisjoint(others)


@cache
def _scales_of_colour(ends_of: Callable[[str], frozenset[int]]) -> frozenset[int]:
    """Return both ends of the scales of having a colour or none, on which brown is the opposite of black."""
    others = ends_of("grey")
    return frozenset(sign * end for end in ends_of("blue") if -end in others for sign in (1, -1))


@lru_cache(maxsize=1 << 12)
def are_opposite_by_prefix(first: str, second: str) -> bool:
    """Return whether two words in small letters are one stem, denied in one, or begun with opposite prefixes.

    >>> are_opposite_by_prefix("uncrewed", "crewed"), are_opposite_by_prefix("pre-war", "post-war")
    (True, True)
    >>> are_opposite_by_prefix("upstream", "downstream"), are_opposite_by_prefix("invest", "vest")
    (True, False)
    """
    if first == second:
        return False
    shorter, longer = sorted((first, second), key=len)
    if _is_denied(longer, shorter):
        return True
    if _is_undone(first, second) or _is_undone(second, first):
        return True
    for one, other in load.rows("opposite_prefixes"):
        for start, end in ((one, other), (other, one)):
            if first.startswith(start) and second.startswith(end):
                stem, other_stem = first[len(start) :], second[len(end) :]
                if stem.lstrip("-") == other_stem.lstrip("-") and _is_stem(stem):
                    return (stem[0] == "-" or is_common(first)) and (
                        other_stem[0] == "-" or is_common(second)
                    )
    return False


def _is_undone(first: str, second: str) -> bool:
    """Return whether the first word undoes what the second does again: deactivate, reactivate."""
    stem = first.removeprefix("de")
    if stem == first or len(stem) < MIN_STEM_LETTERS or _VERB_OF_CHANGE.search(stem) is None:
        return False
    return any(
        not base_forms(second.removeprefix(prefix).lstrip("-")).isdisjoint(base_forms(stem))
        for prefix in ("re", "pre", "over", "hyper")
        if second.startswith(prefix)
    )


def _is_stem(stem: str) -> bool:
    return len(stem) >= MIN_STEM_LETTERS


def _is_denied(longer: str, shorter: str) -> bool:
    """Return whether one word is the other, or a form of it, with a negative prefix."""
    for prefix in _NEGATING_PREFIXES:
        if longer.startswith(prefix):
            stem = longer[len(prefix) :]
            bare = stem.lstrip("-")
            if len(bare) < MIN_STEM_LETTERS or base_forms(bare).isdisjoint(base_forms(shorter)):
                continue
            if stem != bare or prefix in ("non", "sub"):
                return prefix not in ("in", "de") or stem != bare
            if prefix in ("un", "in", "im", "ir", "il"):
                made = _ADJECTIVE.search(bare) or (prefix == "un" and _is_participle(bare))
                return bool(made) and longer not in _NOT_DENIED
            return _VERB_OF_CHANGE.search(bare) is not None
    return False


def _is_participle(stem: str) -> bool:
    """Return whether a word is an irregular participle, of a verb that "un-" does not turn round: beaten, not wound."""
    return any(
        stem == participle and not is_listed(f"un{verb}")
        for verb, _, participle in load.rows("irregular_verbs")
    )


_NOT_DENIED = frozenset(
    "invaluable inflammable infamous impassive inhabited inhabitant inform informed indebted".split()
)
"""Words that a prefix does not deny: invaluable, inhabited."""


OPPOSITE_FATES = (
    ("away", "on"),
    ("against", "for"),
    ("down", "up"),
    ("ended", "begun"),
    ("held", "freed"),
    ("went", "came"),
    ("lost", "won"),
    ("denied", "said_so"),
    ("razed", "built"),
    ("hindered", "helped"),
    ("worse", "better"),
    ("averted", "caused"),
    ("excluded", "entertained"),
)
"""Classes of ``fates`` of which any verb of one is the opposite of any of the other."""


def have_opposite_fates(words: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether a verb among words in small letters is of a class opposite to that of one among others.

    >>> have_opposite_fates(["threw", "out"], ["accept"]), have_opposite_fates(["threw"], ["accept"])
    (True, False)
    """
    own, their = _verbs(words), _verbs(others)
    return any(
        not (own.isdisjoint(first) or their.isdisjoint(second))
        or not (own.isdisjoint(second) or their.isdisjoint(first))
        for first, second in (
            (load.words("fates", one), load.words("fates", two)) for one, two in OPPOSITE_FATES
        )
    )


def _verbs(words: Sequence[str]) -> frozenset[str]:
    """Return words, and those that a particle follows as the phrase that they make: throw out."""
    phrases = [
        f"{verb} {particle}"
        for word, particle in pairwise(words)
        if particle in PARTICLES
        for verb in base_forms(word)
    ]
    return frozenset((*words, *phrases))
