"""How many words two runs of words keep in the same order."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from rapidfuzz.distance import LCSseq

MOST_CELLS = 1_000_000_000
"""Words of the one times words of the other up to which the longest common sequence is looked for, 30,000 words each
and some .2 s. Beyond it the runs of three words that both hold are counted, which are somewhat fewer."""


def kept(one: Sequence[str], other: Sequence[str]) -> int:
    """The words of the longest sequence that both hold, in order but not in one piece.

    >>> kept("the bridge was closed on monday".split(), "on monday the old bridge closed".split())
    3
    """
    if len(one) * len(other) <= MOST_CELLS:
        return int(LCSseq.similarity(one, other))
    runs = [
        Counter(zip(words, islice(words, 1, None), islice(words, 2, None), strict=False))
        for words in (one, other)
    ]
    return (runs[0] & runs[1]).total()
