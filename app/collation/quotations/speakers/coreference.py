"""Whom the words for a speaker refer to: a name, a surname, a title, a role ("the minister") or a pronoun.

The answer is a full name that the article prints, or nobody: if two people are possible and nothing decides between
them, none is given.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.collation import lexicon
from app.collation.quotations.speakers import name_lists, vocabulary
from app.collation.quotations.speakers.grammar.subjects import opening_phrase
from app.collation.quotations.speakers.introductions import (
    Person,
    Run,
    bare,
    gender_of,
    introduced,
    parts_of,
    role_at,
    runs,
)
from app.collation.quotations.speakers.mentions import Mention
from app.collation.quotations.speakers.narrative import Narration, NarrativeWord, sentences

MAX_PARAGRAPHS_BACK = 3
"""Paragraphs before a pronoun that are searched for the person it means; each mention of someone starts them anew."""

MAX_NAMES_BEFORE_PRONOUN = 200
"""Names before a pronoun that are considered: a bound for very long paragraphs."""

MAX_WORDS_TO_SUBJECT = 60
"""Words of a sentence that are searched for its subject."""

SPOKEN_TO, OWNS, NAMED_BY_ROLE, ACTS, SPEAKS = range(5)
"""How a sentence mentions someone, the weakest evidence first that a later pronoun means them."""

_Place = tuple[int, int]
"""Paragraph, and code point in it."""

_NOBODY = Person("", ())
"""Someone whom the article names by a role alone."""

_PRONOUNS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_OBJECTS = frozenset(("him",))
_DEFINITE = lexicon.words("function_words", "definite")


class _Sight(NamedTuple):
    """Where a person is named or meant."""

    place: _Place
    sentence: int
    person: Person
    weight: int
    """``SPEAKS``, ``ACTS``, ``NAMED_BY_ROLE``, ``OWNS`` or ``SPOKEN_TO``."""


class People:
    """The people of an article, and who of them is meant where."""

    def __init__(self, article: Narration) -> None:
        sentences_in_order = [
            (index, words) for index in range(len(article.paragraphs)) for words in article.sentences(index)
        ]
        names = list(runs(sentences_in_order))
        self._people = introduced(names, article.paragraphs)
        self._first: dict[str, list[Person]] = {}
        self._last: dict[str, list[Person]] = {}
        self._in_role: dict[str, list[Person]] = {}
        for person in self._people.values():
            for role in sorted(person.roles):
                self._in_role.setdefault(role, []).append(person)
            self._first.setdefault(person.parts[0], []).append(person)
            self._last.setdefault(person.parts[-1], []).append(person)
        self._introduced: dict[str, _Place] = {}
        self._sights: list[_Sight] = []
        for run in names:
            self._note(run)
        for number, (paragraph, words) in enumerate(sentences_in_order):
            if all(word.lower not in vocabulary.ROLES for word in words[:MAX_WORDS_TO_SUBJECT]):
                continue  # nobody is described: far quicker to see than to look for the subject
            opening = opening_phrase(words[:MAX_WORDS_TO_SUBJECT], min(len(words), MAX_WORDS_TO_SUBJECT))
            phrase = words[slice(*opening)] if opening else []
            joiner = next(
                (at for at, word in enumerate(phrase) if word.lower in vocabulary.JOINERS), len(phrase)
            )
            described = any(word.lower in vocabulary.ROLES for word in phrase[:joiner])
            if described and not all(word.capital for word in phrase):
                meant = self._by_role(phrase) or _NOBODY
                self._sights.append(_Sight((paragraph, phrase[0].start), number, meant, NAMED_BY_ROLE))
        self._sights.sort(key=lambda sight: sight.place)
        self._starts = [(paragraph, words[0].start) for paragraph, words in sentences_in_order]
        self._learn_genders(sentences_in_order)
        self._meant_at: list[_Sight] = []

    def resolve(self, mention: Mention) -> str | None:
        """Return the full name of the person a mention refers to; None if unknown or ambiguous.

        Call this in the order of the text: who was meant before counts for the pronouns after.
        """
        person = self._whom(mention)
        if person is None or person is _NOBODY:
            return None
        place = mention.paragraph, mention.start
        self._meant_at.append(_Sight(place, self._sentence_of(place), person, SPEAKS))
        return person.name

    def _sentence_of(self, place: _Place) -> int:
        return bisect_right(self._starts, place) - 1

    def _note(self, run: Run) -> None:
        parts = run.parts
        place = run.paragraph, run.words[run.first].start
        person = self._people.get(parts)
        if person is not None:
            self._introduced.setdefault(person.name, place)
        else:
            person = self._named(parts, "", place)
        if person is not None:
            weight = SPOKEN_TO if run.aside else OWNS if run.owner else ACTS
            self._sights.append(_Sight(place, run.sentence, person, weight))

    def _named(self, parts: tuple[str, ...], gender: str, place: _Place) -> Person | None:
        """Return the one person these words of a name may refer to: a full name, a surname, a given name.

        Those introduced before ``place`` come before those introduced after it.
        """
        if parts in self._people:
            return self._people[parts]
        if not parts:
            return None
        by_last = [person for person in self._last.get(parts[-1], ()) if person.parts[-len(parts) :] == parts]
        by_first = [person for person in self._first.get(parts[0], ()) if person.parts[: len(parts)] == parts]
        around = [
            person
            for person in self._last.get(parts[-1], ())
            if len(parts) > 1 and person.parts[0] == parts[0]
        ]
        for fitting in (by_last, by_first, around):
            matches = [person for person in fitting if not gender or person.gender in ("", gender)]
            before = [person for person in matches if self._introduced.get(person.name, (0, 0)) <= place]
            if before or matches:
                return _only(before or matches)
        return None

    def _learn_genders(self, sentences_in_order: Sequence[tuple[int, Sequence[NarrativeWord]]]) -> None:
        """Take the first pronoun after a name for its own where no one else is named beside it."""
        named: dict[int, list[_Sight]] = {}
        for sight in self._sights:
            named.setdefault(sight.sentence, []).append(sight)
        votes: dict[str, list[str]] = {}
        for number, (_, words) in enumerate(sentences_in_order):
            in_sentence = named.get(number, [])
            people = {sight.person.name for sight in in_sentence or named.get(number - 1, [])}
            if len(people) != 1:
                continue
            start = in_sentence[0].place[1] if in_sentence else -1
            pronoun = next((word for word in words if word.lower in _PRONOUNS and word.start > start), None)
            if pronoun:
                votes.setdefault(people.pop(), []).append(_PRONOUNS[pronoun.lower])
        for person in self._people.values():
            genders = votes.get(person.name, [])
            if not person.gender and genders and len(set(genders)) == 1:
                person.gender = genders[0]

    def _whom(self, mention: Mention) -> Person | None:
        words = [word for sentence in sentences(mention.text, []) for word in sentence]
        if len(words) == 1 and words[0].lower in _PRONOUNS:
            return self._by_pronoun(mention, _PRONOUNS[words[0].lower])
        if not words or words[0].lower in vocabulary.PRONOUNS:
            return None
        ending = {bare(word).lower() for word in words}
        full = [
            person
            for last in sorted(ending)
            for person in self._last.get(last, ())
            if _holds(words, person.parts)
        ]
        if full:
            return _only(full)
        if words[0].lower in vocabulary.DETERMINERS or not (
            all(word.capital for word in words) or mention.text.isupper()
        ):
            return self._by_role(words)
        titles = 0
        while titles < len(words) - 1 and bare(words[titles]).lower().rstrip(".") in name_lists.TITLES:
            titles += 1
        gender = gender_of({bare(word).lower().rstrip(".") for word in words[:titles]}, set(), ())
        return self._named(parts_of(words[titles:]), gender, (mention.paragraph, mention.start))

    def _by_role(self, words: Sequence[NarrativeWord]) -> Person | None:
        """Return the one person whom the article describes with these words: the Chinese minister."""
        if words[0].lower not in _DEFINITE:
            return None
        joiners = [at for at, word in enumerate(words) if word.lower in vocabulary.JOINERS and at]
        head = joiners[0] if joiners else len(words)
        if words[head - 1].lower not in vocabulary.ROLES:
            return None
        role = role_at(words, head - 1)
        stems = {_stem(bare(word).lower()) for word in words[1 : head - 1] if word.capital}
        matches = [
            person
            for person in self._in_role.get(role, ())
            if not stems or not person.described or stems & {_stem(word) for word in person.described}
        ]
        return _only(matches)

    def _by_pronoun(self, mention: Mention, gender: str) -> Person | None:
        """Return the nearest person before it who fits; of several in a sentence the one who acts, else the first."""
        place = mention.paragraph, mention.start
        before = [
            sight
            for known in (self._sights, self._meant_at)
            for sight in known[: bisect_left(known, place, key=lambda sight: sight.place)][
                -MAX_NAMES_BEFORE_PRONOUN:
            ]
            if (mention.paragraph - MAX_PARAGRAPHS_BACK, 0) <= sight.place
            and sight.person.gender in ("", gender)
        ]
        sentence = self._sentence_of(place)
        is_object = mention.text.lower() in _OBJECTS
        # To whom one speaks in a sentence is not who speaks in it; nor is who is called by their role there. Whom
        # somebody accuses is not who does so.
        before = [
            sight
            for sight in before
            if sight.sentence != sentence or not (is_object or sight.weight in (SPOKEN_TO, NAMED_BY_ROLE))
        ]
        if not before:
            return None
        acting = [sight for sight in before if sight.weight > SPOKEN_TO]
        nearest = max(sight.sentence for sight in acting or before)
        candidates = [sight for sight in before if sight.sentence == nearest]
        return min(candidates, key=lambda sight: (-sight.weight, sight.place)).person


def _only(people: Iterable[Person]) -> Person | None:
    """Return the only person among them; two spellings of a name that share first and last word are one."""
    candidates = list(people)
    return candidates[0] if len({(person.parts[0], person.parts[-1]) for person in candidates}) == 1 else None


def _stem(word: str) -> str:
    """Return enough of a country's name to recognise its adjective: China, Chinese."""
    return word[:4]


def _holds(words: Sequence[NarrativeWord], parts: tuple[str, ...]) -> bool:
    """Return whether the words end with the name, or continue with its origin: Ann Lee of Leeds, not Ann Lee's son."""
    lowered = tuple(bare(word).lower() for word in words)
    for at in range(len(lowered) - len(parts) + 1):
        last = at + len(parts)
        if lowered[at:last] == parts and not parts_of(words[last:]):
            return bare(words[-1]) == words[-1].text
        if lowered[at:last] == parts and bare(words[last - 1]) == words[last - 1].text:
            return last == len(words) or words[last].lower in vocabulary.JOINERS
    return False
