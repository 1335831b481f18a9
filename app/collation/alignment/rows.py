"""Links between paragraph groups laid out as rows: base order, moves, what stands on one side alone."""

from collections.abc import Sequence

from app.collation.model import AlignedRow

Link = tuple[tuple[int, ...], tuple[int, ...], float]


def as_rows(base: Sequence[str], witness: Sequence[str], links: Sequence[Link]) -> tuple[AlignedRow, ...]:
    """Every paragraph in exactly one row; rows in base order, an added one after the row of the paragraph before it."""
    ordered = sorted(links)
    moved = _moved(base, witness, ordered)
    linked_base = {i for link in ordered for i in link[0]}
    linked_witness = {j for link in ordered for j in link[1]}
    rows = [
        AlignedRow(link[0], link[1], link[2], moved=place in moved) for place, link in enumerate(ordered)
    ] + [AlignedRow((i,), (), 0.0) for i in range(len(base)) if i not in linked_base]
    rows.sort(key=lambda row: row.base)
    holder = {j: place for place, row in enumerate(rows) for j in row.witness}
    after: dict[int, list[AlignedRow]] = {}
    place = -1
    for j in range(len(witness)):
        if j in linked_witness:
            place = holder[j]
        else:
            after.setdefault(place, []).append(AlignedRow((), (j,), 0.0))
    laid = list(after.get(-1, []))
    for at, row in enumerate(rows):
        laid.append(row)
        laid.extend(after.get(at, []))
    return tuple(laid)


def _moved(base: Sequence[str], witness: Sequence[str], links: Sequence[Link]) -> set[int]:
    """The links outside the heaviest run that rises on both sides, each weighing its words."""
    weights = [
        sum(1 + len(base[i].split()) for i in link[0]) + sum(1 + len(witness[j].split()) for j in link[1])
        for link in links
    ]
    best: list[int] = []
    before: list[int] = []
    for at, link in enumerate(links):
        most, whence = 0, -1
        for earlier in range(at):
            if links[earlier][1] < link[1] and best[earlier] > most:
                most, whence = best[earlier], earlier
        best.append(most + weights[at])
        before.append(whence)
    kept = set()
    at = max(range(len(links)), key=lambda k: (best[k], -k), default=-1)
    while at >= 0:
        kept.add(at)
        at = before[at]
    return set(range(len(links))) - kept
