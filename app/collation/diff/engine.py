"""Runs of tokens that two lists share in the same order, found by diff-match-patch.

diff-match-patch compares strings, so each distinct token becomes one character of the private-use plane 15, by its
number and never by its own characters: texts that use that plane themselves are safe. (On lower code points the
Python and the C++ form of the library were seen to disagree after clean-up; on these never.)
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import compress, count
from operator import attrgetter

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel

from app.collation.diff.token_keys import KeyedToken

Run = tuple[int, int, int]
"""``(base, witness, length)`` in tokens: this many tokens match from here on. Runs rise on both sides."""

_Operations = Callable[[str, str], Iterable[tuple[str, int]]]

DIFF_TOKENS = 2000
"""Tokens, white space apart and both sides together, up to which diff-match-patch finds the changes. Two unrelated
texts of this length take it .2 to .4 s in pure Python, twice as long ones four times as much."""

_CHARACTERS = [chr(0xF0000 + number) for number in range(DIFF_TOKENS)]
"""A character for each distinct token; plane 15 holds 65,534."""


def operations(base: str, witness: str) -> list[tuple[str, int]]:
    """Return diff-match-patch's operations, ``=``, ``-`` and ``+`` with lengths; no clock, lines or clean-up."""
    signs = {0: "=", -1: "-", 1: "+"}
    return [(signs[op], len(text)) for op, text in _ENGINE.diff_main(base, witness, False)]


_ENGINE = diff_match_patch()
_ENGINE.Diff_Timeout = 0


def fast_operations() -> _Operations | None:
    """Return the same in C++, about ten times as fast, where the optional extra ``fast`` is installed and works.

    Its wheels are missing for some machines, and on Windows it refuses characters beyond the basic plane.
    """
    try:
        from fast_diff_match_patch import diff
    except ImportError:
        return None

    def compiled(base: str, witness: str) -> list[tuple[str, int]]:
        operations: list[tuple[str, int]] = diff(
            base, witness, timelimit=0, checklines=False, cleanup="No", counts_only=True
        )
        return operations

    try:
        usable = compiled(*_CHARACTERS[:2]) == [("-", 1), ("+", 1)]
    except (RuntimeError, ValueError):
        return None
    return compiled if usable else None


_operations: _Operations = fast_operations() or operations


_key, _frame = attrgetter("key"), attrgetter("frame")


def numbered(base: Sequence[KeyedToken], witness: Sequence[KeyedToken]) -> tuple[list[int], list[int]]:
    """Return both sides with a number for each distinct key, in order of first use."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    return [numbers[word.key] for word in base], [numbers[word.key] for word in witness]


def lettered(base: Sequence[KeyedToken], witness: Sequence[KeyedToken]) -> tuple[list[str], list[str]]:
    """Return the same for at most ``DIFF_TOKENS`` words, with a character for each number."""
    letters: defaultdict[str, str] = defaultdict(iter(_CHARACTERS).__next__)
    letter = letters.__getitem__
    return list(map(letter, map(_key, base))), list(map(letter, map(_key, witness)))


def fine(base: str, witness: str) -> list[Run]:
    """Return the runs that diff-match-patch finds in characters that represent words.

    It reads from the end: of a word that occurs twice it then tends to keep the later one, beside the words that follow
    both. On 468 sentence pairs with human marks that made a few edits more agree than reading from the start.
    """
    runs: list[Run] = []
    i, j = len(base), len(witness)
    for op, length in _operations(base[::-1], witness[::-1]):
        if op != "+":
            i -= length
        if op != "-":
            j -= length
        if op == "=":
            runs.append((i, j, length))
    return runs[::-1]


def by_tokens(base: Sequence[Hashable], witness: Sequence[Hashable]) -> list[Run]:
    """Return the runs that rapidfuzz finds: it keeps as many tokens, in far less time on long lists."""
    blocks = Indel.editops(base, witness).as_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size]


def matched(base: Sequence[KeyedToken], witness: Sequence[KeyedToken]) -> list[list[Run]]:
    """Return two ways to match, so that the better can be taken; or one, where the other could keep no more.

    The longest common run of all tokens pays for three small words with one that matters. In the first way words of
    content and quotation marks are matched before all others (by diff-match-patch), and the text between two of them
    within its own part. Which of two parts that changed places is kept, though, is a matter of all their words: the
    second way is the longest common run (by rapidfuzz, which finds it sooner).
    """
    letters, others = lettered(base, witness)
    first, second = "".join(letters), "".join(others)
    # What one side alone has can match nothing: left out, it costs the engine no time.
    shared = set(letters).intersection(others)
    at_b = [i for i in compress(range(len(base)), map(_frame, base)) if letters[i] in shared]
    at_w = [j for j in compress(range(len(witness)), map(_frame, witness)) if others[j] in shared]
    frame: list[tuple[int, int]] = []
    for i, j, length in fine("".join([letters[i] for i in at_b]), "".join([others[j] for j in at_w])):
        frame.extend(zip(at_b[i : i + length], at_w[j : j + length], strict=True))
    frame.append((len(base), len(witness)))
    runs: list[Run] = []
    # A run goes from (start, other) to before (i, j).
    i = j = base_start = witness_start = 0
    for b, w in frame:
        if b - i != w - j or (b > i and first[i:b] != second[j:w]):
            if base_start < i:
                runs.append((base_start, witness_start, i - base_start))
            if i < b and j < w:
                runs.extend([(i + x, j + y, n) for x, y, n in _between(first[i:b], second[j:w])])
            base_start, witness_start = b, w
        i, j = b + 1, w + 1
    if base_start < len(base):
        runs.append((base_start, witness_start, len(base) - base_start))
    runs = joined(runs)
    left: set[str] = set()
    left_w: set[str] = set()
    i = j = 0
    for b, w, n in (*runs, (len(base), len(witness), 0)):
        left.update(letters[i:b])
        left_w.update(others[j:w])
        i, j = b + n, w + n
    if left.isdisjoint(left_w):
        return [runs]
    longest = by_tokens(first, second)
    return [runs] if runs == longest else [runs, longest]


def _between(base: str, witness: str) -> list[Run]:
    # The common case, a comma or an article: the last place is next to the word that it belongs to.
    if len(base) == 1:
        place = witness.rfind(base)
        return [(0, place, 1)] if place >= 0 else []
    if len(witness) == 1:
        place = base.rfind(witness)
        return [(place, 0, 1)] if place >= 0 else []
    return by_tokens(base, witness)


def joined(runs: Sequence[Run]) -> list[Run]:
    """Return the runs, merging those that touch on both sides."""
    out: list[Run] = []
    end_b = end_w = -1
    for b, w, n in runs:
        if b == end_b and w == end_w:
            out[-1] = (out[-1][0], out[-1][1], out[-1][2] + n)
        else:
            out.append((b, w, n))
        end_b, end_w = b + n, w + n
    return out
