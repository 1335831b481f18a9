"""What a revision changed in its article's text: its substance, only page extras, only typography, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.collation.document import row_text
from app.collation.highlights.gravest import weigh
from app.collation.model import Comparison, FindingKind, Row, Side
from app.collation.text.numbering import printed_numbers

Substance = Literal["text", "extras", "typography", "none"]
"""The most that changed: the article's own words; only what belongs to the page; only marks, dashes and spaces;
nothing that a reader would see."""

MAX_PASSAGES = 6
"""Passages that are shown of one revision: a correction has one or two; a rewritten text is better read compared."""

MAX_PASSAGE_CHARS = 240
"""Characters of either wording of a passage."""

CONTEXT_CHARS = 40
"""Characters before and after what changed that are shown with it, at most, whole words."""


@dataclass(frozen=True, slots=True)
class RevisedPassage:
    """One place of the text that changed; either wording may be empty."""

    row: int
    """Of the comparison, from 1."""
    place: str
    """The paragraph's number as pages print it; of the new text, or of the old one where it was taken out."""
    lead: str
    """The words before it."""
    before: str
    after: str
    tail: str
    """The words after it."""
    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class RevisedText:
    """What changed from one revision of a text to another."""

    substance: Substance
    edited: int
    """Paragraphs of the article's own, with changed words, and so on."""
    added: int
    omitted: int
    moved: int
    findings: Mapping[FindingKind, int]
    """Findings that matter, by kind, without those in page extras."""
    gravity: int
    passages: tuple[RevisedPassage, ...]
    """The first ``MAX_PASSAGES`` places that changed in substance, in the order of the text."""
    unshown: int
    """How many rows changed in substance besides those with a passage."""


def revised(comparison: Comparison) -> RevisedText:
    """Return what changed from the base to the witness of ``comparison``, which are two revisions of one article."""
    base, witness = comparison.base, comparison.witness
    base_extras, witness_extras = set(base.furniture), set(witness.furniture)
    weighed = weigh(comparison)
    changed: list[Row] = []
    has_extras = has_typography = False
    for row in comparison.collation.rows:
        is_same = row.kind == "same" and not row.moved
        if is_same:
            has_typography = has_typography or row.has_typography
        elif base_extras.issuperset(row.base) and witness_extras.issuperset(row.witness):
            has_extras = True
        else:
            changed.append(row)
    substance: Substance = (
        "text" if changed else "extras" if has_extras else "typography" if has_typography else "none"
    )
    numbers = printed_numbers(base), printed_numbers(witness)
    shown = changed[:MAX_PASSAGES]
    return RevisedText(
        substance,
        edited=sum(row.kind not in ("same", "added", "omitted") for row in changed),
        added=sum(row.kind == "added" for row in changed),
        omitted=sum(row.kind == "omitted" for row in changed),
        moved=sum(row.moved for row in changed),
        findings=weighed.counts,
        gravity=weighed.gravity,
        passages=tuple(_passage(row, base, witness, numbers) for row in shown),
        unshown=len(changed) - len(shown),
    )


def _passage(
    row: Row, base: Side, witness: Side, numbers: tuple[Sequence[str], Sequence[str]]
) -> RevisedPassage:
    base_text, witness_text = row_text(base, row.base), row_text(witness, row.witness)
    place = numbers[1][row.witness[0]] if row.witness else numbers[0][row.base[0]]
    if not row.base or not row.witness:
        return RevisedPassage(row.number, place, "", _cut(base_text), _cut(witness_text), "", row.moved)
    changes = [change for change in row.changes if change.op != "equal" and not change.typography]
    if not changes:  # it moved as it was
        return RevisedPassage(row.number, place, _cut(witness_text), "", "", "", row.moved)
    first = last = changes[0]
    for change in changes[1:]:  # neighbours with few words between them are one place
        if change.witness[0] - last.witness[1] > CONTEXT_CHARS or (
            change.witness[1] - first.witness[0] > MAX_PASSAGE_CHARS
        ):
            break
        last = change
    before = base_text[first.base[0] : last.base[1]]
    after = witness_text[first.witness[0] : last.witness[1]]
    lead = witness_text[max(0, first.witness[0] - CONTEXT_CHARS) : first.witness[0]]
    tail = witness_text[last.witness[1] : last.witness[1] + CONTEXT_CHARS]
    if first.witness[0] > CONTEXT_CHARS:
        lead = f"…{lead.partition(' ')[2]}"
    if last.witness[1] + CONTEXT_CHARS < len(witness_text):
        tail = f"{tail.rpartition(' ')[0]}…"
    return RevisedPassage(row.number, place, lead, _cut(before), _cut(after), tail, row.moved)


def _cut(text: str) -> str:
    """Return ``text``, cut after a word where it is too long.

    >>> len(_cut("word " * 99)) <= MAX_PASSAGE_CHARS + 1, _cut("word " * 99)[-6:]
    (True, ' word…')
    """
    if len(text) <= MAX_PASSAGE_CHARS:
        return text
    head = text[:MAX_PASSAGE_CHARS]
    return f"{head.rpartition(' ')[0] or head}…"
