"""Quotations that two texts share, whole or in part, in the same words or reworded."""

from itertools import pairwise

from rapidfuzz.distance import LCSseq

from app.collation.relations.prepared import Prepared

SHORTEST = 6
"""Words that two quotations share at least: fewer are a phrase that two speakers may use."""

ALIKE = 0.6
"""The share of the shorter quotation's words that the other holds in the same order, from which both are one."""

Words = tuple[str, ...]


def shared_quotations(base: Prepared, witness: Prepared) -> tuple[int, int, int, int]:
    """How many quotations both texts hold, how many of these reworded, and how many words they are on each side.

    A quotation counts once, with the counterpart that shares most of its words; of parts of one longer quotation each
    counts.
    """
    there: dict[Words, list[int]] = {}
    others = [words for words in dict.fromkeys(witness.quotations) if len(words) >= SHORTEST]
    for index, words in enumerate(others):
        for pair in set(pairwise(words)):
            there.setdefault(pair, []).append(index)
    shared = reworded = base_words = 0
    found: set[int] = set()
    for words in dict.fromkeys(base.quotations):
        if len(words) < SHORTEST:
            continue
        near = {index for pair in pairwise(words) for index in there.get(pair, ())}
        best = max(((_kept(words, others[index]), -index) for index in sorted(near)), default=(0, 0))
        if best[0] < SHORTEST or best[0] < ALIKE * min(len(words), len(others[-best[1]])):
            continue
        shared += 1
        reworded += not _holds(words, others[-best[1]])
        base_words += len(words)
        found.add(-best[1])
    return shared, reworded, base_words, sum(len(others[index]) for index in found)


def _kept(one: Words, other: Words) -> int:
    return int(LCSseq.similarity(one, other))


def _holds(one: Words, other: Words) -> bool:
    """Whether one of two quotations stands word for word in the other."""
    shorter, longer = sorted((one, other), key=len)
    return any(longer[at : at + len(shorter)] == shorter for at in range(len(longer) - len(shorter) + 1))
