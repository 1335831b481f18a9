"""Paragraphs of two texts set side by side: which belong together, which moved, which stand alone.

Clauses are scored against clauses by the letter 4-grams that they share, the heaviest chain through them that
rises on both sides links their paragraphs, and what is left is looked at again: in the gaps of the chain, out of
order, and as parts of what a neighbour's row holds.
"""

from collections.abc import Iterable, Sequence

from app.collation.alignment import leftovers, stretch
from app.collation.alignment.anchors import rare_ties, stretches
from app.collation.alignment.attaching import attach
from app.collation.alignment.grouping import borne_out, groups
from app.collation.alignment.rows import Linked, laid_out, moved, one_sided
from app.collation.alignment.stretch import Pairs, View
from app.collation.alignment.texts import Pair, forms, pair
from app.collation.model import AlignedRow, Pins
from app.collation.similarity import SCALE, pair_scores

WEIGHTIEST = 120
"""Letters, some twenty words, beyond which a paragraph weighs no more when it is asked what moved: of two short
paragraphs and a long one that changed places the long one moved. Of the moves made in the news pairs .980 are named
as they were made, .949 where paragraphs weigh all their words."""


NO_PINS = Pins()
PINNED = 1 << 60
"""What a pinned pair weighs: no other link is stronger."""


def align(base: Sequence[str], witness: Sequence[str], pins: Pins = NO_PINS) -> tuple[AlignedRow, ...]:
    """The rows that set two texts side by side: each paragraph in exactly one, in base order.

    The same texts the other way round give the same rows, mirrored. ``pins`` are a reader's word over the machine's:
    those together stand in one row whatever they say, those apart never do (where the two contradict each other
    through third paragraphs, together holds).

    >>> [(row.base, row.witness) for row in align(["One day.", "Two nights."], ["Two nights."])]
    [((0,), ()), ((1,), (0,))]
    """
    if not base or not witness:
        return one_sided(len(base), len(witness))
    base_forms, witness_forms = forms(base), forms(witness)
    if base_forms == witness_forms and not pins:
        linked: list[Linked] = [(((i,), (i,)), 1.0, False) for i in range(len(base))]
    elif base_forms <= witness_forms:
        linked = _linked(pair(base_forms, witness_forms, pins))
    else:
        turned = _linked(pair(witness_forms, base_forms, _mirrored(pins)))
        linked = sorted(((group[1], group[0]), score, out) for group, score, out in turned)
    return laid_out(base_forms, witness_forms, linked)


def _mirrored(pins: Pins) -> Pins:
    return Pins(tuple((j, i) for i, j in pins.together), tuple((j, i) for i, j in pins.apart))


def _linked(texts: Pair) -> list[Linked]:
    """The groups that belong together, in base order, each with its similarity and if it moved."""
    pairs = _pairs(texts)
    found = borne_out(groups(pairs, texts.pins.apart), pairs, texts)
    if not found:
        return []
    scores = pair_scores(
        texts.grams,
        [texts.base.clauses_of(group[0]) for group in found],
        [texts.witness.clauses_of(group[1]) for group in found],
    )
    weights = [
        sum(min(len(texts.base.forms[i]), WEIGHTIEST) for i in group[0])
        + sum(min(len(texts.witness.forms[j]), WEIGHTIEST) for j in group[1])
        for group in found
    ]
    return [
        (group, score / SCALE, out)
        for group, score, out in zip(found, scores.tolist(), moved(found, weights), strict=True)
    ]


def _pairs(texts: Pair) -> Pairs:
    """The paragraph pairs that belong together."""
    pairs: Pairs = dict.fromkeys(texts.pins.together, PINNED)
    parts = stretches(texts)
    views = {0: stretch.view(texts, parts[0])} if len(parts) == 1 else {}
    chains = []
    for number, part in enumerate(parts):
        seen = views.get(number) or stretch.view(texts, part)
        chains.append(stretch.chain(seen))
        stretch.vote(seen, chains[-1], pairs)
    in_order = set(pairs) - set(texts.pins.together)
    leftovers.equals(texts, pairs)
    leftovers.moves(_out_of_order(texts, views, pairs), texts, pairs)
    attach(texts, pairs)
    moved_base = {i for i, _ in pairs} - {i for i, _ in in_order}
    moved_witness = {j for _, j in pairs} - {j for _, j in in_order}
    for number, part in enumerate(parts):
        seen = views.get(number) or stretch.view(texts, part)
        stretch.vote(seen, stretch.gaps(seen, chains[number], (moved_base, moved_witness)), pairs)
    return pairs


def _out_of_order(texts: Pair, views: dict[int, View], pairs: Pairs) -> Iterable[tuple[int, int, int]]:
    """Free pairs that may have moved, with their scores: in a long text only those that share rare runs."""
    base, witness = leftovers.free(texts, pairs)
    if not base or not witness:
        return []
    if views:
        likeness = leftovers.rivalled(views[0].likeness)
        return [(int(likeness[i, j]), i, j) for i in base for j in witness]
    ties = leftovers.best_ties(rare_ties(texts, base, witness))
    scores = pair_scores(
        texts.grams,
        [texts.base.clauses_of([i]) for i, _ in ties],
        [texts.witness.clauses_of([j]) for _, j in ties],
    )
    return [(int(score), i, j) for score, (i, j) in zip(scores.tolist(), ties, strict=True)]
