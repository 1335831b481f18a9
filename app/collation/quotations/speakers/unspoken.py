"""Quotation marks around words that nobody says: titles, names, and the words on signs and shirts."""

from collections.abc import Sequence

from app.collation import lexicon
from app.collation.quotations.speakers import vocabulary
from app.collation.quotations.speakers.grammar.noun_phrases import Phrase, phrase_at
from app.collation.quotations.speakers.grammar.verbs import clause_start, is_passive
from app.collation.quotations.speakers.narrative import NarrativeWord
from app.collation.text import normalization

MAX_WORDS_TO_WORK = 4
"""Words after a title among which what it is stands: a short documentary."""

MAX_WORDS_TO_SIGN = 10
"""Words between a sign and what it reads."""

MAX_NAME_WORDS = 5
"""Words of a name that is no title by its capitals: the nickname “Shorty”."""

_WORKS = lexicon.words("quoted_matter", "work")
_NAMES = lexicon.words("quoted_matter", "name")
_SIGNS = lexicon.words("quoted_matter", "sign")
_TITLED = frozenset(
    "titled entitled headlined captioned subtitled nicknamed christened codenamed code-named so-called self-styled "
    "alias aka".split()
)
"""Words before what somebody or something is called."""
_CALLED = frozenset("called branded billed dubbed named labelled labeled".split())
"""These too, where they follow at once what they name."""

_PERFORMS = lexicon.words("quoted_matter", "performs")
_INSCRIBED = lexicon.words("quoted_matter", "inscribes")

_SMALL_IN_TITLES = (
    vocabulary.STOPS | vocabulary.DETERMINERS | {"is", "s", "vs", "de", "la", "le", "el", "von", "und"}
)
"""Words that a title may print in small letters."""

_LINKING = frozenset("be become seem feel sound look appear remain prove".split())
"""Verbs after which a quotation says what something is, and no title follows."""

_LED_BY = frozenset(
    (
        "on", "in", "of", "with", "from", "at", "about", "for", "by", "to", "than", "like", "and", "or", "over",
        "a", "an", "the", "his", "her", "its", "their", "whose", "this", "that",
    )
)  # fmt: skip
"""Words after which words printed as a title are one: on “Good Morning America”."""

_READS = frozenset(
    "read reads said say says declared declares proclaimed proclaims announced warned warns".split()
)
_BETWEEN = vocabulary.ADVERBS | vocabulary.AUXILIARIES
_READING = frozenset(
    "reading saying bearing carrying proclaiming declaring announcing warning displaying demanding emblazoned printed "
    "painted words word slogan message legend inscription phrase text lettering letters".split()
)
"""Words between a sign and what it reads, when they are no verb of its own clause."""


def is_unspoken(words: Sequence[NarrativeWord], place: int) -> bool:
    """Return whether the quotation at ``place`` of a sentence is a title, a name, or the words on a sign.

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> from app.collation.quotations.spans import find
    >>> def unspoken(text):
    ...     (words,) = sentences(text, list(enumerate(find([text]))))
    ...     return [is_unspoken(words, at) for at, word in enumerate(words) if word.quotation >= 0]
    >>> unspoken("Lee read “War and Peace” and said it was “Long and Sad.”")
    [True, False]
    >>> unspoken("A banner above the door read “no entry.”")
    [True]
    """
    return _is_titled(words, place) or _is_name(words, place) or _is_on_sign(words, place)


def is_sign(words: Sequence[NarrativeWord], phrase: Phrase) -> bool:
    """Return whether a phrase names something with words on it: a sign, a shirt, a wall."""
    for at in range(*phrase):
        if words[at].lower in vocabulary.JOINERS:
            break
        if _is_of(words[at], _SIGNS) and (at == 0 or not words[at].capital or words[at].text[1] == "-"):
            return True
    return False


def _is_of(word: NarrativeWord, nouns: frozenset[str]) -> bool:
    return word.lower in nouns or word.lower.removesuffix("s") in nouns


def _is_titled(words: Sequence[NarrativeWord], place: int) -> bool:
    """Return whether a quotation is printed as a title, where one may be and no speech."""
    text = words[place].text
    if not looks_like_title(text):
        return False
    before = words[place - 1] if place else None
    if before is None:
        following = words[place + 1] if place + 1 < len(words) else None
        finished = text.rstrip("".join(normalization.QUOTES))[-1:] in ",.!?"
        return (
            following is not None
            and not finished
            and following.text[0].islower()
            and (following.lower not in vocabulary.SPEECH)
        )
    if before.text == "," and place > 1:
        return _is_of(words[place - 2], _WORKS)
    return (
        before.lower in _LED_BY
        or _is_said_to_be_a_work(words, place)
        or _has_object(before)
        or before.lower.endswith(("'s", "s'"))
        or before.lower in _PERFORMS
        or _is_of(before, _WORKS | _NAMES)
    )


def _is_said_to_be_a_work(words: Sequence[NarrativeWord], place: int) -> bool:
    """Return whether what a work is follows its title at once: praised “Low Tide,” a short documentary."""
    following = [word for word in words[place + 1 : place + 2 + MAX_WORDS_TO_WORK] if word.text != ","]
    return (
        bool(following)
        and following[0].lower in ("a", "an", "the", "his", "her", "its", "their")
        and any(
            _is_of(word, _WORKS) and word.lower not in vocabulary.SPEECH
            for word in following[1:MAX_WORDS_TO_WORK]
        )
    )


def _has_object(word: NarrativeWord) -> bool:
    """Return whether a word is the past of a verb of no speech, whose object a title is: narrated, remade."""
    lower = word.lower
    return lower not in vocabulary.TALK and any(
        form.tense == "past" and form.verb != lower and form.verb not in _LINKING
        for form in lexicon.verb_forms(lower)
    )


def looks_like_title(text: str) -> bool:
    """Return whether the words of a quotation are printed as a title's are.

    >>> [looks_like_title(text) for text in ("“The Salt Road”", "“The salt road is long”", "“STOP”")]
    [True, False, False]
    """
    inner = text.strip("".join(normalization.QUOTES) + " ").rstrip(",.;")
    parts = inner.replace("’", "'").split()
    if len(parts) < 2 or inner.isupper() or inner[-1:] in "?!…":
        return False
    weighty = [part for part in parts if part.lower().strip(",:;'()") not in _SMALL_IN_TITLES]
    return len(weighty) > (parts[0].lower() not in ("a", "an", "the")) and all(
        not part.strip("'(")[:1].islower() for part in weighty
    )


def _is_name(words: Sequence[NarrativeWord], place: int) -> bool:
    """Return whether somebody or something is called by the words: an essay headlined, a man nicknamed, the song."""
    if not place:
        return False
    before = words[place - 1]
    parts = words[place].text.strip("".join(normalization.QUOTES) + " ").split()
    capital = bool(parts) and parts[0][:1].isupper()
    short = capital and len(parts) <= MAX_NAME_WORDS and parts[-1][-1:] not in "?!"
    if before.lower in _TITLED:
        return True
    if before.lower == "as" and place > 1:
        return words[place - 2].lower in ("known", "billed")
    if not short:
        return False
    if before.lower in _CALLED:
        return _names_a_thing(words, place - 1)
    if before.lower == "by" and place > 1:
        return words[place - 2].lower in ("goes", "went", "going", "go")
    if before.text == "," and place > 1 and len(parts) > 1:
        return _is_of(words[place - 2], _WORKS) and words[place - 2].lower not in vocabulary.SPEECH
    return _is_of(before, _WORKS) or before.lower in (
        "name",
        "nickname",
        "alias",
        "pseudonym",
        "codename",
        "moniker",
    )


def _names_a_thing(words: Sequence[NarrativeWord], verb: int) -> bool:
    """Return whether "called" follows what it names at once: a scheme called, the village is called."""
    if is_passive(words, verb):
        return not any(word.lower == "by" for word in words[verb : verb + 8])
    at = verb - 1
    if at > 0 and words[at].text == ",":
        return True  # the plan, dubbed “...”
    while at >= 0 and words[at].text[0].islower() and words[at].lower not in vocabulary.DETERMINERS:
        if words[at].lower in vocabulary.STOPS:
            return False
        at -= 1
    return at >= 0 and words[at].lower in ("a", "an")


def _is_on_sign(words: Sequence[NarrativeWord], place: int) -> bool:
    """Return whether the words are on a sign (held a banner that read) or somebody put them on a wall (sprayed)."""
    at = place - 1
    while at >= 0 and (
        words[at].text in vocabulary.PAUSES + ":" or words[at].lower in ("that", "simply", "with")
    ):
        at -= 1
    if at < 0:
        return False
    written = at
    while written > 1 and (words[written].lower in _LETTERS or words[written].lower == "the"):
        written -= 1
    if words[written].lower in _INSCRIBED:
        return True
    if words[at].lower in _READS:
        start = clause_start(words, at)
        opening = phrase_at(words, start)
        if opening and opening.last <= at and is_sign(words, opening):
            return True
        if _is_sign_before(words, start, at):
            return True
        at -= 1
        while at > 0 and words[at].lower in _BETWEEN:
            at -= 1
        return at > 0 and words[at].lower in ("that", "which") and _is_of(words[at - 1], _SIGNS)
    if words[at].lower not in _READING:
        return False
    for back in range(at - 1, max(-1, at - MAX_WORDS_TO_SIGN), -1):
        if words[back].quotation >= 0 or words[back].lower in _BREAKS:
            return False
        if _is_of(words[back], _SIGNS):
            return True
    return False


def _is_sign_before(words: Sequence[NarrativeWord], start: int, verb: int) -> bool:
    """Return whether a sign, and nobody, is before a verb: on the steps a placard propped against a pushchair read."""
    for at in range(verb - 1, max(start - 1, verb - MAX_WORDS_TO_SIGN), -1):
        word = words[at]
        if word.quotation >= 0 or word.lower in _BREAKS or lexicon.is_person(word.lower):
            return False
        if word.capital and at > start:
            return False
        if _is_of(word, _SIGNS):
            return at > 0 and words[at - 1].lower in ("a", "an", "the", "one")
    return False


_LETTERS = frozenset("words word slogan message letters legend phrase text".split())
_BREAKS = frozenset((",", ";", "and", "but", "who", "he", "she", "they", "i", "we"))
