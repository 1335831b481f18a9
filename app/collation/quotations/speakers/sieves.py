"""The sieves that find the speaker of a quotation in its own sentence, the surest first.

Beside each stands how often its answer was right on 180 news articles marked by hand (the dev half of PolNeAR 1.0), for
quotations of four words and more. The order, and the plan, follow Muzny, Fang, Chang and Jurafsky, "A two-stage sieve
approach for quote attribution" (EACL 2017), without a parser: phrases are read from small words and capitals alone.
"""

import re
from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

from app.collation import lexicon
from app.collation.quotations.speakers import name_lists, vocabulary
from app.collation.quotations.speakers.grammar.noun_phrases import (
    Phrase,
    is_past,
    named_beside,
    phrase_at,
    phrase_before,
)
from app.collation.quotations.speakers.grammar.subjects import (
    is_participle,
    opening_phrase,
    past_aside,
    past_fillers,
    subject_of,
    utters,
)
from app.collation.quotations.speakers.grammar.verbs import (
    DENIALS,
    agent,
    clause_start,
    is_denied,
    is_passive,
    is_put_to,
    quoted_subject,
)
from app.collation.quotations.speakers.narrative import NarrativeWord
from app.collation.quotations.speakers.unspoken import is_sign, is_unspoken

MIN_STATEMENT_WORDS = 4
"""Words from which a quotation is a statement, not a title or a word in scare quotes."""


MAX_QUOTED_WORDS = 16
"""Words between a verb of quoting and "as saying"."""

MAX_SIGNATURE_WORDS = 16
"""Words of the line that names who signs."""

MAX_VERBS_TRIED = 6
"""Verbs of saying before a quotation whose subject is looked for: a bound for hostile text."""

_UNFINISHED = re.compile(r"[,?!][\"'”’»“]+$")
"""A comma or a question mark before the closing mark: the sentence goes on to who speaks."""


_REPLIES = lexicon.words("quoted_matter", "reply")
"""Nouns for what somebody says: the mayor's answer."""

_GIVEN = name_lists.MALE | name_lists.FEMALE

_INVERTED = vocabulary.SPEECH - vocabulary.WITH_ADDRESSEE
_SURE = vocabulary.SPEECH - vocabulary.EMBEDDED


class Answer(NamedTuple):
    """The phrase that names the speaker, the cue that shows it, and the sieve that found both."""

    phrase: Phrase
    cue: str
    sieve: str = ""


NOBODY = Answer(Phrase(0, 0), "")
"""What ends the search: the sentence says that these words were not said, or not by whom."""


def ask(words: Sequence[NarrativeWord], place: int) -> Answer | None:
    """Return the answer of the first sieve that has one for the quotation at ``place`` of a sentence.

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> from app.collation.quotations.spans import find
    >>> text = "“Not yet,” Dong Jun, China's new defense minister, told reporters."
    >>> (words,) = sentences(text, list(enumerate(find([text]))))
    >>> ask(words, 0)
    Answer(phrase=Phrase(first=1, last=3), cue='told', sieve='right after')
    """
    if is_unspoken(words, place) or _is_asked_of(words, place):
        return None
    for name, sieve in SIEVES:
        answer = sieve(words, place)
        if answer is NOBODY:
            return None
        if answer and words[answer.phrase.first].lower not in ("who", "which"):
            named = named_beside(words, answer.phrase)
            return Answer(named or answer.phrase, answer.cue, name)
    return None


def _is_asked_of(words: Sequence[NarrativeWord], place: int) -> bool:
    """Return whether the quotation is in what somebody was asked or told: pressed on whether it was “...”, Lee."""
    start = clause_start(words, place)
    return any(is_put_to(words, at) for at in range(start, min(start + 2, place)))


def _signed(words: Sequence[NarrativeWord], place: int) -> Answer | None:
    """“...” — Ann Lee, a farmer, and nothing more."""
    return signature(words, place + 1)


def signature(words: Sequence[NarrativeWord], at: int) -> Answer | None:
    """Return who signs in the rest of a sentence from ``at`` on, a dash and a name: — Ann Lee; - the mayor of Leeds.

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> signature(sentences("- the mayor of Leeds", [])[0], 0)
    Answer(phrase=Phrase(first=1, last=5), cue='-', sieve='')
    """
    if not at + 1 < len(words) <= at + MAX_SIGNATURE_WORDS or words[at].text not in "—–―-~":
        return None
    phrase = phrase_at(words, at + 1, verb=True)
    if phrase is None or not (words[phrase.first].capital or is_somebody(words, phrase)):
        return None
    rest = words[phrase.last :]
    plain = not any(word.text[0].islower() for word in rest)
    described = (
        bool(rest) and rest[0].text in ",(" and not any(word.lower in vocabulary.SPEECH for word in rest)
    )
    return Answer(phrase, words[at].text) if plain or described else None


def _labelled(words: Sequence[NarrativeWord], place: int) -> Answer | None:
    """Mayor: “...”; From Ann Lee: “...”; the mayor's answer: “...”."""
    at = place - 1
    while at > 0 and (
        words[at].text in vocabulary.PAUSES + ":" or words[at].lower in ("is", "was", "simply")
    ):
        at -= 1
    if at > 0 and words[at].lower in _REPLIES and words[at - 1].lower.endswith(("'s", "s'")):
        phrase = phrase_before(words, at)
        return Answer(phrase, words[at].text) if phrase and is_somebody(words, phrase) else None
    if words[place - 1].text != ":":
        return None
    first = 1 if words[0].lower == "from" or not words[0].text[0].isalnum() else 0
    phrase = phrase_at(words, first, True, place - 1)
    if phrase is None or phrase.last < place - 1 or words[first].lower in vocabulary.SPEECH:
        return None
    return Answer(phrase, ":") if is_somebody(words, phrase) else None


def is_somebody(
    words: Sequence[NarrativeWord], phrase: Phrase, names: Container[str] = frozenset[str]()
) -> bool:
    """Return whether a phrase is a name, or a noun for a person is at its head.

    What begins a sentence has a capital anyway: it is a name if it is no common word, or is among ``names``.
    """
    named = False
    for at in range(*phrase):
        lower = words[at].lower.removesuffix("'s")
        if lexicon.is_person(lower):
            return True
        if lower in vocabulary.JOINERS:
            break
        first = at == 0 or words[at - 1].quotation >= 0
        named |= words[at].capital and (
            not first or lower in _GIVEN or lower in names or not lexicon.is_common(lower)
        )
    return named


def _right_before(words: Sequence[NarrativeWord], place: int) -> Answer | None:
    """Lee said, “...”; said Lee: “...”; Lee said that “...”; Lee called it “...”."""
    at = place - 1
    if at > 1 and words[at].text in vocabulary.PAUSES + ":":
        named = phrase_before(words, at)
        if named and named.first and words[named.first - 1].lower in _INVERTED:
            answer = _verb_then_name(words, named.first - 1)
            inverted = named.first == 1 or not words[named.first - 2].text[0].isalnum()
            if answer and inverted:
                return answer
    while at >= 0 and (
        words[at].text in vocabulary.PAUSES + ":" or words[at].lower in vocabulary.BEFORE_QUOTATION
    ):
        at -= 1
    if at < 0 or not utters(words, at, vocabulary.TALK):
        return None
    answer = of_verb(words, at, place)
    if answer is NOBODY and words[at].lower in vocabulary.EMBEDDED:
        # Lee said he would not call it “...”: he did use the words.
        return _before(words, place, (_SURE,)) or NOBODY
    if answer and words[at].lower not in vocabulary.SPEECH:
        return _after(words, place) or answer  # The vote signals “...” for them, said Lee.
    return answer


def _right_after(words: Sequence[NarrativeWord], place: int) -> Answer | None:
    """“...,” said Lee; “...,” Lee, a lawyer, said; “...,” according to Lee; also over further quotations."""
    at = place + 1
    while at < len(words) and (
        words[at].text in vocabulary.PAUSES or words[at].quotation >= 0 or _joins_quotations(words, at)
    ):
        at += 1
    return (
        _according(words, at)
        or _verb_then_name(words, past_fillers(words, at))
        or _name_then_verb(words, at, place)
        or (_any_verb(words, at) if _UNFINISHED.search(words[place].text) else None)
    )


def _joins_quotations(words: Sequence[NarrativeWord], at: int) -> bool:
    """Return whether the word at ``at`` leads to a further quotation and to no clause with a subject of its own."""
    return words[at].lower in ("and", "or") and at + 1 < len(words) and words[at + 1].quotation >= 0


def _before(
    words: Sequence[NarrativeWord],
    place: int,
    kinds: Sequence[frozenset[str]] = (_SURE, vocabulary.TALK),
) -> Answer | None:
    """Lee said the plan, which is late, was “...”: the nearest verb of saying before, the surer verbs first."""
    for verbs in kinds:
        tried = 0
        for at in range(place - 1, -1, -1):
            is_verb = utters(words, at, verbs)
            answer = of_verb(words, at, place) if is_verb else _according(words, at)
            if answer is NOBODY or (
                answer and words[at].lower in DENIALS and words[place - 1].text not in ",:"
            ):
                return NOBODY
            if answer and words[answer.phrase.first].lower != "it" and answer.phrase.last <= place:
                return answer
            tried += is_verb
            if tried == MAX_VERBS_TRIED:
                break
    return None


def _after(words: Sequence[NarrativeWord], place: int) -> Answer | None:
    """“...” was the reason for it, Lee said."""
    for at in range(place + 1, len(words)):
        if words[at].quotation >= 0:
            return None
        after = at + 1
        answer = _according(words, at)
        if not answer and words[at].text in vocabulary.PAUSES:
            answer = _name_then_verb(words, after, place) or _verb_then_name(words, after)
        if answer:
            return answer
    return None


def _is_person(word: NarrativeWord) -> bool:
    return word.lower in ("he", "she") or (
        word.capital and word.lower not in vocabulary.DETERMINERS | vocabulary.PRONOUNS
    )


def _subject(words: Sequence[NarrativeWord], place: int) -> Answer | None:
    """Lee was sure that “...”: the subject of the sentence, a person by its look, where a whole statement is quoted."""
    phrase = opening_phrase(words, place)
    if phrase is None or len(words[place].text.split()) < MIN_STATEMENT_WORDS:
        return None
    return Answer(phrase, "") if _is_person(words[phrase.first]) and phrase.last < place else None


SIEVES: tuple[tuple[str, Callable[[Sequence[NarrativeWord], int], Answer | None]], ...] = (
    ("signed", _signed),  # 18 of 18
    ("labelled", _labelled),
    ("right before", _right_before),  # 134 of 154
    ("right after", _right_after),  # 528 of 546
    ("before", _before),  # 211 of 230
    ("after", _after),  # 11 of 11
    ("subject", _subject),  # 12 of 16
)
"""Name and function of each, in order; beside it how many of its answers were right."""


def of_verb(words: Sequence[NarrativeWord], verb: int, place: int) -> Answer | None:
    """Return who says the quotation at ``place`` by the verb of saying at ``verb`` before it."""
    if is_put_to(words, verb) or is_denied(words, verb):
        return NOBODY
    if is_passive(words, verb):
        return _by_agent(words, verb, place)
    phrase = subject_of(words, verb)
    if phrase is None and verb == 0:
        return _verb_then_name(words, 0)  # Said Lee, “...”
    if phrase is not None and is_sign(words, phrase):
        return NOBODY
    return Answer(phrase, words[verb].text) if phrase else None


def _by_agent(words: Sequence[NarrativeWord], verb: int, place: int) -> Answer:
    """Return whoever acts in the passive: was told by the mayor."""
    phrase = agent(words, verb, place)
    return Answer(phrase, words[verb].text) if phrase else NOBODY


def _according(words: Sequence[NarrativeWord], at: int) -> Answer | None:
    cue = tuple(word.lower for word in words[at : at + 2])
    if cue == ("according", "to") or (cue == ("words", "of") and at > 1 and words[at - 2].lower == "in"):
        phrase = phrase_at(words, at + 2)
        return Answer(phrase, f"{words[at].text} {cue[1]}") if phrase else None
    return None


def _verb_then_name(words: Sequence[NarrativeWord], verb: int) -> Answer | None:
    if verb >= len(words) or words[verb].quotation >= 0 or words[verb].lower not in _INVERTED:
        return None
    phrase = None if is_participle(words[verb]) else phrase_at(words, verb + 1)
    if phrase is None or words[phrase.first].lower in ("this", "that", "it"):
        return None
    if words[phrase.first].lower in vocabulary.PRONOUNS and _is_auxiliary(words, phrase.last):
        return None  # she now says they are
    return NOBODY if is_sign(words, phrase) else Answer(phrase, words[verb].text)


def _is_auxiliary(words: Sequence[NarrativeWord], at: int) -> bool:
    return at < len(words) and words[at].lower in vocabulary.AUXILIARIES


def _any_verb(words: Sequence[NarrativeWord], at: int) -> Answer | None:
    """“...,” she shot back; “...,” bellowed the guard: after a comma inside the marks, whatever somebody does."""
    if at < len(words) and is_past(words[at]):
        phrase = phrase_at(words, at + 1)
        return Answer(phrase, words[at].text) if phrase and is_somebody(words, phrase) else None
    phrase = phrase_at(words, at)
    if phrase is None or phrase.last >= len(words) or not words[phrase.last].text[0].islower():
        return None
    acts = lexicon.is_person(words[phrase.last - 1].lower) and is_past(words[phrase.last])
    return Answer(phrase, words[phrase.last].text) if acts or _is_person(words[phrase.first]) else None


def _name_then_verb(words: Sequence[NarrativeWord], at: int, place: int) -> Answer | None:
    at += at < len(words) and words[at].lower == "as"
    for phrase in (phrase_at(words, at, verb=True), phrase_at(words, at)):
        if phrase is None:
            return None
        verb = past_fillers(words, past_aside(words, phrase.last))
        if verb >= len(words) or words[verb].quotation >= 0:
            continue
        quoted = next(
            (
                end
                for end in range(verb + 1, min(len(words), verb + MAX_QUOTED_WORDS))
                if _as_saying(words, end)
            ),
            0,
        )
        if quoted:
            named = quoted_subject(words, quoted, phrase)
            if named:
                return Answer(named, words[quoted + 1].text)
        if words[verb].lower in vocabulary.SPEECH:
            if is_sign(words, phrase) or is_denied(words, verb):
                return NOBODY
            return (
                _by_agent(words, verb, place) if is_passive(words, verb) else Answer(phrase, words[verb].text)
            )
    return None


def _as_saying(words: Sequence[NarrativeWord], at: int) -> bool:
    """Return whether "as" at ``at`` leads to what somebody is quoted as saying."""
    verb = words[at + 1] if at + 1 < len(words) else None
    return (
        words[at].lower == "as"
        and verb is not None
        and is_participle(verb)
        and verb.lower in vocabulary.SPEECH
    )
