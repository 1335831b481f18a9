"""Names of months and of days of the week, by language."""

from functools import cache
from typing import Literal, NamedTuple

from app.collation.lexicon import load


class CalendarName(NamedTuple):
    """A month (1 is January) or a day of the week (1 is Monday)."""

    number: int
    name: str
    abbreviations: tuple[str, ...]
    """Without a point, the usual one first."""


@cache
def months(language: str = "en") -> tuple[CalendarName, ...]:
    """Return the twelve months in order.

    >>> months()[8]
    CalendarName(number=9, name='September', abbreviations=('Sep', 'Sept'))
    """
    return _names(language, "month")


@cache
def weekdays(language: str = "en") -> tuple[CalendarName, ...]:
    """Return the days of the week from Monday on."""
    return _names(language, "weekday")


def _names(language: str, kind: Literal["month", "weekday"]) -> tuple[CalendarName, ...]:
    return tuple(
        CalendarName(int(number), name, tuple(abbreviations.split()))
        for row_language, row_kind, number, name, abbreviations in load.rows("calendar")
        if (row_language, row_kind) == (language, kind)
    )


def numbers_by_word(names: tuple[CalendarName, ...]) -> dict[str, int]:
    """Return the number of each name and abbreviation in small letters.

    >>> numbers_by_word(weekdays())["thurs"]
    4
    """
    return {word.lower(): entry.number for entry in names for word in (entry.name, *entry.abbreviations)}
