"""Dates in a text as values: day, month, year and day of the week each on its own."""

import re
from collections.abc import Iterator, Set
from fractions import Fraction
from functools import cache

from app.collation import lexicon
from app.collation.findings.quantities.matching import Key, Value
from app.collation.model import Span
from app.collation.patterns import pattern
from app.collation.text.words import LETTERS_PATTERN

_MONTHS = [month.name for month in lexicon.months()]
_WEEKDAYS = [day.name for day in lexicon.weekdays()]
_MONTH_NUMBERS = lexicon.numbers_by_word(lexicon.months())
_WEEKDAY_NUMBERS = lexicon.numbers_by_word(lexicon.weekdays())
_DAY_WORDS = lexicon.numbers("day")

WORDS = frozenset(
    (
        *_MONTH_NUMBERS,
        *_WEEKDAY_NUMBERS,
        *"noon midday midnight am pm m clock past morning afternoon evening night".split(),
    )
)
"""Every word that a date or a time of the day may be made of."""

_FULL = "|".join(_MONTHS)
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
_MONTH = rf"(?:{_FULL}|{_SHORT})"
_DAY = rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%])|{'|'.join(sorted(_DAY_WORDS, key=len, reverse=True))})"
_YEAR = r"(?:1[0-9]|20)\d\d(?![\d%])"
_FIGURES = re.compile(r"\d(?<![\w.]\d)")
_STARTS = frozenset((*_MONTH_NUMBERS, *_WEEKDAY_NUMBERS, *(word.partition("-")[0] for word in _DAY_WORDS)))
_DATES = pattern(
    rf"""(?<![\w.])(?:
        (?P<iso>(?P<iso_year>{_YEAR})-(?P<iso_month>0[1-9]|1[0-2])-(?P<iso_day>0[1-9]|[12]\d|3[01]))(?!\d)
      | (?P<figures>(?P<first>\d\d?)[/.](?P<second>\d\d?)[/.](?P<figure_year>(?:19|20)\d\d|\d\d))(?![\d/.]\d)
      | (?P<md>(?P<md_month>{_MONTH})[ ](?:the[ ])?(?P<md_day>{_DAY})(?!,\d{{3}}(?!\d))(?:,?[ ](?P<md_year>{_YEAR}))?)\b
      | (?P<dm>(?P<dm_day>{_DAY})(?:[ ]of)?[ ](?P<dm_month>{_MONTH})(?:,?[ ](?P<dm_year>{_YEAR}))?)(?!\w)
      | (?P<my>(?P<my_month>{_MONTH}),?[ ](?:of[ ])?(?P<my_year>{_YEAR}))\b
      | (?P<month>(?:{_FULL})(?!\w)|(?:Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec)\.(?=[ ]|$))
      | (?P<weekday>{"|".join(_WEEKDAYS)}|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.)(?=s?(?!\w))
    )""".replace("[ ]", "[ \\u00a0\\u202f]"),
    re.VERBOSE,
)
NAMES_TOO = frozenset(("April", "August", "June", "March", "May"))
"""Months that people are called."""

_VERBS_TOO = frozenset(("March", "May"))
_PLAIN_MONTHS = frozenset(_MONTHS) - _VERBS_TOO
_CAPITAL = re.compile(r"(?<![^\W_])[A-Z][a-z]+")
_WORD_AFTER = re.compile(r"[ -](?P<word>[^\W\d_]+)")
_OWNER = re.compile(
    r"(?:\b(?i:the|an?|its|his|her|their|our|your|each|every|that)|['’]s?)[ ](?:[a-z]+[ ])?\Z"
)
_OF_TIME = re.compile(r"(?i:in|since|last|next|this|early|late|mid|during|until|till|throughout)\b")
_TITLES = lexicon.words("titles_and_roles", "before_name")
_BEFORE_MAY = re.compile(
    r"(?:\b(?i:in|since|last|next|this|early|late|mid|of|on|from|until|till|by|through|throughout|to|during|before|"
    r"after|between|and|or|for)[ -]|[(,/–-] ?)\Z"
)
_BEFORE_YEAR = re.compile(
    r"(?i:\b(?:in|since|of|from|until|till|by|through|to|during|before|after|between|and|or|the|year|late|early|"
    r"summer|spring|autumn|fall|winter|circa|around|for)[ ]|[(–/'’“\"-])\Z"
)
_COUNTED = re.compile(
    r"(?i:[ ]?(?:GMT|UTC|hrs|hours?|[a-z]+s\b(?<!'s)(?<!ss)|people|men|women|children|yen|yuan|won|baht|tenge|dong|rand"
    r"|percent|per[ ]cent|km|kg|mm|cm|mi|ft|m\b|MW|GW)"
    r"|,\d|\.\d|[ ]?%)"
)


def days(text: str, letters: Set[str]) -> Iterator[Value]:
    """Yield the dates of ``text`` in order, in their parts: "1 February 2024" is a day, a month and a year.

    ``letters`` is the set of runs of letters in it.
    """
    end = 0
    for place in _places(text, letters):
        match = _DATES.match(text, place) if place >= end else None
        if match is None:
            continue
        end = match.end()
        if match["month"] and not _is_month(text, match):
            continue
        yield from _parts(match)


def _places(text: str, letters: Set[str]) -> list[int]:
    """Return where a date may begin: far quicker than trying the long pattern at every letter."""
    places = [figure.start() for figure in _FIGURES.finditer(text)]
    for word in _STARTS & letters:
        for form in (word, word.capitalize()):
            at = text.find(form)
            while at >= 0:
                if not LETTERS_PATTERN.match(text, at + len(form)):
                    places.append(at)
                at = text.find(form, at + 1)
    return sorted(places)


def year(text: str, start: int, end: int) -> Value | None:
    """Return the year printed from ``start`` to ``end``, or ``None`` if the four figures count something."""
    after_preposition = _BEFORE_YEAR.search(text, max(0, start - 12), start)
    amount = int(text[start:end])
    if _COUNTED.match(text, end) and not (after_preposition and amount >= 1800 and not _is_unit(text, end)):
        return None
    if amount < 1500 and not after_preposition:
        return None
    return Value("date", (start, end), (start, end), (("year", Fraction(amount)),))


def is_after_preposition(text: str, at: int) -> bool:
    """Return whether what comes before ``at`` goes with a year: in, since, of."""
    return _BEFORE_YEAR.search(text, max(0, at - 12), at) is not None


def is_counted(text: str, at: int) -> bool:
    """Return whether what follows figures is what they count: 1998 people, 12 men."""
    return _COUNTED.match(text, at) is not None


_FIRST_NAME = re.compile(r"(?<![^\W_])([A-Z][a-zß-öø-ÿ]+) \Z")


@cache
def _first_names() -> frozenset[str]:
    return frozenset(lexicon.lines("first_names"))


def follows_first_name(text: str, at: int) -> bool:
    """Return whether a first name that is no other word comes right before a place: Edith June.

    >>> follows_first_name("Edith June won.", 6), follows_first_name("In June she won.", 3)
    (True, False)
    """
    name = _FIRST_NAME.search(text, max(0, at - 16), at)
    return name is not None and name[1].lower() in _first_names() and not lexicon.is_common(name[1].lower())


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Return whether a month's name on its own is one: people are called so, and "May" and "March" are verbs too."""
    name = match.group()
    if name not in NAMES_TOO:
        return True
    start, end = match.span()
    if follows_first_name(text, start):
        return False
    before = _BEFORE_MAY.search(text, max(0, start - 12), start)
    following = _WORD_AFTER.match(text, end)
    if following and _may_be_surname(following["word"]) and not (before and _OF_TIME.match(before.group())):
        return False
    if before:
        return True
    if name not in _VERBS_TOO:
        return True
    if following and _OWNER.search(text, max(0, start - 16), start):
        return True
    sentence = text[text.rfind(". ", 0, start) + 1 : end + 1 + text[end:].find(". ") % (len(text) + 1)]
    return any(
        other.group() not in _VERBS_TOO and (other.group() in _PLAIN_MONTHS)
        for other in _CAPITAL.finditer(sentence)
    )


def _may_be_surname(word: str) -> bool:
    """Return whether a word has a capital and is no month, day, title or country: April Novak, but in April Poland."""
    return (
        word[0].isupper()
        and word.lower() not in WORDS
        and word.lower() not in _TITLES
        and not lexicon.other_names(word.lower())
    )


def _is_unit(text: str, at: int) -> bool:
    return bool(
        re.match(
            r"[ ]?(?:GMT|UTC|hrs|hours?|people|km|kg|mm|cm|mi|ft|m\b|MW|GW)|,\d|\.\d|[ ]?%", text[at : at + 8]
        )
    )


def _parts(match: re.Match[str]) -> Iterator[Value]:
    whole = match.span()
    if match["figures"]:
        yield from _figures(match)
    elif match["iso"]:
        for name, unit in (("iso_year", "year"), ("iso_month", "month"), ("iso_day", "day")):
            yield Value("date", whole, match.span(name), ((unit, Fraction(int(match[name]))),))
    elif match["month"]:
        yield Value("date", whole, whole, (_month(match["month"]),), firm=False)
    elif match["weekday"]:
        number = _WEEKDAY_NUMBERS[match["weekday"].lower().rstrip(".")]
        yield Value("date", whole, whole, (("weekday", Fraction(number)),), firm=False)
    else:
        form = next(form for form in ("md", "dm", "my") if match[form])
        if form != "my":
            yield Value("date", whole, match.span(f"{form}_day"), (_day(match[f"{form}_day"]),))
        yield Value("date", whole, match.span(f"{form}_month"), (_month(match[f"{form}_month"]),), firm=False)
        if match[f"{form}_year"]:
            year = Fraction(int(match[f"{form}_year"]))
            yield Value("date", whole, match.span(f"{form}_year"), (("year", year),))


def _figures(match: re.Match[str]) -> Iterator[Value]:
    """Yield the parts of 02/05/2024: the fifth of February or the second of May, so either reading agrees."""
    whole: Span = match.span()
    first, second, year = int(match["first"]), int(match["second"]), int(match["figure_year"])
    if not (1 <= first <= 31 and 1 <= second <= 31 and min(first, second) <= 12):
        return
    for name, number, other_number in (("first", first, second), ("second", second, first)):
        readings: list[Key] = []
        if number <= 12:
            readings.append(("month", Fraction(number)))
        if other_number <= 12:
            readings.append(("day", Fraction(number)))
        yield Value("date", whole, match.span(name), tuple(readings))
    full = year if year > 99 else 2000 + year if year < 70 else 1900 + year
    yield Value("date", whole, match.span("figure_year"), (("year", Fraction(full)),))


def _month(name: str) -> Key:
    return "month", Fraction(_MONTH_NUMBERS[name.lower().rstrip(".")])


def _day(text: str) -> Key:
    return "day", Fraction(_DAY_WORDS.get(text.lower()) or int(re.sub(r"\D", "", text)))
