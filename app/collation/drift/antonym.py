"""Words that the opposite took the place of: before for after, accept for reject."""

from app.collation.drift import gender, lexicon, negation
from app.collation.drift.changed import Word
from app.collation.drift.passage import Passage
from app.collation.drift.places import Place, small
from app.collation.model import Finding

KEPT = 0.6
"""The least share of a row that stands on both sides: where more was put in other words, so were the words that the
opposite goes with."""


def findings(passage: Passage) -> list[Finding]:
    """One finding a small change that holds a word on one side and its opposite on the other."""
    if passage.kept() < KEPT:
        return []
    return [finding for place in small(passage) if (finding := _opposite(passage, place))]


def _opposite(passage: Passage, place: Place) -> Finding | None:
    changed = passage.changed
    turning = [word for word in (*place.base, *place.witness) if _turns(word)]
    for one in place.base:
        if one.lower in changed.witness_words or one.lower in gender.WORDS:
            continue
        for other in place.witness:
            if other.lower in changed.base_words or not lexicon.are_opposite(one.lower, other.lower):
                continue
            if all(word in (one, other) for word in turning):
                says = f"a word for its opposite: {one.text} → {other.text}"
                return Finding("antonym", one.span, other.span, says, "antonym")
    return None


def _turns(word: Word) -> bool:
    """Whether a word may turn its neighbour into the opposite: "dislike" and "don't like" say the same."""
    return negation.is_negator(word.lower) or word.lower in ("less", "least")
