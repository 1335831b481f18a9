"""Numbers in figures as values: 28,000, $1.5bn, -3%, 9/11, 1990s, 802.11g; not those of a name, as in F-16."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import regex

from app.collation.findings.quantities import number_words, units
from app.collation.findings.quantities.matching import Key, Value
from app.collation.findings.quantities.times import dates
from app.collation.findings.quantities.units import SPACE
from app.collation.findings.row.passage import Cover
from app.collation.model import Span
from app.collation.patterns import pattern, unicode_pattern
from app.collation.text.tokens import UNSPACED

MAX_NUMBER_CHARS = 40
"""Characters of a number in figures: longer runs are keys and codes, and may be too long to be read as a number."""

GLYPHS = {sign: Fraction(unicodedata.numeric(sign)).limit_denominator(10) for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
_DIGIT = re.compile(rf"[\d{''.join(GLYPHS)}]")
_FIGURES = pattern(
    rf"""
    (?P<sign>{units.SIGN})?
    (?:(?P<whole>\d+)[ -])?(?P<over>[1-9])/(?P<under>[23458]|10)(?![\d/])
  | (?P<glyph>(?<![\d][ ])(?<!\d)[{"".join(GLYPHS)}])
  | (?P<one>\d\d?)/(?P<two>\d\d?)(?![\d/])
  | (?P<sign_>{units.SIGN})?
    (?P<minus_>(?<![\w)%])(?<!\d{SPACE})(?:[-−–]|minus[ ])(?=\d))?
    (?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?
      |\d{{1,2}}(?:,\d\d)+,\d{{3}}(?!\d)(?:\.\d+)?
      |\d{{1,3}}(?:,[ ]0\d\d)+(?!\d)
      |(?(sign_)\d{{1,3}}(?:,[ ]\d{{3}})+(?!\d)|(?!))
      |\d{{1,3}}(?:\.\d{{3}}){{2,}}(?!\d)(?:,\d+)?
      |\d{{1,3}}(?:['’\u00a0\u202f\u2009]\d{{3}})+(?!\d)(?:[.,]\d+)?
      |(?<!\d{SPACE})[1-9]\d{{0,2}}(?:[ ]\d{{3}})+(?![\d,.]\d)(?!\d)
      |\d+(?:[.,]\d+)?)
    (?P<tail>s(?![^\W_])|(?:st|nd|rd|th)(?![^\W_]))?
    """,
    re.VERBOSE,
)
_GLUED = unicode_pattern(rf"[[^\W\d_]--[{UNSPACED}]]+\Z", regex.VERSION1)
"""Letters that a number is part of; in scripts without spaces it may be among any letters."""
_NAME_BEFORE = re.compile(r"([^\W\d_]+)[-‑–]\Z")
_MAX_NAME_CHARS = 20
_MAX_SIGN_CHARS = len("Rs. minus ")
"""Characters before its first digit with which a match of ``_FIGURES`` begins at most."""

_CENTURY = re.compile("[ -]centur")

_ONE: Key = ("", Fraction(1))


def figures(text: str, taken: Cover) -> Iterator[Value]:
    """Yield the numbers printed in figures outside the spans that are ``taken``; a name's number is silent."""
    for match in _printed(text):
        start = match.start("digits") if match["digits"] else match.start()
        if taken.meets((start, match.end())) or match.end() - start > MAX_NUMBER_CHARS:
            continue
        sign = match["sign"] or match["sign_"] or ""
        glued = _GLUED.search(text, max(0, start - 3), start) if start and not sign else None
        name = _NAME_BEFORE.search(text, max(0, start - _MAX_NAME_CHARS), start)
        # G7, MH370, F-16, MiG-29; but FY2004 is a year, and M5.0 measures an earthquake.
        if (glued and not (glued[0] == "FY" or "." in match.group())) or (
            name and len(name[1]) <= 3 and not name[1].islower()
        ):
            if match["digits"]:
                yield replace(_plain(text, match, match.start(), sign, False), silent=True)
        elif match["glyph"]:
            yield counted(text, match.span(), [GLYPHS[match["glyph"]]], "", True)
        elif match["over"]:
            amount = Fraction(int(match["over"]), int(match["under"])) + int(match["whole"] or 0)
            yield counted(text, match.span(), [amount], units.currency(sign) if sign else "", True)
        elif match["one"]:
            yield from _slashed(match)
        elif _may_be_year(match) and (year := dates.year(text, *match.span("digits"))):
            yield year
        elif match["tail"] == "s":
            yield _decade(match)
        elif _is_short_year(text, match):
            span = start - 1, match.end()
            years = [century + int(match["digits"]) for century in (1900, 2000)]
            yield Value("date", span, span, tuple(("year", Fraction(year)) for year in years))
        else:
            # mid-2019 counts by itself, Covid-19 only where the number alone has changed.
            firm = glued is None and (name is None or name[1].islower())
            yield _plain(text, match, name.start() if name and not firm else match.start(), sign, firm)


def _printed(text: str) -> Iterator[re.Match[str]]:
    """Yield what ``_FIGURES`` finds in ``text``, tried only from shortly before each digit, not at every letter."""
    end = 0
    while digit := _DIGIT.search(text, end):
        match = _FIGURES.search(text, max(end, digit.start() - _MAX_SIGN_CHARS))
        if match is None:
            return
        yield match
        end = match.end()


def _may_be_year(match: re.Match[str]) -> bool:
    digits: str = match["digits"]
    plain = not (match["sign_"] or match["tail"] or match["minus_"])
    return plain and len(digits) == 4 and digits.isdecimal() and 1000 <= int(digits) < 2100


def _is_short_year(text: str, match: re.Match[str]) -> bool:
    """Return whether two figures are the end of a year: '89."""
    start = match.start()
    return (
        match["digits"] == match.group()
        and len(match.group()) == 2
        and text[start - 1 : start] in ("'", "’", "‘")
        and not text[max(0, start - 2) : start - 1].isalnum()
        and not dates.is_counted(text, match.end())
    )


def _slashed(match: re.Match[str]) -> Iterator[Value]:
    """Yield the parts of 9/11: perhaps a month and a day, in either order, perhaps two numbers."""
    first, second = int(match["one"]), int(match["two"])
    for name, number, other_number in (("one", first, second), ("two", second, first)):
        readings: list[Key] = [("", Fraction(number))]
        if 1 <= number <= 12 and 1 <= other_number <= 31:
            readings.append(("month", Fraction(number)))
        yield Value("number", match.span(name), match.span(name), tuple(readings))


def _decade(match: re.Match[str]) -> Value:
    digits: str = match["digits"]
    amount = Fraction(int(re.sub(r"\D", "", digits)))
    is_decade = len(digits) in (2, 4) and digits.endswith("0")
    readings: list[Key] = [("decade" if is_decade else "", amount)]
    if is_decade and amount > 100:
        readings.append(("decade", amount % 100))
    if len(digits) == 4 and not amount % 100:
        readings.append(("century", amount / 100 + 1))
    return Value("number", match.span(), match.span(), tuple(readings))


def _plain(text: str, match: re.Match[str], start: int, sign: str, firm: bool) -> Value:
    amounts = _amounts(match["digits"])
    end = match.end()
    if match["minus_"]:
        amounts = [-amount for amount in amounts]
    if text[end : end + 1] in GLYPHS:
        amounts = [amount + GLYPHS[text[end]] for amount in amounts]
        end += 1
    return counted(
        text, (start, end), amounts, units.currency(sign) if sign else "", firm, ordinal=bool(match["tail"])
    )


def counted(
    text: str, number: Span, amounts: Sequence[Fraction], currency: str, firm: bool, ordinal: bool = False
) -> Value:
    """Return the value of a number, multiplied and measured as its tail says."""
    start, end = number
    tail = units.Tail(end, end, unit=currency) if ordinal else units.tail(text, end, currency)
    tail, more = _with_fraction(text, number, tail)
    # Most numbers have no tail, and fractions are slow to reckon with.
    is_scaled = tail.factor != 1 or more
    scaled = tuple([amount * tail.factor + more for amount in amounts] if is_scaled else amounts)
    readings: list[Key] = [(tail.unit, amount) for amount in scaled]
    if tail.perhaps > 1:
        readings += [("", amount * tail.perhaps) for amount in scaled]
    if tail.unit == "percent":
        readings += [("share", amount / 100) for amount in scaled]
    elif not tail.unit and 0 < scaled[0] < 1:
        readings += [("share", amount) for amount in scaled]
    for unit, part in units.PARTS.get(tail.unit, ()):
        readings += [(unit, amount * part) for amount in scaled]
    if _CENTURY.match(text, tail.end):
        readings += [("century", amount) for amount in scaled]
    measure = units.measured(tail.measure, scaled)
    return Value(
        kind="number",
        span=(start, tail.end),
        part=(start, tail.scaled),
        readings=tuple(readings),
        firm=(firm or tail.factor > 1 or more > 0)
        and not (measure and measure.is_a_day)
        and readings != [_ONE],
        measure=measure,
    )


def _with_fraction(text: str, number: Span, tail: units.Tail) -> tuple[units.Tail, Fraction]:
    """Return the tail and what a fraction in it adds: two and a half million, a year and a half."""
    if tail.fraction:
        return tail, tail.fraction * tail.factor * (number_words.scale_of(text[slice(*number)]))
    after = units.fraction(text, tail.end)
    if after is None or not (tail.measure or tail.factor > 1):
        return tail, Fraction(0)
    scaled = after.end if tail.end == tail.scaled else tail.scaled
    return replace(tail, end=after.end, scaled=scaled), after.amount * tail.factor


def _amounts(digits: str) -> list[Fraction]:
    """Return what figures may amount to: 28,000 is one number; 28.000 is a decimal here and thousands elsewhere.

    >>> [str(n) for n in _amounts("28,000") + _amounts("3,5") + _amounts("1.234.567,5") + _amounts("28.000")]
    ['28000', '7/2', '2469135/2', '28', '28000']
    """
    if digits.isdecimal():
        return [Fraction(int(digits))]
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
