"""The people an article introduces: full names, what is said of them, and where they are named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from app.collation import lexicon
from app.collation.quotations.speakers import name_lists, vocabulary
from app.collation.quotations.speakers.grammar.noun_phrases import inside_name, phrase_before
from app.collation.quotations.speakers.narrative import NarrativeWord

MIN_HEADLINE_CAPITALS_SHARE = 0.6
"""The share of capitalised words from which an unfinished line is a headline, whose capitals name nobody."""

MAX_HEADLINE_WORDS = 40
"""Words of a headline at most."""

MAX_ASIDE_WORDS = 16
"""Words of an aside after a name that are searched for a role."""

_MAX_NAME_WORDS = 5
_NO_GIVEN_NAME = (vocabulary.SPEECH | name_lists.PARTICLES) - name_lists.MALE - name_lists.FEMALE
"""Words with which no full name begins: Says Lee, De Blasio."""

_DEPUTY = lexicon.words("titles_and_roles", "deputy")

_BEFORE_ADDRESSEE = lexicon.words("function_words", "addressee")
"""Prepositions: a person named after one is spoken to or about, and is seldom the one who speaks next."""


@dataclass(slots=True)
class Person:
    """Someone introduced by full name, and what the article says of them."""

    name: str
    """As first printed, without titles."""
    parts: tuple[str, ...]
    """The words of the name in small letters, "Jr." and the like left out."""
    roles: set[str] = field(default_factory=set)
    described: set[str] = field(default_factory=set)
    """Capitalised words beside the roles: Chinese, Treasury."""
    gender: str = ""
    """``m``, ``f``, or empty where nothing tells."""
    likely: bool = False
    """Whether anything but its capitals suggests a person's name."""


class Run(NamedTuple):
    """Capitalised words that may be a name: words ``first`` up to ``last`` of a sentence, titles before left out."""

    words: Sequence[NarrativeWord]
    sentence: int
    """Its place among the sentences of the article."""
    paragraph: int
    start: int
    """Where the titles before the name begin, in words."""
    first: int
    last: int
    parts: tuple[str, ...]
    """The words of the name in small letters, without a possessive ending or "Jr."."""

    @property
    def owner(self) -> bool:
        """Whether something of theirs follows, and not they themselves: Lee's message."""
        last = self.words[self.last - 1]
        return bare(last) != last.text

    @property
    def aside(self) -> bool:
        """Whether they are spoken to or about: a talk with Lee; his counterpart, Lee."""
        before = self.words[self.start - 1].lower if self.start else ""
        if before != ",":
            return before in _BEFORE_ADDRESSEE
        described = phrase_before(self.words, self.start - 1)
        if described is None or described.first == 0:
            return False
        return any(word.lower in ("his", "her") for word in self.words[slice(*described)])


def runs(sentences: Sequence[tuple[int, Sequence[NarrativeWord]]]) -> Iterator[Run]:
    """Yield the runs of capitalised words in sentences, each sentence given with its paragraph."""
    for number, (paragraph, words) in enumerate(sentences):
        at = 0
        while at < len(words):
            if not words[at].text[0].isupper():
                at += 1
                continue
            end = _run_end(words, at)
            first = at
            for place in range(at, end - 1):  # the last word is a name, be it King or Dean
                given = place > at and words[place].lower in name_lists.MALE | name_lists.FEMALE
                # Marine Le Pen bears a given name that is a role too.
                if (
                    _is_title(words[place])
                    and not given
                    and words[place + 1].lower not in name_lists.PARTICLES
                ):
                    first = place + 1
            if first < end:
                yield Run(words, number, paragraph, at, first, end, parts_of(words[first:end]))
            at = max(end, at + 1)


def introduced(names: Sequence[Run], paragraphs: Sequence[str]) -> dict[tuple[str, ...], Person]:
    """Return the people among runs of capitals, by the words of their names, in the order of their introduction.

    A name counts as a person's where a title, a role, an age, a common given name, an initial or a verb of saying
    stands with it, or where the article goes on with a part of it alone. Where none does, the only one that opens a
    sentence is taken for one.
    """
    people: dict[tuple[str, ...], Person] = {}
    alone = {run.parts[0] for run in names if len(run.parts) == 1}
    headlines: dict[int, bool] = {}
    for run in names:
        if not _may_be_name(run):
            continue
        if run.sentence not in headlines:
            headlines[run.sentence] = is_headline(run.words)
        if headlines[run.sentence]:
            continue
        parts = run.parts
        if parts not in people:
            end = run.words[run.last - 1].start + len(bare(run.words[run.last - 1]))
            people[parts] = Person(paragraphs[run.paragraph][run.words[run.first].start : end], parts)
        person = people[parts]
        titles = {_plain(word) for word in run.words[run.start : run.first]}
        roles, described = _said_of(run)
        person.roles |= roles
        person.described |= described
        person.gender = person.gender or gender_of(titles, roles, parts)
        person.likely |= bool(
            titles
            or roles
            or parts[0] in name_lists.MALE | name_lists.FEMALE
            or (parts[0] in _first_names() and not lexicon.is_common(parts[0]) and not _is_place(run))
            or any(len(part.rstrip(".")) == 1 for part in parts[1:-1])
            or not alone.isdisjoint((parts[0], parts[-1]))
            or _acts(run)
        )
    likely = {parts: person for parts, person in people.items() if person.likely}
    if likely:
        return likely
    acting = {run.parts for run in names if run.parts in people and _opens_sentence(run)}
    return {parts: people[parts] for parts in acting} if len(acting) == 1 else {}


@cache
def _first_names() -> frozenset[str]:
    return frozenset(lexicon.lines("first_names"))


def _is_place(run: Run) -> bool:
    """Return whether a preposition of place is before a name: in Novi Sad."""
    return run.start > 0 and run.words[run.start - 1].lower in _PLACES


_PLACES = frozenset("across around at in inside into near outside through throughout toward towards".split())


def _opens_sentence(run: Run) -> bool:
    """Return whether a name is the subject of its sentence by its place, and is made of no common words or places."""
    return (
        run.start == 0
        and run.last < len(run.words)
        and run.words[run.last].text[0].islower()
        and run.words[run.last].lower not in vocabulary.JOINERS
        and not any(lexicon.is_common(part) or lexicon.other_names(part) for part in run.parts)
    )


def parts_of(words: Sequence[NarrativeWord]) -> tuple[str, ...]:
    """Return the words of a name in small letters, without a possessive or "Jr."."""
    return tuple(
        part for part in (bare(word).lower() for word in words) if part.rstrip(".") not in name_lists.SUFFIXES
    )


def gender_of(titles: set[str], roles: set[str], parts: tuple[str, ...]) -> str:
    """Return ``m`` or ``f`` by title, role or given name, in this order; empty if none decides.

    >>> gender_of({"ms"}, set(), ("robin", "lee")), gender_of(set(), set(), ("peter", "lee"))
    ('f', 'm')
    """
    if titles & name_lists.FEMALE_TITLES or roles & name_lists.FEMALE_ROLES:
        return "f"
    if titles & name_lists.MALE_TITLES or roles & name_lists.MALE_ROLES:
        return "m"
    given = parts[0] if parts else ""
    if given in name_lists.FEMALE:
        return "f"
    return "m" if given in name_lists.MALE else ""


def bare(word: NarrativeWord) -> str:
    """Return the word without a possessive."""
    if word.text.isalpha():
        return word.text
    return word.text.removesuffix("'s").removesuffix("’s").rstrip("'’")


def is_headline(words: Sequence[NarrativeWord]) -> bool:
    """Return whether a sentence is a capitalised line without a full stop."""
    if len(words) > MAX_HEADLINE_WORDS:
        return False
    letters = [word for word in words if word.quotation < 0 and word.text[0].isalpha()]
    if len(letters) < 4 or words[-1].text in ".!?:," or words[-1].quotation >= 0:
        return False
    return sum(word.capital for word in letters) / len(letters) >= MIN_HEADLINE_CAPITALS_SHARE


def role_at(words: Sequence[NarrativeWord], place: int) -> str:
    """Return the role at ``place``, marked where it is a deputy's: the vice president is no president."""
    role = _plain(words[place])
    return f"vice {role}" if place and _plain(words[place - 1]) in _DEPUTY else role


def _plain(word: NarrativeWord) -> str:
    return bare(word).lower().rstrip(".")


def _is_title(word: NarrativeWord) -> bool:
    return _plain(word) in name_lists.TITLES or _plain(word) in vocabulary.ROLES


def _run_end(words: Sequence[NarrativeWord], at: int) -> int:
    """Return where the capitalised words that begin at ``at`` end; a possessive ends them."""
    end = at
    while end < len(words):
        word = words[end]
        lower = word.lower
        if word.quotation >= 0 or not word.text[0].isalpha():
            break
        if end > at and inside_name(words, end):
            end += 1
            continue
        small = lower in vocabulary.STOPS or lower in vocabulary.DETERMINERS or lower in vocabulary.PRONOUNS
        if not word.capital or small or (lower in vocabulary.DAYS and lower not in _GIVEN_DAYS):
            break
        end += 1
        if bare(word) != word.text:
            break
    return end


_GIVEN_DAYS = lexicon.words("given_names", "month")


def _may_be_name(run: Run) -> bool:
    parts = run.parts
    if not 2 <= len(parts) <= _MAX_NAME_WORDS or not set(parts).isdisjoint(name_lists.NOT_PEOPLE):
        return False
    before = run.words[run.start - 1].lower if run.start else ""
    if before in name_lists.BODIES or (before == "the" and run.start == run.first):
        return False
    if any(not part[0].isalpha() for part in parts) or parts[0] in _NO_GIVEN_NAME:
        return False
    shouted = [
        word.text
        for word in run.words[run.first : run.last]
        if len(word.text) > 3 and word.text.isupper() and word.text.isalpha()
    ]
    return not shouted


def _said_of(run: Run) -> tuple[set[str], set[str]]:
    """Return the roles right before the name and in the aside after it, and the capitalised words beside them."""
    words = run.words
    before = list(words[run.start : run.first])
    described = phrase_before(words, run.start)
    if run.start and words[run.start - 1].text == ",":
        described = phrase_before(words, run.start - 1)
    elif described is not None and words[described.last - 1].capital:
        described = None
    if described is not None:
        before = [*words[slice(*described)], *before]
    after: list[NarrativeWord] = []
    if run.last < len(words) and words[run.last].text == ",":
        for word in words[run.last + 1 : run.last + 1 + MAX_ASIDE_WORDS]:
            if not word.text[0].isalnum() or word.quotation >= 0 or word.lower in ("who", "said", "told"):
                break
            after.append(word)
    roles: set[str] = set()
    capitals: set[str] = set()
    for stretch in (before, after):
        role_places = [place for place, word in enumerate(stretch) if _plain(word) in vocabulary.ROLES]
        if role_places:
            # In the aside the first role is theirs: a lawyer for the mayor.
            roles |= {
                role_at(stretch, place) for place in (role_places[:1] if stretch is after else role_places)
            }
            capitals |= {
                _plain(word) for word in stretch if word.capital and _plain(word) not in vocabulary.ROLES
            }
    return roles, capitals - {"the", "a", "an"}


def _acts(run: Run) -> bool:
    """Return whether a verb of saying is next to the name, or an age or "who" follows it."""
    words = run.words
    after = [word.lower for word in words[run.last : run.last + 3]] + [""] * 3
    before = words[run.first - 1].lower if run.first else ""
    if after[0] == "," and (after[1] == "who" or (after[1].isdigit() and after[2] in (",", "."))):
        return True
    return after[0] in vocabulary.SPEECH or (
        before in vocabulary.SPEECH and before not in vocabulary.BASE_FORMS
    )
