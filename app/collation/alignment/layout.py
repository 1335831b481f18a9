"""Groups of paragraphs laid out as rows: base order, moved rows, one-sided rows, repeats."""

from collections.abc import Sequence

from app.collation.alignment.grouping import Group
from app.collation.model import AlignedRow

Linked = tuple[Group, float, bool]
"""A group of paragraphs that belong together, their similarity, and whether it moved."""


def one_sided(base: int, witness: int) -> tuple[AlignedRow, ...]:
    """Return the rows of two texts, one of them empty: all omitted or all added."""
    return (
        *(AlignedRow((i,), (), 0.0) for i in range(base)),
        *(AlignedRow((), (j,), 0.0) for j in range(witness)),
    )


def laid_out(base: Sequence[str], witness: Sequence[str], linked: Sequence[Linked]) -> tuple[AlignedRow, ...]:
    """Return every paragraph in exactly one row, given the groups in base order, scored and moved or not.

    Rows are in base order; an added row follows the row that holds the witness paragraph before it.
    """
    rows = [AlignedRow(group[0], group[1], similarity, moved) for group, similarity, moved in linked]
    base_row = {i: row for row in rows for i in row.base}
    witness_row = {j: row for row in rows for j in row.witness}
    first_base = _first(base, base_row)
    first_witness = _first(witness, witness_row)
    alone = [
        AlignedRow((i,), (), 0.0, repeats=_key(witness_row.get(first_witness.get(text, -1))))
        for i, text in enumerate(base)
        if i not in base_row
    ]
    ordered = sorted([*rows, *alone], key=lambda row: row.base)
    place = {j: at for at, row in enumerate(ordered) for j in row.witness}
    added: list[list[AlignedRow]] = [[] for _ in range(len(ordered) + 1)]
    at = -1
    for j, text in enumerate(witness):
        at = place.get(j, at)
        if j not in place:
            row = AlignedRow((), (j,), 0.0, repeats=_key(base_row.get(first_base.get(text, -1))))
            added[at + 1].append(row)
    laid = [*added[0]]
    for row, following in zip(ordered, added[1:], strict=True):
        laid += [row, *following]
    return tuple(laid)


def _first(texts: Sequence[str], row: dict[int, AlignedRow]) -> dict[str, int]:
    """Return for each text its first paragraph that is in a row of both sides."""
    return {texts[index]: index for index in sorted(row, reverse=True)}


def _key(row: AlignedRow | None) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    return (row.base, row.witness) if row else None


def moved(groups: Sequence[Group], weights: Sequence[int]) -> list[bool]:
    """Return which groups, given in base order, are outside the heaviest run that rises on both sides.

    Of two equally heavy runs, the one that ends earlier in the base is kept.
    """
    ranks = {first: rank for rank, first in enumerate(sorted(group[1][0] for group in groups), 1)}
    tree = [(0, 0)] * (len(groups) + 1)
    heaviest, end = 0, -1
    before: list[int] = []
    for number, (group, weight) in enumerate(zip(groups, weights, strict=True)):
        rank = ranks[group[1][0]]
        best, at = (0, 0), rank - 1
        while at:
            best = max(best, tree[at])
            at &= at - 1
        before.append(-best[1] - 1 if best[0] else -1)
        total = best[0] + weight
        if total > heaviest:
            heaviest, end = total, number
        at = rank
        while at < len(tree):
            tree[at] = max(tree[at], (total, -number - 1))
            at += at & -at
    in_order = set()
    while end >= 0:
        in_order.add(end)
        end = before[end]
    return [number not in in_order for number in range(len(groups))]
