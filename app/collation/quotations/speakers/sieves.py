"""The sieves that find the speaker of a quotation in its own sentence, the surest first.

Next to each is how often its answer was right on 180 news articles marked by hand (the dev half of PolNeAR 1.0), for
quotations of four words and more. The order, and the plan, follow Muzny, Fang, Chang and Jurafsky, "A two-stage sieve
approach for quote attribution" (EACL 2017), without a parser: phrases are read from small words and capitals alone.
"""

import re
from collections.abc import Callable, Sequence

from app.collation import lexicon
from app.collation.quotations.speakers import vocabulary
from app.collation.quotations.speakers.answers import (
    INVERTED,
    NOBODY,
    Answer,
    according,
    any_verb,
    has_person_look,
    is_somebody,
    may_be_subject,
    name_then_verb,
    of_verb,
    quoted_as_saying,
    quoting,
    verb_then_name,
    without_verb,
)
from app.collation.quotations.speakers.grammar.noun_phrases import (
    is_past,
    named_beside,
    phrase_at,
    phrase_before,
    without_role,
)
from app.collation.quotations.speakers.grammar.subjects import (
    opening_phrase,
    past_fillers,
    utters,
)
from app.collation.quotations.speakers.grammar.verbs import (
    DENIALS,
    clause_start,
    is_denied,
    is_passive,
    is_put_to,
    is_spoken_to,
)
from app.collation.quotations.speakers.narrative import NarrativeWord
from app.collation.quotations.speakers.unspoken import is_unspoken

MIN_STATEMENT_WORDS = 4
"""Words from which a quotation is a statement, not a title or a word in scare quotes."""


MAX_SIGNATURE_WORDS = 16
"""Words of the line that names who signs."""

MAX_VERBS_TRIED = 6
"""Verbs of saying before a quotation whose subject is looked for: a bound for hostile text."""

_UNFINISHED = re.compile(r"[,?!][\"'”’»“]+$")
"""A comma or a question mark before the closing mark: the sentence goes on to who speaks."""


_REPLIES = lexicon.words("quoted_matter", "reply")
"""Nouns for what somebody says: the mayor's answer."""


_SURE = vocabulary.SPEECH - vocabulary.EMBEDDED


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
            return Answer(without_role(words, named or answer.phrase), answer.cue, name)
    return None


def _is_asked_of(words: Sequence[NarrativeWord], place: int) -> bool:
    """Return whether the quotation is in what somebody was asked or told: pressed on whether it was “...”, Lee."""
    start = clause_start(words, place)
    opened = words[start].lower in (
        "having",
        "after",
        "on",
        "upon",
        "when",
        "being",
        "once",
        "although",
        "despite",
    )
    return any(
        is_put_to(words, at) or (opened and is_passive(words, at) and is_spoken_to(words[at]))
        for at in range(start, min(start + 4, place))
    )


def signature(words: Sequence[NarrativeWord], at: int) -> Answer | None:
    """Return the signature in the rest of a sentence from ``at``, a dash and a name: — Ann Lee; - the mayor of Leeds.

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
    if at > 1 and words[at].lower == "of":
        at -= 1  # to the mayor's cry of “...”
    if at > 0 and words[at].lower in _REPLIES and words[at - 1].lower.endswith(("'s", "s'")):
        phrase = phrase_before(words, at)
        known = phrase and (is_somebody(words, phrase) or lexicon.is_people(words[at - 1].lower.rstrip("s'")))
        if phrase and known:
            return Answer(phrase, words[at].text)
        return NOBODY if words[at + 1].lower == "of" else None
    if words[place - 1].text != ":":
        return None
    first = 1 if words[0].lower == "from" or not words[0].text[0].isalnum() else 0
    phrase = phrase_at(words, first, True, place - 1)
    if phrase is None or words[first].lower in vocabulary.SPEECH:
        return None
    described = words[phrase.last].text in ",(" and place - phrase.last <= MAX_SIGNATURE_WORDS
    if phrase.last < place - 1 and not (first and described):
        return None
    return Answer(phrase, ":") if is_somebody(words, phrase) else None


def _right_before(words: Sequence[NarrativeWord], place: int) -> Answer | None:
    """Lee said, “...”; said Lee: “...”; Lee said that “...”; Lee called it “...”."""
    at = place - 1
    if at > 1 and words[at].text in vocabulary.PAUSES + ":":
        named = phrase_before(words, at)
        if named and named.first and words[named.first - 1].lower in INVERTED:
            answer = verb_then_name(words, named.first - 1)
            inverted = named.first == 1 or not words[named.first - 2].text[0].isalnum()
            if answer and inverted:
                return answer
    while at >= 0 and (
        words[at].text in vocabulary.PAUSES + ":" or words[at].lower in vocabulary.BEFORE_QUOTATION
    ):
        at -= 1
    if at < 0:
        return None
    if not utters(words, at, vocabulary.TALK):
        # Rather than say “...”, Lee left.
        led = at > 0 and words[at - 1].lower in ("to", "than", "not", "nor", "of", "from", "without")
        speaks = words[at].lower in vocabulary.BASE_FORMS or words[at].lower in _SAYING
        return NOBODY if led and speaks and is_denied(words, at) else None
    answer = of_verb(words, at, place)
    if answer is NOBODY and words[at].lower not in _SURE:
        # Lee said he would not call it “...”: he did use the words.
        return _before(words, place, (_SURE,)) or NOBODY
    if answer and words[at].lower not in vocabulary.SPEECH:
        return _after(words, place) or answer  # The vote signals “...” for them, said Lee.
    if answer and any(word.text in "—–―" or word.lower in _COPULAS for word in words[at + 1 : place]):
        return _right_after(words, place) or answer  # What he cited are “...,” the paper reported.
    return answer


_SAYING = frozenset(form for form in vocabulary.SPEECH if form.endswith("ing"))
_COPULAS = frozenset(("is", "are", "was", "were"))


def _right_after(words: Sequence[NarrativeWord], place: int) -> Answer | None:
    """“...,” said Lee; “...,” Lee, a lawyer, said; “...,” according to Lee; also over further quotations."""
    subordinate = _in_clause_of_its_own(words, place)
    if subordinate:
        return subordinate
    at = place + 1
    while at < len(words) and (
        words[at].text in vocabulary.PAUSES or words[at].quotation >= 0 or _joins_quotations(words, at)
    ):
        at += 1
    source = according(words, at)
    if source and source.phrase.last < len(words) and words[source.phrase.last].quotation >= 0:
        source = _before(words, place) or source  # according to Lee “...,” according to Ray “...”
    return (
        source
        or quoted_as_saying(words, at)
        or verb_then_name(words, past_fillers(words, at))
        or name_then_verb(words, at, place)
        or (any_verb(words, at) if _UNFINISHED.search(words[place].text) else None)
    )


def _acts_before(words: Sequence[NarrativeWord], place: int) -> Answer | None:
    """“...!” and Lee shot back: “...”: who does something in the clause that a colon ends, after another quotation."""
    if words[place - 1].text != ":" or all(word.quotation < 0 for word in words[:place]):
        return None
    phrase = phrase_at(words, clause_start(words, place - 1), end=place)
    verb = past_fillers(words, phrase.last) if phrase else place
    if phrase is None or verb >= place or not may_be_subject(words, phrase, ()):
        return None
    tells = any(form.tense == "past" for form in lexicon.verb_forms(words[verb].lower))
    return Answer(phrase, words[verb].text) if tells and not is_passive(words, verb) else None


def _joins_quotations(words: Sequence[NarrativeWord], at: int) -> bool:
    """Return whether the word at ``at`` introduces another quotation, and not a clause with its own subject."""
    return words[at].lower in ("and", "or") and at + 1 < len(words) and words[at + 1].quotation >= 0


def _in_clause_of_its_own(words: Sequence[NarrativeWord], place: int) -> Answer | None:
    """While Lee called it “...,” Ray wrote: who speaks in the clause before the main one."""
    start = clause_start(words, place)
    if not any(words[at].lower in _SUBORDINATE for at in range(max(0, start - 1), min(start + 1, place))):
        return None
    for at in range(place - 1, start - 1, -1):
        if utters(words, at, vocabulary.TALK):
            return of_verb(words, at, place)
    return None


_SUBORDINATE = frozenset(
    "after before while whereas although though where when because since if whilst".split()
)
"""Words that begin a clause before the main one."""


def _before(
    words: Sequence[NarrativeWord],
    place: int,
    kinds: Sequence[frozenset[str]] = (_SURE, vocabulary.TALK),
) -> Answer | None:
    """Lee said the plan, which is late, was “...”: the nearest verb of saying before, the surer verbs first.

    Nobody, where another quotation comes between and the words after it are about somebody else.
    """
    since = next((at for at in range(place - 1, -1, -1) if words[at].quotation >= 0), -1) + 1
    nearest = next((at for at in range(place - 1, since - 1, -1) if utters(words, at, vocabulary.TALK)), None)
    if nearest is not None and words[nearest].lower in vocabulary.EMBEDDED:
        answer = of_verb(words, nearest, place)
        opens = words[answer.phrase.first] if answer and answer is not NOBODY else None
        if (
            answer
            and opens
            and since <= answer.phrase.first
            and opens.lower not in vocabulary.PRONOUNS
            and since
        ):
            return answer  # Lee said “...” while analysts called it “...”.
    for verbs in kinds:
        tried = 0
        for at in range(place - 1, -1, -1):
            is_verb = utters(words, at, verbs)
            answer = of_verb(words, at, place) if is_verb else according(words, at)
            if is_verb and words[at].lower not in vocabulary.SPEECH and _acts_since(words, at, place):
                answer = None
            if answer is NOBODY and nearest is not None and nearest > at:
                answer = of_verb(words, nearest, place)  # could not say but described it as “...”
            if answer is NOBODY or (
                answer
                and words[at].lower in DENIALS
                and words[place - 1].text not in ",:"
                and not _is_verdict(words, at, place)
            ):
                return NOBODY
            if answer and words[answer.phrase.first].lower != "it" and answer.phrase.last <= place:
                return NOBODY if at < since and _is_of_another(words, since, place) else answer
            tried += is_verb
            if tried == MAX_VERBS_TRIED:
                break
    return None


_PORTRAYALS = ("description", "portrayal", "depiction", "reputation", "label", "image", "characterization")
"""Nouns before "as" for how somebody else sees it."""


def _is_verdict(words: Sequence[NarrativeWord], verb: int, place: int) -> bool:
    """Return whether who denies something calls it that: rejected it as “...”, but not: his portrayal as “...”."""
    denied = phrase_at(words, verb + 1)
    return (
        words[place - 1].lower == "as"
        and denied is not None
        and denied.last == place - 1
        and not any(word.lower.endswith(_PORTRAYALS) for word in words[slice(*denied)])
    )


def _acts_since(words: Sequence[NarrativeWord], verb: int, place: int) -> bool:
    """Return whether, since the clause of the verb, somebody else does something: while he praised it, Lee found."""
    start = clause_start(words, place)
    phrase = phrase_at(words, start, end=place) if verb < start < place else None
    if (
        phrase is None
        or phrase.last >= place
        or words[start - 1].text != ","
        or not is_somebody(words, phrase)
    ):
        return False
    return is_past(words[phrase.last]) or words[phrase.last].lower in _FINITE


_FINITE = vocabulary.AUXILIARIES.union(past for _, past, _ in lexicon.rows("irregular_verbs"))


def _is_of_another(words: Sequence[NarrativeWord], first: int, place: int) -> bool:
    """Return whether the words from ``first`` to a quotation begin with somebody: “...,” and his deputy of “...”."""
    while first < place and (
        words[first].text in vocabulary.PAUSES + ";" or words[first].lower in ("and", "but")
    ):
        first += 1
    phrase = phrase_at(words, first, end=place)
    if first < place and words[first].lower in ("another", "others"):
        return True
    if phrase is None or phrase.last >= place or not is_somebody(words, phrase):
        return False
    following = words[phrase.last]
    goes_on = not following.text[0].isalnum() or following.lower in ("that", "of", "as", "with")
    return goes_on or (is_past(following) and words[first].lower not in vocabulary.PRONOUNS)


def _after(words: Sequence[NarrativeWord], place: int) -> Answer | None:
    """“...” was the reason for it, Lee said."""
    for at in range(place + 1, len(words)):
        if words[at].quotation >= 0:
            return None
        after = at + 1
        answer = according(words, at)
        if not answer and words[at].text in vocabulary.PAUSES:
            answer = name_then_verb(words, after, place) or verb_then_name(words, after)
        if answer:
            return answer
    return None


def _subject(words: Sequence[NarrativeWord], place: int) -> Answer | None:
    """Lee was sure that “...”: the subject of the sentence, a person by its look, where a whole statement is quoted."""
    phrase = opening_phrase(words, place)
    least = MIN_STATEMENT_WORDS - (words[place - 1].text == ":")
    if phrase is None or len(words[place].text.split()) < least or phrase.last >= place:
        return None
    if any(is_spoken_to(words[at]) and is_passive(words, at) for at in range(phrase.last, place)):
        return None  # Lee was asked on the radio: “...”
    known = has_person_look(words[phrase.first]) or (
        words[place - 1].text == ":"
        and lexicon.is_person(words[phrase.last - 1].lower)
        and _is_described(words, phrase.last)
    )
    return Answer(phrase, "") if known else None


def _is_described(words: Sequence[NarrativeWord], at: int) -> bool:
    """Return whether words at ``at`` say how somebody is, an aside apart: the minister, Ann Lee, was blunt."""
    if words[at].text == ",":
        at = next((end + 1 for end in range(at + 1, len(words) - 1) if words[end].text == ","), at)
    return words[at].lower in _COPULAS and not is_past(words[at + 1])


SIEVES: tuple[tuple[str, Callable[[Sequence[NarrativeWord], int], Answer | None]], ...] = (
    ("signed", lambda words, place: signature(words, place + 1)),  # 18 of 18
    ("labelled", _labelled),  # none there
    ("quoting", lambda words, _: quoting(words)),  # none there
    ("without verb", without_verb),  # none there
    ("right before", _right_before),  # 139 of 156
    ("acts before", _acts_before),  # none there
    ("right after", _right_after),  # 530 of 546
    ("before", _before),  # 212 of 228
    ("after", _after),  # 9 of 9
    ("subject", _subject),  # 10 of 13
)
"""Name and function of each, in order; beside it how many of its answers were right."""
