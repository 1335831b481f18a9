"""Whether two texts tell the same story, each in its own words: by the words, names and numbers that both use."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from app.collation.normalization import normal_form
from app.collation.terms import is_unspaced

SAME_STORY = 0.15
"""Likeness of subject from which two texts that share no text, but tell the same in a paragraph or more, tell of one
event. Of 1,144 news texts it names 24 of the 60 pairs in which two outlets told of one event and share no quotation,
and some 50 of 23,000 others, most of which do tell of one event; without a common paragraph it named three times as
many."""

SHORT = 4
"""Letters from which a word carries something of the subject."""

_RESOLUTION = 1024
"""Weights are whole numbers, so that sums are exact in any order."""

_NAME = regex.compile(r"(?<![.!?:;\"“”»]\s|^)\b\p{Lu}[\p{L}\p{M}\p{N}'’-]*|\b\p{N}[\p{N}.,]*")
_OWNERS = regex.compile(r"'s?$|[.,]+$")


@dataclass(frozen=True)
class Subject:
    """How much each word tells of what a text is about: the more the oftener it stands there, by the logarithm."""

    words: Mapping[str, int]
    names: Mapping[str, int]
    """Words that begin with a capital inside a sentence, and numbers."""


def subject(paragraphs: Iterable[str], terms: Sequence[str]) -> Subject:
    """What a text is about, given its paragraphs and all their words."""
    words = Counter(term for term in terms if len(term) >= SHORT)
    words.update(one + two for one, two in pairwise(terms) if is_unspaced(one) and is_unspaced(two))
    names = Counter(
        _OWNERS.sub("", normal_form(name)) for paragraph in paragraphs for name in _NAME.findall(paragraph)
    )
    return Subject(_weights(words), _weights(names))


def likeness(base: Subject, witness: Subject) -> float:
    """How alike two subjects are, 0 to 1, six decimals: the cosine of the words times that of the names.

    Where one text has no names, as in scripts without capitals, the words count twice.
    """
    words = _cosine(base.words, witness.words)
    names = _cosine(base.names, witness.names) if base.names and witness.names else words
    return round(words * names, 6)


def _weights(counts: Mapping[str, int]) -> dict[str, int]:
    return {word: round(_RESOLUTION * math.log2(1 + count)) for word, count in counts.items()}


def _cosine(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    shared = sum(weight * other[word] for word, weight in one.items() if word in other)
    squares = sum(map(_square, one.values())) * sum(map(_square, other.values()))
    return shared / math.sqrt(squares) if squares else 0.0


def _square(weight: int) -> int:
    return weight * weight
