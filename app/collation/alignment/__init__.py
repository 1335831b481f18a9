"""Alignment of the paragraphs of two texts: which belong together, which moved, which have no counterpart.

Clauses are scored against clauses by the letter 4-grams that they share, the heaviest chain through them that
rises on both sides links their paragraphs. The rest is examined again: in the gaps of the chain, out of order, and
as parts of a neighbour's row.
"""

from collections.abc import Sequence

from app.collation.alignment import pinned
from app.collation.alignment.clauses import TextPair, forms, pair
from app.collation.alignment.grouping import Group, borne_out, groups
from app.collation.alignment.layout import Linked, laid_out, moved, one_sided
from app.collation.alignment.pairing import paired
from app.collation.alignment.score_grid import ScoreGrid
from app.collation.alignment.similarity import SCORE_SCALE, pair_scores
from app.collation.model import AlignedRow, Pins

MAX_LETTERS_THAT_WEIGH = 120
"""Letters, some twenty words, beyond which a paragraph weighs no more when deciding what moved: if two short paragraphs
and a long one changed places, the long one moved. Of the moves planted in the news pairs .980 are found as planted,
.949 if paragraphs weigh all their words."""


NO_PINS = Pins()


def align(base: Sequence[str], witness: Sequence[str], pins: Pins = NO_PINS) -> tuple[AlignedRow, ...]:
    """Return the rows that set two texts side by side: each paragraph in exactly one, in base order.

    The same texts and pins the other way round give the same rows, mirrored (except a text against itself
    around pins that read alike both ways). ``pins``, which must be consistent (``pins.check``), override the program:
    paragraphs pinned together share a row, those kept apart never do, and the rest is aligned around them.

    >>> [(row.base, row.witness) for row in align(["One day.", "Two nights."], ["Two nights."])]
    [((0,), ()), ((1,), (0,))]
    """
    if not base or not witness:
        return one_sided(len(base), len(witness))
    base_forms, witness_forms, turn = forms(base), forms(witness), pins.swapped()
    if base_forms == witness_forms and not pins:
        linked: list[Linked] = [(((i,), (i,)), 1.0, False) for i in range(len(base))]
    elif (base_forms, pins.together, pins.apart) <= (witness_forms, turn.together, turn.apart):
        linked = _linked(pair(base_forms, witness_forms, pins))
    else:
        turned = _linked(pair(witness_forms, base_forms, turn))
        linked = sorted(((group[1], group[0]), score, out) for group, score, out in turned)
    return laid_out(base_forms, witness_forms, linked)


def _linked(texts: TextPair) -> list[Linked]:
    """Return the groups that belong together, in base order, each with its similarity and whether it moved."""
    groups, views = pinned.around(texts, _linked_groups) if texts.pins else _linked_groups(texts)
    weights = [
        sum(min(len(texts.base.forms[i]), MAX_LETTERS_THAT_WEIGH) for i in group[0])
        + sum(min(len(texts.witness.forms[j]), MAX_LETTERS_THAT_WEIGH) for j in group[1])
        for group in groups
    ]
    scores = _scores(texts, views, groups)
    return [
        (group, scores[group] / SCORE_SCALE, out)
        for group, out in zip(groups, moved(groups, weights), strict=True)
    ]


def _linked_groups(texts: TextPair) -> tuple[list[Group], list[ScoreGrid]]:
    pairs, views = paired(texts)
    gathered = pinned.groups(pairs, texts.pins) if texts.pins else groups(pairs)
    return borne_out(gathered, pairs, texts), views


def _scores(texts: TextPair, views: Sequence[ScoreGrid], groups: Sequence[Group]) -> dict[Group, float]:
    """Return the similarity of each group, in millionths: read from a grid if one has it."""
    scores: dict[Group, float] = {}
    if len(views) == 1:
        seen = views[0].likeness
        scores = {
            (base, witness): float(seen[base[0], witness[0]])
            for base, witness in groups
            if len(base) == len(witness) == 1
        }
    rest = [group for group in groups if not scores.get(group)]
    if rest:
        base, witness = [group[0] for group in rest], [group[1] for group in rest]
        counted = pair_scores(
            texts.grams, list(map(texts.base.clauses_of, base)), list(map(texts.witness.clauses_of, witness))
        )
        scores.update(zip(rest, counted.tolist(), strict=True))
    return scores
