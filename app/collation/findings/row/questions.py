"""A statement on one side that is a question on the other."""

import re

from app.collation.findings.row.passage import Cover, Passage, overlap
from app.collation.model import Finding, Span

_MARK = re.compile(r"\?+(?=[\"”’'»)\]]*(?:\s+[^\sa-z]|\s*\Z))")
"""A question mark that ends a sentence; before a small letter it is a slip."""
_END = re.compile(r"(?<!\b[A-Z])[.!?][\"”’'»)\]]*\s+(?=[^\sa-z])|\n")
KEPT = 0.15
"""The least share of a question that stands on the other side, where it is then no question; of one that was added or
left out nearly nothing does."""

SENTENCE = 600
"""Characters in which the beginning of a question is looked for."""

OPENING = 60
"""Characters of a question that a finding repeats."""


def findings(passage: Passage) -> list[Finding]:
    """One finding a question that the other side does not ask."""
    if "?" not in passage.base and "?" not in passage.witness:
        return []
    base = [match.start() for match in _MARK.finditer(passage.base)]
    witness = [match.start() for match in _MARK.finditer(passage.witness)]
    if len(base) > len(witness):
        spans = _asked(passage.base, base, [change.base for change in passage.reworded], len(witness))
        return [
            _finding((span, passage.on_witness(span)), passage.base[slice(*span)])
            for span in spans
            if _kept_in(span, [change.base for change in passage.changes if change.op == "equal"]) >= KEPT
        ]
    spans = _asked(passage.witness, witness, [change.witness for change in passage.reworded], len(base))
    return [
        _finding((passage.on_base(span), span), passage.witness[slice(*span)])
        for span in spans
        if _kept_in(span, [change.witness for change in passage.changes if change.op == "equal"]) >= KEPT
    ]


def _kept_in(span: Span, equal: list[Span]) -> float:
    """The share of a sentence that stands on the other side too."""
    return sum(overlap(span, kept) for kept in equal) / (span[1] - span[0])


def _asked(text: str, marks: list[int], changed: list[Span], others: int) -> list[Span]:
    """The sentences of the marks that stand in a change, as many as there are more than on the other side."""
    cover = Cover(changed)
    spans: list[Span] = []
    for mark in marks:
        if len(spans) < len(marks) - others and cover.meets((mark, mark + 1)):
            first = max(0, mark - SENTENCE)
            ends = [match.end() for match in _END.finditer(text, first, mark)]
            spans.append((ends[-1] if ends else first, mark + 1))
    return spans


def _finding(spans: tuple[Span, Span], asked: str) -> Finding:
    line = " ".join(asked.split())
    if len(line) > OPENING:
        line = line[:OPENING].rsplit(" ", 1)[0] + "…?"
    return Finding("modality", *spans, f"a question on one side only: {line}", "question-one-sided")
