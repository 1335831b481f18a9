"""The heaviest chain of beads that rises on both sides: a monotone dynamic program over all possible matches."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple


class Bead(NamedTuple):
    """A run of base units that may belong with a run of witness units; the ends are excluded."""

    base_end: int
    base: int
    witness: int
    witness_end: int
    score: int
    """The similarity of the two, in millionths."""


def heaviest(beads: Sequence[Sequence[int]], gains: Sequence[int], witness_units: int) -> list[int]:
    """Return the beads of the chain with the greatest total gain, in order; of equal chains, that of earlier beads.

    Each bead is given by its base end, base, witness and witness end, in the order of base ends; its gain is a
    whole number above zero.

    >>> heaviest([(1, 0, 0, 1), (1, 0, 1, 2), (2, 1, 0, 1), (2, 1, 1, 2)], [5, 6, 6, 5], 2)
    [0, 3]
    """
    # A cell is one number: the gain, and below it the bead, counted down, so that of two cells with the same gain
    # the greater is the one of the earlier bead. Each row holds the best up to there, so its cells never fall.
    shift = (len(beads) + 1).bit_length()
    bottom = (1 << shift) - 1
    row = [bottom] * (witness_units + 1)
    rows = [row]
    before: list[int] = []
    for number, ((base_end, base, witness, witness_end), gain) in enumerate(
        zip(beads, gains, strict=True), 1
    ):
        if base_end >= len(rows):
            rows += [row] * (base_end - len(rows))
            row = row.copy()
            rows.append(row)
        cell = rows[base][witness]
        before.append(bottom - (cell & bottom))
        reached = (((cell >> shift) + gain) << shift) + bottom - number
        if reached > row[witness_end]:
            end = bisect_left(row, reached, witness_end)
            row[witness_end:end] = [reached] * (end - witness_end)
    chain = []
    last = bottom - (row[-1] & bottom)
    while last:
        chain.append(last - 1)
        last = before[last - 1]
    return chain[::-1]
