"""A sentence that denies what a reworded sentence states: the two are matched by their shared words, in any order."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage, Sentence
from app.collation.findings.row.reworked import FUNCTION, are_forms
from app.collation.findings.rule import ENGLISH, RowContext, Rule
from app.collation.findings.rules.claims.negators import is_negator
from app.collation.lexicon.claim_cues import cues
from app.collation.model import Finding, SideName

MIN_KEPT_SHARE = 0.05
"""The least kept share of a row: whether the sentences match is decided by their words, in any order."""

MIN_CONTENT_WORDS = 5
"""Words of content of the shortest sentence that is recognised by them."""

MIN_CONTENT_SHARED = 0.7
"""The least share of either sentence's words of content that the other has, in any form."""

MAX_SENTENCES = 8
"""Sentences of either side of a row that are looked at: no paragraph of news has more."""

_NOT = frozenset(("not", "never", "no"))
"""What denies the word after it, and nothing else."""

_DENYING = re.compile(
    r"\b(?:free\s+of|empty\s+of|clear\s+of|devoid|far\s+from|yet\s+to|still|left\s+(?:out|aside)|leav\w+\s+(?:out|aside)|only|until"
    r"|unless|instead|rather|except|omit\w*|skip\w*|against|oppos\w*|impossible|den(?:y|ied|ies|ying)|wrong|false|without|whether|if"
    r"|myth|avoid\w*|prevent\w*|spared?)\b|\w+(?:less|-free)\b|\b(?:un|non-)\w{4,}|\?"
)
"""What a sentence denies with besides the phrases of ``cues``, or leaves open."""


_NUMBERED = re.compile(r"\.?[ ]?#?\d")


class _Read(NamedTuple):
    """A sentence: its words, those of content among them, and its negators."""

    sentence: Sentence
    words: Sequence[RowWord]
    content: Sequence[RowWord]
    negators: Sequence[RowWord]


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each sentence that denies what a sentence of the other side states in other words."""
    passage = row.passage
    if not row.is_rewritten or row.findings_of(("negation",)):
        return []
    changed = passage.changed
    if not any(map(is_negator, changed.base_words | changed.witness_words)):
        return []
    base, witness = _sentences(passage, "base"), _sentences(passage, "witness")
    if max(len(base), len(witness)) > MAX_SENTENCES:
        return []
    findings = []
    sides: tuple[tuple[SideName, list[_Read], list[_Read]], ...] = (
        ("base", base, witness),
        ("witness", witness, base),
    )
    for side, own, others in sides:
        for denying in own:
            stating = [other for other in others if _states(other) and _say_the_same(denying, other)]
            negated = _negated(denying, stating[0]) if len(stating) == 1 else None
            if negated:
                place = stating[0].sentence.span
                says = f"negation on one side only: {negated[0].text} {negated[1].text}"
                span = negated[0].start, negated[1].end
                spans = (span, place) if side == "base" else (place, span)
                findings.append(Finding("negation", *spans, says, "negation-in-other-words"))
    return findings


def _sentences(passage: Passage, side: SideName) -> list[_Read]:
    read = []
    for sentence in passage.sentences(side):
        inside = words(passage.text(side), sentence.span)
        content = [word for word in inside if word.lower not in FUNCTION and not is_negator(word.lower)]
        read.append(_Read(sentence, inside, content, [word for word in inside if is_negator(word.lower)]))
    return read


def _states(read: _Read) -> bool:
    """Return whether a sentence denies nothing in any way."""
    return (
        not read.negators
        and not cues([word.lower for word in read.words], "negation")
        and _DENYING.search(read.sentence.text.lower()) is None
    )


def _say_the_same(first: _Read, second: _Read) -> bool:
    """Return whether two sentences have most words of content in common."""
    return (
        min(len(first.content), len(second.content)) >= MIN_CONTENT_WORDS
        and _share(first.content, second.content) >= MIN_CONTENT_SHARED
        and _share(second.content, first.content) >= MIN_CONTENT_SHARED
    )


def _share(own: Sequence[RowWord], others: Sequence[RowWord]) -> float:
    return sum(any(are_forms(word.lower, other.lower) for other in others) for word in own) / len(own)


def _negated(denying: _Read, stating: _Read) -> tuple[RowWord, RowWord] | None:
    """Return the only negator of a sentence and the word after it, which the other sentence states."""
    if len(denying.negators) != 1:
        return None
    negator = denying.negators[0]
    if negator.lower not in _NOT and not negator.lower.endswith("n't"):
        return None
    lower = [word.lower for word in denying.words]
    if len(cues(lower, "negation")) > 1 or any(word in _BESIDE for word in lower):
        return None
    after = next((word for word in denying.content if word.start > negator.end), None)
    if after is None or denying.sentence.text.rstrip().endswith("?"):
        return None
    if negator.lower == "no" and _NUMBERED.match(
        denying.sentence.text, negator.end - denying.sentence.span[0]
    ):
        return None  # No. 7
    between = [word for word in denying.words if negator.end <= word.start < after.start]
    if len(between) > 1:
        return None
    for place, word in enumerate(stating.words):
        if are_forms(word.lower, after.lower):
            before = stating.words[place - 1].lower if place else ""
            return None if before == "to" else (negator, after)
    return None


_BESIDE = frozenset("only but until unless without if whether than doubt just necessarily merely".split())
"""What a denial may be part of that is none: not only, no doubt, not until."""

RULE = Rule(
    kind="negation",
    names=("negation-in-other-words",),
    find=find,
    languages=ENGLISH,
    min_kept_share=MIN_KEPT_SHARE,
)
