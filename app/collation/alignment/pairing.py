"""Pairing of paragraphs: the chain first, then moves, parts of rows, and gaps."""

from collections.abc import Iterable

import numpy as np

from app.collation.alignment import pinned, score_grid, unaligned
from app.collation.alignment.absorb import attach
from app.collation.alignment.anchors import rare_ties, stretches
from app.collation.alignment.clauses import TextPair
from app.collation.alignment.score_grid import Pairs, ScoreGrid, Stretch
from app.collation.alignment.similarity import pair_scores


def paired(texts: TextPair) -> tuple[Pairs, list[ScoreGrid]]:
    """Return the paragraph pairs that belong together, and the grid of the texts if they were scored whole, else
    none."""
    pairs: Pairs = dict.fromkeys(texts.pins.together, pinned.PINNED_WEIGHT)
    parts = stretches(texts)
    whole = [_view(texts, parts[0])] if len(parts) == 1 and parts[0] == Stretch(*texts.whole()) else []
    chains = []
    for part in parts:
        seen = whole[0] if whole else _view(texts, part)
        part_pairs: Pairs = {}
        laid = score_grid.chain(seen)
        score_grid.vote(seen, laid, part_pairs)
        unaligned.give_way(seen.likeness, (part.base.start, part.witness.start), part_pairs)
        chains.append(score_grid.linking(seen, laid, part_pairs))
        pairs.update(part_pairs)
    in_order = set(pairs) - set(texts.pins.together)
    unaligned.equals(texts, pairs)
    unaligned.moves(_out_of_order(texts, whole, pairs), texts, pairs)
    unaligned.first_lines(texts, pairs, whole[0] if whole else None)
    attach(texts, pairs, whole[0] if whole else None)
    moved_base = {i for i, _ in pairs} - {i for i, _ in in_order}
    moved_witness = {j for _, j in pairs} - {j for _, j in in_order}
    between: list[tuple[int, int]] = []
    for part, laid in zip(parts, chains, strict=True):
        if not score_grid.has_gaps(texts, part, laid):
            continue
        seen = whole[0] if whole else _view(texts, part)
        score_grid.vote(seen, score_grid.gaps(seen, laid, (moved_base, moved_witness)), pairs)
        between += score_grid.enclosed(seen, laid)
    unaligned.enclosed(between, texts, pairs)
    return pairs, whole


def _view(texts: TextPair, part: Stretch) -> ScoreGrid:
    return pinned.anchored(score_grid.view(texts, part), texts.pins)


def _out_of_order(texts: TextPair, whole: list[ScoreGrid], pairs: Pairs) -> Iterable[tuple[int, int, int]]:
    """Return free pairs that may have moved, with their scores: in a long text only those that share rare runs."""
    base, witness = unaligned.free(texts, pairs)
    if not base or not witness:
        return []
    if whole:
        likeness = unaligned.rivalled(whole[0].likeness)[np.ix_(base, witness)]
        places = np.nonzero(likeness >= unaligned.MIN_SCORE_OF_A_MOVE)
        some = ((base[i], witness[j]) for i, j in zip(*(side.tolist() for side in places), strict=True))
        return [(int(score), i, j) for score, (i, j) in zip(likeness[places].tolist(), some, strict=True)]
    ties = unaligned.best_ties(rare_ties(texts, base, witness))
    base_clauses = {i: texts.base.clauses_of([i]) for i, _ in ties}
    witness_clauses = {j: texts.witness.clauses_of([j]) for _, j in ties}
    scores = pair_scores(
        texts.grams, [base_clauses[i] for i, _ in ties], [witness_clauses[j] for _, j in ties]
    )
    return [(int(score), i, j) for score, (i, j) in zip(scores.tolist(), ties, strict=True)]
