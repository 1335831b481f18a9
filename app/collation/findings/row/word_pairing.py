"""Which of the words on one side took the place of which on the other."""

from collections.abc import Sequence

from app.collation.findings.row.changed_words import RowWord
from app.collation.findings.row.passage import Passage
from app.collation.model import Span

FEW = 40
"""Words of each side that are paired at most: more than any paragraph of news has of one sort."""


def distance(passage: Passage, base: Span, witness: Span) -> int:
    """Code points between two spans when each is carried over to the other's side: the same from both sides."""
    there, here = passage.on_witness(base), passage.on_base(witness)
    return max(0, witness[0] - there[1], there[0] - witness[1]) + max(0, base[0] - here[1], here[0] - base[1])


def nearest(
    passage: Passage, base: Sequence[RowWord], witness: Sequence[RowWord]
) -> list[tuple[RowWord, RowWord]]:
    """Each word with the nearest of the other side that is still free, the nearest pair first."""
    ranked = sorted(
        (
            distance(passage, one.span, other.span),
            one.start + other.start,
            abs(one.start - other.start),
            i,
            j,
        )
        for i, one in enumerate(base[:FEW])
        for j, other in enumerate(witness[:FEW])
    )
    taken_base: set[int] = set()
    taken_witness: set[int] = set()
    pairs = []
    for *_, i, j in ranked:
        if i not in taken_base and j not in taken_witness:
            taken_base.add(i)
            taken_witness.add(j)
            pairs.append((base[i], witness[j]))
    return pairs
