"""A statement on one side that is a question on the other."""

import re

from app.collation.drift.passage import Passage
from app.collation.model import Finding, Span

_MARK = re.compile(r"\?+(?=[\"”’'»)\]]*(?:\s+[^\sa-z]|\s*\Z))")
"""A question mark that ends a sentence; before a small letter it is a slip."""
_END = re.compile(r"(?<!\b[A-Z])[.!?][\"”’'»)\]]*\s+(?=[^\sa-z])|\n")
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
        return [_finding((span, passage.on_witness(span)), passage.base[slice(*span)]) for span in spans]
    spans = _asked(passage.witness, witness, [change.witness for change in passage.reworded], len(base))
    return [_finding((passage.on_base(span), span), passage.witness[slice(*span)]) for span in spans]


def _asked(text: str, marks: list[int], changed: list[Span], others: int) -> list[Span]:
    """The sentences of the marks that stand in a change, as many as there are more than on the other side."""
    spans: list[Span] = []
    for mark in marks:
        if any(start <= mark < end for start, end in changed) and len(spans) < len(marks) - others:
            ends = [match.end() for match in _END.finditer(text, 0, mark)]
            spans.append((ends[-1] if ends else 0, mark + 1))
    return spans


def _finding(spans: tuple[Span, Span], asked: str) -> Finding:
    line = " ".join(asked.split())
    if len(line) > OPENING:
        line = line[:OPENING].rsplit(" ", 1)[0] + "…?"
    return Finding("modality", *spans, f"a question on one side only: {line}", "question-one-sided")
