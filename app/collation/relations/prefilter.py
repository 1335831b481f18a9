"""Quick looks at the words two texts share, that spare most candidates the alignment."""

import numpy as np
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from app.collation.relations.prepared_text import RUN, TRIPLE, Prepared, Terms, holds_a_run
from app.collation.relations.shared_rows import PARAGRAPH, is_of_the_page

SHARED_TRIPLES = 0.03
"""Of the shorter text's runs of three words, the share from which two texts are looked at in full."""

HALF = 0.5
"""Of the shorter of two paragraphs, the share of its words that the other keeps in the same order, from which one may
hold the other; ``RUN`` words at least, and together as many as a paragraph that is told."""

COVERED = 0.3
"""Of the shorter text's words, the share that stands in the one paragraph of the other which keeps most of each, from
which many paragraphs may be copied, none of them closely. Of 1,144 news texts with known copies, no pair that reuses
text without being alike in its subject has less and lacks the half of a paragraph too; of the pairs that share a run of
words and no text, one in four has either."""

MOST_PAIRS, MOST_WORDS = 10_000, 20_000
"""Pairs of paragraphs, and words of either text, that are looked at, in some milliseconds: of longer texts the
alignment is asked at once."""


def worth_aligning(base: Terms, witness: Terms) -> bool:
    """Whether two texts share enough runs of words that the alignment may find them related."""
    shorter = min(len(base.terms), len(witness.terms))
    if shorter < TRIPLE:
        return base.terms == witness.terms
    shared = base.shared_with(witness)
    if len(shared) >= SHARED_TRIPLES * (shorter - TRIPLE + 1):
        return True
    # In both, since what one holds in a row may stand in pieces all over the other; so either may come first.
    return len(shared) > RUN - TRIPLE and all(holds_a_run(text.terms, shared) for text in (base, witness))


def may_hold_a_part(base: Prepared, witness: Prepared) -> bool:
    """Whether a paragraph of one text may stand in the other, or most of a text in a looser way.

    What stands between quotation marks counts with the words around it, and not by itself.
    """
    longest = max(len(base.terms), len(witness.terms))
    if len(base.split) * len(witness.split) > MOST_PAIRS or longest > MOST_WORDS:
        return True
    # Numbered by the text that stands beside many; a word that it lacks is like none of its own.
    known = witness if witness.unquoted.stands_beside_many else base
    number = known.unquoted.vocabulary.get
    ours, theirs = (
        ["".join([chr(number(word, 0)) for word in paragraph.own]) for paragraph in text.split]
        for text in (base, witness)
    )
    kept = cdist(ours, theirs, scorer=LCSseq.similarity, dtype=np.int32)
    lengths = [np.array(list(map(len, words)), dtype=np.int32) for words in (ours, theirs)]
    shorter = np.minimum.outer(*lengths)
    held = 0
    for i, j in np.argwhere(kept >= np.maximum(RUN, HALF * shorter)).tolist():
        longer = int(max(lengths[0][i], lengths[1][j]))
        if not is_of_the_page(base.split[i].own, int(kept[i, j]), longer):
            held += int(kept[i, j]) + min(len(base.split[i].quoted), len(witness.split[j].quoted))
        if held >= PARAGRAPH:
            return True
    side = 0 if lengths[0].sum() <= lengths[1].sum() else 1
    return bool(kept.max(axis=1 - side).sum() >= COVERED * lengths[side].sum())
