"""Paragraphs of two texts set side by side: which belong together, which moved, which stand alone."""

from collections.abc import Sequence

from app.collation.alignment.rows import as_rows
from app.collation.model import AlignedRow
from app.collation.similarity import Scores, scores

FLOOR = 0.20
"""Below this similarity paragraphs stay apart."""
REACH = 4
"""The most paragraphs that one paragraph is set against."""


def align(base: Sequence[str], witness: Sequence[str]) -> tuple[AlignedRow, ...]:
    """The rows that set two texts side by side: each paragraph in exactly one, in base order.

    >>> [(row.base, row.witness) for row in align(["One day.", "Two nights."], ["Two nights."])]
    [((0,), ()), ((1,), (0,))]
    """
    found = scores(base, witness) if base and witness else None
    links = _chain(found, base, witness) if found else []
    if found:
        links += _moves(found, base, witness, links)
    return as_rows(base, witness, links)


Link = tuple[tuple[int, ...], tuple[int, ...], float]


def _chain(found: Scores, base: Sequence[str], witness: Sequence[str]) -> list[Link]:
    n, m = len(base), len(witness)
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    step: dict[tuple[int, int], tuple[int, int, float]] = {}
    one = [
        [1.0 if base[i] == witness[j] else found.group(i, i + 1, j, j + 1) for j in range(m)]
        for i in range(n)
    ]
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            value, move = best[i - 1][j], (1, 0, 0.0)
            if best[i][j - 1] > value:
                value, move = best[i][j - 1], (0, 1, 0.0)
            shapes = [(1, 1)]
            if one[i - 1][j - 1] > FLOOR / 2:
                shapes += [(a, 1) for a in range(2, min(REACH, i) + 1)]
                shapes += [(1, b) for b in range(2, min(REACH, j) + 1)]
            for a, b in shapes:
                if a > 1 and one[i - a][j - 1] < FLOOR / 2 or b > 1 and one[i - 1][j - b] < FLOOR / 2:
                    continue
                similar = one[i - 1][j - 1] if a == b == 1 else found.group(i - a, i, j - b, j)
                if similar < FLOOR:
                    continue
                gain = round(best[i - a][j - b] + (similar - FLOOR / 2) * (a + b), 6)
                if gain > value:
                    value, move = gain, (a, b, similar)
            best[i][j] = value
            step[i, j] = move
    links: list[Link] = []
    i, j = n, m
    while i and j:
        a, b, similar = step[i, j]
        if a and b:
            links.append((tuple(range(i - a, i)), tuple(range(j - b, j)), similar))
        i, j = i - a, j - b
    return links[::-1]


def _moves(found: Scores, base: Sequence[str], witness: Sequence[str], links: list[Link]) -> list[Link]:
    left = sorted(set(range(len(base))) - {i for link in links for i in link[0]})
    right = sorted(set(range(len(witness))) - {j for link in links for j in link[1]})
    pairs = []
    for i in left:
        for j in right:
            similar = 1.0 if base[i] == witness[j] else found.group(i, i + 1, j, j + 1)
            if similar >= FLOOR:
                pairs.append((-similar, i, j))
    moved: list[Link] = []
    for similar, i, j in sorted(pairs):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            moved.append(((i,), (j,), -similar))
    return moved
