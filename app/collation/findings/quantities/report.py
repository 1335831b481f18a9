"""Report values that changed, numbers and dates alike: the sentence and the spans."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.collation.findings.quantities.matching import Drifted, Value
from app.collation.findings.row.passage import Passage
from app.collation.model import Finding, FindingKind, Span


def report(passage: Passage, drifted: Sequence[Drifted], kind: FindingKind) -> list[Finding]:
    """Return a finding for each value of ``kind`` that changed or is on one side only.

    A date of two changed parts is one finding; what is a date on one side and a number on the other is a number.
    """
    by_span: dict[tuple[Span, Span], Finding] = {}
    for drift in _with_ranges(passage, drifted):
        kinds = {value.kind for value in (drift.base, drift.witness) if value}
        if drift.is_bound and drift.base and drift.witness and kind == "number":
            bound = _bound_finding(passage, drift.base, drift.witness)
            by_span.setdefault((bound.base, bound.witness), bound)
        if drift.is_bound:
            continue
        if kind not in kinds or (kind == "date" and "number" in kinds):
            continue
        finding = _finding(passage, drift.base, drift.witness, kind)
        if finding:
            by_span.setdefault((finding.base, finding.witness), finding)
    return list(by_span.values())


def _with_ranges(passage: Passage, drifted: Sequence[Drifted]) -> Sequence[Drifted]:
    """Return what drifted, with a range that replaced a number as one value: 3% → 2-4%, not 3% → 2 and 4% alone."""
    whole = list(drifted)
    for alone in [drift for drift in drifted if not (drift.base and drift.witness) and not drift.is_bound]:
        for place, pair in enumerate(whole):
            if pair.base is None or pair.witness is None or pair.is_bound:
                continue
            base = alone.base and _joined(passage.base, pair.base, alone.base)
            witness = alone.witness and _joined(passage.witness, pair.witness, alone.witness)
            if base or witness:
                whole[place] = Drifted(base or pair.base, witness or pair.witness)
                whole.remove(alone)
                break
    return whole


def _joined(text: str, value: Value, other: Value) -> Value | None:
    """Return two ends of a range as one value; None if they are not a range."""
    first, last = sorted((value, other), key=lambda each: each.part)
    if (
        value.kind != "number"
        or other.kind != "number"
        or not _BETWEEN.fullmatch(text, first.part[1], last.part[0])
    ):
        return None
    return replace(value, part=(first.part[0], last.part[1]), span=(first.span[0], last.span[1]))


_BETWEEN = re.compile("[ ]?%?(?:[ ]?[-–—][ ]?|[ ](?:to|or)[ ])")
"""What stands between the ends of a range."""


def _finding(
    passage: Passage, base: Value | None, witness: Value | None, kind: FindingKind
) -> Finding | None:
    if base and witness:
        base_span, witness_span = _spans(passage, base, witness)
        says = f"{kind} changed: {passage.base[slice(*base_span)]} → {passage.witness[slice(*witness_span)]}"
        return Finding(kind, base_span, witness_span, says, f"{kind}-changed")
    if base:
        place, _ = passage.on_witness(base.part)
        says = f"{kind} on one side only: {passage.base[slice(*base.span)]}"
        return Finding(kind, base.span, (place, place), says, f"{kind}-one-sided")
    if witness:
        place, _ = passage.on_base(witness.part)
        says = f"{kind} on one side only: {passage.witness[slice(*witness.span)]}"
        return Finding(kind, (place, place), witness.span, says, f"{kind}-one-sided")
    return None


def _spans(passage: Passage, base: Value, witness: Value) -> tuple[Span, Span]:
    """Return both values whole, but without units that are the same: 345 → 354, not 345 percent → 354 percent."""
    if "date" in (base.kind, witness.kind):
        return base.span, witness.span
    printed = passage.base[slice(*base.part)], passage.witness[slice(*witness.part)]
    is_percent_range = any("%" in each for each in printed)
    if (
        not is_percent_range
        and passage.base[base.part[1] : base.span[1]] == passage.witness[witness.part[1] : witness.span[1]]
    ):
        return base.part, witness.part
    return base.span, witness.span


def _bound_finding(passage: Passage, base: Value, witness: Value) -> Finding:
    base_span, witness_span = _with_bound(base), _with_bound(witness)
    says = f"bound changed: {passage.base[slice(*base_span)]} → {passage.witness[slice(*witness_span)]}"
    return Finding("number", base_span, witness_span, says, "bound-changed")


def _with_bound(value: Value) -> Span:
    if value.bound is None:
        return value.part
    return min(value.part[0], value.bound.span[0]), max(value.part[1], value.bound.span[1])
