"""Which relation two texts have, by what the alignment sets side by side."""

from collections.abc import Collection, Sequence

from rapidfuzz.distance import LCSseq

from app.collation import quotations
from app.collation.alignment import align
from app.collation.pipeline import CONTAINED_FROM
from app.collation.relations.model import Relation, RelationKind
from app.collation.relations.prepared import Prepared, prepared
from app.collation.terms import terms

RELATED_FROM = 0.38
"""Of the shorter text's words, the share that must stand in the other in the same order."""


def relate(
    base: Sequence[str],
    witness: Sequence[str],
    base_furniture: Collection[int] = (),
    witness_furniture: Collection[int] = (),
    masked: frozenset[int] = frozenset(),
) -> Relation | None:
    """The relation of two texts, given as their paragraphs, told from the base; None where nothing is worth telling.

    ``masked`` are fingerprints too common to count: what they stand for is nobody's own text.
    """
    return relate_prepared(prepared(base, base_furniture), prepared(witness, witness_furniture), masked)


def relate_prepared(
    base: Prepared, witness: Prepared, masked: frozenset[int] = frozenset()
) -> Relation | None:
    """What ``relate`` gives, for texts that were made ready."""
    if witness.forms < base.forms:
        relation = _relate(witness, base, masked)
        return relation.swapped() if relation else None
    return _relate(base, witness, masked)


def _relate(base: Prepared, witness: Prepared, masked: frozenset[int]) -> Relation | None:
    one = [term for paragraph in base.terms for term in paragraph]
    other = [term for paragraph in witness.terms for term in paragraph]
    if not one or not other:
        return None
    common = LCSseq.similarity(one, other)
    quoted, reworded = _quotations(base, witness)
    if common < RELATED_FROM * min(len(one), len(other)) and not quoted:
        return None
    rows = [
        row
        for row in align(base.paragraphs, witness.paragraphs)
        if row.base and row.witness and row.similarity >= CONTAINED_FROM
    ]
    in_witness = sum(len(base.terms[index]) for row in rows for index in row.base) / len(one)
    in_base = sum(len(witness.terms[index]) for row in rows for index in row.witness) / len(other)
    resemblance = common / (len(one) + len(other) - common)
    kind: RelationKind
    if base.forms == witness.forms:
        kind = "same"
    elif min(in_witness, in_base) >= 0.7:
        kind = "near-duplicate" if resemblance >= 0.35 else "reworded"
    elif in_base >= 0.7:
        kind = "contains"
    elif in_witness >= 0.7:
        kind = "contained"
    elif max(in_witness, in_base) >= 0.2 and rows:
        kind = "shares-paragraphs"
    elif quoted:
        kind = "shares-quotation"
    else:
        return None
    return Relation(
        kind=kind,
        resemblance=round(resemblance, 6),
        base_in_witness=round(in_witness, 6),
        witness_in_base=round(in_base, 6),
        base_paragraphs=len(base.paragraphs),
        witness_paragraphs=len(witness.paragraphs),
        base_shared=sum(len(row.base) for row in rows),
        witness_shared=sum(len(row.witness) for row in rows),
        verbatim=sum(
            len(row.base)
            for row in rows
            if " ".join(base.forms[i] for i in row.base) == " ".join(witness.forms[j] for j in row.witness)
        ),
        quotations=quoted,
        reworded=reworded,
    )


def _quotations(base: Prepared, witness: Prepared) -> tuple[int, int]:
    one = [terms(quotation.text) for quotation in quotations.find(base.paragraphs)]
    other = [terms(quotation.text) for quotation in quotations.find(witness.paragraphs)]
    shared = reworded = 0
    for words in one:
        best = max(
            (LCSseq.normalized_similarity(words, there) for there in other if len(there) >= 4), default=0.0
        )
        if len(words) >= 4 and best >= 0.5:
            shared += 1
            reworded += best < 1
    return shared, reworded
