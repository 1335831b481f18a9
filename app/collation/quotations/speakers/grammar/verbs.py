"""Whether the subject of a verb of saying says the words beside it: denied, in the passive, or put to somebody.

"Lee did not say", "Lee was told by Ray", "asked whether": read from small words alone, clause by clause.
"""

from collections.abc import Sequence

from app.collation import lexicon
from app.collation.quotations.speakers import vocabulary
from app.collation.quotations.speakers.grammar.noun_phrases import Phrase, is_adverb, phrase_at
from app.collation.quotations.speakers.narrative import NarrativeWord

MAX_CLAUSE_WORDS = 30
"""Words before a verb that are searched for what denies it."""

MAX_WORDS_TO_AGENT = 12
"""Words between a verb in the passive and ``by``."""

_BE = frozenset(
    "am are be been being got get gets getting is was were aren't isn't wasn't weren't ain't".split()
)
_NEGATORS = frozenset(("not", "never", "n't", "nor", "cannot"))
_NO_SUBJECT = frozenset(("no", "nobody", "none", "neither", "nor", "nothing", "no-one"))
_SCARCELY = frozenset(("hardly", "scarcely", "barely", "seldom", "rarely", "few"))
_ANY = frozenset(("any", "anybody", "anyone", "a", "one", "in", "of"))
_STILL_SAID = frozenset(("only", "just", "merely", "simply", "solely", "help", "without"))
"""Words after a negator with which the words are said all the same: not only, could not help."""

_WITHHELD = lexicon.words("quoted_matter", "withheld")
"""Words for not doing a thing: refuse, without, rather than, short of."""

DENIALS = lexicon.words("quoted_matter", "denial")
_PUT_TO = frozenset(
    form for form in lexicon.words("quoted_matter", "put_to") if form.endswith(("ed", "told", "grilled"))
)
"""Participles of verbs whose subject is spoken to: asked, told, pressed."""

_UNREAL = frozenset(("should", "could", "might", "would", "must", "ought"))
_IF = frozenset(("if", "unless", "whether"))
_OMITS = frozenset("fail hesitate forget neglect omit stop cease refrain resist shrink flinch".split())
"""Verbs that deny what follows, so that with a negator it happened."""

_DONE = frozenset("regret mind enjoy deny finish".split())
"""Verbs behind a negator after which -ing happened, or may have: did not regret saying."""

_INVERTED_IF = frozenset(("had", "should", "were"))
_LINKS = frozenset(
    ("of", "from", "than", "to", "having", "have", "ever", "been", "being", "even", "publicly")
)
"""Small words between "refused", "instead", "rather" and the verb."""

_QUESTIONS = frozenset("whether if about by why how what when where who over on for".split())
_BETWEEN_CLAUSES = frozenset(
    (*",;:—–", "and", "but", "or", "while", "because", "although", "though", "yet", "so")
)
CITED = vocabulary.TALK | {
    "recorded",
    "overheard",
    "heard",
    "caught",
    "seen",
    "filmed",
    "paraphrased",
    "reported",
}
"""Verbs of which the object is quoted before "as saying": recalled the minister as saying."""


def clause_start(words: Sequence[NarrativeWord], at: int) -> int:
    """Return where the clause of the word at ``at`` begins, as far as a mark or a conjunction shows it."""
    start = at
    while start and at - start < MAX_CLAUSE_WORDS:
        before = words[start - 1]
        if before.quotation >= 0 or before.lower in _BETWEEN_CLAUSES:
            break
        start -= 1
    return start


def is_denied(words: Sequence[NarrativeWord], verb: int) -> bool:
    """Return whether the sentence says that the verb at ``verb`` did not happen, or does not say that it did.

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> words = sentences("Lee did not say so but said this, and nobody said that", [])[0]
    >>> [place for place in (3, 6, 11) if is_denied(words, place)]
    [3, 11]
    """
    start = clause_start(words, verb)
    clause = [word.lower for word in words[start:verb]]
    for place, word in enumerate(clause):
        if (word in _NEGATORS or word.endswith("n't")) and _STILL_SAID.isdisjoint(
            clause[place + 1 : place + 4]
        ):
            if not _OMITS.isdisjoint(clause[place + 1 :]):
                return False  # did not fail to say
            if _is_plain(clause[place + 1 :], words[verb].lower.endswith("ing")):
                return True
    if clause and clause[0] in _SCARCELY and (clause[1:2] == ["of"] or (clause[1:2] and clause[1] in _ANY)):
        return True
    if clause and (clause[0] in _NO_SUBJECT or (start and words[start - 1].lower in ("nor", "neither"))):
        return True
    is_participle = words[verb].lower.endswith("ing")
    if _is_unproven(clause, is_participle) or (clause[-1:] == ["from"] and is_participle):
        return True  # no record that Lee said; shied away from saying
    if clause and clause[0] in _INVERTED_IF and len(clause) > 1:
        return True  # Had Lee said “...”
    if _UNREAL.intersection(clause) and "have" in clause[-3:]:
        return True
    if any(
        word in _IF and clause[place - 1 : place] != ["as"] and _only_subject(words, start + place + 1, verb)
        for place, word in enumerate(clause)
    ):
        return True
    if clause[-1:] == ["to"] and not _PUT_TO.isdisjoint(clause):
        return True  # told to say
    if clause[:1] == ["to"] and start and words[start - 1].lower == "yet":
        return True  # has yet to say
    back = len(clause)
    while back and (clause[back - 1] in _LINKS or clause[back - 1] in vocabulary.ADVERBS):
        back -= 1
    if back and back < len(clause) + is_participle and clause[back - 1] in _WITHHELD:
        return True
    denial = next((place for place, word in enumerate(clause) if word in DENIALS), None)
    return denial is not None and _is_what_is_denied(clause[denial + 1 :], is_participle)


def _is_unproven(clause: Sequence[str], is_participle: bool) -> bool:
    """Return whether what follows is not known or not true: there is no record that, or of; it is not clear that."""
    for place, word in enumerate(clause):
        unknown = word in ("no", "little") and not _PROOFS.isdisjoint(clause[place + 1 : place + 3])
        untrue = word in ("not", "never") and not _CERTAIN.isdisjoint(clause[place + 1 : place + 3])
        rest = clause[place + 1 :]
        if (unknown or untrue) and "that" in rest:
            return True
        if unknown and ("which" in rest[:4] or ("of" in rest[:4] and (is_participle or "having" in rest))):
            return True
    return False


_PROOFS = lexicon.words("quoted_matter", "proof")
_CERTAIN = frozenset(("certain", "clear", "established", "known", "proven", "sure", "true"))


def _is_what_is_denied(between: Sequence[str], is_participle: bool) -> bool:
    """Return whether the words between a verb of denying and another verb make the other its content: that he said."""
    led = is_participle or between[-1:] in (["to"], ["from"], ["having"])
    clause = not _CONTENT.isdisjoint(between) or (between[:1] and between[0] in vocabulary.PRONOUNS)
    return bool(led or clause) and "who" not in between


_CONTENT = frozenset(("that", "having", "ever"))


def _only_subject(words: Sequence[NarrativeWord], first: int, verb: int) -> bool:
    """Return whether nothing but a subject is between ``first`` and the verb: if Lee says."""
    phrase = phrase_at(words, first, verb=True)
    last = phrase.last if phrase else first
    return all(is_adverb(word) or word.lower in vocabulary.AUXILIARIES for word in words[last:verb])


def _is_plain(between: Sequence[str], is_participle: bool) -> bool:
    """Return whether a negator denies the verb that these words part from it: not (want to) say, (recall) saying."""
    at = len(between)
    while at and (between[at - 1] in vocabulary.AUXILIARIES or between[at - 1] in vocabulary.ADVERBS):
        at -= 1
    if at == 0 or between[at - 1] in ("to", "of", "from", "at") or between[at - 1].endswith("ly"):
        return True
    return is_participle and at == 1 and between[0] not in _DONE


def is_passive(words: Sequence[NarrativeWord], verb: int) -> bool:
    """Return whether the verb of saying at ``verb`` is in the passive: its subject is spoken to or of.

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> words = sentences("Lee was later told what he had said", [])[0]
    >>> is_passive(words, 3), is_passive(words, 7)
    (True, False)
    """
    if words[verb].lower not in vocabulary.PARTICIPLES:
        return False
    at = verb - 1
    while at >= 0 and is_adverb(words[at]):
        at -= 1
    if at >= 0 and words[at].quotation < 0 and words[at].lower in _BE:
        return True
    by = verb + 1
    while by < len(words) and is_adverb(words[by]):
        by += 1
    actor = phrase_at(words, by + 1) if by < len(words) and words[by].lower == "by" else None
    return actor is not None and _acts(words, actor)  # a singer described by one critic as


def is_spoken_to(word: NarrativeWord) -> bool:
    """Return whether a participle is that of a verb whose object is spoken to: asked, told, pressed."""
    return word.lower in _PUT_TO


def is_put_to(words: Sequence[NarrativeWord], verb: int) -> bool:
    """Return whether a participle without a subject tells what somebody was asked or told: asked whether, when told.

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> words = sentences("Lee, asked about it, smiled when told", [])[0]
    >>> [place for place, word in enumerate(words) if is_put_to(words, place)]
    [2, 8]
    """
    if words[verb].lower not in _PUT_TO:
        return False
    before = words[verb - 1] if verb else None
    following = words[verb + 1] if verb + 1 < len(words) else None
    if before is None:
        return following is not None and (following.quotation >= 0 or phrase_at(words, verb + 1) is None)
    if before.quotation < 0 and before.lower in ("when", "if", "once", "after", "though", "being", "while"):
        return True
    return before.text in vocabulary.PAUSES and following is not None and following.lower in _QUESTIONS


def agent(words: Sequence[NarrativeWord], verb: int, place: int) -> Phrase | None:
    """Return who acts where the verb at ``verb`` is in the passive and the quotation at ``place``: told by the mayor.

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> agent(sentences("Lee was told on Monday by the mayor", [])[0], 2, 8)
    Phrase(first=6, last=8)
    """
    for at in range(verb + 1, min(len(words), verb + MAX_WORDS_TO_AGENT)):
        if words[at].quotation >= 0 and at != place:
            break
        if words[at].lower == "by" and (verb > place or at <= place + 1):
            phrase = phrase_at(words, at + 1)
            if phrase and _acts(words, phrase):
                return phrase
    return None


def _acts(words: Sequence[NarrativeWord], phrase: Phrase) -> bool:
    """Return whether the phrase behind "by" is somebody, and no way of doing it: by phone."""
    opens, head = words[phrase.first], words[phrase.last - 1].lower
    return (
        opens.capital
        or (lexicon.is_person(opens.lower) and words[phrase.last - 1].capital)
        or opens.lower in vocabulary.DETERMINERS
        or head in vocabulary.PLURALS
        or head.endswith("s")
    )


def quoted_subject(
    words: Sequence[NarrativeWord], joiner: int, subject: Phrase | None = None
) -> Phrase | None:
    """Return whom somebody quotes, given the place of "as" in "quoted Lee as saying", "Lee was quoted as saying".

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> quoted_subject(sentences("the agency quoted Ann Lee as saying", [])[0], 5)
    Phrase(first=3, last=5)
    """
    for verb in range(joiner - 1, max(-1, joiner - MAX_WORDS_TO_AGENT), -1):
        if words[verb].quotation >= 0:
            return None
        if words[verb].lower in CITED:
            if is_passive(words, verb):
                return subject
            phrase = phrase_at(words, verb + 1)
            aside = phrase is not None and phrase.last < joiner and words[phrase.last].text == ","
            return phrase if phrase and (aside or phrase.last == joiner) else None
    return None
