"""Find the subject of a verb of saying in its sentence."""

from collections.abc import Sequence

from app.collation import lexicon
from app.collation.quotations.speakers import vocabulary
from app.collation.quotations.speakers.grammar.noun_phrases import (
    Phrase,
    is_adverb,
    is_past,
    phrase_at,
    phrase_before,
)
from app.collation.quotations.speakers.grammar.verbs import (
    CITED,
    clause_start,
    is_passive,
    quoted_subject,
)
from app.collation.quotations.speakers.narrative import NarrativeWord
from app.collation.text import normalization

MAX_ASIDE_WORDS = 40
"""Words of an aside between a name and its verb: Lee, who grew up in Ohio and has ..., said."""

MAX_DATELINE_WORDS = 12
"""Words of a dateline at most."""

MAX_EARLIER_VERBS = 3
"""Earlier verbs of saying whose subject is tried where a verb has none of its own."""

_SHARED = lexicon.words("function_words", "shares_subject")
"""Words between a subject and a further verb of it."""


def utters(words: Sequence[NarrativeWord], at: int, verbs: frozenset[str] = vocabulary.SPEECH) -> bool:
    """Return whether the word at ``at`` is one of ``verbs`` and is used as a verb.

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> words = sentences("His report said they report it", [])[0]
    >>> [place for place in range(len(words)) if utters(words, place)]
    [2, 4]
    """
    word = words[at]
    lower = word.lower
    if word.quotation >= 0 or lower not in verbs or (word.capital and at):
        return False
    back = at - 1
    while back >= 0 and words[back].lower in vocabulary.ADVERBS:
        back -= 1
    before = words[back].lower if back >= 0 else ""
    after = words[at + 1].lower if at + 1 < len(words) else ""
    if before == "to" and lower in vocabulary.BASE_FORMS:
        quotes = lower in _SAYS_ITSELF and _quotes_next(words, at + 1)
        return quotes or lower in _SPEAKS_AFTER_TO
    if lower in vocabulary.NOUNS and (before in _BEFORE_NOUN or _is_owned(words, at)):
        return False
    if lower in vocabulary.SILENT_BEFORE_TO and after in ("to", "on", "for"):
        return _quotes_next(words, at + 2)  # called for “calm”
    if lower in vocabulary.BASE_FORMS:
        plural = (
            before.endswith(_PLURAL_ENDINGS)
            and not before.endswith(("'s", "ss"))
            and before not in vocabulary.STOPS
        )
        return (
            before in vocabulary.PLURALS
            or plural
            or _has_plural_subject(words, at)
            or (before in ("did", "would", "could") and lower in vocabulary.SPEECH_AFTER_TO)
        )
    return True


def _has_plural_subject(words: Sequence[NarrativeWord], at: int) -> bool:
    """Return whether a plural before a preposition of place opens the clause of a verb: farmers in Leeds say."""
    start = clause_start(words, at)
    if start >= at - 2 or words[start].lower in vocabulary.CLAUSE_OPENERS:
        return False
    place = next(
        (there for there in range(start + 1, min(start + 4, at)) if words[there].lower in _PLACES), None
    )
    if place is None or any(word.lower in vocabulary.AUXILIARIES for word in words[place:at]):
        return False
    head = words[place - 1].lower
    return head.endswith(_PLURAL_ENDINGS) and not head.endswith(("'s", "ss")) and head not in vocabulary.STOPS


_SAYS_ITSELF = vocabulary.SPEECH - vocabulary.EMBEDDED
_SPEAKS_AFTER_TO = vocabulary.SPEECH_AFTER_TO | vocabulary.NAMING
_BEFORE_NOUN = vocabulary.DETERMINERS | vocabulary.JOINERS
_PLURAL_ENDINGS = ("s", "men", "people", "children")


def _quotes_next(words: Sequence[NarrativeWord], at: int) -> bool:
    """Return whether a quotation begins at ``at``, or after a mark there."""
    while at < len(words) and words[at].text in vocabulary.PAUSES + ":":
        at += 1
    return at < len(words) and words[at].quotation >= 0


def _is_owned(words: Sequence[NarrativeWord], at: int) -> bool:
    """Return whether there is a noun at ``at``: Lee's early tweets, in opening remarks."""
    phrase = phrase_before(words, at)
    if phrase is None:
        return bool(at) and words[at - 1].lower in _PREPOSITIONS
    led = bool(phrase.first) and words[phrase.first - 1].lower in _PREPOSITIONS
    small = all(word.text[0].islower() for word in words[slice(*phrase)])
    return (led and small) or any(word.lower.endswith(("'s", "s'")) for word in words[slice(*phrase)])


_PREPOSITIONS = vocabulary.CLAUSE_OPENERS - lexicon.words("function_words", "conjunction")


def is_participle(word: NarrativeWord) -> bool:
    """Return whether the verb has no subject of its own: saying, adding."""
    return word.lower.endswith("ing")


def past_fillers(words: Sequence[NarrativeWord], at: int) -> int:
    """Return the first place from ``at`` on that is not an adverb or auxiliary."""
    while at < len(words) and _is_filler(words[at]):
        at += 1
    return at


def past_aside(words: Sequence[NarrativeWord], at: int) -> int:
    """Return the place of the verb of saying after an aside at ``at``; ``at`` itself where there is none."""
    if at < len(words) and words[at].text == "(":
        while at < len(words) and words[at].text != ")":
            at += 1
        at += 1
    if at < len(words) and words[at].text in vocabulary.PAUSES:
        for end in range(at + 1, min(len(words), at + MAX_ASIDE_WORDS)):
            if words[end].text in vocabulary.PAUSES:
                verb = past_fillers(words, end + 1)
                if verb < len(words) and utters(words, verb) and not is_participle(words[verb]):
                    return verb
    return at


def _before_fillers(words: Sequence[NarrativeWord], at: int) -> int:
    """Return the place of the first of the adverbs and auxiliaries right before ``at``."""
    while at and _is_filler(words[at - 1]) and not words[at - 1].capital:
        at -= 1
    return at


def subject_of(words: Sequence[NarrativeWord], verb: int, chain: int = MAX_EARLIER_VERBS) -> Phrase | None:
    """Return the subject of the verb at ``verb``, searched for before it.

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> words = sentences("Dong Jun, the new minister, smiled and later told him", [])[0]
    >>> subject_of(words, 9)
    Phrase(first=0, last=2)
    """
    at = _before_fillers(words, verb)
    if not at:
        return None
    before = words[at - 1].lower
    if before == ")":
        back = at - 1
        while back and words[back].text != "(":
            back -= 1
        return phrase_before(words, back)
    if before == "as" and (is_participle(words[verb]) or words[at].lower == "having"):
        return _quoted(words, at - 1) or phrase_before(words, at - 1)  # quoted the minister as saying
    if before in ("who", "which"):
        back = at - 2 if at > 1 and words[at - 2].text == "," else at - 1
        return phrase_before(words, back) or _shared(words, at, chain)
    if before == "of" and at > 1 and (is_participle(words[verb]) or words[at].lower == "having"):
        charged = _charged(words, at - 1)
        if charged:
            return charged
    if is_participle(words[verb]):
        named = _of_whom(words, phrase_before(words, at))
        somebody = named and (words[named.last - 1].capital or lexicon.is_person(words[named.last - 1].lower))
        return named if somebody else _shared(words, at, chain)
    if before == "to" and at > 1:
        actor = _before_aside(words, at - 2) if words[at - 2].text == "," else phrase_before(words, at - 1)
        if actor and actor.first and words[actor.first - 1].lower == "for":
            return actor  # only for the mayor to reply
        controlled = phrase_before(words, _before_fillers(words, at - 2))  # what his coach used to say
        if controlled and not _is_verb(words, controlled):
            return controlled
    if before in _SHARED:
        return _shared(words, at, chain)
    if before in vocabulary.PAUSES or _ends_aside(words[at - 1]):
        return _before_aside(words, at - 1) or _shared(words, at, chain)
    phrase = phrase_before(words, at - 1 if before == "that" else at)
    if phrase is None or _is_verb(words, phrase):
        return _over_clause(words, at)
    return _over_place(words, phrase) or phrase


def _of_whom(words: Sequence[NarrativeWord], phrase: Phrase | None) -> Phrase | None:
    """Return who is heard in what a phrase names: a recording of Lee (saying)."""
    of = next((at for at in range(*phrase) if words[at].lower == "of"), None) if phrase else None
    if phrase is None or of is None or lexicon.is_person(words[of - 1].lower) or words[of - 1].capital:
        return phrase
    return Phrase(of + 1, phrase.last) if words[of + 1].capital else phrase


def _ends_aside(word: NarrativeWord) -> bool:
    """Return whether a quotation has a comma at its end: Lee, author of “...,” said."""
    return word.quotation >= 0 and word.text.rstrip("".join(normalization.QUOTES))[-1:] == ","


def _is_verb(words: Sequence[NarrativeWord], phrase: Phrase) -> bool:
    """Return whether what looks like a noun is the verb of an auxiliary: those who did not come (said)."""
    led = words[phrase.first - 1].lower if phrase.first else ""
    first = words[phrase.first]
    alone = phrase.last - phrase.first == 1
    if alone and (
        is_past(first)
        or (phrase.first == 0 and first.lower.endswith("ed") and lexicon.is_common(first.lower))
    ):
        return True  # Invited to call it
    return (
        (led in vocabulary.AUXILIARIES or led == "not" or led.endswith("n't"))
        and not first.capital
        and first.lower not in vocabulary.BEGINNINGS
    )


def _quoted(words: Sequence[NarrativeWord], joiner: int) -> Phrase | None:
    """Return who is quoted as saying, given the place of "as"."""
    for verb in range(joiner - 1, max(-1, joiner - MAX_ASIDE_WORDS), -1):
        if words[verb].lower in CITED:
            subject = subject_of(words, verb, 0) if is_passive(words, verb) else None
            return quoted_subject(words, joiner, subject)
    return None


def _over_clause(words: Sequence[NarrativeWord], before: int) -> Phrase | None:
    """Return the subject of the sentence where a clause about it comes between: the captain who left on Sunday said."""
    phrase = opening_phrase(words, before)
    clause = (
        phrase is not None and phrase.last < before and words[phrase.last].lower in ("who", "that", "which")
    )
    return phrase if clause else None


def _over_place(words: Sequence[NarrativeWord], phrase: Phrase) -> Phrase | None:
    """Return the subject where the phrase before a verb only says where or to whom it belongs: people in Leeds said."""
    if phrase.first > 1 and words[phrase.first - 1].lower == "who":
        return phrase_before(words, phrase.first - 1)  # the man who lives in Leeds said
    if not phrase.first or words[phrase.first - 1].lower not in _PLACES:
        return None
    start = clause_start(words, phrase.first)
    start = next((at + 1 for at in range(phrase.first - 1, start, -1) if words[at].lower == "that"), start)
    if words[start].lower in vocabulary.CLAUSE_OPENERS or words[start].lower in vocabulary.PRONOUNS:
        return None
    subject = phrase_at(words, start, end=phrase.first)
    if subject is None or subject.last >= phrase.first:
        return None
    finite = any(
        utters(words, at, vocabulary.TALK) or words[at].lower in vocabulary.AUXILIARIES
        for at in range(subject.last, phrase.first)
    )
    return None if finite else _head(words, subject)


def _head(words: Sequence[NarrativeWord], phrase: Phrase) -> Phrase:
    """Return a phrase without what describes it behind its noun: a man close (to), a message sent (to)."""
    first, last = phrase
    people = [at for at in range(first, last) if lexicon.is_person(words[at].lower)]
    if people:
        return Phrase(first, people[-1] + 1)
    while last - first > 1 and any(
        form.tense == "past" for form in lexicon.verb_forms(words[last - 1].lower)
    ):
        last -= 1
    return Phrase(first, last)


_PLACES = frozenset(
    "aboard about across against along around at behind beside between for from in inside near of off on outside "
    "over to under with within".split()
)
"""Prepositions that begin no clause."""


def _shared(words: Sequence[NarrativeWord], before: int, chain: int) -> Phrase | None:
    """Return the subject that a verb shares with an earlier one: a verb of saying's, else the sentence's."""
    for earlier in range(before - 1, 0, -1):
        turn = _turn(words, earlier, before)
        if turn:
            return turn
        if (
            chain
            and utters(words, earlier)
            and not is_participle(words[earlier])
            and words[earlier].lower not in vocabulary.BASE_FORMS
            and words[earlier - 1].lower not in ("who", "which")
        ):
            chain -= 1
            subject = subject_of(words, earlier, 0)
            if subject:
                return subject
    return opening_phrase(words, before)


def _turn(words: Sequence[NarrativeWord], at: int, before: int) -> Phrase | None:
    """Return somebody who, at ``at``, does something behind a clause of another's: when Lee asked, Ray shrugged."""
    if not words[at].capital or words[at - 1].text not in vocabulary.PAUSES:
        return None
    phrase = phrase_at(words, at, end=before)
    return phrase if phrase and phrase.last < before and is_past(words[phrase.last]) else None


def _charged(words: Sequence[NarrativeWord], of: int) -> Phrase | None:
    """Return the person accused before "of": they accuse the minister of calling them."""
    if words[of - 1].lower in ("him", "her", "them"):
        phrase, verb = Phrase(of - 1, of), of - 2
    else:
        charged = phrase_before(words, of)
        if charged is None:
            return None
        phrase, verb = charged, charged.first - 1
    return phrase if verb >= 0 and words[verb].lower in _CHARGING else None


_CHARGING = lexicon.words("quoted_matter", "charges")
"""Verbs of which the object is said to have done what follows."""


def opening_phrase(words: Sequence[NarrativeWord], before: int) -> Phrase | None:
    """Return the subject of the sentence up to ``before``: its first phrase, after any introductory words.

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> opening_phrase(sentences("On Monday, the mayor said", [])[0], 5)
    Phrase(first=3, last=5)
    """
    at = _past_dateline(words)
    while at < before and (
        not words[at].text[0].isalnum()
        or words[at].lower in ("and", "but", "so", "yet")
        or _leads_in(words[at])
    ):
        at += 1
    if at < before and (
        words[at].lower in vocabulary.CLAUSE_OPENERS or (at == 0 and words[at].lower.endswith(("ing", "ed")))
    ):
        after_commas = [place + 1 for place in range(at, before) if words[place].text == ","]
        phrases = [phrase for phrase in (phrase_at(words, place) for place in after_commas) if phrase]
        for phrase in phrases:
            opens = words[phrase.first]
            if phrase.last <= before and (
                opens.capital or opens.lower in vocabulary.DETERMINERS or opens.lower in vocabulary.PRONOUNS
            ):
                return phrase
    for place in range(at, before):
        subject = phrase_at(words, place)
        if subject and subject.last <= before:
            return subject
    return None


def _past_dateline(words: Sequence[NarrativeWord]) -> int:
    """Return where a sentence begins after the dateline of a report: SEOUL, May 3 — The minister ..."""
    if not words[0].text.isupper() or len(words[0].text) < 3:
        return 0
    return next((at + 1 for at, word in enumerate(words[:MAX_DATELINE_WORDS]) if word.text in "—–―-"), 0)


def _leads_in(word: NarrativeWord) -> bool:
    return word.lower in vocabulary.ADVERBS or (word.capital and word.lower.endswith("ly"))


def _is_filler(word: NarrativeWord) -> bool:
    return word.lower in vocabulary.AUXILIARIES or is_adverb(word)


def _before_aside(words: Sequence[NarrativeWord], comma: int) -> Phrase | None:
    """Return the phrase before the aside that ends at ``comma``; of several asides, before the first."""
    for start in range(comma - 1, max(-1, comma - MAX_ASIDE_WORDS), -1):
        if words[start].text in vocabulary.PAUSES:
            phrase = phrase_before(words, start)
            if phrase and phrase.first > 1 and words[phrase.first - 1].text == ",":
                further = phrase_before(words, phrase.first - 1)
                if further and words[further.first].capital:
                    return further
            return phrase
    return None
