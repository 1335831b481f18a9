"""Facts about a text's day of publication, with which the word index finds the days in a range."""

from datetime import date

UNDATED_FACT = "·undated"


def of_day(day: date | None) -> list[str]:
    """Return the facts of a text that was published on this day, or on a day that is not stated."""
    return [UNDATED_FACT] if day is None else [fact for fact, _, _ in _spans(day)]


def of_range(since: date, until: date) -> list[str]:
    """Return facts such that every text dated in this range, both ends included, has one of them.

    They are few, since each is looked for in every text.

    >>> of_range(date(2023, 11, 20), date(2025, 1, 1))
    ['·day·20231120', '·third·2023112', '·month·202312', '·year·2024', '·day·20250101']
    >>> of_range(date(1989, 1, 1), date(2199, 12, 31))
    ['·year·1989', '·decade·199', '·century·20', '·century·21']
    """
    facts: list[str] = []
    day, last = since.toordinal(), until.toordinal()
    while day <= last:
        fact, day = next(
            (fact, after)
            for fact, first, after in _spans(date.fromordinal(day))
            if first == day and after <= last + 1
        )
        facts.append(fact)
    return facts


def _spans(day: date) -> list[tuple[str, int, int]]:
    """Return the spans of time that contain a day, longest first: a fact, its first day and the day after its last."""
    year, month, third = day.year, day.month, min((day.day - 1) // 10, 2)
    next_month = _ordinal(year, month + 1)
    return [
        (f"·century·{year // 100:02}", _ordinal(year - year % 100, 1), _ordinal(year - year % 100 + 100, 1)),
        (f"·decade·{year // 10:03}", _ordinal(year - year % 10, 1), _ordinal(year - year % 10 + 10, 1)),
        (f"·year·{year:04}", _ordinal(year, 1), _ordinal(year + 1, 1)),
        (f"·month·{year:04}{month:02}", _ordinal(year, month), next_month),
        (
            f"·third·{year:04}{month:02}{third}",
            _ordinal(year, month) + 10 * third,
            _ordinal(year, month) + 10 * third + 10 if third < 2 else next_month,
        ),
        (f"·day·{year:04}{month:02}{day.day:02}", day.toordinal(), day.toordinal() + 1),
    ]


def _ordinal(year: int, month: int) -> int:
    """Return the first day of a month as a number; month 13 is the next January, and any year will do."""
    year, month = year + month // 13, (month - 1) % 12 + 1
    return date.max.toordinal() + 1 if year > date.max.year else date(max(year, 1), month, 1).toordinal()
