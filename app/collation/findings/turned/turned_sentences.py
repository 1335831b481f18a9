"""What differs in the sentences of a reworded row: the rules are asked of each two as of a row of their own."""

from collections.abc import Iterator, Sequence

from app.collation import diff
from app.collation.findings.in_other_words import certain
from app.collation.findings.row.changed_words import lower_words
from app.collation.findings.row.passage import Passage, overlap
from app.collation.findings.row.reworked import FUNCTION
from app.collation.findings.rule import RowContext, Rule
from app.collation.findings.turned import any_order, swaps
from app.collation.findings.turned.sentence_pairs import ClausePiece, SentencePair, pairs
from app.collation.model import Finding, FindingKind, Span

MIN_KEPT_SHARE = 0.45
"""The least kept share of two sentences in one order."""

KINDS: tuple[FindingKind, ...] = (
    "exchange", "modality", "attribution", "antonym", "number", "date", "name"
)  # fmt: skip
"""Kinds that are looked for in them."""

_FACTS = frozenset(("number", "date", "name"))
"""Kinds of which one side alone has nothing to say here: a translator may have moved it to another sentence."""


def find(row: RowContext, rules: Sequence[Rule]) -> list[Finding]:
    """Return what ``rules`` find in the sentences of a reworded row, and no finding of the row covers.

    Of texts that are reworded throughout, as two translations are, nothing: on 300 pairs of them this named next to
    nothing, and took as long as all other rules together.
    """
    if not (row.is_rewritten and row.texts.english) or row.texts.rewritten:
        return []
    findings: list[Finding] = []
    for pair in pairs(row.passage):
        reported = [
            *_in_one_order(row, pair, rules),
            *swaps.find(row.passage, pair),
            *any_order.find(row.passage, pair),
        ]
        for finding in reported:
            if not any(
                overlap(finding.base, other.base) or overlap(finding.witness, other.witness)
                for other in (*row.findings, *findings)
            ):
                findings.append(finding)
    return findings


def _in_one_order(row: RowContext, pair: SentencePair, rules: Sequence[Rule]) -> Iterator[Finding]:
    passage = Passage(pair.base, pair.witness, diff.diff(pair.base, pair.witness).changes)
    if passage.kept_share < MIN_KEPT_SHARE:
        return
    context = RowContext(passage, row.texts)
    for rule in rules:
        if rule.kind in KINDS and rule.applies_to(context):
            context.findings += certain(context, rule.find(context))
    for finding in context.findings:
        base = _printed(pair.base_pieces, finding.base)
        witness = _printed(pair.witness_pieces, finding.witness)
        if base and witness:
            printed = finding._replace(base=base, witness=witness)
            if (
                _counts(row.passage, printed)
                and not _is_cut(row.passage, pair, printed)
                and not _is_left_open(pair, finding)
            ):
                yield printed


def _counts(passage: Passage, finding: Finding) -> bool:
    """Return whether a finding holds for the whole row, of which the sentences are a part."""
    base, witness = passage.base[slice(*finding.base)], passage.witness[slice(*finding.witness)]
    if finding.kind == "exchange":
        return any(sign.isupper() or sign.isdigit() for sign in base[1:])
    if finding.rule == "bound-changed":
        return any(map(str.isalpha, base)) and any(map(str.isalpha, witness))
    if finding.kind in _FACTS:
        return bool(base and witness) and base not in passage.witness and witness not in passage.base
    if finding.rule == "attribution-one-sided":
        return False
    if not (base and witness):
        other = passage.witness if base else passage.base
        words = {word for word in lower_words(base or witness) if word not in FUNCTION}
        return (
            words.isdisjoint(lower_words(other)) if words else (base or witness).lower() not in other.lower()
        )
    return True


def _is_left_open(pair: SentencePair, finding: Finding) -> bool:
    """Return whether the sentence without a modal verb leaves open in another way what may be: a risk that it will."""
    sides = (pair.base, finding.base, pair.witness), (pair.witness, finding.witness, pair.base)
    return finding.rule in ("modality-one-sided", "modality-changed") and any(
        text[slice(*span)].lower() in any_order.MODAL and any_order.OPEN.search(other.lower())
        for text, span, other in sides
    )


def _is_cut(passage: Passage, pair: SentencePair, finding: Finding) -> bool:
    """Return whether a number, date or name ends where a clause was cut off without a mark: 9 and a half."""
    return finding.kind in _FACTS and any(
        span[1] == piece.printed[1] and text[span[1] : span[1] + 1] == " "
        for text, span, pieces in (
            (passage.base, finding.base, pair.base_pieces),
            (passage.witness, finding.witness, pair.witness_pieces),
        )
        for piece in pieces
    )


def _printed(pieces: Sequence[ClausePiece], span: Span) -> Span | None:
    """Return a place of a turned sentence as it is printed; None if it reaches over two pieces."""
    for turned, printed in pieces:
        if turned[0] <= span[0] and span[1] <= turned[1]:
            by = printed[0] - turned[0]
            return span[0] + by, span[1] + by
    return None
