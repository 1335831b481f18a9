"""What may follow or precede a number and belongs to its value: scale, percent, currency, measure."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from app.collation import lexicon
from app.collation.findings.quantities import number_words
from app.collation.model import Span
from app.collation.patterns import pattern

SPACE = "[ \u00a0\u202f\u2009]"

MAX_CONVERSION_ERROR = Fraction(1, 20)
"""The share by which equal amounts in different units may differ: 10 miles are given as 16 km."""

MAX_ROUNDING_ERROR = Fraction(1, 8)
"""The same of an amount with a single figure before its zeros, or the half of what that figure counts if it is less."""

_SIGNS = dict(lexicon.rows("currency_signs"))
_CURRENCIES = dict(lexicon.rows("currencies"))
SHORT_SCALES = {
    "k": 10**3, "mn": 10**6, "mln": 10**6, "m": 10**6, "mio": 10**6, "bn": 10**9, "bln": 10**9, "b": 10**9,
    "mrd": 10**9, "tn": 10**12, "trn": 10**12, "trln": 10**12,
}  # fmt: skip

_MEASURES = lexicon.units()
_MEASURE = "|".join(
    re.escape(word).replace("_", f"\\.?{SPACE}").replace("\\-", "[ ]?[-‑–][ ]?")
    for word in sorted(_MEASURES, key=len, reverse=True)
    if word not in "cf"
)
WORDS = frozenset(
    (
        *(
            "per",
            "cent",
            "percent",
            "percentage",
            "pct",
            "basis",
            "points",
            "bp",
            "bps",
            *_SIGNS,
            *_CURRENCIES,
            *SHORT_SCALES,
        ),
        *(part for word in _MEASURES for part in re.split(r"[_/²°]", word) if part),
    )
)
"""Every word that may belong to a number beside it."""

_DOLLARS = {
    sign: country
    for country, signs in (
        ("australian", "a au aud"), ("canadian", "c ca can cad"), ("hong kong", "hk hkd"), ("jamaican", "j jmd"),
        ("new zealand", "nz nzd"), ("real", "r"), ("singapore", "s sg sgd"), ("taiwan", "nt twd"),
    )
    for sign in signs.split()
}  # fmt: skip
"""Dollars other than US dollars, by the letters before their sign and by their code."""

_ADJECTIVES = "|".join(
    (
        r"U\.?S\.?|United[ ]States|American",
        *sorted(country.replace(" ", "[ ]") for country in {*_DOLLARS.values()}),
    )
)
_CODES = "|".join(sign.upper() for sign in _SIGNS if len(sign) == 3 and sign.isalpha())
_PREFIXES = "|".join(
    sorted((prefix.upper() for prefix in _DOLLARS if len(prefix) < 3), key=len, reverse=True)
)
SIGN = rf"(?:(?:US|{_PREFIXES}|Can)?\$|[€£¥￥₹₽₴₩₪₺¢]|\b(?:{_CODES}|Rs\.?)(?![^\W\d_])){SPACE}?"
_FRACTION = r"(?:[ ]|-)and(?:[ ]|-)(?P<many>a|an|one|two|three)(?:[ ]|-)(?P<of>half|halves|thirds?|quarters?)(?![^\W_])"
_FRACTION_AFTER = re.compile(_FRACTION, re.IGNORECASE)
PARTS: dict[str, tuple[tuple[str, Fraction], ...]] = {
    "basis point": (("percentage point", Fraction(1, 100)), ("percent", Fraction(1, 100))),
    "cent": (("dollar", Fraction(1, 100)), ("euro", Fraction(1, 100))),
    "penny": (("pound", Fraction(1, 100)),),
}
"""Units that are a part of others."""

_AFTER = pattern(
    rf"""
    (?P<half>{_FRACTION})?
    (?:{SPACE}?(?P<short>{"|".join(sorted(SHORT_SCALES, key=len, reverse=True))})(?![^\W_])
      |(?:{SPACE}|-)(?P<scale>{"|".join((*number_words.SCALES, "dozen"))})(?![^\W_]))?
    (?P<scaled>)
    (?P<percent>{SPACE}?%|(?:{SPACE}|-)(?:per{SPACE}?cent(?:age[ -]points?)?|pct|percentage[ -]points?
      |basis[ -]points?|bps?)(?![^\W_]))?
    (?P<currency>
      (?:{SPACE}|-)(?:(?P<whose>{_ADJECTIVES})[ ]|(?-i:[A-Z][a-z]+(?:an|ish|ese|ch|i|ss)[ ]))?
        (?:{"|".join(_CURRENCIES)})(?![^\W_])
      |{SPACE}?(?P<code>(?-i:{_CODES})(?![^\W_])|[€£¥₹₽₴₩₪₺¢]))?
    (?:(?:{SPACE}|-)?(?P<measure>{_MEASURE}|(?-i:(?<=\d)[CF]))(?![^\W_]))?
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount in the unit given, and in its dimension's base unit (metre, kilogram, hour, degree Celsius ...)."""

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
            abs(amount - other_amount)
            <= (room or max(error, other_error, MAX_CONVERSION_ERROR * max(abs(amount), abs(other_amount))))
            for amount, error in zip(self._converted(), self._errors(), strict=True)
            for other_amount, other_error in zip(other._converted(), other._errors(), strict=True)
        )

    def _errors(self) -> list[Fraction]:
        """Return by how much each amount may be off since it is round: 3,000 metres are given for 11,000 feet."""
        return [
            min(_half_of_last_figure(amount), MAX_ROUNDING_ERROR * abs(amount)) * self.factor
            for amount in self.amounts
        ]

    def _converted(self) -> list[Fraction]:
        offset = 32 if self.dimension == "temperature" and self.factor != 1 else 0
        return [(amount - offset) * self.factor for amount in self.amounts]


def _half_of_last_figure(amount: Fraction) -> Fraction:
    """Return half of what the only figure of a round amount counts, 500 of 3,000; 0 of any other amount."""
    figures = str(abs(amount))
    return Fraction(10 ** (len(figures) - 1), 2) if figures[1:].strip("0") == "" else Fraction(0)


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a number: the end of its scale and of the whole, the factor and the unit.

    ``perhaps`` is a factor that the letter after it may or may not mean: 2.5m are metres or millions.
    """

    scaled: int
    end: int
    fraction: Fraction = Fraction(0)
    factor: int = 1
    perhaps: int = 1
    unit: str = ""
    measure: str = ""


def tail(text: str, at: int, currency: str) -> Tail:
    """Return the tail of the number that ends at ``at``; ``currency`` is the unit that its sign gave, or empty."""
    match = _AFTER.match(text, at)
    if match is None or match.end() == at:
        return Tail(at, at, unit=currency)
    part = _fraction_of(match) if match["half"] else Fraction(0)
    factor, scaled = 1, match.end("half") if match["half"] else at
    if match["short"]:
        short = match["short"].lower()
        if not (currency or match["currency"] or len(short) > 1):
            return Tail(scaled, scaled, fraction=part, perhaps=SHORT_SCALES[short])
        factor, scaled = SHORT_SCALES[short], match.end("short")
    elif match["scale"]:
        factor, scaled = {**number_words.SCALES, "dozen": 12}[match["scale"].lower()], match.end("scale")
    unit = currency
    if match["percent"]:
        unit = _share_unit(match["percent"].lower())
    elif match["currency"] and not unit:
        unit = _currency_after(match)
    measure = _measure(match["measure"].lower()) if match["measure"] else ""
    if unit == "pound" and not currency and not match["code"]:
        measure = "pounds"
    return Tail(scaled, match.end(), part, factor, unit=unit, measure=measure)


def _measure(printed: str) -> str:
    """Return a measure as the table has it: kilowatt-hours of "kilowatt - hours", fl_oz of "fl. oz"."""
    return re.sub(rf"\.?{SPACE}", "_", re.sub("[ ]?[-‑–][ ]?", "-", printed))


class Fractional(NamedTuple):
    """A fraction after a number or its unit, and where it ends."""

    amount: Fraction
    end: int


def fraction(text: str, at: int) -> Fractional | None:
    """Return the fraction that follows: a year and a half.

    >>> fraction("a year and a half", 6)
    Fractional(amount=Fraction(1, 2), end=17)
    """
    match = _FRACTION_AFTER.match(text, at)
    return Fractional(_fraction_of(match), match.end()) if match else None


def _fraction_of(match: re.Match[str]) -> Fraction:
    part = "half" if match["of"].lower() == "halves" else match["of"].lower().removesuffix("s")
    return {"two": 2, "three": 3}.get(match["many"].lower(), 1) * lexicon.fractions()[part]


def _share_unit(printed: str) -> str:
    if "basis" in printed or "bp" in printed:
        return "basis point"
    return "percentage point" if "point" in printed else "percent"


def _currency_after(match: re.Match[str]) -> str:
    if match["code"]:
        return currency(match["code"])
    unit = _CURRENCIES[re.split(r"[\s-]", match["currency"].strip().lower())[-1]]
    whose = (match["whose"] or "").lower()
    if unit == "dollar" and whose and whose[0] != "u" and whose != "american":
        return f"dollar, {whose}"
    return unit


def are_two_currencies(unit: str, other_unit: str) -> bool:
    """Return whether units are a currency and another one.

    >>> are_two_currencies("krone", "dollar, hong kong"), are_two_currencies("krone", "percent")
    (True, False)
    """
    return unit != other_unit and all(
        each in _MONEY or each.startswith("dollar, ") for each in (unit, other_unit)
    )


_MONEY = frozenset((*_SIGNS.values(), *_CURRENCIES.values(), "dollar"))


def is_conversion_between(text: str, between: Span) -> bool:
    """Return whether what stands between two amounts sets off the second as the first in another unit."""
    return _CONVERSION.fullmatch(text, *between) is not None


_CONVERSION = re.compile(
    r"(?:[^.;:!?]{0,80}(?=[ ]equivalent[ ](?:of|to)[ ])"
    r"|[ ]?[(\[/,=–—-]|[ ](?=or[ ]|worth[ ]|equivalent[ ]|equal[ ]to[ ]))[ ]?"
    r"(?:(?:or|about|some|around|roughly|nearly|almost|over|approximately|ca\.|more[ ]than|less[ ]than|at[ ]least"
    r"|just|under|worth|equal[ ]to|equivalent[ ]to|(?:the[ ]|an[ ])?equivalent[ ]of)[ ]?){0,4}"
)


def currency(sign: str) -> str:
    """Return the currency that a sign or code beside a number names; a dollar by itself is that of the United States.

    >>> currency("US$"), currency("HK$"), currency("€ "), currency("Rs.")
    ('dollar', 'dollar, hong kong', 'euro', 'rupee')
    """
    bare = sign.strip().rstrip(".").lower()
    whose = _DOLLARS.get(bare.removesuffix("$"))
    if whose:
        return "real" if whose == "real" else f"dollar, {whose}"
    return "dollar" if bare.endswith("$") else _SIGNS[bare]


def measured(measure: str, amounts: tuple[Fraction, ...]) -> Measure | None:
    """Return the amounts in a measure, or ``None`` if the word names none."""
    unit = _MEASURES.get(measure)
    return Measure(*unit, amounts) if unit else None
