"""What the dates say: those stated of the two texts, and those that the texts tell of."""

import re
from collections.abc import Iterator

from app.collation import lexicon
from app.collation.precedence.sided import Facing, Observation

MONTHS = tuple(month.name for month in lexicon.months())

_MONTH = r"(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + r")\.?"
_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}))\b"
    rf"|\b(?:(?P<day2>\d{{1,2}})\s+{_MONTH.replace('month', 'month2')},?\s+(?P<year2>\d{{4}}))\b"
)


def stated(way: Facing) -> Iterator[Observation]:
    """Both dates where they differ, or that one of the two is not stated."""
    mine, theirs = way.mine.published_on, way.theirs.published_on
    if mine and theirs and theirs < mine:
        says = (
            f"{way.theirs.label} is dated {_plain(theirs)}, {way.mine.label} {_plain(mine)}, "
            "as stated when they were added."
        )
        yield Observation(way.other, "dates", says)
    elif mine and not theirs:
        says = f"Only {way.mine.label} has a date stated ({_plain(mine)}); {way.theirs.label} has none."
        yield Observation(None, "dates", says)
    elif mine and mine == theirs and way.name == "base":
        yield Observation(None, "dates", f"Both are dated {_plain(mine)}, as stated when they were added.")


def later_event(way: Facing) -> Iterator[Observation]:
    """A day told of in one text's own paragraphs that comes after the other's stated date.

    Of the past only: a text may look ahead, so the day must stand on or before its own stated date.
    """
    mine, theirs = way.mine.published_on, way.theirs.published_on
    if not mine or not theirs:
        return
    for index in way.own:
        for match in _DATE.finditer(way.mine.paragraphs[index]):
            if theirs < (day := _iso(match)) <= mine:
                says = f"{way.mine.label} tells of {_plain(day)}, which is after the date stated of {way.theirs.label}."
                yield Observation(way.other, "later-event", says, way.row_of(index))
                return


def _iso(match: re.Match[str]) -> str:
    found = match.groupdict()
    month = found["month"] or found["month2"]
    number = next(number for number, name in enumerate(MONTHS, 1) if name.startswith(month[:3]))
    return f"{found['year'] or found['year2']}-{number:02}-{int(found['day'] or found['day2']):02}"


def _plain(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"
