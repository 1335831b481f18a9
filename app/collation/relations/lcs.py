"""The number of words that two word sequences keep in the same order."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from rapidfuzz.distance import LCSseq

MAX_CELLS = 1_000_000_000
"""Product of the two lengths up to which the longest common subsequence is computed: 30,000 words each, some .2 s.
Beyond it the runs of three words that both hold are counted, which gives slightly less."""


def kept_words(base: Sequence[str], witness: Sequence[str]) -> int:
    """Return the length of the longest common subsequence of two word lists.

    >>> kept_words("the bridge was closed on monday".split(), "on monday the old bridge closed".split())
    3
    """
    if len(base) * len(witness) <= MAX_CELLS:
        return int(LCSseq.similarity(base, witness))
    runs = [
        Counter(zip(words, islice(words, 1, None), islice(words, 2, None), strict=False))
        for words in (base, witness)
    ]
    return (runs[0] & runs[1]).total()
