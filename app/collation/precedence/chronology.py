"""Evidence from dates: those stated for the two texts, and those mentioned in them."""

import re
from collections.abc import Iterator

from app.collation import lexicon
from app.collation.precedence.sided import Observation, Viewpoint

MONTHS = tuple(month.name for month in lexicon.months())

_MONTH = r"(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + r")\.?"
_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}))\b"
    rf"|\b(?:(?P<day2>\d{{1,2}})\s+{_MONTH.replace('month', 'month2')},?\s+(?P<year2>\d{{4}}))\b"
)


def stated(view: Viewpoint) -> Iterator[Observation]:
    """Yield both dates if they differ, or that only one of the two is stated."""
    mine, theirs = view.mine.published_on, view.theirs.published_on
    if mine and theirs and theirs < mine:
        says = (
            f"{view.theirs.label} is dated {_plain(theirs)}, {view.mine.label} {_plain(mine)}, "
            "as stated when they were added."
        )
        yield Observation(view.other, "dates", says)
    elif mine and not theirs:
        says = f"Only {view.mine.label} has a date stated ({_plain(mine)}); {view.theirs.label} has none."
        yield Observation(None, "dates", says)
    elif mine and mine == theirs and view.name == "base":
        yield Observation(None, "dates", f"Both are dated {_plain(mine)}, as stated when they were added.")


def later_event(view: Viewpoint) -> Iterator[Observation]:
    """Yield a day mentioned in one article that comes after the other's stated date.

    Only past days count: a text may look ahead, so the day must not be after its own stated date.
    """
    mine, theirs = view.mine.published_on, view.theirs.published_on
    if not mine or not theirs:
        return
    for index in view.my_article:
        for match in _DATE.finditer(view.mine.paragraphs[index]):
            if theirs < (day := _iso(match)) <= mine:
                mine_label, theirs_label = view.mine.label, view.theirs.label
                says = (
                    f"{mine_label} tells of {_plain(day)}, which is after the date stated of {theirs_label}."
                )
                yield Observation(view.other, "later-event", says, view.row_of(index))
                return


def _iso(match: re.Match[str]) -> str:
    parts = match.groupdict()
    month = parts["month"] or parts["month2"]
    number = next(number for number, name in enumerate(MONTHS, 1) if name.startswith(month[:3]))
    return f"{parts['year'] or parts['year2']}-{number:02}-{int(parts['day'] or parts['day2']):02}"


def _plain(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"
