"""How sure a text is: may, must, alleged, reportedly; and a statement that is a question on the other side."""

import re

from app.collation import lexicon
from app.collation.findings.row import questions
from app.collation.findings.row.changed_words import RowWord
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.word_pairing import nearest
from app.collation.model import Finding

KEPT = 0.6
"""The least share of a row that stands on both sides where such a word on one side only is told."""

_SEEMING = frozenset(word for word, _, _, before in lexicon.rows("certainty") if before == "to")
"""Words that say so only before "to": he appears to have fled, he appeared in court."""
_TO = re.compile(r"\s+to\b")
_STRENGTH = {word: degree for word, degree, *_ in lexicon.rows("certainty") if degree}
_TOLD_ALONE = frozenset(
    word for word, strength in _STRENGTH.items() if strength in ("perhaps", "hearsay", "must")
)
_TOLD = frozenset(word for word, strength in _STRENGTH.items() if strength not in ("can", "will"))
_SAME_AS = {
    degree: frozenset(
        word for word, _, paraphrased, _ in lexicon.rows("certainty") if degree in paraphrased.split()
    )
    for degree in ("perhaps", "hearsay", "must")
}
WORDS = frozenset(_STRENGTH)


def findings(passage: Passage) -> list[Finding]:
    """One finding a word of certainty that changed or stands on one side only, and one a question that was none."""
    found = questions.findings(passage)
    changed = passage.changed
    if (changed.gone.isdisjoint(WORDS) and changed.come.isdisjoint(WORDS)) or not passage.is_close(KEPT):
        return found
    base = [word for word in changed.base_among(WORDS & changed.gone) if _counts(passage.base, word)]
    witness = [word for word in changed.witness_among(WORDS & changed.come) if _counts(passage.witness, word)]
    paired: set[RowWord] = set()
    for one, other in nearest(passage, base, witness):
        if one.change == other.change:
            paired |= {one, other}
            if (
                _STRENGTH[one.lower] != _STRENGTH[other.lower]
                and {one.lower, other.lower} & _TOLD
                and not _is_same(one.lower, other.lower)
            ):
                says = f"certainty differs: {one.text} → {other.text}"
                found.append(Finding("modality", one.span, other.span, says, "modality-changed"))
    for one in base:
        if one not in paired and one.lower in _TOLD_ALONE and _nothing_like(one, changed.witness_words):
            place = passage.on_witness(one.span)[0]
            says = f"certainty on one side only: {one.text}"
            found.append(Finding("modality", one.span, (place, place), says, "modality-one-sided"))
    for other in witness:
        if other not in paired and other.lower in _TOLD_ALONE and _nothing_like(other, changed.base_words):
            place = passage.on_base(other.span)[0]
            says = f"certainty on one side only: {other.text}"
            found.append(Finding("modality", (place, place), other.span, says, "modality-one-sided"))
    return found


def _counts(text: str, word: RowWord) -> bool:
    return word.lower not in _SEEMING or _TO.match(text, word.end) is not None


def _is_same(one: str, other: str) -> bool:
    return {_STRENGTH[one], _STRENGTH[other]} in ({"perhaps", "can"}, {"perhaps", "hearsay"})


def _nothing_like(word: RowWord, others: frozenset[str]) -> bool:
    return others.isdisjoint(_SAME_AS[_STRENGTH[word.lower]])
