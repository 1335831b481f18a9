"""From two texts to their whole comparison: alignment, word diff and findings together."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from app.collation import diff, document, findings
from app.collation.alignment import NO_PINS, align
from app.collation.model import (
    ROW_KINDS,
    AlignedRow,
    Change,
    Collation,
    Comparison,
    FindingKind,
    Op,
    Pins,
    Row,
    RowKind,
    Side,
    Summary,
)
from app.collation.pins import check
from app.collation.relations import prepare, relate_compared

ENGINE = "1.1"
"""Changes whenever any output changes: comparisons are stored under it, and golden digests hold it to that."""

BATCH_ROWS = 32
"""Rows that go through each stage together: enough for the gain in speed, few enough to bound memory."""


def compare(base: Side, witness: Side, pins: Pins = NO_PINS) -> Comparison:
    """Return the comparison of two texts, with both labels; ``pins`` override the alignment."""
    base_label, witness_label = document.labels(base.publisher, base.title, witness.publisher, witness.title)
    return Comparison(
        base=replace(base, label=base_label),
        witness=replace(witness, label=witness_label),
        collation=collate(base.paragraphs, witness.paragraphs, pins, base.furniture, witness.furniture),
        engine=ENGINE,
        diff_tokens=diff.DIFF_TOKENS,
        pins=pins,
    )


def collate(
    base: Sequence[str],
    witness: Sequence[str],
    pins: Pins = NO_PINS,
    base_boilerplate: Collection[int] = (),
    witness_boilerplate: Collection[int] = (),
) -> Collation:
    """Return the rows of two texts, given as their paragraphs, and the summary: every paragraph in exactly one row.

    The paragraphs whose indices are in ``base_boilerplate`` and ``witness_boilerplate`` do not count in containment.
    Raises ``PinsError`` where ``pins`` name paragraphs that the texts do not have, or contradict each other.
    """
    check(pins, len(base), len(witness))
    texts = findings.Texts.of(base, witness)
    aligned = align(base, witness, pins)
    numbers = {(row.base, row.witness): number for number, row in enumerate(aligned, 1)}
    batches = [aligned[start : start + BATCH_ROWS] for start in range(0, len(aligned), BATCH_ROWS)]
    diffs = [_diffs(batch, base, witness) for batch in batches]
    two_sided = (
        (row.base, row.witness, row.result.changes) for batch in diffs for row in batch if row.is_two_sided
    )
    texts = replace(texts, rewritten=findings.are_rewritten(two_sided))
    every_row = [
        row
        for batch, diffs_of_batch in zip(batches, diffs, strict=True)
        for row in _rows(batch, diffs_of_batch, numbers, texts)
    ]
    rows = findings.named_once(findings.without_moved(every_row, base, witness), base, witness)
    kinds = Counter(row.kind for row in rows)
    finding_counts: Counter[FindingKind] = Counter(finding.kind for row in rows for finding in row.findings)
    relation = relate_compared(
        prepare(base, base_boilerplate),
        prepare(witness, witness_boilerplate),
        rows,
        finding_counts["quotation"],
    )
    summary = Summary(
        rows={kind: kinds[kind] for kind in ROW_KINDS},
        moved=sum(row.moved for row in rows),
        findings={kind: finding_counts[kind] for kind in sorted(finding_counts)},
        not_looked_for=(
            *(() if texts.few_numbers else findings.OF_NUMBERS),
            *(() if texts.english else findings.IN_ENGLISH),
        ),
        base_in_witness=relation.base_in_witness if relation else 0.0,
        witness_in_base=relation.witness_in_base if relation else 0.0,
        relation=relation,
    )
    return Collation(rows=rows, summary=summary)


@dataclass(frozen=True, slots=True)
class _RowDiff:
    """The two texts of a row, either empty where it has one side, and their diff."""

    base: str
    witness: str
    result: diff.DiffResult

    @property
    def is_two_sided(self) -> bool:
        return bool(self.base and self.witness)


def _diffs(aligned: Sequence[AlignedRow], base: Sequence[str], witness: Sequence[str]) -> list[_RowDiff]:
    pairs = [
        ("\n".join([base[i] for i in row.base]), "\n".join([witness[j] for j in row.witness]))
        for row in aligned
    ]
    reworded = [
        at for at, row in enumerate(aligned) if row.base and row.witness and pairs[at][0] != pairs[at][1]
    ]
    diffs = dict(zip(reworded, diff.of_pairs([pairs[at] for at in reworded]), strict=True))
    for at, (row, pair) in enumerate(zip(aligned, pairs, strict=True)):
        if at not in diffs:
            op: Op = "equal" if row.base and row.witness else "delete" if row.base else "insert"
            diffs[at] = diff.DiffResult((Change(op, (0, len(pair[0])), (0, len(pair[1]))),))
    return [_RowDiff(*pair, diffs[at]) for at, pair in enumerate(pairs)]


def _rows(
    aligned: Sequence[AlignedRow],
    diffs: Sequence[_RowDiff],
    numbers: dict[tuple[tuple[int, ...], tuple[int, ...]], int],
    texts: findings.Texts,
) -> Iterator[Row]:
    two_sided = [at for at, row in enumerate(aligned) if row.base and row.witness]
    seen = findings.of_rows(
        [(diffs[at].base, diffs[at].witness, diffs[at].result.changes) for at in two_sided], texts
    )
    of_row = dict(zip(two_sided, seen, strict=True))
    for at, row in enumerate(aligned):
        changes = diffs[at].result.changes
        alike = all(op == "equal" or typography for op, _, _, typography, _ in changes)
        yield Row(
            number=numbers[row.base, row.witness],
            kind=_kind(row, alike),
            moved=row.moved,
            similarity=row.similarity,
            base=row.base,
            witness=row.witness,
            changes=changes,
            findings=of_row.get(at, ()),
            repeats=None if row.repeats is None else numbers[row.repeats],
            coarse=diffs[at].result.coarse,
        )


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
