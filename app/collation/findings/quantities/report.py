"""Report values that changed, numbers and dates alike: the sentence and the spans."""

from collections.abc import Sequence

from app.collation.findings.quantities.matching import Drifted, Value
from app.collation.findings.row.passage import Passage
from app.collation.model import Finding, FindingKind, Span


def report(passage: Passage, drifted: Sequence[Drifted], kind: FindingKind) -> list[Finding]:
    """Return a finding for each value of ``kind`` that changed or is on one side only.

    A date of two changed parts is one finding; what is a date on one side and a number on the other is a number.
    """
    by_span: dict[tuple[Span, Span], Finding] = {}
    for drift in drifted:
        kinds = {value.kind for value in (drift.base, drift.witness) if value}
        if kind not in kinds or (kind == "date" and "number" in kinds):
            continue
        finding = _finding(passage, drift.base, drift.witness, kind)
        if finding:
            by_span.setdefault((finding.base, finding.witness), finding)
    return list(by_span.values())


def _finding(passage: Passage, one: Value | None, other: Value | None, kind: FindingKind) -> Finding | None:
    if one and other:
        base, witness = _spans(passage, one, other)
        says = f"{kind} changed: {passage.base[slice(*base)]} → {passage.witness[slice(*witness)]}"
        return Finding(kind, base, witness, says, f"{kind}-changed")
    if one:
        place, _ = passage.on_witness(one.part)
        says = f"{kind} on one side only: {passage.base[slice(*one.span)]}"
        return Finding(kind, one.span, (place, place), says, f"{kind}-one-sided")
    if other:
        place, _ = passage.on_base(other.part)
        says = f"{kind} on one side only: {passage.witness[slice(*other.span)]}"
        return Finding(kind, (place, place), other.span, says, f"{kind}-one-sided")
    return None


def _spans(passage: Passage, one: Value, other: Value) -> tuple[Span, Span]:
    """Return both values whole, but without units that are the same: 345 → 354, not 345 percent → 354 percent."""
    if "date" in (one.kind, other.kind):
        return one.span, other.span
    if passage.base[one.part[1] : one.span[1]] == passage.witness[other.part[1] : other.span[1]]:
        return one.part, other.part
    return one.span, other.span
