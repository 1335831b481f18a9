"""Words that hold a number, and the units that are counted in."""

from fractions import Fraction
from functools import cache
from typing import NamedTuple

from app.collation.lexicon import load


@cache
def numbers(*kinds: str) -> dict[str, int]:
    """Return the whole numbers listed for these kinds, in the table's order.

    >>> numbers("cardinal")["twelve"], numbers("scale")["million"], numbers("times")["twice"]
    (12, 1000000, 2)
    """
    return {word: int(value) for word, value, kind in load.rows("numbers") if kind in kinds}


@cache
def fractions() -> dict[str, Fraction]:
    """Return the parts of one: half, third, quarter ...

    >>> fractions()["quarter"]
    Fraction(1, 4)
    """
    return {word: Fraction(value) for word, value, kind in load.rows("numbers") if kind == "fraction"}


@cache
def units() -> dict[str, tuple[str, Fraction]]:
    """Return, by name or sign, a unit's dimension and its factor to the metre, kilogram, litre, hour ...

    An underscore stands for a space, before which a point may stand: sq_km.

    >>> units()["km"]
    ('length', Fraction(1000, 1))
    """
    return {
        name: (dimension, Fraction(factor))
        for dimension, factor, names in load.rows("units")
        for name in names.split()
    }


@cache
def magnitudes() -> dict[str, tuple[int, ...]]:
    """Return, for words for large numbers in languages other than English, their factors; some have several.

    >>> magnitudes()["млн"], magnitudes()["亿"]
    ((1000000,), (100000000,))
    """
    factors: dict[str, dict[int, None]] = {}
    for language, factor, names in load.rows("magnitudes"):
        for name in names.split() if language != "en" else ():
            factors.setdefault(name.replace("_", " ").lower(), {})[int(factor)] = None
    return {name: tuple(every) for name, every in factors.items()}


@cache
def foreign_numbers() -> dict[str, dict[str, int]]:
    """Return, by word in small letters, the number that it means in each language other than English.

    >>> foreign_numbers()["elf"]["de"], foreign_numbers()["once"]["es"]
    (11, 11)
    """
    meanings: dict[str, dict[str, int]] = {}
    for language, value, words in load.rows("foreign_numbers"):
        for word in words.split():
            meanings.setdefault(word.lower(), {})[language] = int(value)
    return meanings


@cache
def decimal_marks() -> dict[str, str]:
    """Return by language the mark before its decimals: where that is a comma, a point only separates thousands.

    >>> decimal_marks()["es"], decimal_marks()["ja"]
    (',', '.')
    """
    return dict(load.rows("decimal_marks"))


class Halves(NamedTuple):
    """How a language counts in halves: the number one, what adds a half, and one and a half in one word."""

    ones: frozenset[str]
    and_a_half: frozenset[str]
    one_and_a_half: frozenset[str]


@cache
def halves() -> dict[str, Halves]:
    """Return by language how it counts in halves.

    >>> sorted(halves()["es"].and_a_half), sorted(halves()["de"].one_and_a_half)
    (['y media', 'y medio'], ['anderthalb', 'eineinhalb'])
    """
    return {
        language: Halves(*(frozenset(word.replace("_", " ") for word in cell.split()) for cell in cells))
        for language, *cells in load.rows("halves")
    }
