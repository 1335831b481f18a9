"""Read the day out of what a page states about when it was published."""

import re
from datetime import date, datetime, timedelta
from functools import cache

from app.collation.lexicon import calendar

LANGUAGES = ("de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk")
"""Languages whose names of months are tried, beside English."""

_ISO = re.compile(r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>(?:19|20)\d\d)(?!\d)")
_EAST_ASIAN = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"
)
_IN_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?:/|-|_)?(?P<month>[01]?\d|[a-z]{3})(?:/|-|_)?(?P<day>[0-3]?\d)(?=[/_-]|$)",
    re.IGNORECASE,
)


@cache
def _months() -> dict[str, int]:
    months = calendar.numbers_by_word(calendar.months())
    for word, meanings in calendar.calendar_in_other_languages().items():
        for meaning in meanings:
            if meaning.kind == "month" and meaning.language in LANGUAGES:
                months.setdefault(word.rstrip("."), meaning.number)
    return months


@cache
def _named() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?,?\s+(?:de\s+|of\s+)?(?P<month>{names})\.?,?\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)"
        rf"|\b(?P<month2>{names})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>(?:19|20)\d\d)",
        re.IGNORECASE,
    )


def stated_day(value: str) -> date | None:
    """Return the day of a timestamp, in its own time zone, or of a date in figures or words.

    >>> stated_day("2024-02-28T19:17:46-05:00"), stated_day("Feb. 5, 2024 at 8:34 am"), stated_day("5 février 2024")
    (datetime.date(2024, 2, 28), datetime.date(2024, 2, 5), datetime.date(2024, 2, 5))
    """
    value = value.strip()[:200]
    for pattern in (_ISO, _EAST_ASIAN):
        if match := pattern.search(value):
            return _date(match["year"], match["month"], match["day"])
    if match := _named().search(value):
        if match["year"]:
            return _date(match["year"], str(_months()[match["month"].lower()]), match["day"])
        return _date(match["year2"], str(_months()[match["month2"].lower()]), match["day2"])
    for pattern in (_DAY_FIRST, _COMPACT):
        if match := pattern.search(value):
            first = _date(match["year"], match["month"], match["day"])
            return first or _date(match["year"], match["day"], match["month"])
    return None


def local_days(value: str) -> tuple[date, ...]:
    """Return the other days that it was somewhere at a moment given in UTC; none for any other value.

    >>> local_days("2024-02-29T00:17:46+00:00"), local_days("2024-02-29T18:15:55Z"), local_days("2024-02-29")
    ((datetime.date(2024, 2, 28),), (datetime.date(2024, 3, 1),), ())
    """
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return ()
    if "T" not in value or moment.utcoffset():
        return ()
    around = {(moment + timedelta(hours=hours)).date() for hours in (-11, 13)}
    return tuple(sorted(around - {moment.date()}))


def day_in_address(path: str) -> date | None:
    """Return the day in an address's path.

    >>> day_in_address("/news/2024/feb/29/a-visit"), day_in_address("/2024/02/28/a-visit")
    (datetime.date(2024, 2, 29), datetime.date(2024, 2, 28))
    """
    for match in _IN_ADDRESS.finditer(path):
        month = match["month"] if match["month"].isdigit() else str(_months().get(match["month"].lower(), 0))
        if day := _date(match["year"], month, match["day"]):
            return day
    return None


def without_day(text: str) -> str:
    """Return a byline up to its date or time.

    >>> without_day("Jeff Foust Monday, November 18, 2019")
    'Jeff Foust'
    """
    match = _opening_of_day().search(text)
    return text[: match.start()].strip(" ,|·-–—") if match else text


@cache
def _opening_of_day() -> re.Pattern[str]:
    weekdays = "|".join(calendar.numbers_by_word(calendar.weekdays()))
    months = "|".join(
        sorted(map(re.escape, calendar.numbers_by_word(calendar.months())), key=len, reverse=True)
    )
    return re.compile(rf"\d|\b(?:on\s+)?(?:{weekdays})\b|\b(?:on\s+)?(?:{months})\b\.?\s+\d", re.IGNORECASE)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
