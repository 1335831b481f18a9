"""Signs that somebody is the speaker, such as a name with a verb of saying, or "according to"; or that nobody is."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from app.collation import lexicon
from app.collation.quotations.speakers import name_lists, vocabulary
from app.collation.quotations.speakers.grammar.noun_phrases import (
    Phrase,
    is_past,
    named_beside,
    phrase_at,
)
from app.collation.quotations.speakers.grammar.subjects import (
    is_participle,
    past_aside,
    past_fillers,
    subject_of,
    utters,
)
from app.collation.quotations.speakers.grammar.verbs import (
    agent,
    is_denied,
    is_passive,
    is_put_to,
    quoted_subject,
)
from app.collation.quotations.speakers.narrative import NarrativeWord
from app.collation.quotations.speakers.unspoken import is_sign

MAX_QUOTED_WORDS = 16
"""Words between a verb of quoting and "as saying"."""

_GIVEN = name_lists.MALE | name_lists.FEMALE

INVERTED = vocabulary.SPEECH - vocabulary.WITH_ADDRESSEE
"""Verbs after which their subject may follow."""


class Answer(NamedTuple):
    """The phrase that names the speaker, the cue that shows it, and the sieve that found both."""

    phrase: Phrase
    cue: str
    sieve: str = ""


NOBODY = Answer(Phrase(0, 0), "")
"""The answer that ends the search: the sentence says that nobody said these words, or hides who did."""


def may_be_subject(words: Sequence[NarrativeWord], phrase: Phrase, names: Container[str]) -> bool:
    """Return whether a phrase is he or she, or somebody by name or description."""
    return words[phrase.first].lower in ("he", "she") or is_somebody(words, phrase, names)


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


def has_person_look(word: NarrativeWord) -> bool:
    """Return whether a word may be a person by its capital, or is he or she."""
    return word.lower in ("he", "she") or (word.capital and word.lower not in vocabulary.BEGINNINGS)


def of_verb(words: Sequence[NarrativeWord], verb: int, place: int) -> Answer | None:
    """Return who says the quotation at ``place`` by the verb of saying at ``verb`` before it."""
    if is_put_to(words, verb) or is_denied(words, verb):
        return NOBODY
    if is_passive(words, verb):
        return by_agent(words, verb, place)
    phrase = subject_of(words, verb)
    if phrase is None and verb == 0:
        return verb_then_name(words, 0)  # Said Lee, “...”
    if phrase is not None and is_sign(words, phrase) and not named_beside(words, phrase):
        return NOBODY
    if phrase is not None and words[verb].lower not in vocabulary.SPEECH and _is_bare_thing(words, phrase):
        return None  # money used
    return Answer(phrase, words[verb].text) if phrase else None


def _is_bare_thing(words: Sequence[NarrativeWord], phrase: Phrase) -> bool:
    """Return whether a phrase is a noun alone, and none for people."""
    first, head = words[phrase.first], words[phrase.last - 1].lower
    led = any(word.capital for word in words[slice(*phrase)]) or first.lower in vocabulary.BEGINNINGS
    return not led and not first.lower.endswith(("'s", "s'")) and not lexicon.is_people(head)


def by_agent(words: Sequence[NarrativeWord], verb: int, place: int) -> Answer:
    """Return whoever acts in the passive: was told by the mayor."""
    phrase = agent(words, verb, place)
    return Answer(phrase, words[verb].text) if phrase else NOBODY


_VIEWS = frozenset("words view opinion eyes judgment judgement assessment estimation account telling".split())
"""Words for what somebody thinks, after "in the"."""


def according(words: Sequence[NarrativeWord], at: int) -> Answer | None:
    """According to Lee; in the words of Lee: the phrase that follows, given the place of the cue."""
    cue = tuple(word.lower for word in words[at : at + 2])
    if cue == ("according", "to") or (
        cue[1:] == ("of",) and cue[0] in _VIEWS and at > 1 and words[at - 2].lower == "in"
    ):
        phrase = phrase_at(words, at + 2)
        return Answer(phrase, f"{words[at].text} {cue[1]}") if phrase else None
    return None


def quoting(words: Sequence[NarrativeWord]) -> Answer | None:
    """Quoting Lee, the paper wrote: the person whom a sentence says at its beginning that it quotes."""
    if words[0].quotation >= 0 or words[0].lower not in ("quoting", "citing", "paraphrasing"):
        return None
    phrase = phrase_at(words, 1)
    if phrase is None or phrase.last >= len(words) or words[phrase.last].text != ",":
        return None
    return Answer(phrase, words[0].text) if is_somebody(words, phrase) else None


def verb_then_name(words: Sequence[NarrativeWord], verb: int) -> Answer | None:
    """“...,” said Lee: the phrase that follows the verb of saying at ``verb``."""
    if verb >= len(words) or words[verb].quotation >= 0 or words[verb].lower not in INVERTED:
        return None
    phrase = None if is_participle(words[verb]) else phrase_at(words, verb + 1)
    if phrase is None or words[phrase.first].lower in ("this", "that", "it"):
        return None
    if words[phrase.first].lower in vocabulary.PRONOUNS and _is_auxiliary(words, phrase.last):
        return None  # she now says they are
    head = words[phrase.last - 1].lower
    plural = words[phrase.first].capital or head.endswith("s") or head in vocabulary.PLURALS
    if words[verb].lower in vocabulary.BASE_FORMS and not plural:
        return None  # state television
    return NOBODY if is_sign(words, phrase) else Answer(phrase, words[verb].text)


def _is_auxiliary(words: Sequence[NarrativeWord], at: int) -> bool:
    return at < len(words) and words[at].lower in vocabulary.AUXILIARIES


def any_verb(words: Sequence[NarrativeWord], at: int) -> Answer | None:
    """“...,” she shot back; “...,” bellowed the guard: after a comma inside the marks, whatever somebody does."""
    if at < len(words) and is_past(words[at]):
        phrase = phrase_at(words, at + 1)
        return Answer(phrase, words[at].text) if phrase and is_somebody(words, phrase) else None
    phrase = phrase_at(words, at)
    if phrase is None or phrase.last >= len(words) or not words[phrase.last].text[0].islower():
        return None
    acts = lexicon.is_person(words[phrase.last - 1].lower) and is_past(words[phrase.last])
    return Answer(phrase, words[phrase.last].text) if acts or has_person_look(words[phrase.first]) else None


def name_then_verb(words: Sequence[NarrativeWord], at: int, place: int) -> Answer | None:
    """“...,” Lee said: the phrase at ``at`` that a verb of saying follows, for the quotation at ``place``."""
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
                by_agent(words, verb, place) if is_passive(words, verb) else Answer(phrase, words[verb].text)
            )
    return None


def quoted_as_saying(words: Sequence[NarrativeWord], at: int, subject: Phrase | None = None) -> Answer | None:
    """“...,” the paper quoted Lee as saying: who is quoted, in words from ``at`` on.

    ``subject`` is whoever is quoted if the verb is in the passive.
    """
    for joiner in range(at + 1, min(len(words) - 1, at + MAX_QUOTED_WORDS)):
        if words[joiner].quotation >= 0 or words[joiner].text == ",":
            return None
        if _as_saying(words, joiner):
            named = quoted_subject(words, joiner, subject)
            return Answer(named, words[joiner + 1].text) if named else None
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


def without_verb(words: Sequence[NarrativeWord], place: int) -> Answer | None:
    """Return who says the quotation at ``place`` in a clause that leaves the verb of the one before it out.

    Lee called it “...,” Ray “...”; Lee spoke of “...” and Ray of “...”.

    Not where it is the object that another takes the place of: accused Iran of “...” and Syria of “...”.
    """
    since = next((at for at in range(place - 1, -1, -1) if words[at].quotation >= 0), None)
    if since is None or since == 0:
        return None
    at = since + 1
    while at < place and (words[at].text in vocabulary.PAUSES + ";" or words[at].lower in ("and", "while")):
        at += 1
    led = words[place - 1].lower if words[place - 1].lower in _LEADING else ""
    end = place - 1 if led else place
    if led != (words[since - 1].lower if words[since - 1].lower in _LEADING else ""):
        return None
    phrase = phrase_at(words, at, end=end)
    if phrase is None or phrase.last != end or words[at].lower in vocabulary.PRONOUNS:
        return None
    if words[end - 1].lower in vocabulary.TALK:
        return None  # has its verb: her critics see
    verb = next((back for back in range(since - 1, 0, -1) if utters(words, back, vocabulary.TALK)), None)
    if verb is None or (led and phrase_at(words, verb + 1, end=since - 1) is not None):
        return None
    joined = any(words[back].lower == "and" for back in range(since + 1, at))
    if joined and verb < since - 1 - bool(led):
        return None  # called Iran “...” and Syria “...”
    known = is_somebody(words, phrase) or lexicon.is_people(words[phrase.last - 1].lower)
    return Answer(phrase, words[verb].text) if known else None


_LEADING = frozenset(("of", "about", "as"))
