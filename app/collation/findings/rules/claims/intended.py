"""What somebody does on one side and only offers or claims to do on the other: an infinitive for a finite verb.

Also what would have been, or is possible, where one of two words that say so may be missing.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from app.collation import lexicon
from app.collation.findings.names import acting
from app.collation.findings.row import reworked
from app.collation.findings.row.changed_words import RowWord, lower_words, words
from app.collation.findings.row.passage import Passage
from app.collation.lexicon import base_forms
from app.collation.lexicon.claim_cues import Cue, cues
from app.collation.lexicon.inflect import verb_forms
from app.collation.model import Finding, SideName, Span
from app.collation.text.language import FUNCTION_WORDS

MAX_CHARS_OF_CONTEXT = 40
"""Code points before a place in which the word that governs an infinitive is looked for."""

MAX_WORDS_OF_A_SUBJECT = 3
"""Words before the infinitive of a headline, which says "to rule" for "will rule"."""

MAX_OTHER_WORDS = 2
"""Words of a place beside the verb and what governs it, function words apart."""

_BETWEEN = frozenset("also already never not since even long".split())
"""What may come between "have" and its participle."""

POSSIBLE = frozenset(("may", "might", "could"))
"""Verbs that say that something may be so."""

_POSSIBILITY = re.compile(
    r"\b(?:possible|conceivable|possibility|chance|likelihood)\s+(?:that\s+)?[^.;:?!]*\Z", re.IGNORECASE
)
"""What makes a "may" of the "will" after it."""

_SAME_STEP = {
    "may": frozenset("possible possibility possibly perhaps maybe chance conceivable".split()),
    "part": frozenset("most mostly main mainly chiefly largely primarily majority".split()),
}
"""Words that say, in another part of the sentence, what words of a step do."""

MAX_CHARS_OF_A_CLAUSE = 80
"""Code points before a "will" in which what governs its clause is looked for."""

MAX_WORDS_OF_A_CHARGE = 3
"""Words that say that somebody is accused: under suspicion of."""

_OF_A_CHARGE = frozenset(("for", "of", "over", "with"))
_UNPROVEN = frozenset(("accused", "arrested", "charged", "questioned", "suspected", "tried"))
"""Stages of a case at which it is not sure that the deed was done."""

_ENTAILING = frozenset(lexicon.lines("entailing"))
"""Words after which an infinitive says what was done: managed to, forced to, the first to (Karttunen 1971)."""


def is_unreal(place: reworked.Reworked, cue: Cue) -> bool:
    """Return whether a "would" says what did not happen, or a "could" what may not have: would have lost."""
    if cue.step not in ("would", "could", "should") or [
        word.lower for word in place.words[cue.end : cue.end + 1]
    ] != ["have"]:
        return False
    following = [word.lower for word in place.words[cue.end + 1 :]]
    verb = next((word for word in following if not word.endswith("ly") and word not in _BETWEEN), "")
    return verb == "been" or verb.endswith("n") or any(form.tense == "past" for form in verb_forms(verb))


def is_merely_possible(text: str, word: RowWord) -> bool:
    """Return whether a "will" or "can" is of what may be: it is possible that it will."""
    first = max(0, word.start - MAX_CHARS_OF_A_CLAUSE)
    return word.lower in ("will", "can") and _POSSIBILITY.search(text, first, word.start) is not None


def repeats_a_modal(place: reworked.Reworked, cue: Cue) -> bool:
    """Return whether a word says again what the verb beside it says: may possibly be, might perhaps have been."""
    before, after = place.words[max(0, cue.start - 1) : cue.start], place.words[cue.end : cue.end + 1]
    return cue.step == "may" and not POSSIBLE.isdisjoint(word.lower for word in (*before, *after))


def is_said_elsewhere(passage: Passage, cue: Cue, side: SideName) -> bool:
    """Return whether the other side says the same in a word of another place: may and possible, mostly and most."""
    others = passage.changed.witness_words if side == "base" else passage.changed.base_words
    return not _SAME_STEP.get(cue.step, frozenset()).isdisjoint(others)


class _Infinitive(NamedTuple):
    """An infinitive of one side: the word before "to", if it is new there, "to" and the verb."""

    governor: RowWord | None
    to: RowWord
    verb: RowWord


def find(passage: Passage, base: Span, witness: Span) -> list[Finding]:
    """Return a finding if a side has an infinitive, or a charge, at a place where the other has the verb itself."""
    texts = passage.base[slice(*base)].lower(), passage.witness[slice(*witness)].lower()
    if not any("to" in text or "ing" in text for text in texts):
        return []
    printed, instead = map(lower_words, texts)
    if ("to" in printed) == ("to" in instead) and not any(word.endswith("ing") for word in printed + instead):
        return []
    first, second = words(passage.base, base), words(passage.witness, witness)
    sides: tuple[tuple[SideName, Span, list[RowWord], list[RowWord]], ...] = (
        ("base", base, first, second),
        ("witness", witness, second, first),
    )
    for side, span, own, others in sides:
        charge = _charge(own, others)
        if charge and _is_done(charge, own, others):
            start, end = (charge.governor or charge.to).start, charge.to.end
            says = f"certainty on one side only: {' '.join(passage.text(side)[start:end].split())}"
            return [passage.one_sided("modality", (start, end), side, says, "modality-one-sided")]
        if any(word.lower == "to" for word in own) and not any(word.lower == "to" for word in others):
            infinitive = _infinitive(passage.text(side), span)
            if infinitive and _is_done(infinitive, own, others):
                start = (infinitive.governor or infinitive.to).start
                end = (infinitive.to if infinitive.governor else infinitive.verb).end
                phrase = " ".join(passage.text(side)[start:end].split())
                says = f"certainty on one side only: {phrase}"
                return [passage.one_sided("modality", (start, end), side, says, "modality-one-sided")]
    return []


def _charge(own: Sequence[RowWord], others: Sequence[RowWord]) -> _Infinitive | None:
    """Return what only those who accuse somebody say of them, and others as a fact: is accused of killing, killed."""
    for at, (link, verb) in enumerate(pairwise(own)):
        if link.lower in _OF_A_CHARGE and verb.lower.endswith("ing"):
            verbs = frozenset().union(
                *(
                    base_forms(word.lower)
                    for word in others
                    if any(form.tense == "past" for form in verb_forms(word.lower))
                )
            )
            before = own[max(0, at - MAX_WORDS_OF_A_CHARGE) : at]
            stages = cues([word.lower for word in before], "legal")
            stage = next((cue for cue in stages if cue.end == len(before) and cue.step in _UNPROVEN), None)
            same = sorted((base_forms(verb.lower) - {verb.lower}) & verbs)
            if same and stage:
                return _Infinitive(before[stage.start], link, verb._replace(lower=same[0]))
    return None


def _infinitive(text: str, span: Span) -> _Infinitive | None:
    """Return the infinitive that begins in a span, unless the word before it says that it was done, or is a step."""
    before = max(0, span[0] - MAX_CHARS_OF_CONTEXT)
    nearby = words(text, (before, min(len(text), span[1] + MAX_CHARS_OF_CONTEXT)))
    for place in range(1, len(nearby) - 1):
        governor, to, verb = nearby[place - 1 : place + 2]
        if to.lower == "to" and span[0] <= to.start and to.end <= span[1]:
            if text[governor.end : to.start].strip() or verb.text[0].isupper():
                return None
            if before == 0 and _is_headline(nearby[:place]):
                return _Infinitive(None, to, verb)
            if (
                governor.start < span[0]
                or not acting.is_deed(governor.lower)
                or _entails(governor.lower)
                or _is_on_a_ladder(governor.lower)
            ):
                return None
            return _Infinitive(governor, to, verb)
    return None


def _is_headline(subject: Sequence[RowWord]) -> bool:
    """Return whether the words before an infinitive are only its subject: Court to rule on Monday."""
    return len(subject) <= MAX_WORDS_OF_A_SUBJECT and not any(
        word.lower in FUNCTION_WORDS or word.lower.endswith(("ed", "ing")) or _entails(word.lower)
        for word in subject
    )


def _entails(governor: str) -> bool:
    return not _ENTAILING.isdisjoint(base_forms(governor)) or governor.endswith("est")


def _is_on_a_ladder(governor: str) -> bool:
    """Return whether a word before "to" is read as a step of certainty or as a denial."""
    return any(cue.end == 2 and cue.step != "pos" for cue in cues((governor, "to"), "certainty", "negation"))


def _is_done(infinitive: _Infinitive, own: Sequence[RowWord], others: Sequence[RowWord]) -> bool:
    """Return whether the other side has a finite form of the verb, and nothing else differs but function words."""
    verb = infinitive.verb.lower
    start = (infinitive.governor or infinitive.to).start
    rest = _content(own, {word for word in own if start <= word.start <= infinitive.verb.start})
    for other in others:
        if other.lower != verb and not other.lower.endswith("ing") and verb in base_forms(other.lower):
            if any(word.lower in ("be", "being") for word in others):
                return False
            other_rest = _content(others, {other})
            return len(rest) <= MAX_OTHER_WORDS and reworked.say_the_same(rest, other_rest)
    return False


def _content(of_side: Sequence[RowWord], taken: set[RowWord]) -> list[str]:
    places = {word.start for word in taken}
    return [
        word.lower for word in of_side if word.start not in places and word.lower not in reworked.FUNCTION
    ]


_DETERMINERS = lexicon.words("function_words", "determiner")
_FINITE = frozenset("is are was were has had have will would can could may might".split())
_FORMS_OF_BE = frozenset(("am", "are", "is", "was", "were"))


def takes_clause(place: reworked.Reworked, cue: Cue) -> bool:
    """Return whether a verb of knowing or believing has a clause after it: "that" or somebody, who does something."""
    following = place.words[cue.end].lower if cue.end < len(place.words) else ""
    if following in _DETERMINERS:
        return any(word.lower in _FINITE for word in place.words[cue.end + 2 : cue.end + 5])
    return following == "that" or following in ("he", "she", "they", "we")


def is_planned_too(text: str, place: reworked.Reworked, cue: Cue, other: reworked.Reworked) -> bool:
    """Return whether the other side has "to" alone for what is planned: is to rule; in a headline, court to rule."""
    bare = reworked.is_headline(text)
    return place.words[cue.end - 1].lower == "to" and any(
        word.lower == "to" and (bare or before.lower in _FORMS_OF_BE)
        for before, word in pairwise(other.words)
    )
