"""Long texts cut into stretches, aligned one by one, between paragraphs tied by rare runs of letters."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from app.collation.alignment.clauses import TextPair
from app.collation.alignment.layout import moved
from app.collation.alignment.score_grid import Stretch
from app.collation.text.ngrams import Whole, counted_on, run_lengths, shared_grams

MAX_CELLS = 250_000
"""Largest product of base and witness clauses in a stretch: some hundred paragraphs a side, and 10 MB. A larger one
without an anchor inside is examined only where both texts share rare runs of letters."""
TARGET_CELLS = 40_000
"""A longer text is cut at the next safe place once a stretch is this large."""
RUN_LETTERS = 8
"""Letters in a run that serves as an anchor: longer than a word or two, so few paragraphs share one by chance."""
MAX_HOLDERS = 4
"""Paragraphs of a side that may hold a rare run: a commoner one does not show which belong together."""


def stretches(texts: TextPair) -> list[Stretch]:
    """Return the texts cut into stretches, in order; one if they are short enough to be aligned whole."""
    ends = (len(texts.base.forms), len(texts.witness.forms))
    if len(texts.base.clauses) * len(texts.witness.clauses) <= MAX_CELLS:
        return [Stretch(*texts.whole())]
    cuts = [(0, 0)]
    safe = before = (0, 0)
    for i, j in _anchors(texts):
        if (i, j) == (before[0] + 1, before[1] + 1):
            # Two neighbours are tied to two neighbours: whatever is split or merged, it is not across this line.
            safe = (i, j)
        if _cells(texts, cuts[-1], (i, j)) > TARGET_CELLS:
            if safe > cuts[-1]:
                cuts.append(safe)
            elif (i, j) > cuts[-1]:
                cuts.append((i, j))
        before = (i, j)
    cuts.append(ends)
    return [
        Stretch(slice(start[0], end[0]), slice(start[1], end[1]))
        for start, end in pairwise(cuts)
        if start[0] < end[0] and start[1] < end[1] and _cells(texts, start, end) <= MAX_CELLS
    ]


def _cells(texts: TextPair, start: tuple[int, int], end: tuple[int, int]) -> int:
    base = texts.base.starts[end[0]] - texts.base.starts[start[0]]
    return int(base * (texts.witness.starts[end[1]] - texts.witness.starts[start[1]]))


def _anchors(texts: TextPair) -> list[tuple[int, int]]:
    """Return paragraph pairs that rise on both sides, each the other's best by rare runs, or equal and as frequent."""
    base, witness = texts.base, texts.witness
    every_base, every_witness = range(len(base.forms)), range(len(witness.forms))
    votes = Counter({(i, j): count for count, i, j in rare_ties(texts, every_base, every_witness)})
    witness_copies, base_copies = Counter(witness.kin.tolist()), Counter(base.kin.tolist())
    places: dict[int, list[int]] = {}
    for j in reversed(every_witness):
        places.setdefault(int(witness.kin[j]), []).append(j)
    for i in every_base:
        kin = int(base.kin[i])
        if kin >= 0 and witness_copies[kin] == base_copies[kin]:
            votes[i, places[kin].pop()] += len(base.forms[i])
    best_of_base: dict[int, tuple[int, int]] = {}
    best_of_witness: dict[int, tuple[int, int]] = {}
    for (i, j), count in sorted(votes.items()):
        best_of_base[i] = max(best_of_base.get(i, (0, 0)), (count, -j))
        best_of_witness[j] = max(best_of_witness.get(j, (0, 0)), (count, -i))
    ties = [(i, -j) for i, (_, j) in sorted(best_of_base.items()) if best_of_witness[-j][1] == -i]
    out = moved([((i,), (j,)) for i, j in ties], [votes[tie] for tie in ties])
    return [tie for tie, aside in zip(ties, out, strict=True) if not aside]


def rare_ties(texts: TextPair, base: Sequence[int], witness: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return the pairs among some paragraphs that share rare runs of letters: (number of runs, base, witness)."""
    forms = [texts.base.forms[i] for i in base] + [texts.witness.forms[j] for j in witness]
    shared = shared_grams(forms, RUN_LETTERS)
    held = run_lengths(shared.starts, len(shared.owners))
    in_base = np.add.reduceat(shared.owners < len(base), shared.starts, dtype=np.int64)
    rare = (in_base > 0) & (in_base <= MAX_HOLDERS) & (held > in_base) & (held - in_base <= MAX_HOLDERS)
    # Each base paragraph with a rare run is tied to the witness's, which follow right after the base's.
    of_gram = np.repeat(np.arange(len(held)), held)
    base_places = np.flatnonzero(rare[of_gram] & (shared.owners < len(base)))
    times = (held - in_base)[of_gram[base_places]]
    witness_owners = shared.owners[counted_on((shared.starts + in_base)[of_gram[base_places]], times)]
    ties, counts = np.unique(
        np.repeat(shared.owners[base_places] * len(forms), times) + witness_owners, return_counts=True
    )
    rows, others = _named(base, ties // len(forms)), _named(witness, ties % len(forms) - len(base))
    return list(zip(counts.tolist(), rows, others, strict=True))


def _named(paragraphs: Sequence[int], places: Whole) -> list[int]:
    return np.asarray(paragraphs, dtype=np.int64)[places].tolist()  # type: ignore[no-any-return]  # numpy's own Any
