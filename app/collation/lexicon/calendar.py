"""Names of months and of days of the week, by language."""

from collections import defaultdict
from functools import cache
from typing import Literal, NamedTuple

from app.collation.lexicon import load


class CalendarName(NamedTuple):
    """A month (1 is January) or a day of the week (1 is Monday)."""

    number: int
    name: str
    abbreviations: tuple[str, ...]
    """Without a point, the usual one first."""


class CalendarMeaning(NamedTuple):
    """What a word of a language names."""

    language: str
    kind: str
    """``month`` or ``weekday``."""
    number: int


@cache
def months() -> tuple[CalendarName, ...]:
    """Return the twelve months in English, in order.

    >>> months()[8]
    CalendarName(number=9, name='September', abbreviations=('Sep', 'Sept'))
    """
    return _english("month")


@cache
def weekdays() -> tuple[CalendarName, ...]:
    """Return the days of the week in English from Monday on."""
    return _english("weekday")


def _english(kind: Literal["month", "weekday"]) -> tuple[CalendarName, ...]:
    return tuple(
        CalendarName(int(number), name, tuple(others.split()))
        for language, row_kind, number, name, others in load.rows("calendar")
        if (language, row_kind) == ("en", kind)
    )


@cache
def calendar_in_other_languages() -> dict[str, tuple[CalendarMeaning, ...]]:
    """Return what months and days of the week are called in every other language, in small letters and all cases.

    An abbreviation ends with a point.

    >>> calendar_in_other_languages()["donnerstag"]
    (CalendarMeaning(language='de', kind='weekday', number=4),)
    """
    meanings: dict[str, dict[CalendarMeaning, None]] = defaultdict(dict)
    for language, kind, number, name, others in load.rows("calendar"):
        if language != "en":
            for form in (name.replace(" ", "_"), *others.split()):
                plain = load.plain_form(form.replace("_", " "))
                meanings[plain][CalendarMeaning(language, kind, int(number))] = None
    return {form: tuple(every) for form, every in meanings.items()}


def numbers_by_word(names: tuple[CalendarName, ...]) -> dict[str, int]:
    """Return the number of each name and abbreviation in small letters.

    >>> numbers_by_word(weekdays())["thurs"]
    4
    """
    return {word.lower(): entry.number for entry in names for word in (entry.name, *entry.abbreviations)}
