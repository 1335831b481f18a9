"""What may follow or precede a number and belongs to its value: scale, percent, currency, measure."""

import re
from dataclasses import dataclass
from fractions import Fraction

from app.collation import lexicon
from app.collation.findings.quantities import number_words

SPACE = "[ \u00a0\u202f\u2009]"

MAX_CONVERSION_ERROR = Fraction(1, 20)
"""The share by which equal amounts in different units may differ: 10 miles are given as 16 km."""

_SIGNS = dict(lexicon.rows("currency_signs"))
_CURRENCIES = dict(lexicon.rows("currencies"))
SHORT_SCALES = {
    "k": 10**3, "mn": 10**6, "mln": 10**6, "m": 10**6, "mio": 10**6, "bn": 10**9, "b": 10**9, "mrd": 10**9,
    "tn": 10**12, "trn": 10**12,
}  # fmt: skip

_MEASURES = lexicon.units()
_MEASURE = "|".join(
    re.escape(word).replace("_", f"\\.?{SPACE}") for word in sorted(_MEASURES, key=len, reverse=True)
)
WORDS = frozenset(
    (
        *("per", "cent", "percent", "percentage", "pct", *_SIGNS, *_CURRENCIES, *SHORT_SCALES),
        *(part for word in _MEASURES for part in re.split(r"[_/²°]", word) if part),
    )
)
"""Every word that may belong to a number beside it."""

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

    dimension: str
    factor: Fraction
    amounts: tuple[Fraction, ...]

    @property
    def is_a_day(self) -> bool:
        """Whether this is 24 hours, which other words call "a day" or "daily"."""
        return self.dimension == "time" and self.factor * self.amounts[0] == 24

    def is_close(self, other: "Measure") -> bool:
        """Return whether both measure the same, give or take rounding; in one unit the figures must be equal."""
        if self.dimension != other.dimension:
            return False
        if self.factor == other.factor:
            return bool(set(self.amounts) & set(other.amounts))
        room = Fraction(2) if self.dimension == "temperature" else None
        return any(
            abs(amount - other_amount) <= (room or MAX_CONVERSION_ERROR * max(abs(amount), abs(other_amount)))
            for amount in self._converted()
            for other_amount in other._converted()
        )

    def _converted(self) -> list[Fraction]:
        offset = 32 if self.dimension == "temperature" and self.factor != 1 else 0
        return [(amount - offset) * self.factor for amount in self.amounts]


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a number: where its scale and all of it end, the factor and the unit.

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
    """Return the tail of the number that ends at ``at``; ``currency`` is the unit that its sign gave, or empty."""
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
    """Return the currency that a sign before a number names; dollars of every country are dollars.

    >>> currency("HK$"), currency("€ "), currency("Rs.")
    ('dollar', 'euro', 'rupee')
    """
    bare = sign.strip().rstrip(".").lower()
    return "dollar" if bare.endswith("$") else _SIGNS[bare]


def measured(measure: str, amounts: tuple[Fraction, ...]) -> Measure | None:
    """Return the amounts in a measure, or ``None`` if the word names none."""
    unit = _MEASURES.get(measure)
    return Measure(*unit, amounts) if unit else None
