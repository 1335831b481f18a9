"""Clauses that moved inside a row: differences in them are looked for in the clause alone.

The changes of a row keep its order, so a clause that moved counts as deleted in one place and inserted in another.
"""

from collections.abc import Sequence
from typing import NamedTuple

from app.collation import diff
from app.collation.findings.in_other_words import certain
from app.collation.findings.row.passage import Passage, overlap
from app.collation.findings.rule import RowContext, Rule
from app.collation.model import Finding, FindingKind, SideName, Span
from app.collation.text.language import FUNCTION_WORDS
from app.collation.text.words import letter_runs

MIN_CHARS, MAX_CHARS = 24, 400
"""Code points of a clause."""

MAX_CLAUSES = 8
"""Changes of a row on either side among which moved clauses are looked for."""

MIN_SHARED_WORDS = 0.6
"""The share of the words of the longer clause that the other has too."""

MIN_WORDS = 4
"""Words that both have, at least, one of them of content."""

MIN_KEPT_SHARE = 0.5
"""The least kept share of a clause."""

_MARKS = " ,;:.\n\u00a0"

KINDS: tuple[FindingKind, ...] = ("name", "exchange", "modality", "attribution", "antonym")
"""Kinds that are looked for in them. Numbers, dates and negators are compared over the whole row anyway; of names, only
those that took the place of others and stand nowhere else in the row."""


class _Clause(NamedTuple):
    """A part of one side that a change holds, with its words."""

    change: int
    span: Span
    words: frozenset[str]


def find(row: RowContext, rules: Sequence[Rule]) -> list[Finding]:
    """Return what ``rules`` find in the clauses that moved, and no finding of the row covers."""
    findings: list[Finding] = []
    for base, witness in moved(row.passage):
        texts = row.passage.base[slice(*base)], row.passage.witness[slice(*witness)]
        clause = RowContext(Passage(*texts, diff.diff(*texts).changes), row.texts)
        if clause.passage.kept_share < MIN_KEPT_SHARE:
            continue
        for rule in rules:
            if rule.kind in KINDS and rule.applies_to(clause):
                in_clause = rule.find(clause)
                clause.findings += (
                    certain(clause, in_clause) if in_clause and row.texts.rewritten else in_clause
                )
        findings += [
            finding._replace(
                base=_shifted(finding.base, base[0]), witness=_shifted(finding.witness, witness[0])
            )
            for finding in clause.findings
            if finding.kind != "name" or _is_of_others(row.passage, clause.passage, finding)
        ]
    return [
        finding
        for finding in findings
        if not any(
            overlap(finding.base, other.base) or overlap(finding.witness, other.witness)
            for other in row.findings
        )
    ]


def _is_of_others(whole: Passage, clause: Passage, finding: Finding) -> bool:
    """Return whether a finding in a clause is of two names of which the other side of the row has no word."""
    base, witness = clause.base[slice(*finding.base)], clause.witness[slice(*finding.witness)]
    return (
        finding.rule == "name-changed"
        and not any(
            word in whole.witness for word in letter_runs(base) if word[0].isupper() and word not in witness
        )
        and not any(
            word in whole.base for word in letter_runs(witness) if word[0].isupper() and word not in base
        )
    )


def moved(passage: Passage) -> list[tuple[Span, Span]]:
    """Return the clauses that are in one change on one side and in another on the other, the most alike first."""
    base = _clauses(passage, "base")
    witness = _clauses(passage, "witness") if base else []
    ranked = sorted(
        (-alike, own.span[0] + other.span[0], abs(own.span[0] - other.span[0]), own.span, other.span)
        for own in base
        for other in witness
        if abs(own.change - other.change) > 1 and (alike := _likeness(own, other)) >= MIN_SHARED_WORDS
    )
    pairs: list[tuple[Span, Span]] = []
    for *_, own_span, other_span in ranked:
        if all(own_span != taken and other_span != other_taken for taken, other_taken in pairs):
            pairs.append((own_span, other_span))
    return pairs


def _clauses(passage: Passage, side: SideName) -> list[_Clause]:
    text = passage.text(side)
    spans = [
        (at, _without_marks(text, getattr(change, side)))
        for at, change in enumerate(passage.changes)
        if change.op != "equal" and _length(getattr(change, side)) >= MIN_CHARS
    ]
    long = [(at, span) for at, span in spans if MIN_CHARS <= _length(span) <= MAX_CHARS]
    return [
        _Clause(at, span, frozenset(letter_runs(text[slice(*span)].lower())))
        for at, span in long[:MAX_CLAUSES]
    ]


def _length(span: Span) -> int:
    return span[1] - span[0]


def _without_marks(text: str, span: Span) -> Span:
    """Return the span without the spaces and commas at its ends."""
    part = text[slice(*span)]
    start = span[0] + len(part) - len(part.lstrip(_MARKS))
    return start, max(start, span[1] - (len(part) - len(part.rstrip(_MARKS))))


def _likeness(own: _Clause, other: _Clause) -> float:
    """Return the share of the longer clause's words that the other has too; 0 if these are few or all short."""
    shared = own.words & other.words
    if len(shared) < MIN_WORDS or shared <= FUNCTION_WORDS:
        return 0.0
    return len(shared) / max(len(own.words), len(other.words))


def _shifted(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by
