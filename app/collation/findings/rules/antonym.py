"""Words that the opposite took the place of: before for after, accept for reject."""

from app.collation import lexicon
from app.collation.findings.row.changed_words import Small, words
from app.collation.findings.row.passage import Passage
from app.collation.findings.rules import gender, negation
from app.collation.model import Finding

KEPT = 0.6
"""The least share of a row that stands on both sides: where more was put in other words, so were the words that the
opposite goes with."""


def findings(passage: Passage) -> list[Finding]:
    """One finding a small change that holds a word on one side and its opposite on the other."""
    if not passage.is_close(KEPT):
        return []
    changed = passage.changed
    # Few words have an opposite, so these are asked for first.
    opposites = frozenset[str]().union(*map(lexicon.opposites, changed.gone))
    if not opposites or all(opposites.isdisjoint(lexicon.base_forms(word)) for word in changed.come):
        return []
    found = []
    for small in changed.small:
        pair = _opposites(small, changed.gone, changed.come)
        if pair:
            change = passage.reworded[small.number]
            one = next(word for word in words(passage.base, change.base) if word.lower == pair[0])
            other = next(word for word in words(passage.witness, change.witness) if word.lower == pair[1])
            if negation.precedes(passage.base, one.start) != negation.precedes(passage.witness, other.start):
                continue
            says = f"a word for its opposite: {one.text} → {other.text}"
            found.append(Finding("antonym", one.span, other.span, says, "antonym"))
    return found


def _opposites(small: Small, gone: frozenset[str], come: frozenset[str]) -> tuple[str, str] | None:
    """A word of a change and its opposite; none where a word beside them may turn its neighbour round.

    "Dislike" and "don't like" say the same. Words that merely moved are no pair.
    """
    for one in small.base:
        if one not in gone or one in gender.WORDS or negation.is_negator(one):
            continue
        for other in small.witness:
            if (
                other in come
                and not negation.is_negator(other)
                and lexicon.are_opposite(one, other)
                and not any(
                    _turns(word) for word in (*small.base, *small.witness) if word not in (one, other)
                )
            ):
                return one, other
    return None


def _turns(word: str) -> bool:
    return word in ("less", "least") or negation.is_negator(word)
