"""Linked paragraphs gathered into groups: those linked directly, or through others, share a row."""

from collections.abc import Iterable, Sequence

from app.collation.alignment import short_quotations
from app.collation.alignment.clauses import TextPair
from app.collation.alignment.score_grid import Pairs
from app.collation.alignment.similarity import SCORE_SCALE

Group = tuple[tuple[int, ...], tuple[int, ...]]

MAX_PAIRS_WITHOUT_SHARED_TEXT = 8
"""Pairs of a row of several to several that may share no text; beyond that it is split at its weakest link, so that no
chain of overlaps makes one row of a whole chapter. Chosen on chapters of two Bibles:
fewer give more links and fewer of the rows that cut no verse, and a share of its pairs gave less of both."""

STRONG_ROW = 0.35
MIN_STRENGTH_ALONE = 0.2
MIN_STRENGTH_OF_ONE_SHORT_PAIR = 0.12
"""Least strengths of rows: see ``borne_out``. Of 77 rows that pairs of unrelated articles had without this, all
but two were weaker than .2, and all stood alone; of 3,500 true rows in news pairs 27 are as weak, and 26 of these have
a strong row near. Two texts of one short paragraph each have no neighbours to ask; long ones that share nothing reach
.17, true ones 1."""
NEAR_PARAGRAPHS = 3
"""Distance within which paragraphs count as near: a row of two, and its neighbours on both sides."""


def groups(pairs: Pairs) -> list[Group]:
    """Return the rows that linked paragraphs form, in base order."""
    whole = []
    waiting = _joined(pairs)
    links = set(pairs)
    while waiting:
        base, witness = waiting.pop()
        if min(len(base), len(witness)) == 1:
            whole.append((base, witness))
            continue
        inside = {(i, j): pairs[i, j] for i in base for j in witness if (i, j) in links}
        if len(base) * len(witness) - len(inside) <= MAX_PAIRS_WITHOUT_SHARED_TEXT:
            whole.append((base, witness))
            continue
        weakest = _weakest(inside)
        links.remove(weakest)
        waiting += _joined(link for link in inside if link != weakest)
    return sorted(whole)


def borne_out(groups: Sequence[Group], pairs: Pairs, texts: TextPair) -> list[Group]:
    """Return the rows that are strong enough themselves, or near a strong row on both sides."""
    strengths = [_strength(group, pairs, texts) for group in groups]
    base: set[int] = set()
    witness: set[int] = set()
    for group, strength in zip(groups, strengths, strict=True):
        if strength >= STRONG_ROW:
            for near, paragraphs in ((base, group[0]), (witness, group[1])):
                for place in paragraphs:
                    near.update(range(place - NEAR_PARAGRAPHS, place + NEAR_PARAGRAPHS + 1))
    alone = len(texts.base.forms) == len(texts.witness.forms) == 1
    short = min(len(texts.base.clauses), len(texts.witness.clauses)) <= 2
    enough = MIN_STRENGTH_OF_ONE_SHORT_PAIR if alone and short else MIN_STRENGTH_ALONE
    return [
        group
        for group, strength in zip(groups, strengths, strict=True)
        if (strength >= enough or not (base.isdisjoint(group[0]) or witness.isdisjoint(group[1])))
        and not _quotes_other_people(group, texts)
    ]


def _quotes_other_people(group: Group, texts: TextPair) -> bool:
    """Return whether a row of one paragraph each holds short quotations of different people."""
    (base, *more), (witness, *others) = group
    return not (more or others or group in _pinned(texts)) and short_quotations.are_of_different_people(
        texts.base.forms[base], texts.witness.forms[witness]
    )


def _pinned(texts: TextPair) -> list[Group]:
    return [((base,), (witness,)) for base, witness in texts.pins.together]


def _strength(group: Group, pairs: Pairs, texts: TextPair) -> float:
    """Return the similarity of what a row links, averaged over the letters of its shorter side: 0 to about 1."""
    weight = sum(pairs.get((i, j), 0) for i in group[0] for j in group[1])
    base = sum(len(texts.base.forms[i]) for i in group[0])
    witness = sum(len(texts.witness.forms[j]) for j in group[1])
    return round(weight / (2 * SCORE_SCALE * min(base, witness)), 6)


def _weakest(links: Pairs) -> tuple[int, int]:
    """Return the link of fewest letters between two paragraphs that each have another link."""
    bases, witnesses = [i for i, _ in links], [j for _, j in links]
    spare = [link for link in links if bases.count(link[0]) > 1 and witnesses.count(link[1]) > 1]
    return min(spare or links, key=lambda link: (links[link], link))


def _joined(pairs: Iterable[tuple[int, int]]) -> list[Group]:
    """Return the groups of connected paragraphs."""
    base_of: dict[int, list[int]] = {}
    witness_of: dict[int, list[int]] = {}
    for i, j in sorted(pairs):
        witness_of.setdefault(i, []).append(j)
        base_of.setdefault(j, []).append(i)
    seen: set[int] = set()
    groups = []
    for first in witness_of:
        if first in seen:
            continue
        base, witness, todo = {first}, set[int](), [first]
        while todo:
            for j in witness_of[todo.pop()]:
                if j not in witness:
                    witness.add(j)
                    new = set(base_of[j]) - base
                    base |= new
                    todo += sorted(new)
        seen |= base
        groups.append((tuple(sorted(base)), tuple(sorted(witness))))
    return groups
