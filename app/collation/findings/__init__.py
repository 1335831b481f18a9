"""What drifted in a row, told by kind: one module a kind, each a pure function of the row's texts and changes."""

from collections.abc import Sequence

from app.collation.findings.quantities import matching, parse
from app.collation.findings.row.document_context import NO_TEXTS, Texts
from app.collation.findings.row.passage import Cover, Passage
from app.collation.findings.rules import (
    antonym,
    attribution,
    date,
    gender,
    modality,
    name,
    negation,
    number,
    quotation,
    tense,
    typography,
    wording,
)
from app.collation.model import Change, Finding, FindingKind

IN_ENGLISH: tuple[FindingKind, ...] = (
    "name", "negation", "modality", "attribution", "tense", "gender", "antonym",
)  # fmt: skip
"""Kinds whose rules are lists of English words."""

KEPT = 0.22
"""The least share of a row that stands on both sides where these are looked for. Of sentence pairs of one meaning
two in a hundred have less; paragraphs of one topic in two articles mostly do, and differ in every name."""


def findings(
    base: str, witness: str, changes: Sequence[Change], texts: Texts = NO_TEXTS
) -> tuple[Finding, ...]:
    """The findings of one row, in the order of its text; those of ``IN_ENGLISH`` only where the ``texts`` are.

    Each change that no finding of another kind covers is one of the quiet kinds, ``typography`` or ``wording``.

    >>> from app.collation.diff import diff
    >>> base, witness = "It cost twelve million.", "It cost 14 million."
    >>> [finding.says for finding in findings(base, witness, diff(base, witness).changes)]
    ['number changed: twelve million → 14 million']
    """
    passage = Passage(base, witness, tuple(changes))
    found = typography.findings(passage)
    if passage.reworded:
        telling = quotation.findings(passage)
        if parse.may_differ(passage):
            drifted = matching.drifted(passage, parse.values(base), parse.values(witness))
            telling += number.findings(passage, drifted)
            telling += date.findings(passage, drifted)
        if texts.english and passage.kept() >= KEPT:
            worded = [*name.findings(passage, texts), *attribution.findings(passage)]
            worded += _outside(antonym.findings(passage), worded)
            for kind in (gender, negation, modality, tense):
                worded += kind.findings(passage)
            telling += worded
        found += [*telling, *wording.findings(passage, telling)]
    return tuple(sorted(found, key=lambda finding: (finding.base, finding.witness, finding.kind)))


def _outside(found: Sequence[Finding], told: Sequence[Finding]) -> list[Finding]:
    """Those that are not told already: of North and South Carolina the name differs, and no word is its opposite."""
    cover = Cover(finding.base for finding in told) if found and told else None
    return [finding for finding in found if cover is None or not cover.meets(finding.base)]


__all__ = ["IN_ENGLISH", "NO_TEXTS", "Texts", "findings"]
