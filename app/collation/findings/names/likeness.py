"""Spellings of a name in a reworded row: by its consonants, as a nickname, as an adjective."""

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import OSA, Levenshtein

from app.collation import lexicon
from app.collation.findings.names.candidates import Name
from app.collation.findings.names.matching import sound
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage
from app.collation.model import Span

MIN_LIKENESS = 0.6
"""Levenshtein likeness of two spellings, as ``sound`` has them, that have the same consonants."""

MIN_CONSONANTS = 3
"""Consonants of the shortest name that is known by them."""

MIN_STEM_CHARS = 4
"""Letters of a place that its adjective shares."""

MIN_LIKENESS_OF_BONES = 0.5
"""The same of two spellings that have all consonants in common, h among them."""

MIN_VOICED_CHARS = 6
"""Letters of the shortest name that is recognised although its consonants are voiced differently."""

MIN_LIKENESS_UNVOICED = 0.9
"""Likeness of two such spellings, all consonants unvoiced."""

MIN_LIKENESS_JOINED = 0.8
"""The same for two names divided into words differently."""

MAX_CHARS_GLUED = 6
"""Letters of a river, an island, a mountain as languages put it at the end of its name: Hangang, Miyakojima."""

HYPHENED = re.compile(r"[-‑][^\W_]+")
_ALL_VOWELS = re.compile("[aeiouy]")
_UNVOICED = str.maketrans("gbdzv", "kptsf")
_VOWELS = re.compile("[aeiouwhj']")
_LONG_VOWEL = re.compile(r"([aeiou])(?:\1|h(?![aeiou])|(?<=o)u)")
"""A long vowel as Japanese names are spelled: Ohno and Ono, Yuuki and Yuki, Satou and Sato."""

_CLASSICAL_ENDING = re.compile(r"(?:us|os|as|es|y|iy|ij|i)\Z")
"""What languages drop or put in place of the ending of a Greek or Latin name."""

_PINYIN = re.compile(r"\Ax")
_ADJECTIVE = re.compile(r"(?:sk(?:i|ij|iy|y|aya|aia|oye|oe|oy|ogo|om)?|ka|ovo|oye|oe|oy|iy|i|y|aya)\Z")
"""How the languages of eastern Europe make an adjective of a place: Kakhovka, Kakhovsky."""


@cache
def _nicknamed() -> dict[str, frozenset[int]]:
    rows: dict[str, frozenset[int]] = {}
    for number, (line,) in enumerate(lexicon.rows("nicknames")):
        for name in line.split():
            rows[name] = rows.get(name, frozenset()) | {number}
    return rows


def are_spelled_alike(base: Sequence[RowWord], witness: Sequence[RowWord]) -> bool:
    """Return whether each word of one name is another spelling of a word of the other."""
    shorter, longer = sorted((base, witness), key=len)
    return all(any(are_alike(word.text, other.text) for other in longer) for word in shorter)


def are_alike(first: str, second: str) -> bool:
    """Return whether two words may be spellings of one name, or a name and the word for its people.

    >>> are_alike("Hunanyan", "Unanyan"), are_alike("Kakhovka", "Kakhovsky"), are_alike("Petrov", "Orlov")
    (True, True, False)
    """
    first, second = lexicon.called(first).lower(), lexicon.called(second).lower()
    if _nicknamed().get(first, frozenset()) & _nicknamed().get(second, frozenset()):
        return True
    if first in GIVEN_NAMES and second in GIVEN_NAMES:
        return False
    stem = _ADJECTIVE.sub("", first)
    if len(stem) >= MIN_STEM_CHARS and stem == _ADJECTIVE.sub("", second):
        return True
    if _LONG_VOWEL.sub(r"\1", first) == _LONG_VOWEL.sub(r"\1", second):
        return True
    if not (lexicon.other_names(first) or lexicon.other_names(second)) and _are_written_alike(first, second):
        return True
    if "x" in (first[:1], second[:1]):
        first, second = _PINYIN.sub("s", first), _PINYIN.sub("s", second)  # Xizapanna, Sisapanna
    if not _BODIES.isdisjoint((first, second)) and len(bones := _consonants(first)) >= MIN_CONSONANTS - 1:
        return bones == _consonants(second)  # Ligue, League
    if _have_bones_in_common(first, second):
        return True
    if {first[:1], second[:1]} == {"g", "h"}:
        first, second = first.replace("h", "g"), second.replace("h", "g")  # Hryhorenko, Grigorenko
    bones = _consonants(first)
    return (
        len(_VOWELS.sub("", sound(first))) >= MIN_CONSONANTS <= len(_VOWELS.sub("", sound(second)))
        and bones == _consonants(second)
        and Levenshtein.normalized_similarity(sound(first), sound(second)) >= MIN_LIKENESS
    )


def are_misprinted(first: str, second: str) -> bool:
    """Return whether two names differ only in two neighbouring letters that changed places: Masuda, Mausda."""
    return (
        first != second
        and len(first) == len(second) > MIN_CONSONANTS
        and sorted(first) == sorted(second)
        and OSA.distance(first, second) == 1
    )


def _are_written_alike(first: str, second: str) -> bool:
    """Return whether two names differ in vowels or doubled letters alone, have two letters changed about, or are cut.

    >>> _are_written_alike("kobe", "kobi"), _are_written_alike("penh", "pehn"), _are_written_alike("lomo", "romo")
    (True, True, False)
    """
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= MIN_CONSONANTS and longer.startswith(shorter):
        return True
    if sorted(first) == sorted(second):
        return are_misprinted(first, second)
    return (
        len(shorter) > MIN_CONSONANTS - 1
        and _consonants(first) == _consonants(second) != ""
        and OSA.distance(sound(first), sound(second)) <= 1
    )


def _have_bones_in_common(first: str, second: str) -> bool:
    """Return whether two names have the same consonants, including h, or differ only in whether these are voiced.

    Languages that write no short vowels, and those in which p and b change about, are spelled so.

    >>> _have_bones_in_common("hodeidah", "hudaydah"), _have_bones_in_common("karapetyan", "garabedyan")
    (True, True)
    >>> _have_bones_in_common("bali", "pali")
    False
    """
    bones = [_ALL_VOWELS.sub("", name) for name in (first, second)]
    if bones[0] == bones[1] and len(bones[0]) >= MIN_CONSONANTS:
        return Levenshtein.normalized_similarity(first, second) >= MIN_LIKENESS_OF_BONES
    return (
        min(len(first), len(second)) >= MIN_VOICED_CHARS
        and Levenshtein.normalized_similarity(_unvoiced(first), _unvoiced(second)) >= MIN_LIKENESS_UNVOICED
    )


def _unvoiced(name: str) -> str:
    return sound(name.replace("kh", "k").replace("gh", "k").translate(_UNVOICED))


def _consonants(name: str) -> str:
    spelled = sound(name).replace("ch", "c").replace("sh", "s").replace("ts", "s").replace("z", "s")
    bare = _VOWELS.sub("", spelled)
    return re.sub(r"(.)\1+", r"\1", bare)


def is_glued(parts: Sequence[RowWord], other: Sequence[RowWord]) -> bool:
    """Return whether a name is one's own and a common word, and the other has it in one word: Han River, Hangang."""
    if not (len(parts) == 2 and len(other) == 1 and parts[1].text[0].isupper()):
        return False
    glued, own = other[0].lower, parts[0].lower
    return (
        len(own) >= MIN_CONSONANTS
        and glued.startswith(own)
        and 1 < len(glued) - len(own) <= MAX_CHARS_GLUED
        and lexicon.is_common(parts[1].lower)
    )


def are_joined_alike(passage: Passage, base: Name, witness: Name) -> bool:
    """Return whether two names have nearly the same letters, but other word breaks: Edomae-jima, Edo Maejima."""
    own, other = words(passage.base, base.span), words(passage.witness, witness.span)
    shared = {word.lower for word in own} & {word.lower for word in other}
    parts = [
        [word for word in side if word.lower not in shared and not lexicon.is_common(word.lower)]
        for side in (own, other)
    ]
    if not all(parts):
        return False
    first, second = (
        "".join(
            sign for sign in _with_hyphened(text, (side[0].start, side[-1].end)).lower() if sign.isalnum()
        )
        for text, side in zip((passage.base, passage.witness), parts, strict=True)
    )
    if len(parts[0]) == len(parts[1]) and len(first) + len(second) == sum(
        len(word.text) for side in parts for word in side
    ):
        return False
    return Levenshtein.normalized_similarity(sound(first), sound(second)) >= MIN_LIKENESS_JOINED


def _with_hyphened(text: str, span: Span) -> str:
    after = HYPHENED.match(text, span[1])
    return text[span[0] : after.end() if after else span[1]]


def are_of_one_origin(base: RowWord, witness: RowWord) -> bool:
    """Return whether two first names, their surname the same, may be one Greek or Latin name: Thaddeus, Faddey."""
    bones = {
        _VOWELS.sub("", sound(_CLASSICAL_ENDING.sub("", word.lower).replace("th", "f").replace("b", "v")))
        for word in (base, witness)
    }
    return (
        len(bones) == 1
        and all(len(each) >= MIN_CONSONANTS - 1 for each in bones)
        and not {base.lower, witness.lower} <= GIVEN_NAMES
    )


_BODIES = lexicon.words("bodies", "general")
"""What bodies call themselves in English, which a translator may leave in its own language."""

GIVEN_NAMES = lexicon.words("given_names", "male", "female")
"""Names that are never spellings of one another."""
