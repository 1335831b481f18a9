"""Paragraphs that the chain left unpaired and that belong elsewhere: equal ones, and ones that moved."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from app.collation.alignment.clauses import TextPair
from app.collation.alignment.score_grid import MIN_SCORE_IN_A_GAP, Pairs, ScoreGrid
from app.collation.alignment.similarity import SCORE_SCALE, Floats, pair_scores
from app.collation.text.boilerplate_patterns import is_call

MIN_SCORE_OF_A_MOVE = round(0.18 * SCORE_SCALE)
"""Least similarity of paragraphs out of order that belong together: no neighbour speaks for them. Chosen on the news
pairs; .16 to .22 do nearly as well."""
SHARE_LOST_TO_RIVALS = 0.1
"""Share of either paragraph's next best score that a pair loses: a paragraph like many others is like none."""
TIMES_AS_ALIKE = 1.5
"""How many times as similar a claim must be to displace a link. In the news pairs this decides four links, all for the
better; texts in another order need it, where a chain finds chance likenesses that stand in the way of what moved."""
MAX_TIES = 4
"""Candidates of a base paragraph that are scored in a long text."""


def equals(texts: TextPair, pairs: Pairs) -> None:
    """Link what is equal and still free on both sides, first with first."""
    base, witness = free(texts, pairs)
    waiting: dict[int, list[int]] = {}
    for j in reversed(witness):
        waiting.setdefault(int(texts.witness.kin[j]), []).append(j)
    for i in base:
        others = waiting.get(int(texts.base.kin[i]), [])
        if texts.base.kin[i] >= 0 and others and (i, others[-1]) not in texts.pins.apart:
            pairs[i, others.pop()] = 2 * SCORE_SCALE * len(texts.base.forms[i])


def first_lines(texts: TextPair, pairs: Pairs, seen: ScoreGrid | None) -> None:
    """Link the first lines of both texts if both are free and a little similar.

    The paragraph under a headline repeats it and would absorb it as a part of itself. The similarity is read from the
    grid of the whole texts, if there is one.
    """
    if all(0 not in pair for pair in pairs) and texts.may_stand(0, 0):
        score = int(
            seen.likeness[0, 0]
            if seen
            else pair_scores(texts.grams, [texts.base.clauses_of([0])], [texts.witness.clauses_of([0])])[0]
        )
        if score >= MIN_SCORE_IN_A_GAP:
            pairs[0, 0] = 2 * score * min(len(texts.base.forms[0]), len(texts.witness.forms[0]))


def enclosed(candidates: Iterable[tuple[int, int]], texts: TextPair, pairs: Pairs) -> None:
    """Link the pairs from ``score_grid.enclosed`` that are still free."""
    base, witness = map(set, free(texts, pairs))
    for i, j in candidates:
        side, paragraph = (0, i) if i in base else (1, j)
        if (i in base or j in witness) and texts.may_stand(i, j) and not is_furniture(texts, side, paragraph):
            pairs[i, j] = 1


def is_furniture(texts: TextPair, side: int, paragraph: int) -> bool:
    """Return whether a paragraph by itself shows that it is boilerplate, and so is part of no other."""
    form = (texts.witness if side else texts.base).forms[paragraph]
    return is_call(form, len(form.split()))


def give_way(likeness: Floats, first: tuple[int, int], pairs: Pairs) -> None:
    """Remove the chain's links of two paragraphs that are far more similar to each other than to what they link to.

    ``likeness`` is that of a stretch whose first paragraphs are ``first``, and ``pairs`` are the chain's links there.
    """
    of_base: dict[int, list[tuple[int, int]]] = {}
    of_witness: dict[int, list[tuple[int, int]]] = {}
    for i, j in pairs:
        of_base.setdefault(i, []).append((i, j))
        of_witness.setdefault(j, []).append((i, j))
    places = np.argwhere(likeness >= MIN_SCORE_OF_A_MOVE)
    claims = sorted(zip((-likeness[tuple(places.T)]).tolist(), *(places + first).T.tolist(), strict=True))
    for loss, i, j in claims:
        held = [pair for pair in (*of_base.get(i, ()), *of_witness.get(j, ())) if pair in pairs]
        if held and all(likeness[a - first[0], b - first[1]] * TIMES_AS_ALIKE <= -loss for a, b in held):
            for pair in set(held):
                del pairs[pair]


def free(texts: TextPair, pairs: Pairs) -> tuple[list[int], list[int]]:
    """Return the paragraphs of either side that are in no pair yet."""
    base, witness = {i for i, _ in pairs}, {j for _, j in pairs}
    return (
        [i for i in range(len(texts.base.forms)) if i not in base],
        [j for j in range(len(texts.witness.forms)) if j not in witness],
    )


def rivalled(likeness: Floats) -> Floats:
    """Return the likeness of paragraphs less a share of the best other scores in the same row and column."""
    return likeness - SHARE_LOST_TO_RIVALS * (_best_other(likeness) + _best_other(likeness.T).T)


def _best_other(table: Floats) -> Floats:
    if table.shape[1] < 2:
        return np.zeros_like(table)
    two = np.partition(table, -2, axis=1)[:, -2:]
    second, best = two[:, :1], two[:, 1:]
    return np.where(table >= best, second, best)


def moves(candidates: Iterable[tuple[int, int, int]], texts: TextPair, pairs: Pairs) -> None:
    """Link the best free pairs, wherever they are; ``candidates`` are (score in millionths, base, witness)."""
    base, witness = map(set, free(texts, pairs))
    for loss, i, j in sorted((-score, i, j) for score, i, j in candidates if score >= MIN_SCORE_OF_A_MOVE):
        if i in base and j in witness and texts.may_stand(i, j):
            base.remove(i)
            witness.remove(j)
            pairs[i, j] = -loss * (len(texts.base.forms[i]) + len(texts.witness.forms[j]))


def best_ties(ties: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Return the strongest few ties of each base paragraph; a tie is (strength, base, witness)."""
    tie_counts: Counter[int] = Counter()
    strongest = []
    for _, i, j in sorted(ties, key=lambda tie: (-tie[0], tie[1:])):
        if tie_counts[i] < MAX_TIES:
            tie_counts[i] += 1
            strongest.append((i, j))
    return strongest
