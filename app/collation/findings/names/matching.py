"""Whether a name stands in a text in some form: by another name, as an abbreviation, or in another transliteration."""

import re
from functools import cached_property, lru_cache

from rapidfuzz.distance import Levenshtein

from app.collation import lexicon
from app.collation.text import spelling

ALIKE = 0.8
"""Levenshtein likeness, 0 to 1, of two spellings from which they are one name in two transliterations."""

SHORT = 4
"""Letters up to which two spellings must be equal but for what transliteration writes in two ways."""

STEM = 5
"""Letters that a name and a word made from it begin with alike: Europe, Europeans."""

_ENDINGS = frozenset(lexicon.lines("name_endings"))
"""What such a word adds to the name, as ``sound`` writes it."""

SPELLED_OUT = 3
"""Letters of the shortest abbreviation that words in small letters may spell out: by chance two do too often."""

CAPITALISED = re.compile(r"(?<![^\W_])[^\W\d_a-zß-öø-ÿ][^\W_]*(?:['’.&][^\W_]+|[-‑]\d[^\W_]*)*")
"""A word that begins with a capital; a hyphen parts it but before a number: F-16."""

WORD = re.compile(r"[^\W_]+(?:['’.&][^\W_]+)*")
"""Any word."""

_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_DOUBLED = re.compile(r"(.)\1+")
_SAME_SOUND = tuple((spelling, sound) for spelling, sound in lexicon.rows("transliterations"))


class NameIndex:
    """A row's text on one side, as names are looked up in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.bare = text.replace(".", "") if "." in text else text
        self.lower = self.bare.lower()

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every word as ``lexicon.called`` gives it."""
        return frozenset(self.line.split())

    @cached_property
    def line(self) -> str:
        """The words in a row, a space before and after each."""
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
    def all_initials(self) -> str:
        """The first letters of all words, as capitals."""
        return "".join([word[0] for word in WORD.findall(self.text)]).upper()

    def _spells_out(self, abbreviation: str) -> bool:
        """Whether words in a row begin with its letters; small words only for one of three letters or more."""
        return abbreviation in self.initials or (
            len(abbreviation) >= SPELLED_OUT and abbreviation in self.all_initials
        )

    def has(self, name: str) -> bool:
        """Whether the name, as ``lexicon.called`` gives it, stands in the text word for word or by another name."""
        names = (name, *lexicon.other_names(name))
        if any(_stands(other, self.bare if other.isupper() else self.lower) for other in names):
            return True
        return _ACCENTED.search(self.text) is not None and any(f" {other} " in self.line for other in names)

    def has_word(self, word: str) -> bool:
        """Whether a name's ``word`` stands in the text in some form."""
        form = lexicon.called(word)
        if self.has(form) or _stands(form.lower().removesuffix("s"), self.lower):
            return True
        if form.isupper() and len(form) > 1 and (self._spells_out(form) or _stands(form.lower(), self.lower)):
            return True
        return any(alike(word, capital) for capital in self.capitals)

    def has_plainly(self, word: str) -> bool:
        """Whether the word stands in the text as it is, or, if it is a longer one, in another; Niger not in Nigeria."""
        bare = word[:-2] if word[-2:] in ("'s", "’s") else word
        if _stands(bare, self.text):
            return True
        small = bare.lower()
        return len(bare) > lexicon.ABBREVIATION and small in self.lower and not lexicon.other_names(small)


def _stands(word: str, text: str) -> bool:
    """Whether a word, or some, stand in a text, and not inside another word."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
        at = text.find(word, end)
    return False


@lru_cache(maxsize=1 << 13)
def alike(one: str, other: str) -> bool:
    """Whether two words are one name, spelled or transliterated in two ways.

    >>> alike("Zelensky", "Zelenskyy"), alike("Kiev", "Kyiv"), alike("Austria", "Australia"), alike("Iran", "Iraq")
    (True, True, False, False)
    """
    one, other = lexicon.called(one), lexicon.called(other)
    if one == other:
        return True
    if not (one + other).isalpha() and any(map(str.isdigit, one + other)):
        return False
    others = lexicon.other_names(one)
    if other in others:
        return True
    if others and lexicon.other_names(other):
        return False
    one, other = sound(spelling.common(one)), sound(spelling.common(other))
    if one == other or one[:1] != other[:1]:
        return one == other
    if min(len(one), len(other)) <= SHORT:
        return min(len(one), len(other)) == SHORT and (one.startswith(other) or other.startswith(one))
    return _is_made_from(one, other) or Levenshtein.normalized_similarity(one, other) >= ALIKE


def _is_made_from(one: str, other: str) -> bool:
    """Whether one of two words is made from the other: Europe, European."""
    shorter, longer = sorted((one, other), key=len)
    stem = shorter if len(shorter) == STEM else shorter.rstrip("aeiou")
    return len(stem) >= STEM and longer.startswith(stem) and longer[len(stem) :] in _ENDINGS


@lru_cache(maxsize=1 << 12)
def sound(name: str) -> str:
    """One spelling for the letters that transliterations write in two ways, without doubled letters.

    >>> sound("dmitriy") == sound("dmitri"), sound("yeltsin") == sound("jelzin")
    (True, False)
    """
    for letters, instead in _SAME_SOUND:
        if letters in name:
            name = name.replace(letters, instead)
    return _DOUBLED.sub(r"\1", name)
