"""The heaviest chain of beads that rises on both sides: a monotone dynamic program over what could belong together."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple


class Bead(NamedTuple):
    """A run of base units that may belong with a run of witness units; the ends are excluded."""

    base_end: int
    base: int
    witness: int
    witness_end: int
    score: int
    """How alike the two are, in millionths."""
    gain: int
    """What the chain gains by it, a whole number above zero."""


def heaviest(beads: Sequence[Bead], witness_units: int) -> list[Bead]:
    """The beads of the chain that gains most in all, in order.

    ``beads`` are sorted by their base end. Each cell of the table holds the best gain so far and the last bead
    of the chain that has it; of two chains that gain the same, the one whose last bead comes first.
    """
    if not beads:
        return []
    row = [(0, 0)] * (witness_units + 1)
    rows = {0: row}
    reached, before = 0, [0] * (len(beads) + 1)
    reach = max(bead.base_end - bead.base for bead in beads)
    for number, bead in enumerate(beads, 1):
        if bead.base_end != reached:
            row = list(accumulate(row, max))
            for base in range(reached, bead.base_end):
                rows[base] = row
            for base in [base for base in rows if base < bead.base_end - reach]:
                del rows[base]
            reached, row = bead.base_end, row.copy()
        gain, last = rows[bead.base][bead.witness]
        before[number] = last
        # The number of a bead counts down, so that the greater of two equal gains is the earlier bead's.
        if gain + bead.gain > row[bead.witness_end][0]:
            row[bead.witness_end] = (gain + bead.gain, -number)
    _, last = max(accumulate(row, max))
    chain = []
    while last:
        chain.append(beads[-last - 1])
        last = before[-last]
    return chain[::-1]
