"""Runs of matches as a reader would keep them: edges where phrases begin, and no match by chance between changes."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from operator import attrgetter

from app.collation.diff.engine import Run, joined
from app.collation.diff.token_keys import KeyedToken

PIECE_COST = 2
"""Cost of each further piece that is kept, when two ways to match are compared."""

MAX_WORDS_AROUND_A_MATCH = 12
"""Words of the base times words of the witness, changed around a token of weight 1, that make its match one by chance.
Around more weight it takes as many times more as the cube of the weight."""

MAX_NEARBY_WORDS = 16
"""Words on either side of a match, in each text, beyond which a longer change counts no more: otherwise one long change
would swallow its neighbours, grow by them, and so a whole text."""

MAX_CROSSED_WORDS = 1
"""Words around which two parts may change places and the whole still reads as one change."""

MAX_WORDS_AROUND_A_SWAP = 200
"""Above this product of changed words, a word found on both sides of a match is no sign of a swap."""

_STOPS = frozenset(",;:.!?")
_weight = attrgetter("weight")


def readable(
    choices: Sequence[Sequence[Run]], base: Sequence[KeyedToken], witness: Sequence[KeyedToken]
) -> list[Run]:
    """Return the runs that a reader would keep, of the choice that keeps most in fewest pieces; of equals the first."""
    cleaned = [without_chance(slid(runs, base, witness), base, witness) for runs in choices]
    return max(cleaned, key=lambda runs: _kept_weight(runs, base)) if len(cleaned) > 1 else cleaned[0]


def _kept_weight(runs: Sequence[Run], base: Sequence[KeyedToken]) -> float:
    return sum([word.weight for b, _, n in runs for word in base[b : b + n]]) - PIECE_COST * len(runs)


MAX_SLIDE = 1_000
"""Tokens by which words are moved at most: a phrase is shorter, and hostile text may repeat one word without end."""


def slid(runs: Sequence[Run], base: Sequence[KeyedToken], witness: Sequence[KeyedToken]) -> list[Run]:
    """Return the runs with one-sided words moved along equal ones to where a phrase starts.

    "of order N [with high odds; so it has order N] with high odds." becomes "of order N with high odds[; so it has
    order N with high odds]."
    """
    out: list[Run] = list(runs[:1])
    for b1, w1, room in (*runs[1:], (len(base), len(witness), 0)):
        if not out:
            out.append((b1, w1, room))
            continue
        b, w, n = out[-1]
        b0, w0 = b + n, w + n
        # Only one-sided runs can move.
        by = _slide(b0, b1, w0, w1, n, room, base, witness) if (b0 == b1) != (w0 == w1) else 0
        if by:
            out[-1] = (b, w, n + by)
            if not out[-1][2]:
                out.pop()
        out.append((b1 + by, w1 + by, room - by))
    return joined([run for run in out if run[2]])


def _slide(
    b0: int,
    b1: int,
    w0: int,
    w1: int,
    before: int,
    after: int,
    base: Sequence[KeyedToken],
    witness: Sequence[KeyedToken],
) -> int:
    """Return by how many tokens to move what one side alone has; negative moves back."""
    words, first, end = (witness, w0, w1) if b0 == b1 else (base, b0, b1)
    back = forth = 0
    before, after = min(before, MAX_SLIDE), min(after, MAX_SLIDE)
    while back < before and words[first - back - 1].key == words[end - back - 1].key:
        back += 1
    while forth < after and words[first + forth].key == words[end + forth].key:
        forth += 1
    if not back and not forth:
        return 0
    return max(range(-back, forth + 1), key=lambda by: (_start(words, first + by, end + by), -abs(by)))


def _start(words: Sequence[KeyedToken], first: int, end: int) -> int:
    """Score how well a phrase starts at ``first`` and ends at ``end``: it starts with a small word, or ends with a
    mark."""
    starts, ends = words[first], words[end - 1]
    value = -1 if starts.content else 0
    if starts.key in _STOPS:
        value += 1
    elif not ends.key[-1].isalnum():
        value += 2
    if not ends.content and ends.key[-1].isalnum():
        value -= 1
    return value


def without_chance(
    runs: Sequence[Run], base: Sequence[KeyedToken], witness: Sequence[KeyedToken]
) -> list[Run]:
    """Return the runs without those that weigh little beside the changes on both sides of them.

    The more words changed around a match, on both sides, the likelier both have some word by chance. The worst
    goes first, since what it leaves is a larger change.
    """
    before = list(range(-1, len(runs) - 1))
    after = list(range(1, len(runs) + 1))
    alive = [True] * len(runs)
    weights: list[float] = [sum(map(_weight, base[b : b + n])) for b, _, n in runs]
    bounds = [MAX_WORDS_AROUND_A_MATCH * weight * weight * weight for weight in weights]

    def badness(k: int) -> float:
        b, w, n = runs[k]
        p, q = before[k], after[k]
        b0, w0 = (runs[p][0] + runs[p][2], runs[p][1] + runs[p][2]) if p >= 0 else (0, 0)
        b1, w1 = runs[q][:2] if q < len(runs) else (len(base), len(witness))
        if (b0 == b and w0 == w) or (b + n == b1 and w + n == w1):
            return 0.0
        around = (min(b - b0, MAX_NEARBY_WORDS) + min(b1 - b - n, MAX_NEARBY_WORDS)) * (
            min(w - w0, MAX_NEARBY_WORDS) + min(w1 - w - n, MAX_NEARBY_WORDS)
        )
        value = around / bounds[k]
        if value < 1 and n <= MAX_CROSSED_WORDS and 0 < around < MAX_WORDS_AROUND_A_SWAP:
            lost = {word.key for word in base[b0:b] if word.content}
            if lost and not lost.isdisjoint([word.key for word in witness[w + n : w1]]):
                return 1.0
            lost = {word.key for word in base[b + n : b1] if word.content}
            if lost and not lost.isdisjoint([word.key for word in witness[w0:w]]):
                return 1.0
        return value

    queue = []
    end_b = end_w = 0
    for k, (b, w, n) in enumerate(runs):
        next_b, next_w = runs[k + 1][:2] if k + 1 < len(runs) else (len(base), len(witness))
        around = (b - end_b + next_b - b - n) * (w - end_w + next_w - w - n)
        end_b, end_w = b + n, w + n
        # How little is changed around them settles most runs.
        if around >= bounds[k] or (around and n <= MAX_CROSSED_WORDS):
            value = badness(k)
            if value >= 1:
                queue.append((-value, k))
    heapify(queue)
    while queue:
        value, k = heappop(queue)
        if not alive[k] or -value != badness(k):
            continue
        alive[k] = False
        p, q = before[k], after[k]
        if p >= 0:
            after[p] = q
        if q < len(runs):
            before[q] = p
        for neighbour in (p, q):
            if 0 <= neighbour < len(runs) and (rank := badness(neighbour)) >= 1:
                heappush(queue, (-rank, neighbour))
    return [run for k, run in enumerate(runs) if alive[k]]
