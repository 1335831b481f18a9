"""Parse the numbers and dates of a text as values, and look quickly whether any can have changed."""

import re
from collections.abc import Set
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from app.collation.findings.quantities import number_words, other_languages, units
from app.collation.findings.quantities.bounds import BOUND_WORDS, with_bounds
from app.collation.findings.quantities.digits import GLYPHS, figures
from app.collation.findings.quantities.labels import without_labels
from app.collation.findings.quantities.matching import Value
from app.collation.findings.quantities.spelled_out import (
    BEFORE_A_UNIT,
    DECADES,
    GROWTH,
    ROMAN,
    UNITS,
    roman,
    spelled,
)
from app.collation.findings.quantities.times import clock, dates, other_calendars, periods, relative
from app.collation.findings.quantities.units import SPACE
from app.collation.findings.row.passage import Cover, Passage
from app.collation.model import Span
from app.collation.text.words import letter_runs

MIN_KEPT_SHARE = 0.05
"""The least kept share of a row whose numbers and dates are compared: below it the texts speak of different things.
(Of 2,836 sentence pairs of one meaning the least had .08; rows of unrelated articles mostly have 0.)"""

MAX_CHARS_TO_NUMBER = 24
"""Characters between a change and a number within which what changed may be a part of it."""

_SIGN = re.compile(rf"[\d%{''.join(GLYPHS)}$€£¥￥₹₽₴₩₪₺°]")
_COUNTING = number_words.WORDS | dates.WORDS | GROWTH | DECADES.keys() | {"minus"}
_WORDS = frozenset(
    word
    for singular in (_COUNTING | ROMAN).union(UNITS)
    for word in (singular, singular + "s")
    if len(word) > 1
)
"""Words that can be a number or a date by themselves. (Single letters count only beside a figure.)"""

_WORDS_BESIDE = frozenset(
    word
    for singular in periods.WORDS | units.WORDS | BOUND_WORDS
    for word in (singular, singular + "s")
    if len(word) > 1
)
"""Words that may belong to a number or a date beside them."""

MAY_COUNT = _WORDS | _WORDS_BESIDE | clock.ZONES | BEFORE_A_UNIT
"""All of them, and those that count one: every week."""

_DASHES = ("-", "–", "/")
_OUT_OF = re.compile(r" (?:out of|in|in every|of every) ")
_SOME_OUT_OF = re.compile(r"(?: [a-z]+){1,2} (?:out of|in|in every|of every) ")
_TO = re.compile(rf"{SPACE}?(?:to|and|or|[-–—]){SPACE}?(?:(?<=[ ])(?-i:[A-Z])[^\W\d_]+[ ])?", re.IGNORECASE)
"""What comes between two numbers of one scale: 5 to 10 million, Rotterdam 15.3 and Antwerp 12 million."""

_EVERY = re.compile(r"\bevery \Z", re.IGNORECASE)
_OF_ALL = re.compile(r" (?:out )?of (?:the |its |their |all )?")
"""What comes between a number and the whole that it is part of: 180 of the 240."""


def may_differ(passage: Passage, languages: Set[str] | None = None) -> bool:
    """Return whether a quick look at the changes leaves room for a number or a date that took another's place.

    Some change must touch a figure or a word that these are made of; the words of other ``languages`` are not looked
    for.
    """
    if languages is not None:
        return bool(passage.reworded)
    words = passage.changed.letter_runs
    if not words.isdisjoint(_WORDS) or (
        not words.isdisjoint(relative.WORDS) and relative.hinted(passage.base, passage.witness)
    ):
        return True
    sides = (
        (passage.base, [change.base for change in passage.reworded]),
        (passage.witness, [change.witness for change in passage.reworded]),
    )
    return any(
        (
            _SIGN.search(text)
            and _SIGN.search("".join([text[max(0, start - 2) : end + 2] for start, end in spans]))
        )
        or (
            not words.isdisjoint(clock.ZONES)
            and any(clock.ZONE.search(text, max(0, start - 1), end) for start, end in spans)
        )
        or (not words.isdisjoint(_WORDS_BESIDE) and any(_is_beside_number(text, span) for span in spans))
        for text, spans in sides
    )


def _is_beside_number(text: str, span: Span) -> bool:
    """Return whether a change that may belong to a number or a date has the rest of it near."""
    near = text[max(0, span[0] - MAX_CHARS_TO_NUMBER) : span[1] + MAX_CHARS_TO_NUMBER]
    return _SIGN.search(near) is not None or not _COUNTING.isdisjoint(letter_runs(near.lower()))


def values(text: str, languages: Set[str] | None = None) -> list[Value]:
    """Return every number and date of ``text`` in order, without figures that belong to a name, as in F-16.

    Nor are figures that count nothing, such as a footnote's (``labels``). ``languages`` are what a text that is not
    English may be in: then dates and magnitudes of every language are read, and number words of these.
    """
    text = without_labels(text)
    letters = number_words.letter_runs(text)
    parsed: list[Value] = []
    if languages is not None:
        parsed += other_calendars.days(text, languages)
    parts = list(periods.periods(text, letters))
    parsed += [value for value in parts if value.part == value.span]
    for read in (dates.days, clock.clock_times):
        taken = Cover([value.span for value in parsed])
        parsed += [value for value in read(text, letters) if not taken.meets(value.span)]
    taken = Cover([value.span for value in parsed])
    if languages is not None:
        parsed += other_languages.spelled(text, taken, languages)
        taken = Cover([value.span for value in parsed])
    parsed += [_with_century(text, value) for value in figures(text, taken)]
    parsed += [*spelled(text, taken, letters), *roman(text)]
    if languages is not None:
        parsed = [other_languages.with_thousands(text, value, languages) for value in parsed]
        parsed = [other_languages.scaled(text, value, languages) for value in parsed]
    parsed += [value for value in parts if value.part != value.span]
    relative_times = (
        relative.times(text, letters) if languages is None else relative.times_in(text, languages)
    )
    parsed = relative.merged(text, parsed, [*relative_times])
    parsed.sort(key=lambda value: value.part)
    return with_bounds(text, _with_ranges(text, _summed(text, parsed)), letters)


def _summed(text: str, values: list[Value]) -> list[Value]:
    """Return the values, with an amount in two scales as one value: 8 million 50 thousand."""
    summed: list[Value] = []
    for value in values:
        summed[-1:] = _sum(text, summed[-1], value) if summed else [value]
    return summed


def _sum(text: str, value: Value, following: Value) -> list[Value]:
    """Return two neighbouring numbers as they are or, if the second continues the first, as one sum."""
    apart = [value, following]
    if text[value.span[1] : following.part[0]] != " " or value.span[1] != value.part[1]:
        return apart
    scale, smaller = (_scale_of(text[slice(*each.part)]) for each in apart)
    (unit, amount), (other_unit, other_amount) = value.readings[0], following.readings[0]
    if not (
        scale > smaller > 1 and other_amount < scale and (unit == other_unit or not (unit and other_unit))
    ):
        return apart
    total, measure = amount + other_amount, following.measure
    return [
        replace(
            following,
            span=(value.span[0], following.span[1]),
            part=(value.part[0], following.part[1]),
            readings=((unit or other_unit, total),),
            measure=measure and replace(measure, amounts=(total,)),
        )
    ]


def _with_century(text: str, value: Value) -> Value:
    """Return two figures of which the first is 0 with one more reading: in 06 is in 2006."""
    printed = text[slice(*value.span)]
    if len(printed) == 2 and printed[0] == "0" and printed.isdigit():
        return value.with_readings((("year", Fraction(2000 + int(printed))),))
    return value


def _with_ranges(text: str, values: list[Value]) -> list[Value]:
    """Return the values, with one more reading for those of a range, taken from one another.

    The first takes the second's scale (5 to 10 million) and time of the day (two to three in the morning), the second
    the first's century (1869-95); nine in ten are a share, and one in ten is nothing else.
    """
    ranged = list(values)
    single: set[int] = set()
    for place, value in enumerate(values):
        if _EVERY.search(text, max(0, value.part[0] - len("every ")), value.part[0]):
            ranged[place] = _shared_out(text, value)
    for place, (value, following) in enumerate(pairwise(values)):
        between = text[value.span[1] : following.part[0]]
        if value.kind == following.kind == "number" and _TO.fullmatch(between):
            scale = _scale_of(text[slice(*following.part)])
            if scale > 1:
                more = tuple((unit, amount * scale) for unit, amount in value.readings if amount < 1000)
                ranged[place] = ranged[place].with_readings(more)
            ranged[place] = ranged[place].with_readings(clock.hour_before(value, following))
        if _OUT_OF.fullmatch(between) and value.readings[0][0] == "" == following.readings[0][0]:
            few, many = value.readings[0][1], following.readings[0][1]
            if 0 < few < many <= 100:
                ranged[place] = ranged[place].with_readings((("share", few / many),))
                ranged[place + 1] = replace(ranged[place + 1], firm=False)
            if few == 1 < many <= 100 and following.measure is None:
                whole = value.part[0], following.part[1]
                share = (("share", few / many),)
                ranged[place] = replace(value, span=whole, part=whole, readings=share, firm=True)
                single.add(place + 1)
        elif _OF_ALL.fullmatch(between) and value.readings[0][0] == "" == following.readings[0][0]:
            part, all_of_them = value.readings[0][1], following.readings[0][1]
            if 0 < part < all_of_them:
                ranged[place] = ranged[place].with_readings((("share", part / all_of_them),))
        if (
            _SOME_OUT_OF.fullmatch(between)
            and value.readings[0] == ("", Fraction(1))
            and not following.readings[0][0]
        ):
            # One person in ten, which is one in ten.
            amount = following.readings[0][1]
            if 1 < amount <= 100:
                ranged[place + 1] = ranged[place + 1].with_readings((("share", 1 / amount),))
        if (
            between in _DASHES
            and value.readings[0][0] == "year"
            and following.part[1] - following.part[0] == 2
        ):
            century = value.readings[0][1] // 100 * 100
            more = tuple(("year", century + amount) for unit, amount in following.readings if not unit)
            ranged[place + 1] = ranged[place + 1].with_readings(more)
    return ranged


def _shared_out(text: str, value: Value) -> Value:
    """Return an ordinal after "every" as the share that it is too: every fifth teacher is 20 percent of them."""
    unit, amount = value.readings[0]
    printed = text[slice(*value.part)].lower()
    if (
        unit
        or value.kind != "number"
        or not 1 < amount <= 100
        or not printed.endswith(("st", "nd", "rd", "th"))
    ):
        return value
    return replace(value, readings=(("share", 1 / amount), *value.readings))


def _scale_of(printed: str) -> int:
    last = re.findall(r"[a-z]+", printed.lower())[-1:]
    return units.SHORT_SCALES.get(last[0], 0) or number_words.scale_of(printed) if last else 1
