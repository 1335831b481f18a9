"""Quotations that two texts share, whole or in part, in the same words or reworded."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from app.collation.relations.lcs import kept
from app.collation.relations.prepared_text import QUOTED, RUN, Prepared, Terms, holds_a_run

ALIKE = 0.6
"""The share of the shorter quotation's words that stand in the other in the same order, and close together, from which
the two are one."""

REACH = 1.5
"""Times the length of the shorter quotation within which its words stand in the longer one."""

NEAR = 6
"""Quotations that one is compared with, those first that share most pairs of words: a bound for very long texts."""

WINDOWS = 512
"""Places of the longer quotation, evenly spread, at which the shorter one is looked for, at most."""

HOLDERS = 64
"""A pair of words that more quotations of a text hold tells nothing of which of them is meant: a bound as well."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedQuotations:
    """What two texts quote alike."""

    shared: int = 0
    reworded: int = 0
    """Of those shared, how many do not stand word for word in the other."""
    base_words: int = 0
    """How many words they are in the base."""
    witness_words: int = 0


NOTHING_QUOTED = SharedQuotations()


def shared_quotations(base: Prepared, witness: Prepared) -> SharedQuotations:
    """How many quotations both texts hold, and how much of each text these are.

    A quotation of the base counts once, with the counterpart that shares most of its words; what one text quotes and
    the other prints word for word without marks counts too.
    """
    ours, theirs = base.quotations, witness.quotations
    equal = {words: index for index, words in enumerate(theirs)}
    shared = reworded = longest = 0
    base_words: list[int] = []
    taken: set[int] = set()
    unmatched: list[Words] = []
    for words in ours:
        near = [equal[words]] if words in equal else _nearest(words, witness)
        most, best = max(((_kept_near(words, theirs[index]), -index) for index in near), default=(0, 0))
        if not near or most < _least(words, theirs[-best]):
            unmatched.append(words)
            continue
        shared += 1
        reworded += not _holds(words, theirs[-best])
        longest = max(longest, most)
        base_words.append(len(words))
        taken.add(-best)
    loose = [words for index, words in enumerate(theirs) if index not in taken]
    shared_runs = base.all.shared_with(witness.all) if unmatched or loose else frozenset()
    in_witness = [long for words in unmatched if (long := _printed(words, witness.all, shared_runs))]
    in_base = [long for words in loose if (long := _printed(words, base.all, shared_runs))]
    if longest < RUN and not in_witness and not in_base:
        return NOTHING_QUOTED
    return SharedQuotations(
        shared=shared + len(in_witness) + len(in_base),
        reworded=reworded,
        base_words=sum(base_words) + sum(in_witness) + sum(in_base),
        witness_words=sum(len(theirs[index]) for index in taken) + sum(in_witness) + sum(in_base),
    )


def _nearest(words: Words, text: Prepared) -> list[int]:
    """The quotations of a text that share most pairs of words with this one, given those that may be it."""
    holders = (text.quoting.get(pair, ()) for pair in dict.fromkeys(pairwise(words)))
    votes = Counter(index for found in holders if len(found) <= HOLDERS for index in found)
    near = sorted(votes, key=lambda index: (-votes[index], index))[:NEAR]
    own = frozenset(words)
    # No more can be kept in order than is shared in any.
    return [
        index
        for index in near
        if sum(map(own.__contains__, text.quotations[index])) >= _least(words, text.quotations[index])
    ]


def _least(one: Words, other: Words) -> float:
    """How many words two quotations that are one share at least."""
    return max(QUOTED, ALIKE * min(len(one), len(other)))


def _kept_near(one: Words, other: Words) -> int:
    """How many words two quotations share in the same order, within the reach of the shorter one."""
    shorter, longer = sorted((one, other), key=len)
    step = max(1, len(shorter) // 4, len(longer) // WINDOWS)
    window = max(int(REACH * len(shorter)), 2 * step)
    starts = range(0, max(1, len(longer) - window + step), step)
    return max(kept(shorter, longer[start : start + window]) for start in starts)


def _holds(one: Words, other: Words) -> bool:
    """Whether one of two quotations stands word for word in the other."""
    shorter, longer = sorted((one, other), key=len)
    return f" {' '.join(shorter)} " in f" {' '.join(longer)} "


def _printed(words: Words, text: Terms, shared: frozenset[Words]) -> int:
    """The number of words of a quotation, or of its longest part, that ``text`` prints word for word, or 0.

    ``shared`` are the runs of three words that both texts hold, since most quotations are told by these.
    """
    if not holds_a_run(words, shared):
        return 0
    run = longest = 0
    for at in range(len(words) - RUN + 1):
        run = run + 1 if f" {' '.join(words[at : at + RUN])} " in text.joined else 0
        longest = max(longest, run)
    return longest + RUN - 1 if longest else 0
