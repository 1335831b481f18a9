"""Numbers and dates that changed: values compared, not spellings."""

from app.collation.drift.passage import Passage
from app.collation.drift.values import Drifted, Value
from app.collation.model import Finding, FindingKind, Span


def findings(passage: Passage, found: list[Drifted], kind: FindingKind) -> list[Finding]:
    """One finding a value of ``kind`` that changed or stands on one side only."""
    made: dict[tuple[Span, Span], Finding] = {}
    for drift in found:
        value = drift.base or drift.witness
        if value is None or _kind(drift) != kind:
            continue
        base = drift.base.span if drift.base else _beside(passage.on_base(_span(drift.witness)))
        witness = drift.witness.span if drift.witness else _beside(passage.on_witness(_span(drift.base)))
        if drift.base and drift.witness:
            if (
                passage.base[drift.base.part[1] : base[1]]
                == passage.witness[drift.witness.part[1] : witness[1]]
            ):
                # The unit is the same on both sides: 345 → 354, not 345 percent → 354 percent.
                base, witness = _bare(drift.base), _bare(drift.witness)
            rule = f"{kind}-changed"
            says = f"{kind} changed: {passage.base[slice(*base)]} → {passage.witness[slice(*witness)]}"
        else:
            rule = f"{kind}-one-sided"
            text = passage.base if drift.base else passage.witness
            says = f"{kind} on one side only: {text[slice(*value.span)]}"
        made.setdefault((base, witness), Finding(kind, base, witness, says, rule))
    return list(made.values())


def _kind(drift: Drifted) -> FindingKind:
    if drift.base and drift.witness and "number" in (drift.base.kind, drift.witness.kind):
        return "number"
    value = drift.base or drift.witness
    return value.kind if value else "number"


def _span(value: Value | None) -> Span:
    return value.part if value else (0, 0)


def _bare(value: Value) -> Span:
    return value.part if value.kind == "number" else value.span


def _beside(span: Span) -> Span:
    return span[0], span[0]
