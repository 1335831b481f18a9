"""Bodies and people whose name is worded differently: the Rostov Region or Oblast, the Ministry of Internal Affairs."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import takewhile

from rapidfuzz.distance import Levenshtein

from app.collation import lexicon
from app.collation.findings.names import matching
from app.collation.findings.names.candidates import Name
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage
from app.collation.model import Span

MAX_CHARS_AROUND = 60
"""Code points around the place of a name on the other side in which its words in other form are looked for."""

MIN_LIKENESS_BESIDE_A_NAME = 0.6
"""Levenshtein likeness of two spellings of one's name, as ``matching.sound`` has them, beside another name of one's
that both sides have: Herman Gref, German Greef."""

MIN_STEM_CHARS = 4
"""Letters that a word shares with one derived from it: system, systemic."""


MINISTRY_LETTERS = range(3, 5)
"""Letters of an abbreviation that may be a ministry's: MFA, MoD."""

MIN_SCIENCE_CHARS = 7
"""Letters that a longer compound ends with: meteorological, hydrometeorological."""


@cache
def _rows() -> dict[str, frozenset[int]]:
    rows: dict[str, frozenset[int]] = {}
    for number, (line,) in enumerate(lexicon.rows("same_bodies")):
        for word in line.split():
            rows[word] = rows.get(word, frozenset()) | {number}
    return rows


@cache
def _fillers() -> frozenset[str]:
    return frozenset(lexicon.lines("body_fillers"))


def is_sort_of_people_or_things(name: Sequence[RowWord], replacement: str) -> bool:
    """Return whether a plural abbreviation stands for what the other side names by a common word: MPs, UAVs."""
    if len(name) != 1 or not _PLURAL.fullmatch(name[0].text):
        return False
    return any(
        lexicon.are_same_people(name[0].lower, word.lower)
        if lexicon.is_people(word.lower)
        else word.lower.endswith("s") and lexicon.is_common(word.lower) and not word.text.isupper()
        for word in words(replacement, (0, len(replacement)))
    )


_PLURAL = re.compile(r"[A-Z]{2,6}s")


def is_sort_of_place(gone: Sequence[RowWord]) -> bool:
    """Return whether words only say what sort of region a name belongs to: Governorate, Krai."""
    regions = _rows()["region"]
    return all(_rows().get(_plain(word.lower), frozenset()) & regions for word in gone)


def is_put_otherwise(gone: Sequence[RowWord], other: str, place: Span) -> bool:
    """Return whether a text has, around ``place``, each of the words of a name in another form.

    Words that are only in names must be there themselves, spelled in whatever way.
    """
    near = [word.lower for word in words(other, _around(place, len(other)))]
    content = [word for word in gone if _plain(word.lower) not in _fillers()]
    return bool(content) and all(_is_among(_plain(word.lower), near) for word in content)


def are_put_otherwise(passage: Passage, base: Name, witness: Name) -> bool:
    """Return whether each of two names is worded differently where the other is, or one is short for a ministry."""
    places = (base, passage.witness, witness), (witness, passage.base, base)
    return all(is_put_otherwise(name.lacking, text, other.span) for name, text, other in places) or any(
        _is_short_for_a_ministry(name.lacking, text, other.span) for name, text, other in places
    )


def _is_short_for_a_ministry(gone: Sequence[RowWord], other: str, place: Span) -> bool:
    """Return whether a text has, around ``place``, the ministry that an abbreviation names: MFA, Foreign Ministry.

    Its second letter is the first of what the ministry is for.
    """
    letters = _plain(gone[-1].text)
    if not (len(letters) in MINISTRY_LETTERS and letters[0] == "M" and letters[-1].isupper()):
        return False
    field = letters[2] if letters[1] in "Oo" else letters[1]
    near = [_plain(word.lower) for word in words(other, _around(place, len(other)))]
    return any(word.startswith("ministr") for word in near) and any(
        lexicon.portfolios(word) and word.startswith(field.lower()) for word in near
    )


def _around(place: Span, length: int) -> Span:
    return max(0, place[0] - MAX_CHARS_AROUND), min(length, place[1] + MAX_CHARS_AROUND)


def _plain(word: str) -> str:
    return word.removesuffix("'s").removesuffix(".")


def _is_among(word: str, near: Iterable[str]) -> bool:
    if word not in _rows() and not lexicon.is_common(word):
        return any(_is_compound_of(word, _plain(other)) for other in near)
    return any(_mean_one(word, _plain(other)) for other in near)


def _is_compound_of(word: str, other: str) -> bool:
    """Return whether a word ends as a long common one does: hydrometeorology, meteorology."""
    return len(other) >= MIN_SCIENCE_CHARS and word.endswith(other) and lexicon.is_common(other)


@lru_cache(maxsize=1 << 12)
def _mean_one(first: str, second: str) -> bool:
    if _rows().get(first, frozenset()) & _rows().get(second, frozenset()):
        return True
    if lexicon.portfolios(first) & lexicon.portfolios(second):
        return True
    shorter, longer = sorted((first, second), key=len)
    stem = shorter.rstrip("aeiouy")
    if len(stem) >= MIN_STEM_CHARS and longer.startswith(stem) and longer[len(stem) :] in _ENDINGS:
        return True
    if len(stem) >= MIN_SCIENCE_CHARS and stem in longer and longer.partition(stem)[2] in _ENDINGS:
        return True
    root = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
    return root > MIN_STEM_CHARS and {first[root:], second[root:]} <= _DERIVED


_ENDINGS = frozenset(
    ("", "s", "e", "es", "y", "ies", "al", "ial", "ic", "ical", "ern", "ian", "an", "ing", "ed", "ary")
)
"""What a word of a body's name adds to the one that it is derived from."""

_DERIVED = frozenset(("ion", "ions", "ional", "oral", "or", "ors", "ing", "ment", "al"))
"""What two words of one root add to it: election, electoral."""


def are_spelled_otherwise(base: Sequence[RowWord], witness: Sequence[RowWord], beside: bool) -> bool:
    """Return whether the words of two names, one by one, are spellings of the same ones.

    ``beside`` says that another word of the name is on both sides; then they may be less alike.
    """
    if len(base) != len(witness):
        return False
    pairs = [(one.text, other.text) for one, other in zip(base, witness, strict=True)]
    alike = [matching.alike(*pair) for pair in pairs]
    sure = beside or any(alike)
    return all(same or (sure and _sound_alike(*pair)) for same, pair in zip(alike, pairs, strict=True))


def _sound_alike(first: str, second: str) -> bool:
    first, second = lexicon.called(first), lexicon.called(second)
    if lexicon.is_common(first) or lexicon.is_common(second) or min(len(first), len(second)) < MIN_STEM_CHARS:
        return False
    if matching.are_a_man_and_a_woman(first, second):
        return False
    first, second = matching.sound(first), matching.sound(second)
    return (
        first[0] == second[0]
        and Levenshtein.normalized_similarity(first, second) >= MIN_LIKENESS_BESIDE_A_NAME
    )
