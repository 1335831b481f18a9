"""Numbers in words as values: twelve, half an hour, the nineties, the XVIII century, a year."""

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest

from app.collation import lexicon
from app.collation.findings.quantities import number_words
from app.collation.findings.quantities.digits import counted
from app.collation.findings.quantities.matching import Value
from app.collation.findings.row.passage import Cover

DECADES = lexicon.numbers("decade")
_DECADE = re.compile(rf"\b(?:{'|'.join(DECADES)})\b", re.IGNORECASE)
_VAGUE = lexicon.numbers("vague")
_MANY = re.compile(rf"\b(?:{'|'.join(_VAGUE)})\b", re.IGNORECASE)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_CENTURY = re.compile(r"\b(?P<roman>X{0,2}(?:IX|IV|V?I{0,3})(?<=[IVX]))(?:th)?(?=[- ]centur)")
_UNITS = "minute hour day week fortnight month year decade century mile ton tonne acre".split()
_A_UNIT = re.compile(
    rf"\b(?:an?|per|each|every)(?=[ ](?:{'|'.join(_UNITS)})(?![^\W_]))",
    re.IGNORECASE,
)


def spelled(text: str, taken: Cover, letters: Set[str]) -> Iterator[Value]:
    """Yield the numbers in English words outside the spans that are ``taken``."""
    end = 0
    for numeral in number_words.spelled(text, letters):
        start = numeral.start
        # After figures and a space comes their scale, read with them: 5 million.
        if (
            start < end
            or taken.meets((start, numeral.end))
            or re.search(r"\d[ -]\Z", text[max(0, start - 2) : start])
        ):
            continue
        minus = text[max(0, start - 6) : start].lower() == "minus "
        amount = -numeral.amount if minus else numeral.amount
        value = counted(text, (start - 6 * minus, numeral.end), [amount], "", numeral.firm)
        if numeral.is_part and not value.measure and not value.readings[0][0]:
            value = replace(value, readings=(("share", amount),))
        end = value.part[1]
        yield value
    for match in () if letters.isdisjoint(_UNITS) else _A_UNIT.finditer(text):
        if not taken.meets(match.span()):
            yield counted(text, match.span(), [Fraction(1)], "", False)
    for match in () if letters.isdisjoint(_VAGUE) else _MANY.finditer(text):
        if not taken.meets(match.span()):
            amount = Fraction(_VAGUE[match.group().lower()])
            yield Value("number", match.span(), match.span(), (("vague", amount),), firm=False)
    for match in _DECADE.finditer(text) if "ies" in text else ():
        yield Value(
            "number", match.span(), match.span(), (("decade", Fraction(DECADES[match.group().lower()])),)
        )


def centuries(text: str) -> Iterator[Value]:
    """Yield centuries in Roman figures: the XVIII century, as the 18th."""
    for match in _CENTURY.finditer(text) if "centur" in text else ():
        signs = [_ROMAN[sign] for sign in match["roman"]]
        total = sum(
            -value if value < after else value for value, after in zip_longest(signs, signs[1:], fillvalue=0)
        )
        yield Value("number", match.span("roman"), match.span("roman"), (("", Fraction(total)),))
