"""Who says it, and how: said, claimed, admitted, denied; according to ..."""

import re

from app.collation.findings.row.changed_words import RowWord
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.word_pairing import nearest
from app.collation.model import Finding

KEPT = 0.35
"""The least share of a row that stands on both sides where saying is compared."""

KEPT_ALONE = 0.3
"""The same where a source named on one side only is told."""

_SORTS = """
say: said says say saying told tells tell stated states stating added adds noted notes
say: explained explains wrote writes remarked announced announces reported reports commented
say: comments spoke speaks mentioned according
claim: claimed claims claim claiming alleged alleges alleging asserted asserts asserting insisted
claim: insists insisting maintained contended contends argued argues boasted
admit: admitted admits admit admitting acknowledged acknowledges acknowledging conceded concedes
admit: confessed confesses
deny: denied denies deny denying rejected rejects refuted refutes dismissed dismisses disputed
deny: disputes
warn: warned warns warn warning threatened threatens threaten threatening
promise: promised promises vowed vows pledged pledges
accuse: accused accuses accusing blamed blames
lie: lied lies pretended pretends
"""
_SORT = {
    word: sort
    for line in _SORTS.split("\n")
    if line
    for sort, said in [line.split(": ")]
    for word in said.split()
}
WORDS = frozenset(_SORT)
"""Every verb of saying that the rule knows, and "according"."""

_EVIDENCE = frozenset(
    (
        "show shows showed shown find finds found indicate indicates indicated suggest suggests suggested "
        "consider considers considered believe believes believed think thinks thought view opinion following "
        "seems estimate estimates estimated accordingly per cited citing quoted data based"
    ).split()
)
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
