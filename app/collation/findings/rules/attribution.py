"""Who says it, and how: said, claimed, admitted, denied; according to ..."""

import re

from app.collation import lexicon
from app.collation.findings.row.changed_words import RowWord
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.word_pairing import nearest
from app.collation.model import Finding

KEPT = 0.35
"""The least share of a row that stands on both sides where saying is compared."""

KEPT_ALONE = 0.3
"""The same where a source named on one side only is told."""

_CLASSES = frozenset("neutral claim admission denial warning promise accusation lie".split())
"""Classes of reporting verbs that tell how far the text stands behind what is said."""

_SORT = {
    **{
        form: verb.kind
        for verb in lexicon.reporting_verbs()
        if verb.kind in _CLASSES
        for form in verb.forms
        if form != verb.base or verb.kind != "neutral" or form not in verb.nouns
    },
    "according": "neutral",
}
WORDS = frozenset(_SORT)
"""Every verb of saying that the rule knows, and "according"."""

_EVIDENCE = lexicon.words("verb_kinds", "evidence")
"""Words that name a source in another way than "according to"."""

_TO_PLAN = re.compile(r"\w+ to (?:plan|schedule|which|whether)\b")
_PHRASE = re.compile(r"\w+(?:\s+[^\s,.;:]+)*")
LONGEST = 60
"""Characters of a source that a finding spans."""


def findings(passage: Passage) -> list[Finding]:
    """One finding a verb of saying that one of another sort took the place of, or a source on one side only."""
    changed = passage.changed
    gone, come = WORDS & changed.gone, WORDS & changed.come
    if not ((gone and come) or "according" in gone or "according" in come) or passage.kept() < KEPT:
        return []
    base, witness = changed.base_among(WORDS), changed.witness_among(WORDS)
    here, there = {_SORT[word.lower] for word in base}, {_SORT[word.lower] for word in witness}
    found = [
        Finding(
            "attribution",
            one.span,
            other.span,
            f"way of saying changed: {one.text} → {other.text}",
            "attribution-changed",
        )
        for one, other in nearest(passage, base, witness)
        if one.change == other.change and _SORT[one.lower] not in there and _SORT[other.lower] not in here
    ]
    others = changed.witness_words if base else changed.base_words
    if passage.kept() >= KEPT_ALONE and bool(base) != bool(witness) and others.isdisjoint(_EVIDENCE):
        text = passage.base if base else passage.witness
        found += [
            _source(passage, word, bool(base))
            for word in base or witness
            if word.lower == "according" and not _TO_PLAN.match(text, word.start)
        ]
    return found


def _source(passage: Passage, word: RowWord, in_base: bool) -> Finding:
    text = passage.base if in_base else passage.witness
    match = _PHRASE.match(text, word.start, word.start + LONGEST)
    span = word.start, match.end() if match else word.end
    says = f"source on one side only: {' '.join(text[slice(*span)].split())}"
    if in_base:
        place = passage.on_witness(span)[0]
        return Finding("attribution", span, (place, place), says, "attribution-one-sided")
    place = passage.on_base(span)[0]
    return Finding("attribution", (place, place), span, says, "attribution-one-sided")
