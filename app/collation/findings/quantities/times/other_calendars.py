"""Dates in languages other than English: 5. Mai, le 12 juin 2020, в четверг, 3月5日. Names and cases from CLDR."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from fractions import Fraction
from typing import TypeAlias

import regex

from app.collation import lexicon
from app.collation.findings.quantities.matching import Key, Value
from app.collation.findings.row.passage import Cover
from app.collation.lexicon import CalendarMeaning
from app.collation.patterns import pattern, unicode_pattern

_Match: TypeAlias = "re.Match[str] | regex.Match[str]"

_MEANINGS = lexicon.calendar_in_other_languages()
_ABBREVIATED = frozenset(name.rstrip(".") for name in _MEANINGS if name.endswith("."))
_ONE_WORD = regex.compile(r"[\p{L}\p{M}'-]+\.?")
_PHRASES = sorted(
    (name for name in _MEANINGS if not _ONE_WORD.fullmatch(name) or name >= "\u0e00"),
    key=len,
    reverse=True,
)
"""Names of several words, with figures, or in a script that sets no spaces."""


def _any_of(phrases: Iterable[str]) -> regex.Pattern[str]:
    # A day follows the character for its month at once: 3月5日. Only a name that ends in figures may be part of a
    # longer one.
    return unicode_pattern(
        rf"(?<![\d十])(?:{'|'.join(map(regex.escape, phrases))})(?!(?<=\d)\d)", regex.IGNORECASE
    )


_PHRASE = _any_of(_PHRASES)
_IN_ASCII = regex.compile("[ -~]+", regex.IGNORECASE)
_ASCII_PHRASE = _any_of(filter(_IN_ASCII.fullmatch, _PHRASES))
"""Those that an ASCII text may hold: they are few, and found in a tenth of the time."""

_WORD = unicode_pattern(r"[\p{L}\p{M}]+(?:['-][\p{L}\p{M}]+)*")
_ASCII_WORD = pattern("[A-Za-z]+(?:['-][A-Za-z]+)*")
"""The same in a text in ASCII, found in half the time."""

_STEM = unicode_pattern(r"[\p{L}\p{M}]+")
_ENDING = unicode_pattern(r"'[\p{L}\p{M}]+")
_ENDINGS_APART = frozenset(("tr",))
"""Languages that print a name's endings after an apostrophe: Ekim'de."""

_NUMBER = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_DAY_BEFORE = unicode_pattern(
    rf"(?<![\p{{L}}\d.,:/]){_NUMBER}(?:\.|er|re|ero|[ºª°]|-?(?:го|е|ого)|\.?[ ]d\.)?[ \u00a0]"
    r"(?:(?:de|di|del|af|of|tháng|din)[ \u00a0]|d['’])?\Z",
    regex.IGNORECASE,
)
_DAY_AFTER = unicode_pattern(
    rf"[ \u00a0]{_NUMBER}(?![\d:%]|[.,]\d|[ ]?\p{{L}}*[%€$])(?:\.|-?\p{{L}}{{1,3}}\b|[ ]d\b)?"
)
_DAY_SIGN = unicode_pattern(
    rf"[ ]?(?:{_NUMBER}|(?P<signs>三十一?|二十?[一二三四五六七八九]?|十?[一二三四五六七八九]|十))[ ]?[日号號일]"
)
_SIGNS = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}
_DAY_FOLLOWS = frozenset("hu lt lv fil eu kk".split())
"""Languages in which the day follows the month."""

_YEAR = r"(?:1[5-9]|20)\d\d"
_YEAR_AFTER = unicode_pattern(
    rf"(?:[ \u00a0](?:de|del|do|da|af))?[,]?[ \u00a0](?P<year>{_YEAR})(?!\d|[.,]\d|[ ]?[%€$])"
)
_YEAR_BEFORE = unicode_pattern(rf"(?<!\d)(?P<year>{_YEAR})[ ]?[年년][ ]?\Z")
MAX_CHARS_BEFORE = 16
"""Characters before a month in which its day or year is looked for."""


def days(text: str, languages: Set[str] = frozenset()) -> Iterator[Value]:
    """Yield the dates of ``text`` in their parts, by the month and the day of the week that they name.

    A name is read in the ``languages`` that the text may be in, if it is one of theirs: listopad is two months.

    >>> [(unit, int(n)) for value in days("Er kam am Montag, dem 5. Mai 2020.") for unit, n in value.readings]
    [('weekday', 1), ('day', 5), ('month', 5), ('year', 2020)]
    """
    plain = lexicon.plain_form(text)
    phrase, word = (_ASCII_PHRASE, _ASCII_WORD) if plain.isascii() else (_PHRASE, _WORD)
    matches: list[_Match] = list(phrase.finditer(plain))
    taken = Cover([match.span() for match in matches])
    for match in word.finditer(plain):
        if (match[0] in _MEANINGS or match[0] in _ABBREVIATED) and not taken.meets(match.span()):
            matches.append(match)
        elif "'" in match[0]:
            stem = _STEM.match(plain, match.start())
            if stem and any(each.language in _ENDINGS_APART for each in _MEANINGS.get(stem[0], ())):
                matches.append(stem)
    for match in sorted(matches, key=lambda match: match.start()):
        yield from _dated(plain, match, languages)


def _dated(text: str, match: _Match, languages: Set[str]) -> Iterator[Value]:
    name, (start, end) = match[0], match.span()
    meanings = _among(_MEANINGS.get(name, ()), languages)
    abbreviations = _among(_MEANINGS.get(f"{name}.", ()), languages)
    day = _DAY_BEFORE.search(text, max(0, start - MAX_CHARS_BEFORE), start)
    months = [meaning for meaning in (*meanings, *abbreviations) if meaning.kind == "month"]
    if day is None and any(meaning.language in _DAY_FOLLOWS for meaning in months):
        day = _DAY_AFTER.match(text, end)
    if day is None:
        day = _DAY_SIGN.match(text, end)
    if day is None or not months:
        # An abbreviation counts only beside a day: "mar." is a sea, a day or a month.
        day, months = None, []
        if not meanings:
            return
    readings = _readings(months or meanings)
    if not months and any(unit == "month" for unit, _ in readings):
        months = [meaning for meaning in meanings if meaning.kind == "month"]
    if text[end : end + 1] == "." and not meanings:
        end += 1
    year = None
    if months:
        year = _YEAR_AFTER.match(text, end) or _YEAR_BEFORE.search(
            text, max(0, start - MAX_CHARS_BEFORE), start
        )
    parts = [part for part in (day, year) if part]
    ending = _ENDING.match(text, end)
    last = ending.end() if ending else end
    whole = min([start, *(part.start() for part in parts)]), max([last, *(part.end() for part in parts)])
    if day:
        group = "signs" if day.groupdict().get("signs") else "day"
        number = _from_signs(day[group]) if group == "signs" else int(day[group])
        yield Value("date", whole, day.span(group), (("day", Fraction(number)),))
    yield Value("date", whole, (start, end), readings, firm=False)
    if year:
        yield Value("date", whole, year.span("year"), (("year", Fraction(int(year["year"]))),))


def _among(meanings: Sequence[CalendarMeaning], languages: Set[str]) -> Sequence[CalendarMeaning]:
    return [meaning for meaning in meanings if meaning.language in languages] or meanings


def _readings(
    meanings: Sequence[CalendarMeaning],
) -> tuple[Key, ...]:
    return tuple(dict.fromkeys((meaning.kind, Fraction(meaning.number)) for meaning in meanings))


def _from_signs(signs: str) -> int:
    """Return the number of a day written in Chinese numerals.

    >>> [_from_signs(signs) for signs in ("三", "十", "十二", "二十", "三十一")]
    [3, 10, 12, 20, 31]
    """
    tens, ten, ones = signs.partition("十")
    return (_SIGNS[tens] if tens and ten else 1 if ten else 0) * 10 + _SIGNS.get(ones if ten else tens, 0)
