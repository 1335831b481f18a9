"""The order in which the characters of a line are read, in scripts that are written from right to left."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from unicodedata import bidirectional

FIRST_FROM_RIGHT = "\u0590"
"""The first character of right-to-left scripts: characters before it need not be looked up."""

_ALEFS = "اأإآ"


def is_from_right(char: str) -> bool:
    """Return whether a letter is of a script that is written from right to left.

    >>> is_from_right("ש"), is_from_right("ا"), is_from_right("a"), is_from_right("7")
    (True, True, False, False)
    """
    return char >= FIRST_FROM_RIGHT and bidirectional(char) in ("R", "AL")


def in_reading_order(chars: Sequence[str], lefts: Sequence[float]) -> str:
    """Return the text of a line, given its characters and how far from the left each is.

    Of some programs' files PDFium gives words as they are seen, from left to right, each lam-alef, which is one sign,
    the wrong way round, and marks and numbers in another place.

    >>> in_reading_order("ىلإ", [466.1, 475.3, 479.6]), in_reading_order("االث", [372.7, 365.2, 365.2, 361.3])
    ('إلى', 'الاث')
    >>> in_reading_order("כ7-", [425.5, 410.0, 420.0])
    'כ-7'
    """
    letters = [char for char in chars if char.isalpha()]
    if 2 * sum(map(is_from_right, letters)) <= len(letters):
        return "".join(chars)
    units = [_in_order(unit, chars, lefts) for unit in _units(chars, lefts)]
    units.sort(key=lambda unit: -max(lefts[place] for place in unit))
    return "".join(chars[place] for unit in units for place in unit)


def _units(chars: Sequence[str], lefts: Sequence[float]) -> Iterator[list[int]]:
    """Yield the places of each word with the blank after it, and of each sign between words.

    Words and numbers that read from left to right are kept as they are.
    """
    unit: list[int] = []
    for place, char in enumerate(chars):
        before = chars[unit[-1]] if unit else ""
        is_of_word = _is_of_word(char) and _is_of_word(before)
        is_nowhere = char.isspace() and (_is_of_word(before) or not lefts[place])
        if unit and not (is_of_word or is_nowhere or (_goes_right(char) and _goes_right(before))):
            yield unit
            unit = []
        unit.append(place)
    if unit:
        yield unit


def _in_order(unit: list[int], chars: Sequence[str], lefts: Sequence[float]) -> list[int]:
    """Return the places of a word in the order in which it is read."""
    if not _is_of_word(chars[unit[0]]):
        return unit
    blanks = [place for place in unit if chars[place].isspace()]
    unit = unit[: len(unit) - len(blanks)]
    if lefts[unit[0]] < lefts[unit[-1]]:
        unit = unit[::-1]
    for at, (place, after) in enumerate(pairwise(unit[:])):
        if chars[place] in _ALEFS and chars[after] == "ل" and lefts[place] == lefts[after]:
            unit[at], unit[at + 1] = after, place
    return unit + blanks


def _is_of_word(char: str) -> bool:
    return bool(char) and bidirectional(char) in ("R", "AL", "NSM")


def _goes_right(char: str) -> bool:
    """Return whether a character is a letter or digit that is read from left to right, or stands between such."""
    return bool(char) and bidirectional(char) in ("L", "EN", "AN", "CS")
