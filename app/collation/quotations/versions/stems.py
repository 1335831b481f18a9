"""The words of a quotation as versions are matched by: their stems, and what each weighs."""

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from app.collation.text import normalization, tokens

SMALL_WORD_WEIGHT = 0.25
"""What a small word weighs, a word of content being 1: "it is the ..." begins many sentences."""

MAX_SMALL_WORD_LETTERS = 3
"""Letters up to which a word is small, in scripts that set spaces; so are contractions."""

STEM_LETTERS = 5
"""Letters by which words are of one stem."""

_BRACKETED = re.compile(r"(?<!\w)\[[^\[\]]*\]|\[[^\[\]]{4,}\]")
_UNSPACED = "\u2e80"

_MAY_CUT = re.compile(r"[\[…‥．［]|\.\.")
"""An ellipsis or a bracket, or what may become one in normal form."""


class StemmedWord(NamedTuple):
    """A content word or a function word, and its span."""

    stem: str
    start: int
    end: int
    weight: float


class StemProfile(NamedTuple):
    """The stems of a quotation, for a quick first look: it has little in common with most others."""

    stems: Counter[str]
    words: int
    weight: float
    may_be_cut: bool
    """Whether an ellipsis or a [bracket] may replace words in it."""


@lru_cache(maxsize=1 << 9)
def profile(text: str) -> StemProfile:
    """Return the stem profile of a quotation; cached, since one is compared with dozens in a row."""
    if "[" in text:
        stems = [word.stem for word in words(text)]
    else:
        stems = [stem for stem, weight in map(weighed, tokens.spaced(text)) if weight]
    weight = sum(map(weight_of, stems))
    return StemProfile(Counter(stems), len(stems), weight, bool(_MAY_CUT.search(text)))


def words(text: str) -> tuple[StemmedWord, ...]:
    """Return the quotation's own words by their stems, with their spans; what is in [brackets] is left out."""
    bracketed = [match.span() for match in _BRACKETED.finditer(text)] if "[" in text else []
    stemmed: list[StemmedWord] = []
    at = 0
    for token in tokens.split(text):
        start, at = at, at + len(token)
        if token == " ":
            continue  # half of all tokens: not worth a closer look
        stem, weight = weighed(token)
        if weight and not (bracketed and any(first <= start < last for first, last in bracketed)):
            stemmed.append(StemmedWord(stem, start, at, weight))
    return tuple(stemmed)


@lru_cache(maxsize=1 << 13)
def weighed(token: str) -> tuple[str, float]:
    """Return the stem of a token and its weight; empty and 0 where it is no word."""
    if not tokens.is_word(token):
        return "", 0.0
    stem = normalization.normal_form(token).replace(".", "")[:STEM_LETTERS]
    return stem, weight_of(stem)


@lru_cache(maxsize=1 << 13)
def weight_of(stem: str) -> float:
    """Return the weight of a word with this stem."""
    small = (len(stem) <= MAX_SMALL_WORD_LETTERS or "'" in stem) and stem < _UNSPACED
    return SMALL_WORD_WEIGHT if small else 1.0
