"""How sure a text is: may, must, alleged, reportedly; and a statement that is a question on the other side."""

import re

from app.collation.findings.row import questions
from app.collation.findings.row.changed_words import RowWord
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.word_pairing import nearest
from app.collation.model import Finding

KEPT = 0.6
"""The least share of a row that stands on both sides where such a word on one side only is told."""

_SEEMING = frozenset("appears appear appeared seems seem seemed".split())
"""Words that say so only before "to": he appears to have fled, he appeared in court."""
_TO = re.compile(r"\s+to\b")
_STRENGTH = {
    **dict.fromkeys("may might maybe perhaps possibly probably potentially presumably".split(), "perhaps"),
    **dict.fromkeys(
        (
            "alleged allegedly reportedly purportedly purported supposedly apparently seemingly rumored "
            "rumoured suspected unconfirmed unverified"
        ).split(),
        "hearsay",
    ),
    **dict.fromkeys("must".split(), "must"),
    **dict.fromkeys("should ought".split(), "should"),
    **dict.fromkeys("can could".split(), "can"),
    "will": "will",
    **dict.fromkeys(_SEEMING, "hearsay"),
    **dict.fromkeys("certainly definitely undoubtedly surely".split(), "surely"),
}
_TOLD_ALONE = frozenset(
    word for word, strength in _STRENGTH.items() if strength in ("perhaps", "hearsay", "must")
)
_TOLD = frozenset(word for word, strength in _STRENGTH.items() if strength not in ("can", "will"))
_SAME_AS = {
    "perhaps": frozenset(
        (
            "may might could can perhaps possible possibly potential potentially probable probably likely "
            "unlikely maybe chance risk whether if seems appears suggests suggest suspect expected "
            "presumably apparently would should"
        ).split()
    ),
    "hearsay": frozenset(
        (
            "alleged allegedly reportedly purportedly purported supposedly supposed apparently seemingly "
            "seems seem seemed appears appear appeared rumored rumoured suspected unconfirmed unverified "
            "according claims claim claimed said says say accused accuses charged reports reported report "
            "may might could believed believe believes thought think suggests look looks looked sounds feels "
            "allegations suspicion presumably probably likely considered"
        ).split()
    ),
    "must": frozenset(
        "must should ought need needs needed has have had required necessary forced obliged shall".split()
    ),
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
