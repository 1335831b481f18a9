"""Numbers in words as values: twelve, half an hour, the nineties, the XVIII century, a year."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest
from math import prod

from app.collation import lexicon
from app.collation.findings.quantities import number_words
from app.collation.findings.quantities.digits import counted
from app.collation.findings.quantities.matching import Value
from app.collation.findings.quantities.number_words import Numeral
from app.collation.findings.quantities.times import dates
from app.collation.findings.row.passage import Cover

DECADES = lexicon.numbers("decade")
_DECADE = re.compile(rf"\b(?:{'|'.join(DECADES)})\b", re.IGNORECASE)
_VAGUE = lexicon.numbers("vague")
_MANY = re.compile(rf"\b(?:{'|'.join(_VAGUE)})(?:[ ]of[ ](?:{'|'.join(_VAGUE)}))*\b", re.IGNORECASE)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_CENTURY = re.compile(r"\b(?P<roman>(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3}))(?:th)?(?=[- ]centur)")
_NAMED = re.compile(
    r"(?P<head>(?<![^\W_])[A-Z][^\W\d_]+)[ ]"
    r"(?P<roman>(?=[IVXLC])C?(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?![^\W_]|['’](?!s)|\.[^\W_])"
)
_AFTER_HEAD = re.compile(r" [IVXLC]+(?![^\W_])")
ROMAN = frozenset(
    "ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii wwi wwii".split()
)
"""Small Roman numerals, in small letters, as they follow a name; a lone I counts only if the other side has another."""

_SMALL = lexicon.words(
    "function_words", "light", "adverb", "conjunction", "clause_opener", "auxiliary", "binding"
)
_WAR = re.compile(r"(?<![^\W_])WW-?(?P<number>I{1,2}|[12])(?![^\W_])")
_HEADS = lexicon.words("given_names", "male", "female") | frozenset(
    "war chapter part act volume book phase type class title article division grade stage schedule group level "
    "category series section pope king queen emperor tsar paul elizabeth".split()
)
"""Words after which a single I is a number."""

_GROWTH = lexicon.numbers("growth")
_GROWN = re.compile(rf"\b(?:{'|'.join(_GROWTH)})\b", re.IGNORECASE)
GROWTH = frozenset(_GROWTH)
"""Verbs and adjectives of growth by a known share: doubled, halved."""

_TIMES = lexicon.numbers("times")
_ORDINAL_PART = re.compile(
    r"(?:an?|one)[ -](?P<ordinal>third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)", re.IGNORECASE
)
_ORDINALS = lexicon.numbers("ordinal")
_OF = re.compile(r"[ ]of\b")
_BELOW_A_SCORE = 20
UNITS = "minute hour day week fortnight month year decade century mile ton tonne acre".split()
"""Units that an article may count: a year."""

_OF_A_UNIT = re.compile(
    rf"[ ]of[ ](?:an?|one)(?=[ ](?:{'|'.join(UNITS)}|percentage[ ]point|per[ ]?cent)(?![^\W_]))",
    re.IGNORECASE,
)
BEFORE_A_UNIT = frozenset("a an per each every next past coming previous".split())
"""Words before such a unit that count one."""

_A_UNIT = re.compile(
    rf"\b(?:{'|'.join(sorted(BEFORE_A_UNIT))})(?=[ ](?:{'|'.join(UNITS)})(?![^\W_]))",
    re.IGNORECASE,
)


def spelled(text: str, taken: Cover, letters: Set[str]) -> Iterator[Value]:
    """Yield the numbers in English words outside the spans that are ``taken``."""
    end = 0
    numerals = [*number_words.spelled(text, letters)]
    for place, numeral in enumerate(numerals):
        start = numeral.start
        # After figures and a space comes their scale, read with them: 5 million.
        if (
            start < end
            or taken.meets((start, numeral.end))
            or text[start : numeral.end].lower() in _GROWTH
            or re.search(r"\d[ -]\Z", text[max(0, start - 2) : start])
        ):
            continue
        year = _year(text, numeral, numerals[place + 1 : place + 2])
        if year:
            end = year.part[1]
            yield year
            continue
        value = _value(text, numeral, _is_of_a_score(text, numerals, place))
        end = value.part[1]
        yield value
    for match in () if letters.isdisjoint(_GROWTH) else _GROWN.finditer(text):
        word = match.group().lower()
        readings = [("percent", Fraction(_GROWTH[word]))]
        if _GROWTH[word] < 100:
            readings.append(("share", Fraction(_GROWTH[word], 100)))
        if word in _TIMES:
            readings.insert(0, ("", Fraction(_TIMES[word])))
        if not taken.meets(match.span()):
            yield Value("number", match.span(), match.span(), tuple(readings), firm=False)
    for match in () if letters.isdisjoint(UNITS) else _A_UNIT.finditer(text):
        if not taken.meets(match.span()):
            yield counted(text, match.span(), [Fraction(1)], "", False)
    for match in () if letters.isdisjoint(_VAGUE) else _MANY.finditer(text):
        if not taken.meets(match.span()):
            yield Value("number", match.span(), match.span(), (("vague", _order(match.group())),), firm=False)
    for match in _DECADE.finditer(text) if "ies" in text else ():
        yield Value(
            "number", match.span(), match.span(), (("decade", Fraction(DECADES[match.group().lower()])),)
        )


def _order(words: str) -> Fraction:
    """Return the power of ten that vague numbers name: dozens, tens and scores are the same many.

    >>> [int(_order(words)) for words in ("Dozens", "scores", "hundreds", "tens of thousands")]
    [10, 10, 100, 10000]
    """
    amount = prod(int(_VAGUE[word]) for word in words.lower().split(" of "))
    return Fraction(10 ** (len(str(amount)) - 1))


def _value(text: str, numeral: Numeral, is_of_a_score: bool) -> Value:
    start, end = numeral.start, numeral.end
    minus = text[max(0, start - 6) : start].lower() == "minus "
    amount = -numeral.amount if minus else numeral.amount
    of_a_unit = _OF_A_UNIT.match(text, end) if numeral.is_part else None
    if of_a_unit:
        end = of_a_unit.end()
    value = counted(text, (start - 6 * minus, end), [amount], "", numeral.firm or is_of_a_score)
    if numeral.is_part and not value.measure and not value.readings[0][0]:
        value = replace(value, readings=(("share", amount),))
        part = _ORDINAL_PART.fullmatch(text, start, numeral.end)
        if part and not _OF.match(text, numeral.end):
            # A fourth reason, or a fourth.
            value = value.with_readings((("", Fraction(_ORDINALS[part["ordinal"].lower()])),))
    return value


def _is_of_a_score(text: str, numerals: Sequence[Numeral], place: int) -> bool:
    """Return whether a number in words is one of two small ones with a hyphen between: three-nil."""
    numeral = numerals[place]
    return numeral.amount < _BELOW_A_SCORE and any(
        other.amount < _BELOW_A_SCORE
        and text[min(numeral.end, other.end) : max(numeral.start, other.start)] in ("-", "–")
        for other in numerals[max(0, place - 1) : place + 2]
        if other is not numeral
    )


def _year(text: str, numeral: Numeral, following: Sequence[Numeral]) -> Value | None:
    """Return the year that two numbers in words are: in nineteen eighty-four."""
    for other in following:
        span = numeral.start, other.end
        if (
            15 <= numeral.amount <= 20
            and 10 <= other.amount <= 99
            and text[numeral.end : other.start] == " "
            and dates.is_after_preposition(text, numeral.start)
        ):
            return Value("date", span, span, (("year", numeral.amount * 100 + other.amount),))
    return None


def roman(text: str) -> Iterator[Value]:
    """Yield numbers in Roman figures: the XVIII century, Henry VIII, World War II, WWI, Chapter IV."""
    for match in _CENTURY.finditer(text) if "centur" in text else ():
        amount = Fraction(_from_roman(match["roman"]))
        readings = (("", amount), ("century", amount))
        yield Value("number", match.span("roman"), match.span("roman"), readings)
    for match in _NAMED.finditer(text) if _AFTER_HEAD.search(text) else ():
        sign = match["roman"]
        head = match["head"].lower()
        if sign != "I" or head in _HEADS or head not in _SMALL:  # Napoleon I; but not: Then I
            amount = Fraction(_from_roman(sign))
            yield Value("number", match.span("roman"), match.span("roman"), (("", amount),), firm=False)
    for match in _WAR.finditer(text) if "WW" in text else ():
        sign = match["number"]
        amount = Fraction(int(sign) if sign.isdigit() else len(sign))
        yield Value("number", match.span(), match.span("number"), (("", amount),), firm=False)


def _from_roman(signs: str) -> int:
    values = [_ROMAN[sign] for sign in signs]
    return sum(
        -value if value < after else value for value, after in zip_longest(values, values[1:], fillvalue=0)
    )
