"""Words that hold a number, and the units that are counted in."""

from fractions import Fraction
from functools import cache

from app.collation.lexicon import load


@cache
def numbers(*kinds: str) -> dict[str, int]:
    """Return the whole numbers that words of these kinds hold, in the table's order.

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
