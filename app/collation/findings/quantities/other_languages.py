"""Numbers in words of languages other than English, and what they count large numbers in. Words from CLDR."""

from collections.abc import Iterator, Set
from dataclasses import replace
from fractions import Fraction

import regex

from app.collation import lexicon
from app.collation.findings.quantities import units
from app.collation.findings.quantities.digits import counted
from app.collation.findings.quantities.matching import Value
from app.collation.findings.row.passage import Cover
from app.collation.patterns import pattern, unicode_pattern
from app.collation.text.tokens import UNSPACED

_SPACE = "[ \u00a0\u202f-]"
_FACTORS = lexicon.magnitudes()
_MAGNITUDE = unicode_pattern(
    rf"{_SPACE}?(?:(?P<words>{'|'.join(map(regex.escape, sorted(_FACTORS, key=len, reverse=True)))})"
    rf"(?![\p{{L}}\p{{M}}--[{UNSPACED}]])\.?)",
    regex.IGNORECASE | regex.VERSION1,
)
_WORD = unicode_pattern(r"[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*")
_ASCII_WORD = pattern("[A-Za-z]+(?:'[A-Za-z]+)*")
"""The same in a text in ASCII, found in half the time."""

_JOINED = unicode_pattern(r"[ -](?:(?:y|e|et|og|och|ja|és|и|і|i|και|și|şi|en|und)[ -])?\Z", regex.IGNORECASE)
_LATIN = unicode_pattern(r"\p{Latin}")
_SIGNS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_SCALE_SIGNS = {"十": 10, "百": 100, "千": 1000}
_IN_SIGNS = unicode_pattern("[零〇一二三四五六七八九十百千两兩]+")


def scaled(text: str, value: Value) -> Value:
    """Return a number with the word after it that multiplies it: 5 Mio., 3,5 milliards, 3亿."""
    if value.kind != "number" or value.silent or value.part[1] != value.span[1]:
        return value
    match = _MAGNITUDE.match(text, value.part[1])
    if match is None:
        return value
    end = match.end()
    tail = units.tail(text, end, value.readings[0][0])
    factors = _FACTORS[match["words"].lower()]
    readings = tuple(
        (tail.unit, amount * factor)
        for unit, amount in value.readings
        for factor in factors
        if unit != "share"
    )
    return replace(
        value, span=(value.span[0], tail.end), part=(value.part[0], end), readings=readings, firm=True
    )


def spelled(text: str, taken: Cover, languages: Set[str]) -> Iterator[Value]:
    """Yield the numbers in words outside the spans that are ``taken``: those in Latin letters of the ``languages``.

    None counts on its own, since most are other words too; they agree with figures, or take each other's place.
    """
    plain = lexicon.plain_form(text)
    words = [*(_ASCII_WORD if plain.isascii() else _WORD).finditer(plain)]
    numbers = lexicon.foreign_numbers()
    place = 0
    while place < len(words):
        word = words[place]
        amount = _amount(word[0], languages) if word[0] in numbers else None
        place += 1
        if amount is None or taken.meets(word.span()):
            continue
        end = word.end()
        if amount % 10 == 0 and amount < 100 and place < len(words):
            ones = _amount(words[place][0], languages)
            at = place
            if ones is None and place + 1 < len(words):
                at, ones = place + 1, _amount(words[place + 1][0], languages)
            if ones and ones < 10 and _JOINED.fullmatch(plain[end : words[at].start()]):
                amount, end, place = amount + ones, words[at].end(), at + 1
        yield replace(counted(text, (word.start(), end), [Fraction(amount)], "", False), firm=False)
    for match in _IN_SIGNS.finditer(plain):
        amount = _from_signs(match[0])
        if amount is not None and match[0] != "一" and not taken.meets(match.span()):
            yield replace(counted(text, match.span(), [Fraction(amount)], "", False), firm=False)


def _amount(word: str, languages: Set[str]) -> int | None:
    meanings = lexicon.foreign_numbers().get(word)
    if not meanings:
        return None
    if _LATIN.match(word):
        return next((number for language, number in meanings.items() if language in languages), None)
    return next(iter(meanings.values()))


def _from_signs(signs: str) -> int | None:
    """Return the number in Chinese signs, or ``None`` if they are digits or several numbers.

    >>> [_from_signs(signs) for signs in ("三", "十二", "三百五十", "两千", "三五")]
    [3, 12, 350, 2000, None]
    """
    total, digit = 0, -1
    for sign in signs:
        if sign in _SCALE_SIGNS:
            total += (1 if digit < 0 else digit) * _SCALE_SIGNS[sign]
            digit = -1
        elif digit > 0:
            return None
        else:
            digit = _SIGNS[sign]
    return total + max(digit, 0)
