"""Whether two texts tell the same story, each in its own words: by the words, names and numbers that both use."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import regex

from app.collation.text.normalization import normal_form
from app.collation.text.words import is_unspaced

SAME_STORY = 0.15
"""Likeness of subject from which two texts that share no text, but tell the same in a paragraph or more, tell of one
event. Of 1,144 news texts it names 24 of the 60 pairs in which two outlets told of one event and share no quotation,
and some 50 of 23,000 others, most of which do tell of one event; without a common paragraph it named three times as
many."""

SAME_WORDS = 0.3
"""Likeness of words alone below which the names are not looked at: it is more in all of these pairs, and less in 94 of
100 others."""

MIN_WORD_LETTERS = 4
"""Letters from which a word carries something of the subject."""

_MAX_COUNT = 255
"""Times from which a word weighs no more."""

_WEIGHTS = [round(1024 * math.log2(1 + count)) for count in range(_MAX_COUNT + 1)]
"""The weight of a word by its count in a text: whole numbers, so that sums are exact in any order."""

_NAME = regex.compile(r"(?<![.!?:;\"“”»]\s|^)\b\p{Lu}[\p{L}\p{M}\p{N}'’-]*|\b\p{N}[\p{N}.,]*")
_OWNERS = regex.compile(r"'s?$|[.,]+$")
_UNSPACED_FROM = "\u0e00"


def names(paragraphs: Sequence[str]) -> Counter[str]:
    """Count the words that begin with a capital inside a sentence, and the numbers; case folded, without "'s"."""
    counts = Counter(name for paragraph in paragraphs for name in _NAME.findall(paragraph))
    folded: Counter[str] = Counter()
    for name, count in counts.items():
        form = name.casefold() if name.isascii() else normal_form(name)
        folded[_OWNERS.sub("", form)] += count
    return folded


class Topic:
    """The topic of a text: its words and names, each weighing more the more often it occurs."""

    def __init__(self, paragraphs: Sequence[str], terms: Sequence[str]) -> None:
        self._paragraphs = paragraphs
        counts: Mapping[str, int] = Counter(terms)
        if counts and max(counts) >= _UNSPACED_FROM:
            signs = [term if is_unspaced(term) else "" for term in terms]
            pairs = Counter(first + second for first, second in pairwise(signs) if first and second)
            counts = {term: count for term, count in counts.items() if len(term) >= MIN_WORD_LETTERS} | pairs
            self.words = _Weighed(counts, 1)
        else:
            self.words = _Weighed(counts, MIN_WORD_LETTERS)

    @cached_property
    def names(self) -> "_Weighed":
        """Words that begin with a capital inside a sentence, and numbers."""
        folded = names(self._paragraphs)
        return _Weighed(folded, 1)


def likeness(base: Topic, witness: Topic) -> float:
    """Return how alike two subjects are, 0 to 1, six decimals: the cosine of the words times that of the names.

    Where one text has no names, as in scripts without capitals, the words count twice; where the words are not alike,
    nothing else is asked.
    """
    words = base.words.cosine(witness.words)
    if words < SAME_WORDS:
        return 0.0
    names = base.names.cosine(witness.names) if base.names.weights and witness.names.weights else words
    return round(words * names, 6)


class _Weighed:
    """The weight of each word that has the minimum number of letters."""

    def __init__(self, counts: Mapping[str, int], letters: int) -> None:
        self.weights = {
            word: _WEIGHTS[count if count < _MAX_COUNT else _MAX_COUNT]
            for word, count in counts.items()
            if len(word) >= letters
        }
        self._square = sum([weight * weight for weight in self.weights.values()])

    def cosine(self, other: "_Weighed") -> float:
        """Return how alike two sets of weights are, 0 to 1, six decimals."""
        fewer, more = sorted((self.weights, other.weights), key=len)
        shared = sum([weight * more[word] for word, weight in fewer.items() if word in more])
        return round(shared / math.sqrt(self._square * other._square), 6) if shared else 0.0
