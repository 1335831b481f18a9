"""A row's two texts with the changes between them: what every kind of finding reads."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

from app.collation.findings.row.changed_words import Changed
from app.collation.model import Change, Finding, FindingKind, SideName, Span


class Passage:
    """The two texts of a row, and the changes that cover both, in order."""

    def __init__(self, base: str, witness: str, changes: Sequence[Change]) -> None:
        self.base = base
        self.witness = witness
        self.changes = tuple(changes)
        self.reworded = tuple(change for change in changes if change.op != "equal" and not change.typography)
        """The changes that are more than typography."""
        self._base_ends = [change.base[1] for change in self.reworded]
        self._witness_ends = [change.witness[1] for change in self.reworded]

    @cached_property
    def changed(self) -> Changed:
        """The words inside the changes."""
        return Changed(self.base, self.witness, self.reworded)

    @cached_property
    def _to_witness(self) -> "_Map":
        return _Map(self._mapped)

    @cached_property
    def _to_base(self) -> "_Map":
        return _Map([(equal, witness, base) for equal, base, witness in self._mapped])

    @cached_property
    def _mapped(self) -> list[tuple[bool, Span, Span]]:
        """Each change as ``(equal, base, witness)``; what was struck and what was put in beside it as one.

        Of such two the one that was struck stands first, whichever side it is on: only together they mirror.
        """
        found: list[tuple[bool, Span, Span]] = []
        one_sided = False
        for change in self.changes:
            alone = change.op in ("delete", "insert")
            if alone and one_sided:
                _, base, witness = found[-1]
                found[-1] = False, (base[0], change.base[1]), (witness[0], change.witness[1])
            else:
                found.append((change.op == "equal", change.base, change.witness))
            one_sided = alone
        return found

    @cached_property
    def kept_share(self) -> float:
        """The share, 0 to 1, of the longer text's characters that stand on both sides."""
        equal = sum([change.base[1] - change.base[0] for change in self.changes if change.op == "equal"])
        return equal / max(len(self.base), len(self.witness), 1)

    def reworded_in(self, base: Span, witness: Span) -> Sequence[Change]:
        """Those of ``reworded`` that share code points with either span; both sides rise together, so they adjoin."""
        first = min(
            bisect_left(self._base_ends, base[0] + 1), bisect_left(self._witness_ends, witness[0] + 1)
        )
        found: list[Change] = []
        for place in range(first, len(self.reworded)):
            change = self.reworded[place]
            if change.base[0] >= base[1] and change.witness[0] >= witness[1]:
                break
            if overlap(change.base, base) or overlap(change.witness, witness):
                found.append(change)
        return found

    def is_in_short_run(self, span: Span, side: SideName, max_run: int | None) -> bool:
        """Whether no change at a span of that side is longer than ``max_run`` code points."""
        return max_run is None or self.run_at(span, side) <= max_run

    def run_at(self, span: Span, side: SideName) -> int:
        """The length of the longest change that shares code points with a span of that side; typography is none."""
        ends = self._base_ends if side == "base" else self._witness_ends
        longest = 0
        for place in range(bisect_left(ends, span[0] + 1), len(ends)):
            here: Span = getattr(self.reworded[place], side)
            if here[0] >= span[1]:
                break
            longest = max(longest, here[1] - here[0])
        return longest

    def on_witness(self, span: Span) -> Span:
        """Where the base's ``span`` stands in the witness: exact where it is equal, else all that replaced it."""
        return self._to_witness.counterpart(span)

    def on_base(self, span: Span) -> Span:
        """Where the witness's ``span`` stands in the base."""
        return self._to_base.counterpart(span)

    def other_side(self, span: Span, side: SideName) -> Span:
        """Where a ``span`` of ``side`` stands on the other one."""
        return self.on_witness(span) if side == "base" else self.on_base(span)

    def text(self, side: SideName) -> str:
        """The text of one side."""
        return self.base if side == "base" else self.witness

    def one_sided(self, kind: FindingKind, span: Span, side: SideName, says: str, rule: str) -> Finding:
        """Return a finding of what stands on one side only; on the other it marks the place beside it."""
        place = self.other_side(span, side)[0]
        if side == "base":
            return Finding(kind, span, (place, place), says, rule)
        return Finding(kind, (place, place), span, says, rule)


def overlap(first: Span, second: Span) -> int:
    """The code points that two spans share; 0 where they only touch.

    >>> overlap((0, 5), (3, 9)), overlap((0, 3), (3, 9))
    (2, 0)
    """
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def clip(span: Span, within: Span) -> Span:
    """The part of ``span`` that lies in ``within``, empty at the nearer end where none does.

    >>> clip((0, 5), (3, 9)), clip((0, 2), (3, 9))
    ((3, 5), (3, 3))
    """
    start = min(max(span[0], within[0]), within[1])
    return start, max(start, min(span[1], within[1]))


class Cover:
    """Spans in which to look up, quickly, whether one of them shares code points with another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if start < end and self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            elif start < end:
                self._starts.append(start)
                self._ends.append(end)

    def meets(self, span: Span) -> bool:
        """Whether ``span`` overlaps one of the spans, or, where it is empty, lies inside one.

        >>> cover = Cover([(3, 5), (4, 9)])
        >>> cover.meets((0, 4)), cover.meets((0, 3)), cover.meets((6, 6)), cover.meets((9, 9))
        (True, False, True, False)
        """
        place = bisect_left(self._starts, span[1]) - 1
        return place >= 0 and self._ends[place] > span[0]


class _Map:
    """Changes as seen from one side: ``(equal, here, there)`` in order, from which positions are looked up."""

    def __init__(self, changes: Sequence[tuple[bool, Span, Span]]) -> None:
        self._changes = changes
        self._ends = [here[1] for _, here, _ in changes]

    def counterpart(self, span: Span) -> Span:
        start, end = span
        found: list[Span] = []
        for place in range(bisect_left(self._ends, start), len(self._changes)):
            equal, here, there = self._changes[place]
            if here[0] > end:
                break
            touches = here[0] < end and here[1] > start if start < end else here[0] <= start <= here[1]
            if not touches:
                continue
            if equal:
                shift = there[0] - here[0]
                found.append((max(start, here[0]) + shift, min(end, here[1]) + shift))
            else:
                found.append(there)
        return (found[0][0], found[-1][1]) if found else (0, 0)
