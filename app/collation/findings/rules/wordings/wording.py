"""Every other change of words: counted, and quiet."""

from typing import get_args

from app.collation import lexicon
from app.collation.findings.row.excerpt_weight import quote
from app.collation.findings.row.passage import Cover
from app.collation.findings.rule import Kind, RowContext, Rule
from app.collation.model import Finding, FindingKind


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each change that no finding of another kind touches."""
    passage, others = row.passage, row.findings_of(RULE.follows)
    base_cover = Cover([finding.base for finding in others])
    witness_cover = Cover([finding.witness for finding in others])
    findings = []
    for _, (b0, b1), (w0, w1), _, _ in passage.reworded:
        # An empty span is covered by what is beside it, and that is not the same from both sides.
        if others and (
            (b0 < b1 and base_cover.meets((b0, b1))) or (w0 < w1 and witness_cover.meets((w0, w1)))
        ):
            continue
        base, witness = passage.base[b0:b1], passage.witness[w0:w1]
        rule = "wording"
        if base.strip() and witness.strip():
            says = f"{quote(base)} → {quote(witness)}"
            is_ascii = base.isascii() and witness.isascii()
            if not is_ascii and lexicon.latin_form(base) == lexicon.latin_form(witness):
                rule, says = "other-alphabet", f"a letter of another alphabet: {says}"
        else:
            says = f"on one side only: {quote(base + witness)}"
        findings.append(Finding("wording", (b0, b1), (w0, w1), says, rule))
    return findings


RULE = Rule(
    kind="wording",
    names=("wording", "other-alphabet"),
    find=find,
    follows=tuple(kind for kind in get_args(FindingKind) if kind not in ("wording", "typography")),
)
KIND = Kind(
    rules=(RULE,),
    heading="Reworded",
    plural="Wording",
    nouns=("wording", "wordings"),
    is_quiet=True,
    looked_for="Every other change of words; a letter of another alphabet that looks the same.",
    ignored="Changes that a finding of another kind covers, and typography.",
    reported=(
        ("The small town was empty.", "The little town was empty.", "“small” → “little”"),
        ("He left the house at dawn.", "He left at dawn.", "on one side only: “the house”"),
        ("A team of the WHO came.", "A team of the WНO came.", "a letter of another alphabet: “WHO” → “WНO”"),
    ),
    not_reported=(
        ("It cost five million.", "It cost six million."),
        ('He said "no" twice.', "He said “no” twice."),
    ),
)
