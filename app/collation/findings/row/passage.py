"""A row's two texts with the changes between them: what every rule reads."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from app.collation.findings.row.changed_words import ChangedWords
from app.collation.model import Change, Finding, FindingKind, SideName, Span
from app.collation.text.sentences import boundaries
from app.collation.text.words import letter_runs


class Sentence:
    """A sentence of a row's text."""

    def __init__(self, text: str, span: Span) -> None:
        self.text = text
        """What is printed."""
        self.span = span

    @cached_property
    def letter_runs(self) -> list[str]:
        """Its runs of letters in order, in small letters."""
        return letter_runs(self.text.lower())


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
    def changed(self) -> ChangedWords:
        """The words inside the changes."""
        return ChangedWords(self.base, self.witness, self.reworded)

    def sentences(self, side: SideName) -> Sequence[Sentence]:
        """Return the sentences of one side."""
        return self._base_sentences if side == "base" else self._witness_sentences

    @cached_property
    def _base_sentences(self) -> Sequence[Sentence]:
        return _sentences(self.base)

    @cached_property
    def _witness_sentences(self) -> Sequence[Sentence]:
        return _sentences(self.witness)

    @cached_property
    def _to_witness(self) -> "_Map":
        return _Map(self._mapped)

    @cached_property
    def _to_base(self) -> "_Map":
        return _Map([(equal, witness, base) for equal, base, witness in self._mapped])

    @cached_property
    def _mapped(self) -> list[tuple[bool, Span, Span]]:
        """Each change as ``(equal, base, witness)``, with an adjacent deletion and insertion as one change.

        The deletion comes first, whichever side it is on, so only together do they mirror.
        """
        pieces: list[tuple[bool, Span, Span]] = []
        one_sided = False
        for change in self.changes:
            alone = change.op in ("delete", "insert")
            if alone and one_sided:
                _, base, witness = pieces[-1]
                pieces[-1] = False, (base[0], change.base[1]), (witness[0], change.witness[1])
            else:
                pieces.append((change.op == "equal", change.base, change.witness))
            one_sided = alone
        return pieces

    @cached_property
    def kept_share(self) -> float:
        """The share, 0 to 1, of the longer text's characters that both sides have."""
        equal = sum([change.base[1] - change.base[0] for change in self.changes if change.op == "equal"])
        return equal / max(len(self.base), len(self.witness), 1)

    def reworded_in(self, base: Span, witness: Span) -> Sequence[Change]:
        """Return the ``reworded`` changes that overlap either span; they adjoin, since both sides rise together."""
        first = min(
            bisect_left(self._base_ends, base[0] + 1), bisect_left(self._witness_ends, witness[0] + 1)
        )
        changes: list[Change] = []
        for place in range(first, len(self.reworded)):
            change = self.reworded[place]
            if change.base[0] >= base[1] and change.witness[0] >= witness[1]:
                break
            if overlap(change.base, base) or overlap(change.witness, witness):
                changes.append(change)
        return changes

    def is_in_short_run(self, span: Span, side: SideName, max_run: int | None) -> bool:
        """Return whether no change at a span of that side is longer than ``max_run`` code points."""
        return max_run is None or self.run_at(span, side) <= max_run

    def run_at(self, span: Span, side: SideName) -> int:
        """Return the length of the longest reworded change that overlaps a span of that side."""
        ends = self._base_ends if side == "base" else self._witness_ends
        longest = 0
        for place in range(bisect_left(ends, span[0] + 1), len(ends)):
            start, end = getattr(self.reworded[place], side)
            if start >= span[1]:
                break
            longest = max(longest, end - start)
        return longest

    def on_witness(self, span: Span) -> Span:
        """Return the witness's counterpart of the base's ``span``: exact where equal, else all that replaced it."""
        return self._to_witness.counterpart(span)

    def on_base(self, span: Span) -> Span:
        """Return the base's counterpart of the witness's ``span``."""
        return self._to_base.counterpart(span)

    def other_side(self, span: Span, side: SideName) -> Span:
        """Return the other side's counterpart of a ``span`` of ``side``."""
        return self.on_witness(span) if side == "base" else self.on_base(span)

    def text(self, side: SideName) -> str:
        """Return the text of one side."""
        return self.base if side == "base" else self.witness

    def one_sided(self, kind: FindingKind, span: Span, side: SideName, says: str, rule: str) -> Finding:
        """Return a finding of what one side lacks, with an empty span at its place there."""
        place = self.other_side(span, side)[0]
        if side == "base":
            return Finding(kind, span, (place, place), says, rule)
        return Finding(kind, (place, place), span, says, rule)


def _sentences(text: str) -> Sequence[Sentence]:
    starts = [0, *boundaries(text), len(text)]
    return [Sentence(text[start:end], (start, end)) for start, end in pairwise(starts)]


def overlap(first: Span, second: Span) -> int:
    """Return the code points that two spans share; 0 if they only touch.

    >>> overlap((0, 5), (3, 9)), overlap((0, 3), (3, 9))
    (2, 0)
    """
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def gap(first: Span, second: Span) -> int:
    """Return the code points between two spans; 0 if they touch or overlap.

    >>> gap((0, 5), (8, 9)), gap((8, 9), (0, 5)), gap((0, 5), (3, 9))
    (3, 3, 0)
    """
    return max(0, second[0] - first[1], first[0] - second[1])


def clip(span: Span, within: Span) -> Span:
    """Return the part of ``span`` that lies in ``within``, empty at the nearer end if none does.

    >>> clip((0, 5), (3, 9)), clip((0, 2), (3, 9))
    ((3, 5), (3, 3))
    """
    start = min(max(span[0], within[0]), within[1])
    return start, max(start, min(span[1], within[1]))


class Cover:
    """Spans, merged so that an overlap with another span is found quickly."""

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
        """Return whether ``span`` overlaps one of the spans or, if empty, lies inside one.

        >>> cover = Cover([(3, 5), (4, 9)])
        >>> cover.meets((0, 4)), cover.meets((0, 3)), cover.meets((6, 6)), cover.meets((9, 9))
        (True, False, True, False)
        """
        place = bisect_left(self._starts, span[1]) - 1
        return place >= 0 and self._ends[place] > span[0]


class _Map:
    """Changes seen from one side, as ``(equal, own, other)`` in order, to carry positions over to the other."""

    def __init__(self, changes: Sequence[tuple[bool, Span, Span]]) -> None:
        self._changes = changes
        self._ends = [source[1] for _, source, _ in changes]

    def counterpart(self, span: Span) -> Span:
        start, end = span
        spans: list[Span] = []
        for place in range(bisect_left(self._ends, start), len(self._changes)):
            equal, source, target = self._changes[place]
            if source[0] > end:
                break
            touches = (
                source[0] < end and source[1] > start if start < end else source[0] <= start <= source[1]
            )
            if not touches:
                continue
            if equal:
                shift = target[0] - source[0]
                spans.append((max(start, source[0]) + shift, min(end, source[1]) + shift))
            else:
                spans.append(target)
        return (spans[0][0], spans[-1][1]) if spans else (0, 0)
