"""Which relation two texts have, by what the alignment sets side by side."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from app.collation.alignment import align
from app.collation.relations.looking import worth_aligning
from app.collation.relations.model import Relation, RelationKind
from app.collation.relations.prepared import Prepared, prepared
from app.collation.relations.quoting import shared_quotations

LIKE = 0.3
"""Similarity from which a row's paragraphs count as one another's."""

REUSED = 0.25
"""Of the words outside quotation marks of the shorter text, the share that stands in the other in the same order,
paragraph beside paragraph, from which text was reused."""

PARAGRAPH = 20
"""Words outside quotation marks that a paragraph has in common with another, at least, to be told as shared alone."""

FIRM = 0.5
"""And their share of the longer one's."""

WHOLE = 0.8
"""Share of a text's words from which nearly all of it stands in the other."""

SAME_WORDS = 0.75
"""Of the words of the paragraphs that two texts share, the share kept in the same order from which the texts are
near-duplicates and not reworded."""

COPIED = 0.4
"""Of all words of the shorter text, the share from which an article that is nearly all quotation was reused too."""

VERBATIM = 0.9
"""Share of a paragraph's words from which it was copied as it stands, as a page's furniture is."""

_PAGE = re.compile(
    r"\b(?:click|subscrib\w+|copyright|trademark|rights reserved|moderat(?:e|es|ors?)|cookies|privacy|newsletters?"
    r"|editors note|views and opinions|unsubscribe)\b"
)
_VOICE = re.compile(r"\b(?:you|your|we|our|us|please)\b")


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
    if not worth_aligning(base, witness):
        return None
    base, witness = base.without(masked), witness.without(masked)
    if not base.terms or not witness.terms:
        return None
    if witness.forms < base.forms:
        relation = _relate(witness, base)
        return relation.swapped() if relation else None
    return _relate(base, witness)


@dataclass(frozen=True, slots=True)
class _Shared:
    """A row of both sides: which paragraphs, and how many words they keep in the same order."""

    base: tuple[int, ...]
    witness: tuple[int, ...]
    base_own: int
    witness_own: int
    kept_own: int
    kept: int
    firm: bool
    verbatim: bool


def _relate(base: Prepared, witness: Prepared) -> Relation | None:
    rows = [
        _shared(base, witness, row.base, row.witness)
        for row in align(base.paragraphs, witness.paragraphs)
        if row.base and row.witness and row.similarity >= LIKE
    ]
    own = min(sum(len(paragraph.own) for paragraph in text.split) for text in (base, witness))
    kept_own = sum(row.kept_own for row in rows)
    quoted, reworded, base_quoted, witness_quoted = shared_quotations(base, witness)
    every = min(sum(paragraph.words for paragraph in text.split) for text in (base, witness))
    reuse = kept_own >= max(PARAGRAPH, REUSED * own) or sum(row.kept for row in rows) >= COPIED * every
    if not reuse:
        rows = [row for row in rows if row.firm]
    if base.forms == witness.forms:
        pass
    elif not rows and not quoted:
        return None
    base_words, witness_words = (sum(p.words for p in text.split) for text in (base, witness))
    in_base = sum(witness.split[j].words for row in rows for j in row.witness)
    in_witness = sum(base.split[i].words for row in rows for i in row.base)
    kept = sum(row.kept for row in rows)
    base_share, witness_share = in_witness / base_words, in_base / witness_words
    kind: RelationKind
    if base.forms == witness.forms:
        kind = "same"
    elif not rows:
        kind = "shares-quotation"
        base_share, witness_share = base_quoted / base_words, witness_quoted / witness_words
    elif min(base_share, witness_share) >= WHOLE:
        kind = "near-duplicate" if kept >= SAME_WORDS * min(in_base, in_witness) else "reworded"
    elif max(base_share, witness_share) >= WHOLE:
        kind = "contains" if witness_share > base_share else "contained"
    else:
        kind = "shares-paragraphs"
    return Relation(
        kind=kind,
        resemblance=round(kept / (base_words + witness_words - kept), 6),
        base_in_witness=round(base_share, 6),
        witness_in_base=round(witness_share, 6),
        base_paragraphs=len(base.paragraphs),
        witness_paragraphs=len(witness.paragraphs),
        base_shared=sum(len(row.base) for row in rows),
        witness_shared=sum(len(row.witness) for row in rows),
        verbatim=sum(min(len(row.base), len(row.witness)) for row in rows if row.verbatim),
        quotations=quoted,
        reworded=reworded,
    )


def _shared(base: Prepared, witness: Prepared, ours: tuple[int, ...], theirs: tuple[int, ...]) -> _Shared:
    base_own = [word for index in ours for word in base.split[index].own]
    witness_own = [word for index in theirs for word in witness.split[index].own]
    base_quoted = [word for index in ours for word in base.split[index].quoted]
    witness_quoted = [word for index in theirs for word in witness.split[index].quoted]
    kept_own = words = int(LCSseq.similarity(base_own, witness_own))
    if words >= VERBATIM * max(len(base_own), len(witness_own)) and _of_the_page(base_own):
        kept_own = 0
    firm = kept_own >= PARAGRAPH and kept_own >= FIRM * max(len(base_own), len(witness_own))
    return _Shared(
        base=ours,
        witness=theirs,
        base_own=len(base_own),
        witness_own=len(witness_own),
        kept_own=kept_own,
        kept=words + int(LCSseq.similarity(base_quoted, witness_quoted)),
        firm=firm,
        verbatim=" ".join(base.forms[i] for i in ours) == " ".join(witness.forms[j] for j in theirs),
    )


def _of_the_page(words: Sequence[str]) -> bool:
    """Whether words speak to the page's readers, as furniture does that stands among an article's paragraphs."""
    text = " ".join(words)
    return bool(_PAGE.search(text)) or len(_VOICE.findall(text)) > 1
