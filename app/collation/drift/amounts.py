"""Numbers in a text as values: figures and number words, with what belongs to them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, zip_longest

from app.collation.drift import days, numerals, units
from app.collation.drift.passage import Cover, Passage
from app.collation.drift.units import SPACE
from app.collation.drift.values import Key, Value
from app.collation.model import Span

KEPT = 0.05
"""The least share of a row that stands on both sides: below it the texts speak of different things, numbers included.
(Of 2,836 sentence pairs of one meaning the least had .08; rows of unrelated articles mostly have 0.)"""

LONGEST = 40
"""Characters of a number in figures: longer runs are keys and codes, and may be too long to be read as a number."""

_FIGURES = re.compile(
    rf"""
    (?P<sign>{units.SIGN})?
    (?P<minus>(?<![\w)%])(?<!\d{SPACE})[-−](?=\d))?
    (?:(?P<whole>\d+)[ -])?(?P<over>[1-9])/(?P<under>[23458]|10)(?![\d/])
  | (?P<one>\d\d?)/(?P<two>\d\d?)(?![\d/])
  | (?P<sign_>{units.SIGN})?
    (?P<minus_>(?<![\w)%])(?<!\d{SPACE})[-−](?=\d))?
    (?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?
      |\d{{1,3}}(?:,[ ]0\d\d)+(?!\d)
      |\d{{1,3}}(?:\.\d{{3}}){{2,}}(?!\d)(?:,\d+)?
      |\d{{1,3}}(?:['’\u00a0\u202f\u2009]\d{{3}})+(?!\d)(?:[.,]\d+)?
      |(?<!\d{SPACE})[1-9]\d{{0,2}}(?:[ ]\d{{3}})+(?![\d,.]\d)(?!\d)
      |\d+(?:[.,]\d+)?)
    (?P<tail>s(?![^\W_])|(?:st|nd|rd|th)(?![^\W_]))?
    """,
    re.VERBOSE,
)
_DIGIT = re.compile(r"\d")
_GLYPHS = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}
_DECADES = {
    word: 10 * number
    for number, word in enumerate(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), 2
    )
}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_CENTURY = re.compile(r"\b(?P<roman>X{0,2}(?:IX|IV|V?I{0,3})(?<=[IVX]))(?:th)?(?=[- ]centur)")
_DECADE = re.compile(rf"\b(?:{'|'.join(_DECADES)})\b", re.IGNORECASE)
_SIGN = re.compile(rf"\d|[%{''.join(_GLYPHS)}$€£¥₹₽₴₩₪₺°]")
_WORDS = numerals.WORDS | days.WORDS | units.WORDS | _DECADES.keys()
_LETTERS = re.compile(r"[^\W\d_]+")
_GLUED = re.compile(r"[^\W\d_]+\Z")
_NAME_BEFORE = re.compile(r"([^\W\d_]+)[-‑–]\Z")
_LONGEST_NAME = 20
_DASHES = ("-", "–", "/")
_TO = re.compile(rf"{SPACE}?(?:to|and|or|[-–—]){SPACE}?", re.IGNORECASE)


def may_differ(passage: Passage) -> bool:
    """Whether a quick look at the changes leaves room for a number or a date that took another's place.

    Some change must touch a figure or a word that these are made of, and the texts must have something in common.
    """
    changed = [passage.base[slice(*change.base)] for change in passage.reworded]
    changed += [passage.witness[slice(*change.witness)] for change in passage.reworded]
    text = " ".join(changed)
    if not _SIGN.search(text):
        words = set(_LETTERS.findall(text.lower()))
        if _WORDS.isdisjoint(words) and _WORDS.isdisjoint(word.removesuffix("s") for word in words):
            return False
    return passage.kept() >= KEPT


def values(text: str) -> list[Value]:
    """Every number and date of ``text``, in order; figures that belong to a name, as in F-16, are none."""
    found = list(days.days(text))
    taken = Cover([value.span for value in found])
    found += [value for value in days.clock_times(text) if not taken.meets(value.span)]
    taken = Cover([value.span for value in found])
    found += [*_figures(text, taken), *_spelled(text, taken), *_centuries(text)]
    found.sort(key=lambda value: value.part)
    return _with_ranges(text, found)


def _figures(text: str, taken: Cover) -> Iterator[Value]:
    for match in _FIGURES.finditer(text) if _DIGIT.search(text) else ():
        start = match.start("digits") if match["digits"] else match.start()
        if taken.meets((start, match.end())) or match.end() - start > LONGEST:
            continue
        sign = match["sign"] or match["sign_"] or ""
        glued = _GLUED.search(text, max(0, start - 3), start) if start and not sign else None
        if glued and not (glued[0] == "FY" or "." in match.group()):
            continue  # G7, MH370; but FY2004 is a year, and M5.0 measures an earthquake
        name = _NAME_BEFORE.search(text, max(0, start - _LONGEST_NAME), start)
        if name and len(name[1]) <= 3 and not name[1].islower():
            continue  # F-16, MiG-29
        if match["over"]:
            amount = Fraction(int(match["over"]), int(match["under"])) + int(match["whole"] or 0)
            yield _value(text, match.span(), [amount], units.currency(sign) if sign else "", True)
        elif match["one"]:
            yield from _slashed(match)
        elif _may_be_year(match) and (year := days.year(text, *match.span("digits"))):
            yield year
        elif match["tail"] == "s":
            yield _decade(match)
        else:
            # mid-2019 counts by itself, Covid-19 only where the number alone has changed.
            firm = glued is None and (name is None or name[1].islower())
            yield _plain(text, match, name.start() if name and not firm else match.start(), sign, firm)


def _may_be_year(match: re.Match[str]) -> bool:
    digits: str = match["digits"]
    plain = not (match["sign_"] or match["tail"] or match["minus_"])
    return plain and len(digits) == 4 and digits.isdecimal() and 1000 <= int(digits) < 2100


def _slashed(match: re.Match[str]) -> Iterator[Value]:
    """9/11: perhaps a month and a day, in either order, perhaps two numbers."""
    one, two = int(match["one"]), int(match["two"])
    for name, number, other in (("one", one, two), ("two", two, one)):
        readings: list[Key] = [("", Fraction(number))]
        if 1 <= number <= 12 and 1 <= other <= 31:
            readings.append(("month", Fraction(number)))
        yield Value("number", match.span(name), match.span(name), tuple(readings))


def _decade(match: re.Match[str]) -> Value:
    digits: str = match["digits"]
    amount = Fraction(int(re.sub(r"\D", "", digits)))
    is_decade = len(digits) in (2, 4) and digits.endswith("0")
    readings = [("decade" if is_decade else "", amount)]
    if is_decade and amount > 100:
        readings.append(("decade", amount % 100))
    return Value("number", match.span(), match.span(), tuple(readings))


def _plain(text: str, match: re.Match[str], start: int, sign: str, firm: bool) -> Value:
    amounts = _amounts(match["digits"])
    end = match.end()
    if match["minus_"]:
        amounts = [-amount for amount in amounts]
    if text[end : end + 1] in _GLYPHS:
        amounts = [amount + _GLYPHS[text[end]] for amount in amounts]
        end += 1
    return _value(
        text, (start, end), amounts, units.currency(sign) if sign else "", firm, ordinal=bool(match["tail"])
    )


def _value(
    text: str, number: Span, amounts: Sequence[Fraction], currency: str, firm: bool, ordinal: bool = False
) -> Value:
    """The value of a number, with what its tail makes of it."""
    start, end = number
    tail = units.Tail(end, end, unit=currency) if ordinal else units.tail(text, end, currency)
    scaled = tuple((amount + Fraction(tail.half, 2)) * tail.factor for amount in amounts)
    readings: list[Key] = [(tail.unit, amount) for amount in scaled]
    if tail.unit == "percent":
        readings += [("share", amount / 100) for amount in scaled]
    elif not tail.unit and 0 < scaled[0] < 1:
        readings += [("share", amount) for amount in scaled]
    measure = units.measured(tail.measure, scaled)
    return Value(
        kind="number",
        span=(start, tail.end),
        part=(start, tail.scaled),
        readings=tuple(readings),
        firm=(firm or tail.factor > 1) and not (measure and measure.is_a_day),
        measure=measure,
    )


def _amounts(digits: str) -> list[Fraction]:
    """What figures may amount to: 28,000 is one number; 28.000 is a decimal here and thousands elsewhere.

    >>> [str(n) for n in _amounts("28,000") + _amounts("3,5") + _amounts("1.234.567,5") + _amounts("28.000")]
    ['28000', '7/2', '2469135/2', '28', '28000']
    """
    plain = re.sub(rf"['’]|{SPACE}", "", digits)
    # Translation machines leave "33, 000".
    commas, points = plain.count(","), plain.count(".")
    if commas and points:
        decimal = max(plain.rfind(","), plain.rfind("."))
        return [Fraction(f"{re.sub('[,.]', '', plain[:decimal])}.{plain[decimal + 1 :]}")]
    whole = Fraction(int(re.sub("[,.]", "", plain)))
    if commas + points != 1:
        return [whole]
    decimals = Fraction(plain.replace(",", "."))
    if not re.fullmatch(r"[1-9]\d{0,2}[,.]\d{3}", plain):
        return [decimals]
    return [whole] if commas else [decimals, whole]


def _spelled(text: str, taken: Cover) -> Iterator[Value]:
    end = 0
    for numeral in numerals.spelled(text):
        start = numeral.start
        # After figures and a space stands their scale, read with them: 5 million.
        if (
            start < end
            or taken.meets((start, numeral.end))
            or re.search(r"\d[ -]\Z", text[max(0, start - 2) : start])
        ):
            continue
        value = _value(text, (start, numeral.end), [numeral.amount], "", numeral.firm)
        if numeral.is_part:
            value = replace(value, readings=(("share", numeral.amount),))
        end = value.part[1]
        yield value
    for match in _DECADE.finditer(text) if "ies" in text else ():
        yield Value(
            "number", match.span(), match.span(), (("decade", Fraction(_DECADES[match.group().lower()])),)
        )


def _centuries(text: str) -> Iterator[Value]:
    """The XVIII century, as the 18th."""
    for match in _CENTURY.finditer(text) if "centur" in text else ():
        signs = [_ROMAN[sign] for sign in match["roman"]]
        total = sum(-one if one < other else one for one, other in zip_longest(signs, signs[1:], fillvalue=0))
        yield Value("number", match.span("roman"), match.span("roman"), (("", Fraction(total)),))


def _with_ranges(text: str, found: list[Value]) -> list[Value]:
    """The values, those of a range with what they take from one another as one more reading.

    The first takes the second's scale (5 to 10 million), the second the first's century (1869-95).
    """
    ranged = list(found)
    for place, (value, following) in enumerate(pairwise(found)):
        between = text[value.span[1] : following.part[0]]
        if value.kind == following.kind == "number" and _TO.fullmatch(between):
            scale = _scale_of(text[slice(*following.part)])
            if scale > 1:
                more = tuple((unit, amount * scale) for unit, amount in value.readings if amount < 1000)
                ranged[place] = ranged[place].with_readings(more)
        if (
            between in _DASHES
            and value.readings[0][0] == "year"
            and following.part[1] - following.part[0] == 2
        ):
            century = value.readings[0][1] // 100 * 100
            more = tuple(("year", century + amount) for unit, amount in following.readings if not unit)
            ranged[place + 1] = ranged[place + 1].with_readings(more)
    return ranged


def _scale_of(printed: str) -> int:
    last = re.findall(r"[a-z]+", printed.lower())[-1:]
    return {**numerals.SCALES, **units.SHORT_SCALES}.get(last[0], 1) if last else 1
