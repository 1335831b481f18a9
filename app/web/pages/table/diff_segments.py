"""A row's changes as the runs of text that a template writes out: plain, only in the base, only in the witness."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import regex

from app.collation.model import Change, Finding, Op, Span, Within

QUIET_LENGTH = 64
"""Characters of a change that may still count as commas and capitals alone; a longer one is never quiet."""

DRAWN_CHANGES = 3000
"""Changes drawn in one row. Above it, neighbours are drawn as one: each mark costs the page some 120 bytes, and
no reader can distinguish three thousand marks in one paragraph from six thousand."""

Tag = Literal["", "del", "ins"]
Only = Literal["base", "witness"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under one mark."""

    text: str
    tag: Tag = ""
    """``del``: only in the base; ``ins``: only in the witness; empty: in both."""
    style: str = ""
    """Class names: ``quiet`` for commas and capitals, ``in-finding``, and ``in-excerpt`` for words of its excerpt."""
    parts: tuple[tuple[str, bool], ...] = ()
    """The text cut into what differs inside the word (true) and what does not; empty where it is not cut."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """One change and how loudly it is drawn."""

    change: Change
    style: str


class Drawing:
    """One row's changes, each with how loudly it is drawn; written out side by side or inline.

    ``findings`` are those to be marked; ``typography`` says whether typographic differences are drawn; ``telling``
    names the changes, by their spans, that tell a finding best.
    """

    def __init__(
        self,
        base: str,
        witness: str,
        changes: Sequence[Change],
        findings: Sequence[Finding] = (),
        typography: bool = False,
        telling: Collection[tuple[Span, Span]] = (),
    ) -> None:
        self._base = base
        self._witness = witness
        marks = _marks(base, witness, changes, findings, typography)
        self._marks = tuple(
            _Mark(mark.change, f"{mark.style} in-excerpt")
            if mark.style == "in-finding" and (mark.change.base, mark.change.witness) in telling
            else mark
            for mark in marks
        )

    def side(self, only: Only) -> tuple[Segment, ...]:
        """Return the text of one side, in segments that rejoin to it exactly."""
        segments: list[Segment] = []
        if only == "base":
            for mark in self._marks:
                start, end = mark.change.base
                if start < end:
                    segments.extend(_segments(self._base, (start, end), mark, "del", only))
        else:
            for mark in self._marks:
                start, end = mark.change.witness
                if start < end:
                    segments.extend(_segments(self._witness, (start, end), mark, "ins", only))
        return tuple(_joined(segments))

    def inline(self) -> tuple[Segment, ...]:
        """Return both texts in one run: what only the base has before what only the witness has.

        Text that both have, or that differs in undrawn typography, is printed as in the witness. A space
        parts the two wordings: without it, Arabic letters would join from the one to the other.
        """
        segments: list[Segment] = []
        for mark in self._marks:
            change = mark.change
            if change.op != "equal" and change.base[0] < change.base[1]:
                segments.extend(_segments(self._base, change.base, mark, "del", "base"))
                if change.witness[0] < change.witness[1] and segments[-1].tag:
                    segments.append(Segment(" "))
            if change.witness[0] < change.witness[1]:
                segments.extend(_segments(self._witness, change.witness, mark, "ins", "witness"))
        return tuple(_joined(segments))


def by_paragraph(segments: Iterable[Segment]) -> tuple[tuple[Segment, ...], ...]:
    """Return ``segments`` of several paragraphs cut at the newlines between them, one tuple per paragraph."""
    paragraphs: list[list[Segment]] = [[]]
    for segment in segments:
        for position, piece in enumerate(_lines(segment)):
            if position:
                paragraphs.append([])
            if piece.text:
                paragraphs[-1].append(piece)
    return tuple(tuple(paragraph) for paragraph in paragraphs)


def amount_of_change(row_changes: Sequence[Change]) -> float:
    """Return the share of a row's characters, of both sides, that are on one side only; typography does not count."""
    changed = total = 0
    for change in row_changes:
        length = change.base[1] - change.base[0] + change.witness[1] - change.witness[0]
        total += length
        if change.op != "equal" and not change.typography:
            changed += length
    return changed / total if total else 0.0


def is_quiet(base: str, witness: str) -> bool:
    """Return whether two wordings differ in commas and capitals alone: no digits, the same letters in the same words.

    >>> is_quiet(",", ""), is_quiet("War", "war,"), is_quiet("1.5", "15"), is_quiet("on", "from")
    (True, True, False, False)
    """
    if len(base) > QUIET_LENGTH or len(witness) > QUIET_LENGTH:
        return False
    if any(map(str.isdigit, base + witness)):
        return False
    # Most wordings differ in their letters, which is known without parting words from the marks around them.
    if base.isalnum() and witness.isalnum():
        return base.casefold() == witness.casefold()
    return _alphanumeric(base) == _alphanumeric(witness) and _letters(base) == _letters(witness)


def _alphanumeric(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


_EDGES = regex.compile(r"(?<!\w)\p{P}+|\p{P}+(?!\w)")
"""Punctuation, except inside a word, where it distinguishes "re-sign" from "resign"."""


def _letters(text: str) -> list[str]:
    """Return the words of ``text`` in one case, without the punctuation around them."""
    folded = text.casefold()
    return (folded if folded.isalnum() else _EDGES.sub("", folded)).split()


class _Cover:
    """Spans made one where they overlap, so that a look costs the logarithm of their number."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(span for span in spans if span[0] < span[1]):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, span: Span) -> bool:
        """Return whether ``span`` shares a character with what is covered."""
        nearest = bisect_right(self._ends, span[0])
        return nearest < len(self._ends) and self._starts[nearest] < span[1] and span[0] < span[1]


def _marks(
    base: str,
    witness: str,
    changes: Sequence[Change],
    findings: Sequence[Finding],
    typography: bool,
) -> Iterable[_Mark]:
    base_cover, witness_cover = (
        _Cover(finding.base for finding in findings),
        _Cover(finding.witness for finding in findings),
    )
    # A comma inside a reworded quotation is no part of the finding, unless a finding of another kind says so.
    others = [finding for finding in findings if finding.kind != "quotation"]
    base_others, witness_others = (
        _Cover(finding.base for finding in others),
        _Cover(finding.witness for finding in others),
    )
    for change in coarsened(changes):
        if change.op == "equal":
            yield _Mark(change, "")
            continue
        if change.typography and not typography:
            yield _Mark(change._replace(op="equal", within=()), "")
            continue
        quiet = change.typography or is_quiet(base[slice(*change.base)], witness[slice(*change.witness)])
        if quiet:
            in_finding = base_others.touches(change.base) or witness_others.touches(change.witness)
        else:
            in_finding = base_cover.touches(change.base) or witness_cover.touches(change.witness)
        yield _Mark(change, "in-finding" if in_finding else "quiet" if quiet else "")


def coarsened(changes: Sequence[Change], limit: int = DRAWN_CHANGES) -> Sequence[Change]:
    """Return at most ``limit`` changes; if there are more, draw neighbours as one replacement."""
    if len(changes) <= limit:
        return changes
    step = -(-len(changes) // limit)
    return [_united(changes[start : start + step]) for start in range(0, len(changes), step)]


def _united(run: Sequence[Change]) -> Change:
    base = (run[0].base[0], run[-1].base[1])
    witness = (run[0].witness[0], run[-1].witness[1])
    if all(change.op == "equal" for change in run):
        return Change("equal", base, witness)
    op: Op = (
        "replace"
        if base[0] < base[1] and witness[0] < witness[1]
        else "delete"
        if base[0] < base[1]
        else "insert"
    )
    return Change(op, base, witness, typography=all(c.op == "equal" or c.typography for c in run))


def _segments(text: str, span: Span, mark: _Mark, tag: Tag, only: Only) -> Iterable[Segment]:
    """Yield the segments of ``text[span]``; white space around a marked word stays outside its mark."""
    words = text[slice(*span)]
    if mark.change.op == "equal":
        yield Segment(words)
        return
    core = words.strip()
    start = words.find(core) if core else 0
    end = start + len(core) if core else len(words)
    if start:
        yield Segment(words[:start])
    inner = (span[0] + start, span[0] + end)
    yield Segment(text[slice(*inner)], tag, mark.style, _parts(text, inner, mark.change.within, only))
    if end < len(words):
        yield Segment(words[end:])


def _parts(text: str, span: Span, within: Sequence[Within], only: Only) -> tuple[tuple[str, bool], ...]:
    """Return ``text[span]`` cut at the marks inside the word; nothing if they do not cover it exactly."""
    parts: list[tuple[str, bool]] = []
    for mark in within:
        start, end = mark.base if only == "base" else mark.witness
        if start < end:
            parts.append((text[start:end], mark.op != "equal"))
    return tuple(parts) if "".join(part for part, _ in parts) == text[slice(*span)] else ()


def _joined(segments: Iterable[Segment]) -> Iterable[Segment]:
    """Yield ``segments`` with plain neighbours joined."""
    waiting: list[str] = []
    for segment in segments:
        if not segment.tag:
            waiting.append(segment.text)
            continue
        if waiting:
            yield Segment("".join(waiting))
            waiting = []
        yield segment
    if waiting:
        yield Segment("".join(waiting))


def _lines(segment: Segment) -> Iterable[Segment]:
    if "\n" not in segment.text:
        return (segment,)
    return (replace(segment, text=line, parts=()) for line in segment.text.split("\n"))
