"""Who says it, and how: said, claimed, admitted, denied; according to ..."""

import re

from app.collation import lexicon
from app.collation.findings.row.changed_words import RowWord
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.word_pairing import nearest
from app.collation.findings.rule import ENGLISH, Kind, RowContext, Rule
from app.collation.model import Finding, SideName

_CLASSES = frozenset("neutral claim admission denial warning promise accusation lie".split())
"""Classes of reporting verbs that show how far the text vouches for what is said."""

_OTHER_USES = {
    verb.base for verb in lexicon.reporting_verbs() if "noun" in verb.traits and verb.kind != "claim"
} | {"reporting", "writing", "lie", "lying", "pretend", "pretending"}
"""Forms that mostly say something else: a report on the promise, to lie in ruins, to pretend to be."""

_CLASS_OF = {
    **{
        form: verb.kind
        for verb in lexicon.reporting_verbs()
        if verb.kind in _CLASSES
        for form in verb.forms
        if form not in _OTHER_USES
    },
    "according": "neutral",
}
WORDS = frozenset(_CLASS_OF)
"""Every reporting verb that the rule knows, and "according"."""

_EVIDENCE = lexicon.words("verb_kinds", "evidence")
"""Words that name a source in another way than "according to"."""

_TO_PLAN = re.compile(r"\w+ to (?:plan|schedule|which|whether)\b")
_PHRASE = re.compile(r"\w+(?:\s+[^\s,.;:]+)*")
MAX_SOURCE_CHARS = 60
"""Characters of a source that a finding spans."""


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each reporting verb replaced by one of another class, and each source on one side only."""
    passage, changed = row.passage, row.passage.changed
    deleted, inserted = WORDS & changed.only_in_base, WORDS & changed.only_in_witness
    if not ((deleted and inserted) or "according" in deleted | inserted):
        return []
    base, witness = changed.base_among(WORDS), changed.witness_among(WORDS)
    base_classes, witness_classes = (
        {_CLASS_OF[word.lower] for word in base},
        {_CLASS_OF[word.lower] for word in witness},
    )
    findings = []
    for base_verb, witness_verb in nearest(passage, base, witness):
        is_new = (
            _CLASS_OF[base_verb.lower] not in witness_classes
            and _CLASS_OF[witness_verb.lower] not in base_classes
        )
        if base_verb.change == witness_verb.change and is_new:
            says = f"way of saying changed: {base_verb.text} → {witness_verb.text}"
            findings.append(
                Finding("attribution", base_verb.span, witness_verb.span, says, "attribution-changed")
            )
    others = changed.witness_words if base else changed.base_words
    if bool(base) != bool(witness) and others.isdisjoint(_EVIDENCE):
        side: SideName = "base" if base else "witness"
        findings += [
            _source(passage, word, side)
            for word in base or witness
            if word.lower == "according" and not _TO_PLAN.match(passage.text(side), word.start)
        ]
    return findings


def _source(passage: Passage, word: RowWord, side: SideName) -> Finding:
    text = passage.text(side)
    match = _PHRASE.match(text, word.start, word.start + MAX_SOURCE_CHARS)
    span = word.start, match.end() if match else word.end
    says = f"source on one side only: {' '.join(text[slice(*span)].split())}"
    return passage.one_sided("attribution", span, side, says, "attribution-one-sided")


RULE = Rule(
    kind="attribution",
    names=("attribution-changed", "attribution-one-sided"),
    find=find,
    languages=ENGLISH,
    min_kept_share=0.35,
)
KIND = Kind(
    rules=(RULE,),
    heading="Attribution differs",
    plural="Attributions",
    nouns=("attribution", "attributions"),
    looked_for=(
        "Another way of saying: said, claimed, admitted, denied, warned, promised; a source (according to) on "
        "one side only."
    ),
    ignored="Reporting verbs of one sort (said, stated, told), and a source named in another way.",
    reported=(
        (
            "The airline said the engine was new.",
            "The airline claimed the engine was new.",
            "way of saying changed: said → claimed",
        ),
        (
            "The bridge was unsafe, according to engineers.",
            "The bridge was unsafe.",
            "source on one side only: according to engineers",
        ),
        ("“It was an accident,” the guard said.", "“It was an accident,” the guard insisted."),
        (
            "The minister acknowledged that mistakes were made.",
            "The minister denied that mistakes were made.",
        ),
        ("Officials warned that the dam would break.", "Officials said that the dam would break."),
        (
            "According to the coroner, the man drowned before noon on Friday.",
            "The man drowned before noon on Friday.",
        ),
        ("The senator said he had taken the money.", "The senator admitted he had taken the money."),
        (
            "The ministry confirmed the strike, and the general said it was legal.",
            "The ministry confirmed the strike, and the general denied it was legal.",
        ),
    ),
    not_reported=(
        ("The minister stated that it was over.", "The minister said that it was over."),
        ("Officials told reporters that it was safe.", "Officials said that it was safe."),
        ("The report said sales fell.", "According to the report, sales fell."),
        ("Everything went according to plan.", "Everything went to plan."),
        ("“I agree,” he said.", "“I agree,” he told reporters."),
    ),
)
