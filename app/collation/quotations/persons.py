"""The people whom an article introduces by their full names, and whom its shorter words for a speaker mean.

A name, a surname, a title, a role ("the minister") or a pronoun is resolved to a full name that the article prints, or to
nobody: where two people come into question and nothing tells them apart, no answer is given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.collation.quotations import cues, naming
from app.collation.quotations.narration import Word, sentences
from app.collation.quotations.spans import Quotation
from app.collation.quotations.speakers import Mention

NEAR = 3
"""Paragraphs back in which the one whom a pronoun means is looked for; each mention of someone starts them anew."""

_NAME_LENGTHS = range(2, 6)
_HEADLINE = 0.6
"""The share of capitalised words from which a line without an end is a headline, whose capitals name nobody."""

Place = tuple[int, int]
"""Paragraph, and code point in it."""


@dataclass(slots=True)
class Person:
    """Someone introduced by full name, and what the article tells of them."""

    name: str
    parts: tuple[str, ...]
    """The words of the name in small letters."""
    roles: set[str] = field(default_factory=set)
    gender: str = ""
    """``m``, ``f``, or empty where nothing tells."""
    likely: bool = False
    """Whether anything but capitals makes it a person's name."""


class Sight(NamedTuple):
    """Where a person is named."""

    place: Place
    sentence: int
    person: Person
    full: bool


class _Run(NamedTuple):
    """Words ``first`` up to ``last`` of a sentence that may be a name, titles before it left out."""

    words: Sequence[Word]
    sentence: int
    paragraph: int
    first: int
    last: int

    @property
    def text(self) -> tuple[str, ...]:
        return tuple(_bare(word) for word in self.words[self.first : self.last])


class People:
    """The people of an article, and who of them is meant where."""

    def __init__(self, paragraphs: Sequence[str], quotations: Sequence[Quotation]) -> None:
        by_paragraph: dict[int, list[tuple[int, Quotation]]] = {}
        for place, quotation in enumerate(quotations):
            by_paragraph.setdefault(quotation.paragraph, []).append((place, quotation))
        self._paragraphs = paragraphs
        self._sentences: list[tuple[int, list[Word]]] = [
            (index, words)
            for index, paragraph in enumerate(paragraphs)
            for words in sentences(paragraph, by_paragraph.get(index, []))
        ]
        self._people: dict[tuple[str, ...], Person] = {}
        runs = [run for run in self._runs() if not _is_headline(run.words)]
        for run in runs:
            self._introduce(run)
        self._people = {parts: person for parts, person in self._people.items() if person.likely}
        self._sights = sorted(self._sighted(), key=lambda sight: sight.place)
        self._learn_genders()

    def resolve(self, mention: Mention) -> str | None:
        """The full name of whom the mention means; None where it names nobody introduced, or it is not certain who.

        Mentions are to be asked in the order of the text: who was meant before counts for the pronouns after.
        """
        person = self._meant(mention)
        if person is None:
            return None
        self._see(mention, person)
        return person.name

    # -- whom the article introduces ---------------------------------------------------------------------------------

    def _runs(self) -> Iterator[_Run]:
        for number, (paragraph, words) in enumerate(self._sentences):
            at = 0
            while at < len(words):
                end = _run_end(words, at)
                if end == at:
                    at += 1
                    continue
                first = at
                while first < end and _bare(words[first]).lower().rstrip(".") in naming.TITLES:
                    first += 1
                if first < end:
                    yield _Run(words, number, paragraph, first, end)
                at = end

    def _introduce(self, run: _Run) -> None:
        parts = tuple(part.lower() for part in run.text)
        if len(parts) not in _NAME_LENGTHS or not set(parts).isdisjoint(naming.NOT_PEOPLE):
            return
        before = run.words[run.first - 1].lower if run.first else ""
        if (
            before == "the"
            or not all(part[0].isalpha() for part in parts)
            or run.text[-1].isupper()
            and len(run.text[-1]) > 3
        ):
            return
        start = run.words[run.first].start
        end = run.words[run.last - 1].start + len(run.text[-1])
        name = self._paragraphs[run.paragraph][start:end]
        person = self._people.setdefault(parts, Person(name, parts))
        roles = set(_roles_around(run))
        person.roles |= roles
        titles = {_bare(word).lower().rstrip(".") for word in _titles_before(run)}
        person.gender = person.gender or _gender(titles, roles, parts)
        person.likely |= bool(
            titles - {"st", "saint", "first", "national", "state"}
            or roles
            or parts[0] in naming.MALE | naming.FEMALE
            or any(len(part.rstrip(".")) == 1 for part in parts)
            or self._acts(run)
        )

    def _acts(self, run: _Run) -> bool:
        """Whether the name is the subject of a verb of saying beside it, or its age follows."""
        words, last = run.words, run.last
        after = [word.lower for word in words[last : last + 4]]
        before = words[run.first - 1].lower if run.first else ""
        aged = len(after) > 2 and after[0] == "," and after[1].isdigit() and after[2] in (",", ".")
        return (
            aged
            or bool(after and after[0] in cues.SPEECH)
            or (before in cues.SPEECH and before.endswith("d"))
            or bool(after and after[0] == "," and "who" in after[1:2])
        )

    # -- where they are named ----------------------------------------------------------------------------------------

    def _sighted(self) -> Iterator[Sight]:
        for run in self._runs():
            person = self._named(tuple(part.lower() for part in run.text))
            if person is not None and not _owns(run):
                place = run.paragraph, run.words[run.first].start
                yield Sight(place, run.sentence, person, len(run.text) > 1)

    def _named(self, parts: tuple[str, ...], gender: str = "") -> Person | None:
        """The one person whom these words of a name may mean: the full name, a surname, or a name said first."""
        if parts in self._people:
            return self._people[parts]
        people = [one for one in self._people.values() if not gender or one.gender in ("", gender)]
        for fits in (_ends_with, _begins_with, _is_within):
            found = [person for person in people if fits(person.parts, parts)]
            if len({_core(person.parts) for person in found}) == 1:
                return found[0]
            if found:
                return None
        return None

    def _learn_genders(self) -> None:
        """Take the first pronoun after a name for its own where no one else is named between."""
        told: dict[str, list[str]] = {}
        for number, (_, words) in enumerate(self._sentences):
            here = [sight for sight in self._sights if sight.sentence == number]
            above = here or [sight for sight in self._sights if sight.sentence == number - 1]
            people = {sight.person.name for sight in above}
            if len(people) != 1:
                continue
            start = here[0].place[1] if here else -1
            for word in words:
                gender = _PRONOUNS.get(word.lower)
                if gender and word.start > start:
                    told.setdefault(people.pop(), []).append(gender)
                    break
        for person in self._people.values():
            genders = told.get(person.name, [])
            if not person.gender and genders and genders.count(genders[0]) * 3 >= len(genders) * 2:
                person.gender = genders[0]

    # -- whom a mention means ----------------------------------------------------------------------------------------

    def _meant(self, mention: Mention) -> Person | None:
        words = [word for sentence in sentences(mention.text, []) for word in sentence]
        if len(words) == 1 and words[0].lower in _PRONOUNS:
            return self._by_pronoun(mention, _PRONOUNS[words[0].lower])
        if not words or words[0].lower in cues.PRONOUNS:
            return None
        full = [person for person in self._people.values() if _holds(words, person.parts)]
        if full:
            return full[0] if len(full) == 1 else None
        titles = [word for word in words if _bare(word).lower().rstrip(".") in naming.TITLES]
        names = [word for word in words if word not in titles]
        gender = _gender({_bare(word).lower().rstrip(".") for word in titles}, set(), ())
        if names and all(word.capital for word in words) or mention.text.isupper():
            return self._named(tuple(_bare(word).lower() for word in names), gender)
        return self._by_aside(mention) or self._by_role(words)

    def _by_aside(self, mention: Mention) -> Person | None:
        """The name that follows between commas: a spokeswoman, Ann Lee, said."""
        beside = [
            sight
            for sight in self._sights
            if sight.full
            and sight.place[0] == mention.paragraph
            and 0 < sight.place[1] - mention.end <= len(", Dr. ")
        ]
        between = self._paragraphs[mention.paragraph][mention.end : beside[0].place[1]] if beside else ""
        return beside[0].person if between.startswith(",") else None

    def _by_role(self, words: Sequence[Word]) -> Person | None:
        """The one person of whom the article says that they are what the words say: the minister."""
        if words[0].lower not in _DEFINITE:
            return None
        head = len(words)
        for at, word in enumerate(words):
            if word.lower in cues.JOINERS and at:
                head = at
                break
        role = words[head - 1].lower
        found = [person for person in self._people.values() if role in person.roles]
        return (
            found[0] if role in cues.ROLES and len({_core(person.parts) for person in found}) == 1 else None
        )

    def _by_pronoun(self, mention: Mention, gender: str) -> Person | None:
        """The nearest one before whom the pronoun may mean; in a sentence that names several, the first."""
        place = mention.paragraph, mention.start
        before = [
            sight
            for sight in self._sights
            if sight.place < place
            and sight.place[0] >= mention.paragraph - NEAR
            and sight.person.gender in ("", gender)
        ]
        if not before:
            return None
        sentence = before[-1].sentence
        return next(sight.person for sight in before if sight.sentence == sentence)

    def _see(self, mention: Mention, person: Person) -> None:
        """Remember that the person was meant here, for the pronouns that follow."""
        place = mention.paragraph, mention.start
        number = max(
            (
                n
                for n, (paragraph, words) in enumerate(self._sentences)
                if (paragraph, words[0].start) <= place
            ),
            default=0,
        )
        sight = Sight(place, number, person, False)
        if not any(known.place == place for known in self._sights):
            self._sights.append(sight)
            self._sights.sort(key=lambda sight: sight.place)


_PRONOUNS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_DEFINITE = frozenset("the his her their its this".split())


def _bare(word: Word) -> str:
    """The word without the sign of an owner."""
    text = word.text
    for ending in ("'s", "’s"):
        text = text.removesuffix(ending)
    return text.rstrip("'’")


def _run_end(words: Sequence[Word], at: int) -> int:
    """Where the capitalised words that begin at ``at`` end; an owner's sign ends them."""
    end = at
    while end < len(words):
        word = words[end]
        lower = word.lower
        if word.quotation >= 0 or not word.text[0].isalpha():
            break
        if lower in naming.PARTICLES and end > at and end + 1 < len(words) and words[end + 1].capital:
            end += 1
            continue
        small = lower in cues.STOPS or lower in cues.DETERMINERS or lower in cues.PRONOUNS
        if not word.capital or (small and not (len(lower) > 1 and lower.rstrip(".") in naming.TITLES)):
            break
        if lower in cues.DAYS and lower not in ("april", "may", "june", "august"):
            break
        end += 1
        if _bare(word) != word.text:
            break
    return end


def _owns(run: _Run) -> bool:
    return False


def _is_headline(words: Sequence[Word]) -> bool:
    letters = [word for word in words if word.quotation < 0 and word.text[0].isalpha()]
    if len(letters) < 4 or words[-1].text in ".!?:," or words[-1].quotation >= 0:
        return False
    return sum(word.capital for word in letters) / len(letters) >= _HEADLINE


def _titles_before(run: _Run) -> Iterator[Word]:
    at = run.first - 1
    while at >= 0 and _bare(run.words[at]).lower().rstrip(".") in naming.TITLES:
        yield run.words[at]
        at -= 1


def _roles_around(run: _Run) -> Iterator[str]:
    """What the words right before the name and the aside right after it say that the person is."""
    words = run.words
    at = run.first - 1
    while at >= 0 and words[at].text[0].isalpha() and words[at].lower not in cues.STOPS | cues.DETERMINERS:
        if words[at].lower in cues.ROLES and words[at].lower == words[at].lower:
            yield words[at].lower
        at -= 1
    if run.last < len(words) and words[run.last].text == ",":
        for word in words[run.last + 1 : run.last + 16]:
            if word.text in (",", ";", ".") or word.quotation >= 0 or word.lower in ("who", "said", "told"):
                break
            if word.lower in cues.ROLES:
                yield word.lower
                return


def _gender(titles: set[str], roles: set[str], parts: tuple[str, ...]) -> str:
    if titles & naming.FEMALE_TITLES or roles & naming.FEMALE_ROLES:
        return "f"
    if titles & naming.MALE_TITLES or roles & naming.MALE_ROLES:
        return "m"
    if parts and parts[0] in naming.FEMALE:
        return "f"
    return "m" if parts and parts[0] in naming.MALE else ""


def _core(parts: tuple[str, ...]) -> tuple[str, ...]:
    """First and last word of a name, by which a further spelling of it is known: with an initial, without."""
    plain = [part for part in parts if part.rstrip(".") not in ("jr", "sr", "ii", "iii")]
    return (plain[0], plain[-1])


def _ends_with(full: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    plain = tuple(part for part in full if part.rstrip(".") not in ("jr", "sr", "ii", "iii"))
    return bool(parts) and plain[-len(parts) :] == parts


def _begins_with(full: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    return bool(parts) and full[: len(parts)] == parts


def _is_within(full: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    return len(parts) > 1 and (parts[0], parts[-1]) == _core(full)


def _holds(words: Sequence[Word], parts: tuple[str, ...]) -> bool:
    lowered = tuple(_bare(word).lower() for word in words)
    return any(lowered[at : at + len(parts)] == parts for at in range(len(lowered) - len(parts) + 1))
