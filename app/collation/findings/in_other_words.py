"""Claims in texts reworded throughout: which of them a reader of the other text is not told.

A translator turns sentences round, hedges at another verb and denies with another word, so a claim counts only if its
clause is otherwise kept. In 60 pairs of translations of one text, one of them by a human, only 3 of 27 such claims
really differed.
"""

import re
from collections import Counter
from collections.abc import Callable

from app.collation import lexicon
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage, clip, gap
from app.collation.findings.row.reworked import FUNCTION, are_forms
from app.collation.findings.row.slot import Slot, slot_of
from app.collation.findings.rule import RowContext
from app.collation.findings.rules.claims.negators import is_negator
from app.collation.lexicon.claim_cues import Cue, cues
from app.collation.model import Finding, SideName, Span

MIN_KEPT_AROUND_A_VERB = 0.4
"""The least kept share of the words around a claim whose verb both sides have, and around a source that one lacks."""

MAX_CHARS_BESIDE = 1
"""Code points between a denial's replacement and its verb, within which no kept words around it are needed."""

MIN_KEPT_AROUND = 0.6
"""The same where it has no verb of its own: not to be with you."""

MIN_KEPT_AROUND_PHRASE = 0.75
"""The same around a source of several words, which every translator renders differently, and around a condition."""

MIN_KEPT_WORDS_AFTER = 3
"""Words right after a negator without a verb that the other side has."""

MAX_CHARS_TO_VERB = 60
"""Code points after a negator or a modal verb in which its verb is looked for, and around the place of it."""

MAX_SENTENCE_CHARS = 600
"""Code points around a place in which its sentence is read."""

MAX_SOURCE_WORDS = 2
"""Words of content of a source whose replacement is another, not the same described."""

MIN_CONDITION_WORDS = 3
"""Words of the shortest condition: "provided" alone is none."""

_LIGHT = lexicon.words("function_words", "auxiliary") | frozenset("to at all ever even yet also".split())
_HEDGES = re.compile(
    r"\b(?:may|might|can|could|should|perhaps|maybe|possib\w+|probab\w+|likely|seem\w*|appear\w*|looks?|apparent\w*"
    r"|believe\w*|think\w*|thought|alleged\w*|report\w*|suppos\w+|presum\w+|suspect\w*|about|around|approximately|yet)\b"
)
"""Other words that leave a statement open, elsewhere in the sentence."""

_DENIALS = re.compile(
    r"\b(?:only|rather|instead|except|until|unless|hardly|barely|scarcely|seldom|rarely|neither|nor|none|fail\w*"
    r"|other\s+than|refus\w*|omit\w*|skip\w*|leav(?:e|es|ing)\s+(?:out|aside)|left\s+(?:out|aside)|against|oppos\w*|lack\w*|impossible|unable|declin\w+|n\s?['’]\s?t)\b|n['’]t\b"
)
"""Other words that deny, or that except one thing: was opened only in 1985, was not opened until 1985."""

_MOST = frozenset("most mostly main mainly chiefly largely primarily especially particularly above".split())
"""All ways of saying that something is mostly so."""

_NO_DENIALS = frozenset(("few", "little", "rather"))
"""How many, and one thing before another: translators word these differently from a denial."""

_LATE = frozenset("evening evenings night nights".split())
"""Times of day that languages divide differently."""

_AS_SOMEBODY = re.compile(r"\bas\s+(?:the\s+)?[A-Z]")
"""How a sentence names its source beside "said" and "according to": as the Daily has it."""

_BODIES = lexicon.words("bodies", "general")
"""What a body calls itself, which every translator renders differently: the association, the federation."""

_WEAK = frozenset(("may", "could", "hearsay", "belief", "likely"))
_STRONG = frozenset(("will", "certain", "known", "must"))
_CLASHING = frozenset("deny denies denied denying refute refutes refuted refuting lied lies".split())
_ASKS = re.compile(r"\b(?:wh(?:o|om|ose|at|en|ere|y|ich|ether)|how|if|wonder\w*|asks?|asked)\b|\?")


def certain(row: RowContext, findings: list[Finding]) -> list[Finding]:
    """Return the findings of a rule that count in rewritten texts."""
    return [
        finding
        for finding in findings
        if finding.rule not in _JUDGES or _JUDGES[finding.rule](row.passage, finding)
    ]


def _denies(passage: Passage, finding: Finding) -> bool:
    """Return whether a text denies what the other states of the same verb in the same clause, nowhere denying it."""
    denials = {side: _denial(passage, finding, side) for side in _SIDES}
    if (denials["base"] is None) == (denials["witness"] is None):
        return False
    side: SideName = "base" if denials["base"] else "witness"
    other = _other(side)
    span = denials[side] or _span(finding, side)
    place = _span(finding, other)
    around = _sentence(passage, place, other, MAX_CHARS_TO_VERB).lower()
    if _has_more(_DENIALS, around, passage, span, side) or any(map(is_negator, _lower(around))):
        return False
    if _has_a_form(passage, span, side, place):
        return False
    slot = slot_of(passage, span, side)
    verb = _verb_after(passage.text(side), span[1])
    if verb:
        match = _at_place(passage, verb, place, other)
        return match is not None and (
            slot.kept_share >= MIN_KEPT_AROUND_A_VERB or gap(match.span, place) <= MAX_CHARS_BESIDE
        )
    following = words(
        passage.text(side), (span[1], min(len(passage.text(side)), span[1] + MAX_CHARS_TO_VERB))
    )
    return (
        slot.kept_share >= MIN_KEPT_AROUND
        and len(slot.own) == len(slot.other) <= 1
        and len(following) >= MIN_KEPT_WORDS_AFTER
        and not passage.run_at((following[0].start, following[MIN_KEPT_WORDS_AFTER - 1].end), side)
    )


def _has_more(pattern: re.Pattern[str], other: str, passage: Passage, span: Span, side: SideName) -> bool:
    """Return whether the other side's sentence has a match of ``pattern`` more often than this one outside ``span``.

    The case against somebody denies nothing where both sides have it.
    """
    counts = Counter(pattern.findall(other))
    if not counts:
        return False
    own = [
        (max(start, part[0]), min(end, part[1]))
        for start, end in ((0, span[0]), (span[1], len(passage.text(side))))
        for sentence in passage.sentences(side)
        if (part := sentence.span)[0] <= span[1] and span[0] <= part[1]
    ]
    text = " ".join(passage.text(side)[start:end] for start, end in own if start < end).lower()
    return bool(counts - Counter(pattern.findall(text)))


def _has_a_form(passage: Passage, span: Span, side: SideName, place: Span) -> bool:
    """Return whether the other side's sentence has the denying word too, elsewhere: allows the process to stop."""
    others = _lower(_sentence(passage, place, _other(side)))
    return any(
        are_forms(word, other)
        for word in _lower(passage.text(side)[slice(*span)])
        if word not in FUNCTION
        for other in others
    )


def _denial(passage: Passage, finding: Finding, side: SideName) -> Span | None:
    """Return the place of the first negating word or phrase in a finding's span."""
    inside = words(passage.text(side), _span(finding, side))
    lower = [word.lower for word in inside]
    phrases = {
        cue.start: cue.end
        for cue in cues(lower, "negation")
        if cue.step == "neg" and lower[cue.start] not in _NO_DENIALS
    }
    for at, word in enumerate(inside):
        if at in phrases:
            return word.start, inside[phrases[at] - 1].end
        if is_negator(word.lower):
            return word.span
    return None


def _certainty(passage: Passage, finding: Finding) -> bool:
    """Return whether one text is sure of what the other leaves open, both with the same verb."""
    steps = {side: _step(passage, finding, side) for side in _SIDES}
    if not any(steps.values()):
        return _is_alone(passage, finding)  # how many, how often, nearly
    if all(steps.values()):
        if not (set(steps.values()) & _WEAK and set(steps.values()) & _STRONG):
            return False
        sides = [side for side in _SIDES if steps[side] in _WEAK]
    else:
        sides = [side for side in _SIDES if steps[side]]
    side: SideName = sides[0]
    other = _other(side)
    span, place = _span(finding, side), _span(finding, other)
    verb = _verb_after(passage.text(side), span[1])
    hedged = _sentence(passage, place, other).lower()
    if verb is None or _has_more(_HEDGES, hedged, passage, span, side):
        return False
    match = _at_place(passage, verb, place, other)
    if match is None or (match.lower.endswith("ing") and not verb.lower.endswith("ing")):
        return False
    before = words(passage.text(other), (max(0, match.start - MAX_CHARS_TO_VERB), match.start))
    if before and before[-1].lower == "to" and not all(steps.values()):
        return False  # reminded not to leave
    return slot_of(passage, span, side).kept_share >= MIN_KEPT_AROUND


def _step(passage: Passage, finding: Finding, side: SideName) -> str:
    """Return the step of certainty of a finding's words on one side; empty if they are of none."""
    lower = [word.lower for word in words(passage.text(side), _span(finding, side))]
    steps: list[Cue] = [cue for cue in cues(lower, "certainty") if cue.scale == "certainty"]
    return steps[0].step if steps else ""


def _is_other_stage(passage: Passage, finding: Finding) -> bool:
    """Return whether neither sentence also has the stage that the other text names: a trial for his arrest."""
    return not any(
        are_forms(word, other_word)
        for side in _SIDES
        for word in _lower(_text(passage, finding, side))
        if word not in FUNCTION
        for other_word in _lower(_sentence(passage, _span(finding, _other(side)), _other(side)))
    )


def _is_alone(passage: Passage, finding: Finding) -> bool:
    """Return whether only the finding's words differ in their sentence, and do not occur elsewhere in it."""
    for side in _SIDES:
        own = _lower(_text(passage, finding, side))
        others = _lower(_sentence(passage, _span(finding, _other(side)), _other(side)))
        if not _MOST.isdisjoint(own) and not _MOST.isdisjoint(others):
            return False
        if any(word not in FUNCTION and word in others for word in own):
            return False
    return all(
        slot.kept_share >= MIN_KEPT_AROUND_PHRASE and not slot.own and not slot.other
        for slot in _slots(passage, finding)
    )


def _is_opposite(passage: Passage, finding: Finding) -> bool:
    """Return whether the same words follow two opposites: in "went to" and "stopped by" they are no opposites."""
    if all(_text(passage, finding, side) in _LATE for side in _SIDES):
        return False
    following = [
        words(passage.text(side), (end, min(len(passage.text(side)), end + MAX_CHARS_TO_VERB)))
        for side in _SIDES
        for end in (_span(finding, side)[1],)
    ]
    return bool(following[0]) == bool(following[1]) and (
        not following[0] or following[0][0].lower == following[1][0].lower
    )


def _is_clash(passage: Passage, finding: Finding) -> bool:
    """Return whether one text says what the other denies; the manner of saying it is up to each translator."""
    denying = [not _CLASHING.isdisjoint(_lower(_text(passage, finding, side))) for side in _SIDES]
    return denying[0] != denying[1] and all(
        slot.kept_share >= MIN_KEPT_AROUND for slot in _slots(passage, finding)
    )


def _is_other_source(passage: Passage, finding: Finding) -> bool:
    """Return whether people took the place of other people in a sentence that is otherwise kept."""
    base, witness = (
        [word for word in _lower(_text(passage, finding, side)) if word not in FUNCTION] for side in _SIDES
    )
    least = MIN_KEPT_AROUND if len(base) == len(witness) == 1 else MIN_KEPT_AROUND_PHRASE
    return (
        0 < len(base) <= MAX_SOURCE_WORDS
        and 0 < len(witness) <= MAX_SOURCE_WORDS
        and not any(are_forms(first, second) for first in base for second in witness)
        and not any(word.endswith(("'s", "s'")) for word in (*base, *witness))
        and not (base[-1] in _BODIES and witness[-1] in _BODIES)
        and all(slot.kept_share >= least for slot in _slots(passage, finding))
    )


def _lacks_source(passage: Passage, finding: Finding) -> bool:
    """Return whether the other text states the same and nowhere in the row names a source for it."""
    side, other = _one_side(finding)
    span = _span(finding, side)
    content = [word for word in _lower(passage.text(side)[slice(*span)]) if word not in FUNCTION]
    others = set(_lower(passage.text(other)))
    place = _sentence(passage, _span(finding, other), other)
    return (
        slot_of(passage, span, side).kept_share >= MIN_KEPT_AROUND_A_VERB
        and others.isdisjoint(content)
        and not _AS_SOMEBODY.search(place)
    )


def _lacks_condition(passage: Passage, finding: Finding) -> bool:
    side, _ = _one_side(finding)
    span = _span(finding, side)
    slot = slot_of(passage, span, side)
    return (
        len(words(passage.text(side), span)) >= MIN_CONDITION_WORDS
        and slot.kept_share >= MIN_KEPT_AROUND_PHRASE
        and not slot.own
        and not slot.other
    )


def _is_statement(passage: Passage, finding: Finding) -> bool:
    """Return whether one text asks whether it is so, and the other states it."""
    side: SideName = "base" if _text(passage, finding, "base").endswith("?") else "witness"
    other = _other(side)
    return not _ASKS.search(_text(passage, finding, side)[:-1]) and not _ASKS.search(
        _text(passage, finding, other)
    )


def _text(passage: Passage, finding: Finding, side: SideName) -> str:
    return passage.text(side)[slice(*_span(finding, side))].lower()


_SIDES: tuple[SideName, SideName] = ("base", "witness")


def _span(finding: Finding, side: SideName) -> Span:
    return finding.base if side == "base" else finding.witness


def _other(side: SideName) -> SideName:
    return "witness" if side == "base" else "base"


def _one_side(finding: Finding) -> tuple[SideName, SideName]:
    return ("base", "witness") if finding.base[0] < finding.base[1] else ("witness", "base")


def _slots(passage: Passage, finding: Finding) -> list[Slot]:
    return [
        slot_of(passage, _span(finding, side), side)
        for side in _SIDES
        if _span(finding, side)[0] < _span(finding, side)[1]
    ]


def _lower(text: str) -> list[str]:
    return [word.lower for word in words(text, (0, len(text)))]


def _sentence(passage: Passage, place: Span, side: SideName, around: int = MAX_SENTENCE_CHARS) -> str:
    """Return the sentences of a side that a place touches, at most ``around`` code points to either side."""
    touched = [
        clip(sentence.span, (place[0] - around, place[1] + around))
        for sentence in passage.sentences(side)
        if sentence.span[0] <= place[1] and place[0] <= sentence.span[1]
    ]
    return " ".join(passage.text(side)[slice(*span)] for span in touched)


def _verb_after(text: str, at: int) -> RowWord | None:
    """Return the first content word after a negator or a modal verb, if only auxiliary words are between."""
    for word in words(text, (at, min(len(text), at + MAX_CHARS_TO_VERB))):
        if word.lower not in _LIGHT and not word.lower.endswith("ly"):
            return None if word.lower in FUNCTION or word.text[0].isupper() else word
    return None


def _at_place(passage: Passage, verb: RowWord, place: Span, side: SideName) -> RowWord | None:
    """Return the form of a verb that one side has at a place or near it."""
    text = passage.text(side)
    near = max(0, place[0] - MAX_CHARS_TO_VERB), min(len(text), place[1] + MAX_CHARS_TO_VERB)
    return next((word for word in words(text, near) if are_forms(word.lower, verb.lower)), None)


_JUDGES: dict[str, Callable[[Passage, Finding], bool]] = {
    "negation-changed": _denies,
    "negation-one-sided": _denies,
    "modality-changed": _certainty,
    "modality-one-sided": _certainty,
    "modality-stage": _is_other_stage,
    "condition-one-sided": _lacks_condition,
    "question-one-sided": _is_statement,
    "antonym": _is_opposite,
    "antonym-tone": _is_opposite,
    "attribution-changed": _is_clash,
    "attribution-source-changed": _is_other_source,
    "attribution-one-sided": _lacks_source,
}
"""What each rule's findings must be to count, by the rule's name."""
