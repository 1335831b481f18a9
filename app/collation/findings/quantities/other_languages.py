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
_POINTED = pattern(r"[1-9]\d{0,2}\.\d{3}\Z")
"""Figures whose point parts thousands where decimals stand after a comma."""

_IN_SIGNS = unicode_pattern("[零〇一二三四五六七八九十百千两兩]+")


def with_thousands(text: str, value: Value, languages: Set[str]) -> Value:
    """Return a number in figures without its reading as decimals where a point parts thousands: 2.500 millones."""
    if (
        value.kind == "number"
        and {lexicon.decimal_marks().get(language) for language in languages} - {None} == {","}
        and _POINTED.search(text, value.part[0], value.part[1])
    ):
        most = max(amount for _, amount in value.readings)
        kept = tuple((unit, amount) for unit, amount in value.readings if amount == most)
        return replace(value, readings=kept)
    return value


def scaled(text: str, value: Value, languages: Set[str] = frozenset()) -> Value:
    """Return a number with the word after it that multiplies it, and a half that this adds: 5 Mio., 3亿, 2 milhões e
    meio."""
    if value.kind != "number" or value.silent or value.part[1] != value.span[1]:
        return value
    plain = lexicon.plain_form(text) if languages else ""
    before = _half_after(plain, value.part[1], languages)
    match = _MAGNITUDE.match(text, before)
    if match is None and before == value.part[1]:
        return value
    after = match.end() if match else before
    end = _half_after(plain, after, languages) if match else before
    more = Fraction(1, 2) if end > after or before > value.part[1] else Fraction(0)
    if match is None:  # the magnitude was read with the number
        more *= _FACTORS.get(plain[slice(*value.part)].rpartition(" ")[2], (1,))[0]
    tail = units.tail(text, end, value.readings[0][0])
    factors = _FACTORS[match["words"].lower()] if match else (1,)
    readings = tuple(
        (tail.unit, (amount + more) * factor)
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
        if amount is None:
            in_halves = _in_halves(plain, word.end(), word[0], languages)
            if in_halves and not taken.meets(word.span()):
                yield replace(counted(text, word.span(), [in_halves], "", False), firm=False)
            continue
        if taken.meets(word.span()):
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


def _half_after(plain: str, at: int, languages: Set[str]) -> int:
    """Return where "and a half" ends that follows a place of a text in plain form, or the place if none does."""
    for language in languages & lexicon.halves().keys():
        for phrase in lexicon.halves()[language].and_a_half:
            end = at + 1 + len(phrase)
            if plain.startswith(f" {phrase}", at) and not plain[end : end + 1].isalpha():
                return end
    return at


def _in_halves(plain: str, end: int, word: str, languages: Set[str]) -> Fraction | None:
    """Return one and a half where a word ending at ``end`` says so, and one before a large number: un million."""
    for language in languages & lexicon.halves().keys():
        halves = lexicon.halves()[language]
        if word in halves.one_and_a_half:
            return Fraction(3, 2)
        if word in halves.ones and _MAGNITUDE.match(plain, _half_after(plain, end, languages)):
            return Fraction(1)
    return None


def _amount(word: str, languages: Set[str]) -> int | None:
    meanings = lexicon.foreign_numbers().get(word)
    if not meanings:
        return None
    if _LATIN.match(word):
        return next((number for language, number in meanings.items() if language in languages), None)
    return next(iter(meanings.values()))


def _from_signs(signs: str) -> int | None:
    """Return the number in Chinese numerals, or ``None`` if they are digits or several numbers.

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
