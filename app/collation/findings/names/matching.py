"""Look a name up in a text in any form: by another name, as an abbreviation, or in another transliteration."""

import re
import unicodedata
from functools import cached_property, lru_cache

from rapidfuzz.distance import Levenshtein

from app.collation import lexicon
from app.collation.text import spelling

MIN_LIKENESS = 0.8
"""Levenshtein likeness, 0 to 1, of two spellings from which they are one name in two transliterations."""

MAX_SHORT_NAME_CHARS = 4
"""Letters up to which two spellings must be equal but for what transliterations write in two ways."""

MIN_STEM_CHARS = 5
"""Letters that a name shares with a word made from it: Europe, Europeans."""

_ENDINGS = frozenset(lexicon.lines("name_endings"))
"""What such a word adds to the name, as ``sound`` spells it."""

MIN_SPELLED_OUT_CHARS = 3
"""Letters of the shortest abbreviation that words in small letters may spell out: by chance two do too often."""

CAPITALISED = re.compile(r"(?<![^\W_])[^\W\d_a-zß-öø-ÿ][^\W_]*(?:['’.&][^\W_]+|[-‑]\d[^\W_]*)*")
"""A word that begins with a capital; a hyphen parts it but before a number: F-16."""

WORD = re.compile(r"[^\W_]+(?:['’.&][^\W_]+)*")
"""Any word."""

_JOINED = re.compile(r"[A-Z][a-z]{4,}(?=[A-Z])")
"""The first of two words that are one with a capital inside: Harju of HarjuMaa, which is Harju County."""

_ADJECTIVE_ENDINGS = ("ional", "ial", "al", "ary", "orial")
"""What the adjective of a body adds to its name."""

_NUMBERED = re.compile(r"(?<=[A-Za-z])[-‑ ]?(?=\d)")
_WAR = re.compile(r"(?<![^\W_])WW-?(?:II?|[12])(?![^\W_])")
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_NO_SIGN = re.compile(r"[\W_]+")
_DOUBLED = re.compile(r"(.)\1+")
_SAME_SOUND = tuple((spelling, sound) for spelling, sound in lexicon.rows("transliterations"))


class NameIndex:
    """A row's text on one side, ready to look names up in."""

    def __init__(self, text: str) -> None:
        self.text = text = _WAR.sub("World War", text) if "WW" in text else text
        self.bare = text.replace(".", "") if "." in text else text
        self.lower = self.bare.lower()

    @cached_property
    def joined(self) -> str:
        """The text without hyphens and spaces between a letter and a figure: G-7 as G7."""
        return _NUMBERED.sub("", self.text)

    @cached_property
    def unaccented(self) -> str:
        """The text in lower case without accents, with every letter at the same position."""
        if self.text.isascii():
            return self.text.lower()
        return "".join([unicodedata.normalize("NFD", sign)[0].lower()[:1] for sign in self.text])

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every word as ``lexicon.called`` gives it."""
        return frozenset(self.line.split())

    @cached_property
    def line(self) -> str:
        """The same in order, with a space before and after each."""
        return f" {' '.join([lexicon.called(word) for word in WORD.findall(self.text)])} "

    @cached_property
    def capitals(self) -> tuple[str, ...]:
        """The words that begin with a capital, without points."""
        return tuple([word.replace(".", "") for word in CAPITALISED.findall(self.text)])

    @cached_property
    def initials(self) -> str:
        """Their first letters in order."""
        return "".join([word[0] for word in self.capitals])

    @cached_property
    def mixed_abbreviations(self) -> frozenset[str]:
        """The capitals of each abbreviation that has small letters too: SPSU of SPbSU."""
        letters = ["".join(filter(str.isupper, word)) for word in self.capitals if not word.isupper()]
        return frozenset(each for each in letters if len(each) >= MIN_SPELLED_OUT_CHARS)

    @cached_property
    def all_initials(self) -> str:
        """The first letters of all words, as capitals."""
        return "".join([word[0] for word in WORD.findall(self.text)]).upper()

    def _spells_out(self, abbreviation: str) -> bool:
        """Return whether words in a row begin with its letters; small words only for one of three letters or more."""
        return abbreviation in self.initials or (
            len(abbreviation) >= MIN_SPELLED_OUT_CHARS and abbreviation in self.all_initials
        )

    def has(self, name: str) -> bool:
        """Return whether the text has the name, as ``lexicon.called`` gives it, word for word or by another name."""
        names = (name, *lexicon.other_names(name))
        if any(_has_word(form, self.bare if form.isupper() else self.lower) for form in names):
            return True
        return _ACCENTED.search(self.text) is not None and any(f" {form} " in self.line for form in names)

    def has_word(self, word: str) -> bool:
        """Return whether the text has a name's ``word`` in some form."""
        form = lexicon.called(word)
        if self.has(form) or _has_word(form.lower().removesuffix("s"), self.lower):
            return True
        if (
            form.isupper()
            and len(form) > 1
            and (
                self._spells_out(form)
                or _has_word(form.lower(), self.lower)
                or _has_word(form + "s", self.bare)  # two MCIs, of an MCI
            )
        ):
            return True
        capitals = "".join(filter(str.isupper, word))
        if MIN_SPELLED_OUT_CHARS <= len(capitals) < len(word) and capitals in self.initials:
            return True
        joined = _JOINED.match(word)
        if joined and self.has_as_printed(joined[0]):
            return True
        return self._has_adjective_of(form) or any(alike(word, capital) for capital in self.capitals)

    def _has_adjective_of(self, form: str) -> bool:
        """Return whether the text has the adjective of a body's name that is a common word: Congress, congressional."""
        stem = form.rstrip("e")
        return (
            len(stem) >= MIN_STEM_CHARS
            and stem in self.lower
            and lexicon.is_common(form)
            and any(_has_word(stem + ending, self.lower) for ending in _ADJECTIVE_ENDINGS)
        )

    def has_as_printed(self, word: str) -> bool:
        """Return whether the text has the word with the same capitals: a quick look that settles most."""
        return _has_word(word[:-2] if word[-2:] in ("'s", "’s") else word, self.text)

    def has_exactly(self, word: str) -> bool:
        """Return whether the text has the word with the same capitals, or in capitals alone."""
        bare = word[:-2] if word[-2:] in ("'s", "’s") else word
        return self.has_as_printed(word) or _has_word(bare.upper(), self.text)

    def has_plainly(self, word: str) -> bool:
        """Return whether the text has the word as it is or, if longer, inside another; Niger not in Nigeria."""
        if self.has_as_printed(word):
            return True
        bare = word[:-2] if word[-2:] in ("'s", "’s") else word
        if _NUMBERED.search(bare):
            return _has_word(_NUMBERED.sub("", bare), self.joined)
        small = bare.lower()
        return (
            len(bare) > lexicon.MAX_ABBREVIATION_LETTERS
            and small in self.lower
            and not lexicon.other_names(small)
        )


@lru_cache(maxsize=2)
def indexes(paragraphs: tuple[str, ...]) -> tuple[NameIndex, ...]:
    """Return each paragraph of a text, ready to look names up in: many are looked up in the two texts compared."""
    return tuple(map(NameIndex, paragraphs))


def _has_word(word: str, text: str) -> bool:
    """Return whether a word, or some, occur in a text, and not inside another word."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
        at = text.find(word, end)
    return False


@lru_cache(maxsize=1 << 13)
def alike(first: str, second: str) -> bool:
    """Return whether two words are one name, spelled or transliterated in two ways.

    >>> alike("Zelensky", "Zelenskyy"), alike("Kiev", "Kyiv"), alike("Austria", "Australia"), alike("Iran", "Iraq")
    (True, True, False, False)
    """
    first, second = lexicon.called(first), lexicon.called(second)
    if first == second:
        return True
    if are_translated_initials(first, second):
        return True
    if not (first + second).isalpha() and any(map(str.isdigit, first + second)):
        return _NO_SIGN.sub("", first) == _NO_SIGN.sub("", second)  # Covid-19, Covid 19
    others = lexicon.other_names(first)
    if second in others:
        return True
    if others and lexicon.other_names(second):
        return False
    if are_a_man_and_a_woman(first, second):
        return False
    if {first[:1], second[:1]} == {"g", "q"}:  # Guliyev, Quliyev
        first, second = first.replace("q", "g"), second.replace("q", "g")
    first, second = sound(spelling.common(first)), sound(spelling.common(second))
    if {first[:1], second[:1]} == {"g", "h"} and len(first) >= MIN_STEM_CHARS:
        return first.replace("h", "g") == second.replace(
            "h", "g"
        )  # Guseinov, Huseynov; Grigorenko, Hryhorenko
    if first[:2] == "ie" or second[:2] == "ie":
        first, second = first.removeprefix("i"), second.removeprefix("i")
    if first == second or first[:1] != second[:1]:
        return first == second
    if min(len(first), len(second)) <= MAX_SHORT_NAME_CHARS:
        return min(len(first), len(second)) == MAX_SHORT_NAME_CHARS and (
            first.startswith(second) or second.startswith(first)
        )
    return _is_made_from(first, second) or Levenshtein.normalized_similarity(first, second) >= MIN_LIKENESS


def are_a_man_and_a_woman(first: str, second: str) -> bool:
    """Return whether one of two names in small letters is a man's first name alone, and the other a woman's.

    >>> are_a_man_and_a_woman("patrick", "patricia"), are_a_man_and_a_woman("patrick", "patrik")
    (True, False)
    """
    men, women = lexicon.words("given_names", "male"), lexicon.words("given_names", "female")
    both = first, second
    return any(
        one in men and one not in women and other in women and other not in men
        for one, other in (both, both[::-1])
    )


def are_translated_initials(first: str, second: str) -> bool:
    """Return whether two abbreviations have the same letters in another order, and one is well known or has figures.

    >>> are_translated_initials("NATO", "OTAN"), are_translated_initials("WHO", "WTO")
    (True, False)
    >>> are_translated_initials("LR", "RL"), are_translated_initials("IC95", "CI")
    (False, True)
    """
    return (
        first.isupper()
        and second.isupper()
        and first != second
        and _letters(first) == _letters(second) != []
        and any(
            lexicon.other_names(name) or lexicon.is_people(name.lower()) or not name.isalpha()
            for name in (first, second)
        )
    )


def _letters(abbreviation: str) -> list[str]:
    letters = sorted(filter(str.isalpha, abbreviation))
    return letters if len(letters) > 1 else []


def _is_made_from(first: str, second: str) -> bool:
    """Return whether one of two words is made from the other: Europe, European."""
    shorter, longer = sorted((first, second), key=len)
    stem = shorter if len(shorter) == MIN_STEM_CHARS else shorter.rstrip("aeiou")
    return len(stem) >= MIN_STEM_CHARS and longer.startswith(stem) and longer[len(stem) :] in _ENDINGS


@lru_cache(maxsize=1 << 12)
def sound(name: str) -> str:
    """Spell alike the letters that transliterations write in two ways, and without doubled letters.

    >>> sound("dmitriy") == sound("dmitri"), sound("yeltsin") == sound("jelzin")
    (True, False)
    """
    for letters, instead in _SAME_SOUND:
        if letters in name:
            name = name.replace(letters, instead)
    return _DOUBLED.sub(r"\1", name)
