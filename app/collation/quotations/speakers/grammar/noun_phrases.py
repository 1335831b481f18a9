"""The phrases of a sentence that may name a speaker, recognised by small words and capitals, without a parser."""

from collections.abc import Sequence
from typing import NamedTuple

from app.collation import lexicon
from app.collation.quotations.speakers import name_lists, vocabulary
from app.collation.quotations.speakers.narrative import NarrativeWord

MAX_PHRASE_WORDS = 14
"""Words of the longest phrase that is followed, which bounds the cost of a sentence."""

MIN_FULL_NAME_WORDS = 2
"""Words of a name from which it stands for its bearer without the words before it: his lawyer Olivia Grant."""

MAX_TITLE_CHARS = 40
"""Characters up to which a quotation in the middle of a phrase is a title or a nickname, and part of it."""


class Phrase(NamedTuple):
    """Words ``first`` up to but not with ``last`` of a sentence."""

    first: int
    last: int


def phrase_at(
    words: Sequence[NarrativeWord], first: int, verb: bool = False, end: int | None = None
) -> Phrase | None:
    """Return the longest noun phrase that begins at ``first``: a pronoun, a name, or a description of someone.

    With ``verb`` it is one that a verb of saying must follow, so that small words after a name belong to it: "the
    Chinese regime", where it might as well end after "said Lee".

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> phrase_at(sentences("a spokesman for the ministry on Monday", [])[0], 0)
    Phrase(first=0, last=5)
    >>> phrase_at(sentences("Mr. Lee of the plan", [])[0], 0)
    Phrase(first=0, last=2)
    """
    if first < len(words) and words[first].lower in vocabulary.PRONOUNS and not _one_of_them(words, first):
        return Phrase(first, first + 1)
    if _some_of_them(words, first):
        return Phrase(first, first + 3)
    reading = _Reading(words, first, verb)
    end = min(len(words) if end is None else end, first + MAX_PHRASE_WORDS)
    while reading.place < end and reading.takes():
        reading.place += 1
    last = reading.place
    complete = (
        reading.named or reading.common or (last > first and words[first].lower in vocabulary.PHRASE_ALONE)
    )
    return Phrase(first, last) if complete else None


def phrase_before(words: Sequence[NarrativeWord], last: int) -> Phrase | None:
    """Return the noun phrase that ends right before ``last``.

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> phrase_before(sentences("After the hearing a lawyer for the clinic said", [])[0], 8)
    Phrase(first=3, last=8)
    """
    start = max(0, last - MAX_PHRASE_WORDS)
    # A phrase that begins before a word which belongs to none ends before it.
    start = next(
        (
            place
            for place in range(last - 1, start, -1)
            if _is_outside(words[place]) and not _is_posted(words, place)
        ),
        start,
    )
    for first in range(start, last):
        # In “what he said that Lee meant”, "that" is a conjunction; it hardly ever begins "that man".
        phrase = phrase_at(words, first, True, last) if words[first].lower != "that" else None
        if phrase is not None and phrase.last == last:
            return _without_setting(words, phrase)
    return None


class _Reading:
    """A phrase as it is read: whether it has named someone so far, or said what someone is."""

    def __init__(self, words: Sequence[NarrativeWord], first: int, verb: bool) -> None:
        self.words, self.first, self.place, self.verb = words, first, first, verb
        self.named = self.common = False

    def takes(self) -> bool:
        """Return whether the word at ``place`` belongs to the phrase, given those before it."""
        word, lower = self.words[self.place], self.words[self.place].lower
        if word.quotation >= 0:
            return self.common and len(word.text) < MAX_TITLE_CHARS and self._noun(self.place + 1)
        if lower in ("'s", "'", "&"):
            return self.place > self.first
        if self.common and _is_posted(self.words, self.place):
            return self._phrase(self.place + 1)  # an aide to the king
        if _is_outside(word):
            return False
        if (
            word.capital
            and lower not in vocabulary.DETERMINERS
            and (lower not in vocabulary.STOPS or _is_first_name(self.words, self.place))
        ):
            self.named = True
            return True
        if self.named and inside_name(self.words, self.place):
            return True
        if lower in vocabulary.DETERMINERS:
            return (
                self.place == self.first or lower in vocabulary.COUNTS or self._before in _BEFORE_DETERMINER
            )
        if lower in vocabulary.JOINERS:
            # “said Lee of the plan” goes on about the plan; “a maker of wine” is who speaks.
            the_named = self.verb and self.words[self.first].lower == "the"
            further = self.common or (
                self.named and (lower == "of" or the_named) and self._name(self.place + 1)
            )
            return further and self._phrase(self.place + 1)
        if is_adverb(word) and self._opened:
            return self._noun(self.place + 1)  # its newly appointed chief
        if lower == "and":
            return self.named and not self.common and self._name(self.place + 1)
        if (self.named or self.common) and not self._opened and self._acts():
            return False  # the government refused, Lee shook
        if not self._noun(self.place) or (self.named and not self.common and not self._describes()):
            return False
        self.common |= not word.text[0].isdigit() or any(sign.isalpha() for sign in word.text)
        return True

    @property
    def _before(self) -> str:
        return self.words[self.place - 1].lower if self.place > self.first else ""

    @property
    def _opened(self) -> bool:
        """Whether an article, a possessive or an adverb comes right before, which a verb does not follow."""
        return (
            self._before in vocabulary.DETERMINERS
            or self._before.endswith(("'s", "s'"))
            or (self.place > self.first and is_adverb(self.words[self.place - 1]))
        )

    def _acts(self) -> bool:
        """Return whether the word at ``place`` is the verb of the phrase before it: Lee refused, shook, held a sign."""
        lower = self.words[self.place].lower
        if lower in _HELD:
            following = self.words[self.place + 1] if self.place + 1 < len(self.words) else None
            return following is not None and (following.capital or following.lower in vocabulary.DETERMINERS)
        return is_past(self.words[self.place]) or lower in vocabulary.VERBS_ALONE

    def _describes(self) -> bool:
        """Return whether a small word continues a name: Ohio governor, the Trump campaign, Lee's lawyer."""
        opening = self.words[self.first].lower
        if self.verb or opening in vocabulary.DETERMINERS or self._before.endswith(("'s", "s'", "'")):
            return True
        for word in self.words[self.place : self.place + 4]:
            if lexicon.is_people(word.lower):
                return True
            if word.capital or word.lower in vocabulary.DETERMINERS or not _is_noun(word):
                break
        return False

    def _noun(self, place: int) -> bool:
        if place >= len(self.words):
            return False
        word = self.words[place]
        described = self.common or self._before in vocabulary.DETERMINERS or self._before.endswith("'s")
        return _is_noun(word) or (
            described and word.lower in vocabulary.NOUNS and word.lower in vocabulary.BASE_FORMS
        )

    def _name(self, place: int) -> bool:
        if place >= len(self.words):
            return False
        word = self.words[place]
        return (word.capital and not _is_day(word)) or (word.lower == "the" and self._name(place + 1))

    def _phrase(self, place: int) -> bool:
        if self.place == self.first or place >= len(self.words):
            return False
        return (
            self.words[place].lower in vocabulary.DETERMINERS
            or self._name(place)
            or _is_noun(self.words[place])
        )


def _is_outside(word: NarrativeWord) -> bool:
    """Return whether a word belongs to no phrase that begins before it: a mark, a day, a pronoun."""
    return (
        word.quotation < 0
        and word.lower not in ("'s", "'", "&")
        and (
            not (word.text[0].isalnum() or word.text[0] in "@#$")
            or word.lower in _PRONOUNS_ALONE
            or _is_day(word)
        )
    )


_PRONOUNS_ALONE = vocabulary.PRONOUNS - {"one"}


def inside_name(words: Sequence[NarrativeWord], place: int) -> bool:
    """Return whether the word at ``place`` is a small word inside a name: Anna de la Cruz.

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> words = sentences("Anna de la Cruz van here", [])[0]
    >>> [place for place in range(len(words)) if inside_name(words, place)]
    [1, 2]
    """
    after = place
    while after < len(words) and words[after].lower in name_lists.PARTICLES and not words[after].capital:
        after += 1
    return place < after < len(words) and words[after].capital


def is_past(word: NarrativeWord) -> bool:
    """Return whether the word looks like a verb's past tense.

    >>> is_past(NarrativeWord("bellowed", 0, 8, "bellowed")), is_past(NarrativeWord("red", 0, 3, "red"))
    (True, False)
    """
    lower = word.lower
    return not word.capital and ((lower.endswith("ed") and len(lower) > 4) or lower in _WENT)


def without_role(words: Sequence[NarrativeWord], phrase: Phrase) -> Phrase:
    """Return a name without the words for what its bearer is: coach Didier Faye, his lawyer Olivia Grant.

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> without_role(sentences("coach Didier Faye said", [])[0], Phrase(0, 3))
    Phrase(first=1, last=3)
    """
    name = phrase.last
    while name > phrase.first and (words[name - 1].capital or inside_name(words, name - 1)):
        name -= 1
    is_role = phrase.first < name < phrase.last and lexicon.is_person(words[name - 1].lower)
    described = (
        words[phrase.first].lower in vocabulary.DETERMINERS and phrase.last - name < MIN_FULL_NAME_WORDS
    )
    opens = words[phrase.first]
    if not is_role or described or opens.capital or not opens.text.isalpha():
        return phrase  # Foreign Ministry spokesman Wang Wenbin: whose spokesman he is goes with the name
    return Phrase(name, phrase.last)


def _is_posted(words: Sequence[NarrativeWord], place: int) -> bool:
    """Return whether "to" at ``place`` goes on about a person: an aide to the king."""
    return place > 0 and words[place].lower == "to" and words[place - 1].lower in _POSTED


_POSTED = lexicon.words("titles_and_roles", "posted_to")
"""Words for people whom "to" follows: an aide to the king."""


def named_beside(words: Sequence[NarrativeWord], phrase: Phrase) -> Phrase | None:
    """Return the name that follows a description between commas: his lawyer, Olivia Grant, said.

    >>> from app.collation.quotations.speakers.narrative import sentences
    >>> named_beside(sentences("his lawyer, Olivia Grant, said", [])[0], Phrase(0, 2))
    Phrase(first=3, last=5)
    """
    at = phrase.last
    if (
        at + 2 >= len(words)
        or words[at].text != ","
        or all(word.capital for word in words[phrase.first : at])
    ):
        return None
    named = phrase_at(words, at + 1)
    if (
        named is None
        or named.last - named.first < 2
        or not all(word.capital for word in words[slice(*named)])
    ):
        return None
    return named if named.last == len(words) or not words[named.last].text[0].isalnum() else None


_WENT = frozenset(
    past for verb, past, participle in lexicon.rows("irregular_verbs") if past not in (verb, participle)
) - frozenset("bit bore broke drove fell froze lay rose saw slew spoke stank stole swam wore wove".split())
"""Past tenses that are no participles, nor a noun or an adjective."""

_HELD = frozenset(
    past for verb, past, participle in lexicon.rows("irregular_verbs") if past == participle != verb
)
"""Past tenses that are participles too, and finite before an object."""

_BEFORE_DETERMINER = vocabulary.JOINERS | {"all", "both", "and", "the", "those", "to"}
"""Words of a phrase after which a determiner may follow."""


def _is_noun(word: NarrativeWord) -> bool:
    """Return whether a small word may be a noun or precede one, judged by its own form."""
    lower = word.lower
    if (
        not lower[0].isalnum()
        or lower in vocabulary.STOPS
        or lower in vocabulary.SPEECH
        or lower in vocabulary.PRONOUNS
    ):
        return False
    if lower in vocabulary.TALK and lower.endswith("ed"):
        return False
    return not is_adverb(word)


def is_adverb(word: NarrativeWord) -> bool:
    """Return whether the word looks like an adverb.

    >>> is_adverb(NarrativeWord("sharply", 0, 7, "sharply")), is_adverb(NarrativeWord("family", 0, 6, "family"))
    (True, False)
    """
    lower = word.lower
    return lower in vocabulary.ADVERBS or (
        lower.endswith("ly") and not word.capital and lower not in _NOT_ADVERBS
    )


_NOT_ADVERBS = lexicon.words("function_words", "never_adverb")


def _is_first_name(words: Sequence[NarrativeWord], place: int) -> bool:
    """Return whether a word that is a small one too is somebody's first name there: the delegate Per Nygaard."""
    return (
        0 < place < len(words) - 1
        and words[place].lower in _SMALL_FIRST_NAMES
        and words[place + 1].capital
        and words[place + 1].lower not in vocabulary.STOPS
    )


_SMALL_FIRST_NAMES = frozenset(lexicon.lines("first_names")) & vocabulary.STOPS


def _is_day(word: NarrativeWord) -> bool:
    return word.lower in vocabulary.DAYS and word.capital


def _one_of_them(words: Sequence[NarrativeWord], place: int) -> bool:
    return (
        words[place].lower == "one"
        and place + 1 < len(words)
        and (_is_noun(words[place + 1]) or words[place + 1].lower == "of")
    )


def _some_of_them(words: Sequence[NarrativeWord], place: int) -> bool:
    """Return whether one or more of those named before are meant: one of them told him."""
    return (
        place + 2 < len(words)
        and words[place].lower in _COUNTS
        and words[place + 1].lower == "of"
        and words[place + 2].lower in ("them", "us", "these", "those")
    )


_COUNTS = frozenset(("one", "two", "some", "many", "most", "another", "several"))
_SETTINGS = vocabulary.CLAUSE_OPENERS - {"as", "when", "while"}


def _without_setting(words: Sequence[NarrativeWord], phrase: Phrase) -> Phrase:
    """Return the name alone where a preposition leads the phrase: ``In an interview Lee said``."""
    first, last = phrase
    if first and words[first - 1].lower in _SETTINGS:
        named = last
        while named > first and words[named - 1].capital:
            named -= 1
        led = words[named - 1].lower in vocabulary.JOINERS  # to the phone of Mr. Lee
        if first < named < last and not led and words[first].lower in ("a", "an", "the", "his", "her"):
            return Phrase(named, last)
    return phrase
