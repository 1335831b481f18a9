"""Whether two texts tell the same story, each in its own words: by the words, names and numbers that both use."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import regex

from app.collation.normalization import normal_form
from app.collation.terms import is_unspaced

SAME_STORY = 0.15
"""Likeness of subject from which two texts that share no text, but tell the same in a paragraph or more, tell of one
event. Of 1,144 news texts it names 24 of the 60 pairs in which two outlets told of one event and share no quotation,
and some 50 of 23,000 others, most of which do tell of one event; without a common paragraph it named three times as
many."""

SAME_WORDS = 0.3
"""Likeness of words alone below which the names are not looked at: it is more in all of these pairs, and less in 94 of
100 others."""

SHORT = 4
"""Letters from which a word carries something of the subject."""

_WEIGHTS = [round(1024 * math.log2(1 + count)) for count in range(256)]
"""What a word weighs by how often it stands in a text: whole numbers, so that sums are exact in any order."""

_NAME = regex.compile(r"(?<![.!?:;\"“”»]\s|^)\b\p{Lu}[\p{L}\p{M}\p{N}'’-]*|\b\p{N}[\p{N}.,]*")
_OWNERS = regex.compile(r"'s?$|[.,]+$")
_UNSPACED_FROM = "\u0e00"


class Subject:
    """What a text is about: its words and names, each weighing the more the oftener it stands there."""

    def __init__(self, paragraphs: Sequence[str], terms: Sequence[str]) -> None:
        self._paragraphs = paragraphs
        counts = Counter(terms)
        words = {term: count for term, count in counts.items() if len(term) >= SHORT}
        if counts and max(counts) >= _UNSPACED_FROM:
            signs = [term if is_unspaced(term) else "" for term in terms]
            words |= Counter(one + two for one, two in pairwise(signs) if one and two)
        self.words = _Weighed(words)

    @cached_property
    def names(self) -> "_Weighed":
        """Words that begin with a capital inside a sentence, and numbers."""
        found = Counter(name for paragraph in self._paragraphs for name in _NAME.findall(paragraph))
        folded: Counter[str] = Counter()
        for name, count in found.items():
            form = name.casefold() if name.isascii() else normal_form(name)
            folded[_OWNERS.sub("", form)] += count
        return _Weighed(folded)


def likeness(base: Subject, witness: Subject) -> float:
    """How alike two subjects are, 0 to 1, six decimals: the cosine of the words times that of the names.

    Where one text has no names, as in scripts without capitals, the words count twice; where the words are not alike,
    nothing else is asked.
    """
    words = base.words.cosine(witness.words)
    if words < SAME_WORDS:
        return 0.0
    names = base.names.cosine(witness.names) if base.names.weights and witness.names.weights else words
    return round(words * names, 6)


class _Weighed:
    def __init__(self, counts: Mapping[str, int]) -> None:
        self.weights = {
            word: _WEIGHTS[count] if count < 256 else _WEIGHTS[-1] for word, count in counts.items()
        }
        self._square = sum([weight * weight for weight in self.weights.values()])

    def cosine(self, other: "_Weighed") -> float:
        """How alike two sets of weights are, 0 to 1, six decimals."""
        theirs = other.weights.get
        shared = sum([weight * theirs(word, 0) for word, weight in self.weights.items()])
        return round(shared / math.sqrt(self._square * other._square), 6) if shared else 0.0
