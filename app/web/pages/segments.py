"""A row's changes as the runs of text that a template writes out: plain, only in the base, only in the witness."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.collation.model import Change, Finding, FindingKind, Op, Span, Within

QUIET_KINDS: frozenset[FindingKind] = frozenset({"typography", "wording"})
"""Findings that are counted and alarm nobody: they carry no red line."""

QUIET_LENGTH = 64
"""Characters of a change that may still be told to be commas and capitals alone; a longer one is never quiet."""

DRAWN_CHANGES = 3000
"""Changes drawn in one row. Above it, neighbours are drawn as one: each mark costs the page some 120 bytes, and
no reader tells three thousand marks in one paragraph from six thousand."""

Tag = Literal["", "del", "ins"]
Only = Literal["base", "witness"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under one mark."""

    text: str
    tag: Tag = ""
    """``del``: only in the base; ``ins``: only in the witness; empty: in both."""
    style: str = ""
    """Class names: ``quiet`` for commas and capitals alone, ``found`` in a finding, ``now`` in the one looked at."""
    parts: tuple[tuple[str, bool], ...] = ()
    """The text cut into what differs inside the word (true) and what does not; empty where it is not cut."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """One change and how loudly it is drawn."""

    change: Change
    style: str


def side_segments(
    text: str,
    other: str,
    changes: Sequence[Change],
    findings: Sequence[Finding],
    only: Only,
    typography: bool = False,
    focus: int | None = None,
) -> tuple[Segment, ...]:
    """The text of one side, ``text``, in segments that rejoin to it exactly.

    ``only`` says which side it is, ``other`` is the opposite one's text, ``focus`` the finding (from 1) looked at.
    """
    base, witness = (text, other) if only == "base" else (other, text)
    tag: Tag = "del" if only == "base" else "ins"
    made: list[Segment] = []
    for mark in _marks(base, witness, changes, findings, typography, focus):
        start, end = mark.change.base if only == "base" else mark.change.witness
        if start < end:
            made.append(_segment(text, (start, end), mark, tag, only))
    return tuple(_joined(made))


def inline_segments(
    base: str,
    witness: str,
    changes: Sequence[Change],
    findings: Sequence[Finding],
    typography: bool = False,
    focus: int | None = None,
) -> tuple[Segment, ...]:
    """Both texts in one run: what only the base has before what only the witness has.

    What stands in both, or differs in typography that is not shown, is printed as the witness has it.
    """
    made: list[Segment] = []
    for mark in _marks(base, witness, changes, findings, typography, focus):
        change = mark.change
        drawn = _is_drawn(change, typography)
        if drawn and change.base[0] < change.base[1]:
            made.append(_segment(base, change.base, mark, "del", "base"))
        if change.witness[0] < change.witness[1]:
            made.append(_segment(witness, change.witness, mark, "ins", "witness"))
    return tuple(_joined(made))


def by_paragraph(segments: Iterable[Segment]) -> tuple[tuple[Segment, ...], ...]:
    """``segments`` of several paragraphs cut at the newlines between them, one tuple a paragraph."""
    paragraphs: list[list[Segment]] = [[]]
    for segment in segments:
        for position, piece in enumerate(_lines(segment)):
            if position:
                paragraphs.append([])
            if piece.text:
                paragraphs[-1].append(piece)
    return tuple(tuple(paragraph) for paragraph in paragraphs)


def amount_of_change(row_changes: Sequence[Change]) -> float:
    """The share of a row's characters, both sides together, that stand on one side only; typography does not count."""
    changed = total = 0
    for change in row_changes:
        length = change.base[1] - change.base[0] + change.witness[1] - change.witness[0]
        total += length
        if change.op != "equal" and not change.typography:
            changed += length
    return changed / total if total else 0.0


def is_quiet(base: str, witness: str) -> bool:
    """Whether two wordings differ in commas and capitals alone: no digit, and the same letters in the same words.

    >>> is_quiet(",", ""), is_quiet("War", "war,"), is_quiet("1.5", "15"), is_quiet("on", "from")
    (True, True, False, False)
    """
    if len(base) > QUIET_LENGTH or len(witness) > QUIET_LENGTH:
        return False
    if any(character.isdigit() for character in base + witness):
        return False
    return _letters(base) == _letters(witness)


def _letters(text: str) -> list[str]:
    """The words of ``text`` in one case, without the punctuation around them (that inside a word stays)."""
    words = (word.strip(_punctuation(word)) for word in text.casefold().split())
    return [word for word in words if word]


def _punctuation(word: str) -> str:
    return "".join(character for character in word if unicodedata.category(character).startswith("P"))


def _marks(
    base: str,
    witness: str,
    changes: Sequence[Change],
    findings: Sequence[Finding],
    typography: bool,
    focus: int | None,
) -> Iterable[_Mark]:
    loud = [
        (number, finding) for number, finding in enumerate(findings, 1) if finding.kind not in QUIET_KINDS
    ]
    for change in coarsened(changes):
        if not _is_drawn(change, typography):
            yield _Mark(replace(change, op="equal", within=()) if change.op != "equal" else change, "")
            continue
        quiet = change.typography or is_quiet(base[slice(*change.base)], witness[slice(*change.witness)])
        styles = ["quiet"] if quiet else []
        touched = [
            number
            for number, finding in loud
            if _touches(change, finding) and not (quiet and finding.kind == "quotation")
        ]
        if touched:
            styles = ["found"] + (["now"] if focus in touched else [])
        yield _Mark(change, " ".join(styles))


def coarsened(changes: Sequence[Change], limit: int = DRAWN_CHANGES) -> Sequence[Change]:
    """``changes``, or where they are more than ``limit``, as many at most with neighbours drawn as one replacement."""
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


def _is_drawn(change: Change, typography: bool) -> bool:
    return change.op != "equal" and (typography or not change.typography)


def _touches(change: Change, finding: Finding) -> bool:
    return _overlap(change.base, finding.base) or _overlap(change.witness, finding.witness)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _segment(text: str, span: Span, mark: _Mark, tag: Tag, only: Only) -> Segment:
    words = text[slice(*span)]
    if mark.change.op == "equal":
        return Segment(words)
    return Segment(words, tag, mark.style, _parts(text, span, mark.change.within, only))


def _parts(text: str, span: Span, within: Sequence[Within], only: Only) -> tuple[tuple[str, bool], ...]:
    """``text[span]`` cut where the marks inside the word say so; nothing where they do not cover it exactly."""
    parts: list[tuple[str, bool]] = []
    for mark in within:
        start, end = mark.base if only == "base" else mark.witness
        if start < end:
            parts.append((text[start:end], mark.op != "equal"))
    return tuple(parts) if "".join(part for part, _ in parts) == text[slice(*span)] else ()


def _joined(segments: Iterable[Segment]) -> Iterable[Segment]:
    """``segments`` with plain neighbours made one."""
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
