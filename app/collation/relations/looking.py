"""A quick and exact look at the words two texts share, that spares most candidates the alignment."""

import numpy as np

from app.collation.relations.prepared import RUN, TRIPLE, Prepared, triple_keys

SHARED_TRIPLES = 0.03
"""Of the shorter text's runs of three words, the share from which two texts are looked at in full."""


def worth_aligning(base: Prepared, witness: Prepared) -> bool:
    """Whether two texts share enough runs of words that the alignment may find them related."""
    shorter = min(len(base.terms), len(witness.terms))
    if shorter < TRIPLE:
        return base.terms == witness.terms
    numbers = base.numbers(witness)
    keys = triple_keys(numbers, len(base.vocabulary) + 1)
    known = (numbers[:-2] > 0) & (numbers[1:-1] > 0) & (numbers[2:] > 0)
    there = base.triples
    places = np.searchsorted(there, keys)
    places[places == len(there)] = 0
    held = known & (there[places] == keys)
    shared = np.unique(keys[held])
    if len(shared) >= SHARED_TRIPLES * (shorter - TRIPLE + 1):
        return True
    ends = np.flatnonzero(~np.concatenate([[False], held, [False]]))
    return int(np.diff(ends).max()) - 1 >= RUN - TRIPLE + 1
