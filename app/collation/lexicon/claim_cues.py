"""Phrases that say how sure, how far a case has come, or that something is not so: found in a text's words by lemma."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

from app.collation.lexicon import load
from app.collation.lexicon.inflect import base_forms
from app.collation.remembered import Remembered

SMALL = frozenset(
    "a an and as at be by for from in it no not of off on or out so than the that to up with".split()
)
"""Words of phrases that occur everywhere, so that none is looked for by them."""


class Cue(NamedTuple):
    """A phrase among words: what it says, on which scale, and the indices ``start`` to ``end`` of its words."""

    scale: str
    step: str
    start: int
    end: int


@cache
def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    phrases = defaultdict(list)
    for phrase, scale, step in load.rows("claim_cues"):
        words = tuple(phrase.split())
        phrases[words[0]].append((words, scale, step))
    return {word: sorted(group, key=lambda entry: -len(entry[0])) for word, group in phrases.items()}


@cache
def _scales_by_word() -> dict[str, set[str]]:
    scales: dict[str, set[str]] = defaultdict(set)
    for phrase, scale, _ in load.rows("claim_cues"):
        for word in set(phrase.split()) - SMALL:
            scales[word].add(scale)
    return dict(scales)


@lru_cache(maxsize=1 << 13)
def scales_of(word: str) -> frozenset[str]:
    """Return the scales of phrases that a word in small letters may belong to.

    >>> sorted(scales_of("vowed")), sorted(scales_of("harbour"))
    (['certainty'], [])
    """
    table = _scales_by_word()
    return frozenset(scale for base in base_forms(word) if base in table for scale in table[base])


_Phrases = tuple[tuple[tuple[str, ...], str, str], ...]


@cache
def _beginnings(scales: tuple[str, ...]) -> Remembered[_Phrases]:
    """Return the phrases of some scales by the word that they may begin with."""
    return Remembered(partial(_beginning_with, scales=scales))


def _beginning_with(word: str, scales: tuple[str, ...]) -> _Phrases:
    groups = _by_first_word()
    phrases = [
        entry
        for base in base_forms(word)
        if base in groups and (base == word or base not in SMALL)
        for entry in groups[base]
        if entry[1] in scales
    ]
    return tuple(sorted(phrases, key=lambda entry: (-len(entry[0]), entry[0][0] != word, entry)))


def cues(words: Sequence[str], *scales: str) -> list[Cue]:
    """Return the phrases of these scales among words in small letters, the longest at each place.

    >>> cues("it is far from over and they vowed to go".split(), "negation", "certainty")
    [Cue(scale='negation', step='neg', start=2, end=4), Cue(scale='certainty', step='promise', start=7, end=9)]
    """
    matches: list[Cue] = []
    end = 0
    for place, phrases in enumerate(map(_beginnings(scales).__getitem__, words)):
        if not phrases or place < end:
            continue
        # The second word settles most phrases.
        second = base_forms(words[place + 1]) if place + 1 < len(words) else ()
        for phrase, scale, step in phrases:
            if len(phrase) == 1 or (phrase[1] in second and _is_at(phrase, words, place)):
                end = place + len(phrase)
                matches.append(Cue(scale, step, place, end))
                break
    return matches


def _is_at(phrase: Sequence[str], words: Sequence[str], place: int) -> bool:
    """Return whether a phrase is at a place whose first word is the phrase's."""
    if place + len(phrase) > len(words):
        return False
    for at in range(1, len(phrase)):
        wanted, word = phrase[at], words[place + at]
        if wanted != word and (wanted in SMALL or wanted not in base_forms(word)):
            return False
    return True
