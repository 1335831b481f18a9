"""Texts too long to be matched whole: cut at phrases that occur once in each, then matched part by part."""

from bisect import bisect_left
from collections.abc import Sequence
from math import isqrt

from app.collation.diff.engine import Run, by_tokens, joined

MAX_CELLS = 1 << 31
"""Largest product of base and witness tokens matched in one piece: rapidfuzz needs a bit for each, 256 MB
here. Two texts of 46,000 words are about as much."""

MAX_PART_CELLS = 1 << 24
"""The same for a part of a text that is cut: 4,000 by 4,000 tokens take some milliseconds."""

PHRASE_TOKENS = 3
"""Tokens in a phrase at which a text may be cut."""


def by_parts(base: Sequence[int], witness: Sequence[int]) -> list[Run]:
    """Return the runs of matches, found part by part."""
    runs: list[Run] = []
    i = j = 0
    cuts = [*_anchors(base, witness), (len(base), len(witness))]
    for k, (b, w) in enumerate(cuts):
        if k + 1 < len(cuts) and (cuts[k + 1][0] - i) * (cuts[k + 1][1] - j) <= MAX_PART_CELLS:
            continue
        # A part that is still too long, with no phrase to cut it at, is cut into as many equal ones as it takes.
        pieces = 1 if (b - i) * (w - j) <= MAX_CELLS else isqrt((b - i) * (w - j) // MAX_PART_CELLS) + 1
        for piece in range(pieces):
            i1, j1 = i + (b - i) * (piece + 1) // pieces, j + (w - j) * (piece + 1) // pieces
            i0, j0 = i + (b - i) * piece // pieces, j + (w - j) * piece // pieces
            runs.extend((i0 + x, j0 + y, n) for x, y, n in by_tokens(base[i0:i1], witness[j0:j1]))
        i, j = b, w
    return joined(runs)


def _anchors(base: Sequence[int], witness: Sequence[int]) -> list[tuple[int, int]]:
    """Return where phrases that occur once in each text start: as many as are in the same order in both."""
    first, second = _phrases(base), _phrases(witness)
    shared = [(at, second[phrase]) for phrase, at in first.items() if at >= 0 and second.get(phrase, -1) >= 0]
    # The longest rising run, by patience: ends[n] is the least witness place at which a run of n + 1 can end.
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for k, (_, w) in enumerate(shared):
        n = bisect_left(ends, w)
        ends[n : n + 1] = [w]
        last[n : n + 1] = [k]
        before.append(last[n - 1] if n else -1)
    rising: list[tuple[int, int]] = []
    k = last[-1] if last else -1
    while k >= 0:
        rising.append(shared[k])
        k = before[k]
    return rising[::-1]


def _phrases(tokens: Sequence[int]) -> dict[tuple[int, ...], int]:
    """Return where each phrase starts, in order; -1 for one that occurs more than once."""
    places: dict[tuple[int, ...], int] = {}
    for at, phrase in enumerate(zip(*(tokens[k:] for k in range(PHRASE_TOKENS)), strict=False)):
        places[phrase] = -1 if phrase in places else at
    return places
