"""Pair the words of one side with those of the other that took their place."""

from collections.abc import Sequence

from app.collation.findings.row.changed_words import RowWord
from app.collation.findings.row.passage import Passage, gap
from app.collation.model import Span

MAX_PAIRED_WORDS = 40
"""Words of each side that are paired: more than any paragraph of news has of one sort."""


def distance(passage: Passage, base: Span, witness: Span) -> int:
    """Return the code points between two spans when each is carried over to the other's side.

    It is the same from both sides.
    """
    on_witness, on_base = passage.on_witness(base), passage.on_base(witness)
    return gap(witness, on_witness) + gap(base, on_base)


def nearest(
    passage: Passage, base: Sequence[RowWord], witness: Sequence[RowWord]
) -> list[tuple[RowWord, RowWord]]:
    """Return each word with the nearest of the other side that is still free, the nearest pair first."""
    ranked = sorted(
        (
            distance(passage, base_word.span, witness_word.span),
            base_word.start + witness_word.start,
            abs(base_word.start - witness_word.start),
            i,
            j,
        )
        for i, base_word in enumerate(base[:MAX_PAIRED_WORDS])
        for j, witness_word in enumerate(witness[:MAX_PAIRED_WORDS])
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
