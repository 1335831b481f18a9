"""Cheap tests on the words that two texts share, which spare most candidates the alignment."""

import numpy as np
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from app.collation.relations.prepared_text import (
    MIN_SHARED_RUN,
    NGRAM,
    PreparedText,
    WordSequence,
    has_shared_run,
)
from app.collation.relations.shared_rows import MIN_ROW_WORDS, is_addressed_to_readers

MIN_SHARED_NGRAMS = 0.03
"""Share of the shorter text's n-grams from which two texts are examined in full."""

MIN_PARAGRAPH_SHARE = 0.5
"""Share of the shorter of two paragraphs' words that the other must keep in the same order for one to hold the other;
at least ``MIN_SHARED_RUN`` words, and over all such pairs as many as a shared row needs."""

MIN_COVERED = 0.3
"""Share of the shorter text's words, each paragraph counted in the paragraph of the other that keeps most of it, from
which many paragraphs may be copied, none of them closely. Of 1,144 news texts with known copies, no pair that reuses
text without being alike in topic has less and fails ``MIN_PARAGRAPH_SHARE`` too; of the pairs that share a run of words
and no text, one in four passes either test."""

MAX_PARAGRAPH_PAIRS, MAX_WORDS = 10_000, 20_000
"""Pairs of paragraphs, and words of either text, that are examined, in some milliseconds: longer texts are aligned
straight away."""


def worth_aligning(base: WordSequence, witness: WordSequence) -> bool:
    """Return whether two texts share enough runs of words for the alignment to find them related."""
    shorter = min(len(base.terms), len(witness.terms))
    if shorter < NGRAM:
        return base.terms == witness.terms
    shared = base.shared_ngrams(witness)
    if len(shared) >= MIN_SHARED_NGRAMS * (shorter - NGRAM + 1):
        return True
    # Tested in both, so that the order does not matter: a run in one may be scattered over the other.
    return len(shared) > MIN_SHARED_RUN - NGRAM and all(
        has_shared_run(text.ngrams, shared) for text in (base, witness)
    )


def may_share_a_paragraph(base: PreparedText, witness: PreparedText) -> bool:
    """Return whether a paragraph of one text may be in the other, or most of one text in a looser form.

    Quoted words count only with the words around them.
    """
    longest = max(len(base.terms), len(witness.terms))
    if len(base.split) * len(witness.split) > MAX_PARAGRAPH_PAIRS or longest > MAX_WORDS:
        return True
    # Words are numbered by the text that is compared with many; one that it lacks equals none of its own.
    known = witness if witness.unquoted.is_reused else base
    number = known.unquoted.vocabulary.get
    base_strings, witness_strings = (
        ["".join([chr(number(word, 0)) for word in paragraph.unquoted]) for paragraph in text.split]
        for text in (base, witness)
    )
    kept = cdist(base_strings, witness_strings, scorer=LCSseq.similarity, dtype=np.int32)
    lengths = [
        np.array(list(map(len, strings)), dtype=np.int32) for strings in (base_strings, witness_strings)
    ]
    shorter = np.minimum.outer(*lengths)
    held = 0
    for i, j in np.argwhere(kept >= np.maximum(MIN_SHARED_RUN, MIN_PARAGRAPH_SHARE * shorter)).tolist():
        longer = int(max(lengths[0][i], lengths[1][j]))
        if not is_addressed_to_readers(base.split[i].unquoted, int(kept[i, j]), longer):
            held += int(kept[i, j]) + min(len(base.split[i].quoted), len(witness.split[j].quoted))
        if held >= MIN_ROW_WORDS:
            return True
    side = 0 if lengths[0].sum() <= lengths[1].sum() else 1
    return bool(kept.max(axis=1 - side).sum() >= MIN_COVERED * lengths[side].sum())
