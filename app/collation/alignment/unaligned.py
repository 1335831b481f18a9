"""What the chain left over and finds elsewhere: equal paragraphs, and paragraphs that moved."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from app.collation.alignment.clauses import TextPair
from app.collation.alignment.score_grid import GAP_FLOOR, Pairs, ScoreGrid
from app.collation.alignment.similarity import SCALE, Floats, pair_scores
from app.collation.text.boilerplate_patterns import is_call

MOVE_FLOOR = round(0.18 * SCALE)
"""Paragraphs out of order belong together only above this: no neighbour speaks for them. Chosen on the news
pairs; .16 to .22 do nearly as well."""
RIVALS = 0.1
"""What a pair loses of the next best score of either paragraph: a paragraph like many others is like none."""
FAR_MORE = 1.5
"""How many times as alike. In the news pairs this decides four links, all for the better; texts in another order need
it, where a chain finds chance likenesses that stand in the way of what moved."""
MOST_TIES = 4
"""In a long text, so many candidates of a base paragraph are scored."""


def equals(texts: TextPair, pairs: Pairs) -> None:
    """Link what is equal and still free on both sides, first with first."""
    base, witness = free(texts, pairs)
    waiting: dict[int, list[int]] = {}
    for j in reversed(witness):
        waiting.setdefault(int(texts.witness.kin[j]), []).append(j)
    for i in base:
        others = waiting.get(int(texts.base.kin[i]), [])
        if texts.base.kin[i] >= 0 and others and (i, others[-1]) not in texts.pins.apart:
            pairs[i, others.pop()] = 2 * SCALE * len(texts.base.forms[i])


def first_lines(texts: TextPair, pairs: Pairs, seen: ScoreGrid | None) -> None:
    """Link the first line of either text with the other's, where both are free and a little alike.

    A headline is told once more in the paragraph under it, which would take it in as a part of itself. How alike they
    are is read from the view of the whole texts, where there is one.
    """
    if all(0 not in pair for pair in pairs) and texts.may_stand(0, 0):
        score = int(
            seen.likeness[0, 0]
            if seen
            else pair_scores(texts.grams, [texts.base.clauses_of([0])], [texts.witness.clauses_of([0])])[0]
        )
        if score >= GAP_FLOOR:
            pairs[0, 0] = 2 * score * min(len(texts.base.forms[0]), len(texts.witness.forms[0]))


def enclosed(candidates: Iterable[tuple[int, int]], texts: TextPair, pairs: Pairs) -> None:
    """Link what is still free of the pairs that ``stretch.enclosed`` tells of."""
    base, witness = map(set, free(texts, pairs))
    for i, j in candidates:
        side, one = (0, i) if i in base else (1, j)
        if (i in base or j in witness) and texts.may_stand(i, j) and not is_furniture(texts, side, one):
            pairs[i, j] = 1


def is_furniture(texts: TextPair, side: int, paragraph: int) -> bool:
    """Whether a paragraph says of itself that it belongs to the page: that is a part of no other."""
    form = (texts.witness if side else texts.base).forms[paragraph]
    return is_call(form, len(form.split()))


def give_way(likeness: Floats, first: tuple[int, int], pairs: Pairs) -> None:
    """Take back the chain's links of two paragraphs that are far more alike than either is to what it is linked with.

    ``likeness`` is that of a stretch whose first paragraphs are ``first``, and ``pairs`` what the chain linked there.
    """
    of_base: dict[int, list[tuple[int, int]]] = {}
    of_witness: dict[int, list[tuple[int, int]]] = {}
    for i, j in pairs:
        of_base.setdefault(i, []).append((i, j))
        of_witness.setdefault(j, []).append((i, j))
    places = np.argwhere(likeness >= MOVE_FLOOR)
    claims = sorted(zip((-likeness[tuple(places.T)]).tolist(), *(places + first).T.tolist(), strict=True))
    for loss, i, j in claims:
        held = [pair for pair in (*of_base.get(i, ()), *of_witness.get(j, ())) if pair in pairs]
        if held and all(likeness[a - first[0], b - first[1]] * FAR_MORE <= -loss for a, b in held):
            for pair in set(held):
                del pairs[pair]


def free(texts: TextPair, pairs: Pairs) -> tuple[list[int], list[int]]:
    """The paragraphs of either side that stand in no pair yet."""
    base, witness = {i for i, _ in pairs}, {j for _, j in pairs}
    return (
        [i for i in range(len(texts.base.forms)) if i not in base],
        [j for j in range(len(texts.witness.forms)) if j not in witness],
    )


def rivalled(likeness: Floats) -> Floats:
    """The likeness of paragraphs, less a part of the best other score in the same row and column."""
    return likeness - RIVALS * (_best_other(likeness) + _best_other(likeness.T).T)


def _best_other(table: Floats) -> Floats:
    if table.shape[1] < 2:
        return np.zeros_like(table)
    two = np.partition(table, -2, axis=1)[:, -2:]
    second, best = two[:, :1], two[:, 1:]
    return np.where(table >= best, second, best)


def moves(candidates: Iterable[tuple[int, int, int]], texts: TextPair, pairs: Pairs) -> None:
    """Link the best free pairs, wherever they stand; ``candidates`` are (score in millionths, base, witness)."""
    base, witness = map(set, free(texts, pairs))
    for loss, i, j in sorted((-score, i, j) for score, i, j in candidates if score >= MOVE_FLOOR):
        if i in base and j in witness and texts.may_stand(i, j):
            base.remove(i)
            witness.remove(j)
            pairs[i, j] = -loss * (len(texts.base.forms[i]) + len(texts.witness.forms[j]))


def best_ties(ties: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Of ties (how many, base, witness) the strongest few of each base paragraph."""
    taken: Counter[int] = Counter()
    kept = []
    for _, i, j in sorted(ties, key=lambda tie: (-tie[0], tie[1:])):
        if taken[i] < MOST_TIES:
            taken[i] += 1
            kept.append((i, j))
    return kept
