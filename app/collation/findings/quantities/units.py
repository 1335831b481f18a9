"""What may follow or precede a number and belongs to its value: scale, percent, currency, measure."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from app.collation.findings.quantities import number_words

SPACE = "[ \u00a0\u202f\u2009]"

Dimension = Literal["length", "area", "mass", "volume", "time", "temperature"]

CLOSE = Fraction(1, 20)
"""Two amounts in different units of one dimension are the same within a twentieth: 10 miles are given as 16 km."""

_SIGNS = {
    "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "ruble", "₴": "hryvnia", "₩": "won",
    "₪": "shekel", "₺": "lira", "usd": "dollar", "eur": "euro", "gbp": "pound", "pln": "zloty", "chf": "franc",
    "rmb": "yuan", "cny": "yuan", "jpy": "yen", "rs": "rupee", "inr": "rupee", "rub": "ruble",
}  # fmt: skip
_CURRENCIES = {
    **{f"{name}s": name for name in ("dollar", "euro", "pound", "rupee", "ruble", "shekel", "zloty", "franc")},
    "dollar": "dollar", "euro": "euro", "roubles": "ruble", "yuan": "yuan", "yen": "yen", "hryvnia": "hryvnia",
    "won": "won", "lira": "lira", "renminbi": "yuan",
}  # fmt: skip
SHORT_SCALES = {
    "k": 10**3, "mn": 10**6, "mln": 10**6, "m": 10**6, "mio": 10**6, "bn": 10**9, "b": 10**9, "mrd": 10**9,
    "tn": 10**12, "trn": 10**12,
}  # fmt: skip

# Factors to the metre, square metre, kilogram, litre and hour.
_WORDS: tuple[tuple[Dimension, str, str], ...] = (
    ("length", "1000", "km kms kilometer kilometers kilometre kilometres km/h kmh kph"),
    ("length", "1609.344", "mile miles mph"),
    ("length", "1", "meter meters metre metres"),
    ("length", "0.01", "cm centimeter centimeters centimetre centimetres"),
    ("length", "0.001", "mm millimeter millimeters millimetre millimetres"),
    ("length", "0.3048", "foot feet ft"),
    ("length", "0.9144", "yard yards"),
    ("length", "0.0254", "inch inches"),
    ("area", "1000000", "km2 km² sq_km square_km square_kilometers square_kilometres sq_kilometers"),
    ("area", "2589988", "sq_miles square_miles square_mile"),
    ("area", "1", "m2 m² sq_m square_meters square_metres"),
    ("area", "0.09290304", "sq_ft square_feet"),
    ("area", "4046.86", "acre acres"),
    ("area", "10000", "hectare hectares ha"),
    ("mass", "1", "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes"),
    ("mass", "0.001", "gram grams gramme grammes"),
    ("mass", "1000", "ton tons tonne tonnes"),
    ("mass", "0.45359237", "lb lbs pound pounds"),
    ("mass", "0.028349523", "oz ounce ounces"),
    ("volume", "1", "liter liters litre litres"),
    ("volume", "3.785411784", "gallon gallons"),
    ("time", "1/3600", "second seconds"),
    ("time", "1/60", "minute minutes min mins"),
    ("time", "1", "hour hours hr hrs"),
    ("time", "24", "day days"),
    ("time", "168", "week weeks"),
    ("time", "336", "fortnight fortnights"),
    ("time", "730.5", "month months"),
    ("time", "8766", "year years"),
    ("time", "87660", "decade decades"),
    ("time", "876600", "century centuries"),
    ("temperature", "1", "°c degrees_celsius degrees_centigrade"),
    ("temperature", "5/9", "°f degrees_fahrenheit"),
)
_MEASURES: dict[str, tuple[Dimension, Fraction]] = {
    word: (dimension, Fraction(factor)) for dimension, factor, words in _WORDS for word in words.split()
}
_MEASURE = "|".join(
    re.escape(word).replace("_", f"\\.?{SPACE}") for word in sorted(_MEASURES, key=len, reverse=True)
)
WORDS = frozenset(
    (
        *("per", "cent", "percent", "percentage", "pct", *_SIGNS, *_CURRENCIES, *SHORT_SCALES),
        *(part for word in _MEASURES for part in re.split(r"[_/²°]", word) if part),
    )
)
"""Every word that may stand beside a number and belong to it."""

SIGN = rf"(?:(?:US|A|C|HK|NZ|S)?\$|[€£¥₹₽₴₩₪₺]|\b(?:USD|EUR|GBP|PLN|CHF|RMB|CNY|JPY|Rs\.?|INR|RUB)){SPACE}?"
_AFTER = re.compile(
    rf"""
    (?P<half>[ ]and[ ]a[ ]half(?![^\W_]))?
    (?:{SPACE}?(?P<short>k|mn|mln|m|mio|bn|b|mrd|tn|trn)(?![^\W_])
      |(?:{SPACE}|-)(?P<scale>{"|".join((*number_words.SCALES, "dozen"))})(?![^\W_]))?
    (?P<scaled>)
    (?P<percent>{SPACE}?%|(?:{SPACE}|-)(?:per{SPACE}?cent(?:age[ -]points?)?|pct|percentage[ -]points?)(?![^\W_]))?
    (?P<currency>(?:{SPACE}|-)(?:(?:U\.?S\.?|American|Canadian|Australian)[ ])?(?:{"|".join(_CURRENCIES)})(?![^\W_]))?
    (?:(?:{SPACE}|-)?(?P<measure>{_MEASURE})(?![^\W_]))?
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount in a measure's own unit, and in its dimension's (metre, kilogram, hour, degree Celsius ...)."""

    dimension: Dimension
    factor: Fraction
    amounts: tuple[Fraction, ...]

    @property
    def is_a_day(self) -> bool:
        """Whether this is 24 hours, which other words call "a day" or "daily"."""
        return self.dimension == "time" and self.factor * self.amounts[0] == 24

    def is_close(self, other: "Measure") -> bool:
        """Whether both measure the same, give or take what rounding does; in one unit the figures must be equal."""
        if self.dimension != other.dimension:
            return False
        if self.factor == other.factor:
            return bool(set(self.amounts) & set(other.amounts))
        room = Fraction(2) if self.dimension == "temperature" else None
        return any(
            abs(one - another) <= (room or CLOSE * max(abs(one), abs(another)))
            for one in self._converted()
            for another in other._converted()
        )

    def _converted(self) -> list[Fraction]:
        offset = 32 if self.dimension == "temperature" and self.factor != 1 else 0
        return [(amount - offset) * self.factor for amount in self.amounts]


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a number: where its scale and where all of it ends, by what to multiply, in which unit.

    ``perhaps`` is a factor that the letter after it may or may not mean: 2.5m are metres or millions.
    """

    scaled: int
    end: int
    half: bool = False
    factor: int = 1
    perhaps: int = 1
    unit: str = ""
    measure: str = ""


def tail(text: str, at: int, currency: str) -> Tail:
    """The tail of the number that ends at ``at``, ``currency`` being the unit that its sign gave or empty."""
    match = _AFTER.match(text, at)
    if match is None or match.end() == at:
        return Tail(at, at, unit=currency)
    factor, scaled = 1, match.end("half") if match["half"] else at
    if match["short"]:
        short = match["short"].lower()
        if not (currency or len(short) > 1):
            return Tail(scaled, scaled, half=bool(match["half"]), perhaps=SHORT_SCALES[short])
        factor, scaled = SHORT_SCALES[short], match.end("short")
    elif match["scale"]:
        factor, scaled = {**number_words.SCALES, "dozen": 12}[match["scale"].lower()], match.end("scale")
    unit = currency
    if match["percent"]:
        unit = "percentage point" if "point" in match["percent"].lower() else "percent"
    elif match["currency"] and not unit:
        unit = _CURRENCIES[re.split(r"[\s-]", match["currency"].strip().lower())[-1]]
    measure = re.sub(rf"\.?{SPACE}", "_", match["measure"].lower()) if match["measure"] else ""
    if unit == "pound" and not currency:
        measure = "pounds"
    return Tail(scaled, match.end(), bool(match["half"]), factor, unit=unit, measure=measure)


def currency(sign: str) -> str:
    """The currency that a sign before a number names; dollars of every country are dollars.

    >>> currency("HK$"), currency("€ "), currency("Rs.")
    ('dollar', 'euro', 'rupee')
    """
    bare = sign.strip().rstrip(".").lower()
    return "dollar" if bare.endswith("$") else _SIGNS[bare]


def measured(measure: str, amounts: tuple[Fraction, ...]) -> Measure | None:
    """The amounts in a measure, ``None`` where the word names none."""
    found = _MEASURES.get(measure)
    return Measure(*found, amounts) if found else None
