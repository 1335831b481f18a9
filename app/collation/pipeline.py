"""Two texts in, their whole comparison out: alignment, word diff and findings tied together."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.collation import diff, document, findings
from app.collation.alignment import NO_PINS, align
from app.collation.model import (
    ROW_KINDS,
    AlignedRow,
    Change,
    Coarseness,
    Collation,
    Comparison,
    FindingKind,
    Pins,
    Row,
    RowKind,
    Side,
    Summary,
)
from app.collation.pins import check
from app.collation.text import tokens
from app.collation.text.words import WORD_PATTERN

ENGINE = "1.0"
"""Changes whenever any output changes: stored comparisons are kept by it, and golden digests hold it to that."""

CONTAINED_FROM = 0.35
"""Similarity from which a row's words count as found on the other side. Measured gate for "these share nothing": the
share of the witness's words in such rows was .99 on a real pair and at most .18 on pairs that share only a topic."""

_OTHER_SCRIPTS = re.compile("[\u0300-\u036f\u0530-\u1dff\u2c00-\U0010ffff]")


def compare(base: Side, witness: Side, pins: Pins = NO_PINS) -> Comparison:
    """The comparison of two texts, both labels filled; ``pins`` are a reader's word over the alignment's."""
    base_label, witness_label = document.labels(base.publisher, base.title, witness.publisher, witness.title)
    return Comparison(
        base=replace(base, label=base_label),
        witness=replace(witness, label=witness_label),
        collation=collate(base.paragraphs, witness.paragraphs, pins),
        engine=ENGINE,
        diff_tokens=diff.DIFF_TOKENS,
        pins=pins,
    )


def collate(base: Sequence[str], witness: Sequence[str], pins: Pins = NO_PINS) -> Collation:
    """The rows of two texts, given as their paragraphs, and the summary: every paragraph in exactly one row.

    Raises ``PinsError`` where ``pins`` name paragraphs that the texts do not have, or contradict each other.
    """
    check(pins, len(base), len(witness))
    texts = findings.Texts.of(base, witness)
    aligned = align(base, witness, pins)
    numbers = {(row.base, row.witness): number for number, row in enumerate(aligned, 1)}
    rows = tuple(_row(number, row, base, witness, numbers, texts) for number, row in enumerate(aligned, 1))
    kinds = Counter(row.kind for row in rows)
    found: Counter[FindingKind] = Counter(finding.kind for row in rows for finding in row.findings)
    summary = Summary(
        rows={kind: kinds[kind] for kind in ROW_KINDS},
        moved=sum(row.moved for row in rows),
        findings={kind: found[kind] for kind in sorted(found)},
        not_looked_for=() if texts.english else findings.IN_ENGLISH,
        base_in_witness=_containment(((row.base, row) for row in rows), base),
        witness_in_base=_containment(((row.witness, row) for row in rows), witness),
    )
    return Collation(rows=rows, summary=summary)


def _row(
    number: int,
    aligned: AlignedRow,
    base: Sequence[str],
    witness: Sequence[str],
    numbers: dict[tuple[tuple[int, ...], tuple[int, ...]], int],
    texts: findings.Texts,
) -> Row:
    base_text = "\n".join([base[index] for index in aligned.base])
    witness_text = "\n".join([witness[index] for index in aligned.witness])
    changes, coarse = _changes(aligned, base_text, witness_text)
    alike = all(op == "equal" or typography for op, _, _, typography, _ in changes)
    return Row(
        number=number,
        kind=_kind(aligned, alike),
        moved=aligned.moved,
        similarity=aligned.similarity,
        base=aligned.base,
        witness=aligned.witness,
        changes=changes,
        findings=findings.findings(base_text, witness_text, changes, texts)
        if aligned.base and aligned.witness
        else (),
        repeats=None if aligned.repeats is None else numbers[aligned.repeats],
        coarse=coarse,
    )


def _changes(
    aligned: AlignedRow, base_text: str, witness_text: str
) -> tuple[tuple[Change, ...], Coarseness | None]:
    base_span, witness_span = (0, len(base_text)), (0, len(witness_text))
    if not aligned.witness:
        return (Change("delete", base_span, (0, 0)),), None
    if not aligned.base:
        return (Change("insert", (0, 0), witness_span),), None
    if base_text == witness_text:
        return (Change("equal", base_span, witness_span),), None
    result = diff.diff(base_text, witness_text)
    return result.changes, result.coarse


def _kind(aligned: AlignedRow, alike: bool) -> RowKind:
    base_count, witness_count = len(aligned.base), len(aligned.witness)
    if not witness_count:
        return "omitted"
    if not base_count:
        return "added"
    if base_count == witness_count == 1:
        return "same" if alike else "edited"
    if base_count == 1:
        return "split"
    return "merged" if witness_count == 1 else "regrouped"


def _containment(rows: Iterable[tuple[tuple[int, ...], Row]], paragraphs: Sequence[str]) -> float:
    """The share of one side's words that stand in rows of both sides and of enough similarity, to six decimals."""
    found = {
        index
        for indices, row in rows
        if row.base and row.witness and (row.kind == "same" or row.similarity >= CONTAINED_FROM)
        for index in indices
    }
    inside = _word_count([paragraph for index, paragraph in enumerate(paragraphs) if index in found])
    outside = _word_count([paragraph for index, paragraph in enumerate(paragraphs) if index not in found])
    return round(inside / (inside + outside), 6) if inside else 0.0


def _word_count(texts: Sequence[str]) -> int:
    """The words of some texts; of one with letters of other scripts than Latin, Greek and Cyrillic, by its tokens."""
    others = [text for text in texts if not text.isascii() and _OTHER_SCRIPTS.search(text)]
    count = sum(tokens.is_word(token) for text in others for token in tokens.split(text))
    # What white space parts is counted apart, and most of it is one word as it stands.
    parts = " ".join([text for text in texts if text not in others] if others else texts).split()
    mixed = [part for part in parts if not part.isalnum()]
    return count + len(parts) - len(mixed) + len(WORD_PATTERN.findall(" ".join(mixed)))
