"""Times of the day in a text as values: 8:30 p.m., 20:30, noon."""

import re
from collections.abc import Iterator, Set
from fractions import Fraction

from app.collation import lexicon
from app.collation.findings.quantities.matching import Key, Value
from app.collation.patterns import pattern

_HOURS = {
    word: hour
    for hour, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
_MINUTES = {word: minute for minute, word in enumerate((*_HOURS, *_TEENS), 1)} | {
    f"twenty{gap}{word}": 20 + minute for gap in " -" for word, minute in _HOURS.items() if minute < 10
}
_CLOCK = pattern(
    r"""(?<![\w:.,/])(?:
        (?P<figures>(?:[01]\d|2[0-3])[0-5]\d)(?=[ ](?:hours|hrs|GMT|UTC)\b)
      | (?P<hour>[01]?\d|2[0-4])(?:
          (?P<colon>h(?=\d\d)|:(?:[ ](?=\d\d[ ]?[aApP]\.?[mM]\b|(?:00|15|30|45)(?![\d,:]|\.\d)))?)|\.
          |(?=[ \u00a0\u202f]?[aApP]\.?[mM]\b))
        (?:(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?(?![\d:]|[, ]\d{3}(?!\d))
        (?P<zone>(?=[ ]?(?:GMT|UTC|CET|EST|EDT|hrs|hours|o'clock|local[ ]time)\b))?
        (?:[ \u00a0\u202f]?(?P<half>[aApP])\.?[mM]\b\.?
          |[ ]in[ ]the[ ](?P<part>morning|afternoon|evening)|[ ]at[ ](?P<night>night))?
      | (?P<oclock>{hour})[ ]o['’]clock
        (?:[ ]in[ ]the[ ](?P<then>morning|afternoon|evening)|[ ]at[ ](?P<late>night))?
      | (?P<past>half|quarter|(?:{minutes})(?=[ ]past|[ ]minutes?[ ])
          |(?:{late})(?=[ ]to[ ](?:{hour})[ ](?:in|at)[ ]))
        (?:[ ]minutes?)?[ ](?P<way>past|to)[ ](?P<at>{hour}|noon|midday|midnight)\b
        (?:[ ]in[ ]the[ ](?P<day>morning|afternoon|evening)|[ ]at[ ](?P<dark>night))?
      | (?P<bare>{hour})(?:[ ](?:in[ ]the|this|that|yesterday|tomorrow|(?:on[ ])?[A-Z][a-z]+day)[ ]
          (?P<when>morning|afternoon|evening)|[ ]at[ ](?P<dusk>night))\b
      | (?P<named>noon|midday|midnight)\b
    )""".replace("{hour}", "|".join((r"\d\d?", *_HOURS)))
    .replace("{minutes}", "|".join(sorted(_MINUTES)[::-1]))
    .replace("{late}", "|".join(sorted(_MINUTES.keys() - _HOURS.keys())[::-1])),
    re.VERBOSE,
)
_ZONES = {name: minutes.split() for name, minutes in lexicon.rows("time_zones")}
ZONE = pattern(rf"[ ](?P<zone>{'|'.join(sorted(_ZONES, key=len, reverse=True))})(?![^\W_])")
"""A time zone by its abbreviation, after a space."""

ZONES = frozenset(map(str.lower, _ZONES))
"""The abbreviations in small letters."""

_HALVES = {"morning": "a", "afternoon": "p", "evening": "p", "night": "n"}

LAST_HOUR_OF_NIGHT = 5
"""The last hour after midnight that is "at night"; from six on it is the evening's."""

_TIME_WORDS = frozenset(
    ("noon", "midday", "midnight", "clock", "half", "minutes", "past", "quarter", *_HALVES)
)
_MAY_BE_TIME = pattern(r"\d(?:[:.h]|[ \u00a0\u202f]?[aApP]\.?[mM]|[ ](?:hours|hrs|GMT|UTC)\b)")
"""What follows the figures of a time; a quick look, if no word tells of one."""

_FIGURES = pattern(r"\d(?<![\w:.,/]\d)")


def clock_times(text: str, letters: Set[str]) -> Iterator[Value]:
    """Yield the clock times in ``text``: 8:30 p.m., 20:30, noon, 2:03:26.

    A time without a.m. or p.m. may be that of either half of the day only beside one that says which.
    """
    for match in _printed(text, letters):
        if match["named"]:
            readings = [_minutes(0 if match["named"] == "midnight" else 12, 0, 0)]
        elif match["figures"]:
            number = int(match["figures"])
            readings = [_minutes(number // 100, number % 100, 0), ("", Fraction(number))]
        elif match["oclock"]:
            readings = _readings(
                _hour(match["oclock"]), 0, 0, _HALVES.get(match["then"] or match["late"], "")
            )
        elif match["bare"]:
            # "Three in the morning" may be three people, too.
            hour = _hour(match["bare"])
            readings = [("", Fraction(hour)), *_readings(hour, 0, 0, _HALVES[match["when"] or match["dusk"]])]
        elif match["past"]:
            readings = _past_or_to(match)
        else:
            half = (match["half"] or "").lower() or _HALVES.get(match["part"] or match["night"], "")
            if not (match["minute"] and (match["colon"] or match["zone"] is not None)) and not half:
                continue
            hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
            readings = _readings(hour, minute, second, half)
        zone = ZONE.match(text, match.end())
        whole = match.start(), zone.end() if zone else match.end()
        yield Value(
            "number",
            whole,
            match.span(),
            tuple(readings),
            firm=not (match["named"] or match["bare"] == "one"),
        )
        if zone:
            offsets = tuple(("zone", Fraction(minutes)) for minutes in _ZONES[zone["zone"]])
            yield Value("number", whole, zone.span("zone"), offsets, firm=False)


def _printed(text: str, letters: Set[str]) -> Iterator[re.Match[str]]:
    """Yield what ``_CLOCK`` finds in ``text``; where no word tells of a time, tried only at figures."""
    if not _TIME_WORDS.isdisjoint(letters):
        yield from _CLOCK.finditer(text)
    elif _MAY_BE_TIME.search(text):
        end = 0
        for figure in _FIGURES.finditer(text):
            match = _CLOCK.match(text, figure.start()) if figure.start() >= end else None
            if match:
                yield match
                end = match.end()


def _past_or_to(match: re.Match[str]) -> list[Key]:
    """Return what a time relative to an hour may be: ten past four, five to noon."""
    at = match["at"]
    minute = {"half": 30, "quarter": 15, **_MINUTES}[match["past"]]
    is_before = match["way"] == "to"
    if at in ("noon", "midday", "midnight"):
        hour, half = 12, "p" if (at == "midnight") == is_before else "a"
    else:
        hour, half = _hour(at), _HALVES.get(match["day"] or match["dark"], "")
    if is_before:
        hour, minute = (hour - 2) % 12 + 1, 60 - minute
    return _readings(hour, minute, 0, half)


def _hour(text: str) -> int:
    return _HOURS.get(text.lower()) or int(text)


def _readings(hour: int, minute: int, second: int, half: str) -> list[Key]:
    """Return what a time may be, in minutes; ``half`` is ``a`` (m.), ``p`` (m.), ``n`` (ight) or empty.

    Two at night is after midnight. Of "21 a.m." the figures say more than the letter.
    """
    if half == "n":
        half = "a" if hour == 12 or hour <= LAST_HOUR_OF_NIGHT else "p"
    if hour > 12:
        half = ""
    if half == "a":
        return [_minutes(hour % 12, minute, second)]
    if half == "p":
        time = _minutes(hour % 12 + 12, minute, second)
        return [time, ("loose clock", time[1])]
    time = _minutes(hour, minute, second)
    return [time, ("loose clock", _minutes(hour % 12 + 12, minute, second)[1])] if hour <= 12 else [time]


def hour_before(value: Value, following: Value) -> tuple[Key, ...]:
    """Return what a number may be as the first hour of two: between two and three o'clock."""
    unit, amount = value.readings[0]
    if unit or amount.denominator > 1 or not 0 < amount <= 12:
        return ()
    if not any(other == "clock" for other, _ in following.readings):
        return ()
    return tuple(_readings(int(amount), 0, 0, ""))


def _minutes(hour: int, minute: int, second: int) -> Key:
    return "clock", Fraction(3600 * (hour % 24) + 60 * minute + second, 60)
