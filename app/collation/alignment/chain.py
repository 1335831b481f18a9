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
    # A cell is one number: the gain, and below it the bead, counted down, so that of two cells with the same gain
    # the greater is the one of the earlier bead.
    places = len(beads) + 1
    row = [places - 1] * (witness_units + 1)
    rows = [row]
    before = [0] * len(beads)
    for number, bead in enumerate(beads):
        if bead.base_end >= len(rows):
            row = list(accumulate(row, max))
            rows[-1] = row
            rows += [row] * (bead.base_end - len(rows))
            row = row.copy()
            rows.append(row)
        gain, last = divmod(rows[bead.base][bead.witness], places)
        before[number] = places - 1 - last
        reached = (gain + bead.gain) * places + places - 2 - number
        if reached // places > row[bead.witness_end] // places:
            row[bead.witness_end] = reached
    chain = []
    last = places - 1 - max(row) % places
    while last:
        chain.append(beads[last - 1])
        last = before[last - 1]
    return chain[::-1]
