"""Match the numbers and dates of two texts by value: what both sides have, and what changed."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from app.collation.findings.quantities import units
from app.collation.findings.quantities.units import Measure
from app.collation.findings.row.passage import Cover, Passage, overlap
from app.collation.findings.row.word_pairing import distance
from app.collation.model import FindingKind, SideName, Span

Key = tuple[str, Fraction]
"""A unit, and the amount in it. The unit ``""`` is that of a bare number."""

MAX_NEIGHBOURS = 12
"""Values before and after a place among which a counterpart is looked for: more than a paragraph of news holds, so that
a row of 10,000 numbers costs no more than as many rows of one."""

MAX_VALUES_SEARCHED = 100
"""Values of the other side among which a value without a counterpart is looked for."""

MAX_RUN = 60
"""Code points of changed text around a date reported as on one side only: in a longer run it dates something else."""

MAX_RUN_OF_AN_AMOUNT = 140
"""The same around an amount: some twenty words, the clause around it. A reader misses the figure."""

MIN_KEPT_SHARE_ONE_SIDED = 0.25
"""The least kept share of a row where a value on one side only is reported: in a row that was written anew, or set
beside a text of its own, nearly every number is such a one."""

MIN_FIGURES = 2
"""Figures of a number, at least, that are looked for as they are printed."""

_ORDINAL_ENDINGS = ("st", "nd", "rd", "th")
_LETTER = re.compile(r"[^\W\d_]")
_FIGURES = re.compile(r"\d+")
_PARTED = re.compile(r"\d+(?: ?[:-] ?\d+)+")
"""Figures that belong together: a score, a time."""

_ARTICLES = re.compile(r"(?: (?:of|an?|the))+ ?")

RELATIVE = "relative"  # last week, relative to the day of writing
_ONLY_AMONG_THEMSELVES = frozenset(
    {"month", "weekday", "clock", "loose clock", "vague", "phase", "era", "half", "zone", RELATIVE}
)
"""Units that a bare number cannot mean: 5 may be a fifth, $5 or 5 percent, but neither May nor Friday."""


class Bound(NamedTuple):
    """What limits a number: at least 40, up to 40."""

    name: str
    """``floor``, ``ceiling``, ``below``, ``nearly``, ``barely``, ``about`` or ``exactly``."""
    span: Span
    """Its words, before or after the number."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number or a part of a date, as one or more readings of what is printed."""

    kind: FindingKind
    span: Span
    """The number with all that belongs to it, its unit and percent sign too; or the whole date."""
    part: Span
    """The number with its sign of currency and its scale; or the one part of the date."""
    readings: tuple[Key, ...]
    firm: bool = True
    """Whether it counts on its own: "one" and "first" only do if another number takes their very place."""
    silent: bool = False
    """A name's number, F-16 or G7: it may agree with a number of the other side, and is never reported."""
    measure: Measure | None = None
    bound: Bound | None = None

    def with_readings(self, more: tuple[Key, ...]) -> "Value":
        """Return the value with further readings of what is printed."""
        return replace(self, readings=(*self.readings, *more))


@dataclass(frozen=True, slots=True)
class Drifted:
    """A value that the other side lacks, with the one in its place, if any."""

    base: Value | None
    witness: Value | None
    is_bound: bool = False
    """Whether both are one amount, and the bound of it differs."""


def agree(first: Value, second: Value) -> bool:
    """Return whether two values are the same by some reading of both; measures in different units, converted."""
    if "date" in (first.kind, second.kind) and (moments := _moments(first)) and (others := _moments(second)):
        return not moments.isdisjoint(others)
    if first.measure and second.measure:
        return first.measure.is_close(second.measure)
    return any(
        amount == other_amount
        and _same_unit(unit, other_unit)
        and (unit or other_unit or not (_is_hour(first) and _is_hour(second)))
        for unit, amount in first.readings
        for other_unit, other_amount in second.readings
    ) or (
        {first.readings[0][0], second.readings[0][0]} == {"share", "percent"}
        and _is_rounded(*sorted((first, second), key=lambda value: value.readings[0][0]))
    )


def _is_rounded(percent: Value, share: Value) -> bool:
    """Return whether a percentage is a fraction rounded to its last figure: 33 percent of a third, 8.3 of a twelfth."""
    printed = percent.readings[0][1]
    decimals = len(str(float(printed)).partition(".")[2].rstrip("0"))
    return abs(share.readings[0][1] * 100 - printed) <= Fraction(1, 2 * 10**decimals)


def _moments(value: Value) -> set[Fraction]:
    return {amount for unit, amount in value.readings if unit == RELATIVE}


def _is_hour(value: Value) -> bool:
    """Return whether a value is a time of the day that may be a number too: three in the morning."""
    return any(unit == "clock" for unit, _ in value.readings)


def compared(
    passage: Passage, base: Sequence[Value], witness: Sequence[Value]
) -> tuple[list[Drifted], list[tuple[Value, Value]]]:
    """Return the values of either side without an equal on the other, in pairs where one took the other's place; and
    the pairs of equals.

    A value that moved inside the row has an equal.
    """
    shifts = [
        (change.base, change.witness[0] - change.base[0])
        for change in passage.changes
        if change.op == "equal"
    ]
    starts = [span[0] for span, _ in shifts]
    by_start = {value.part[0]: index for index, value in enumerate(witness)}
    free = dict.fromkeys(range(len(witness)))
    left: list[Value] = []
    equals: list[tuple[Value, Value]] = []
    for value in base:
        at = bisect_right(starts, value.part[0]) - 1
        if at >= 0 and value.part[1] <= shifts[at][0][1]:
            index = by_start.get(value.part[0] + shifts[at][1])
            if index in free and agree(value, witness[index]):
                del free[index]
                equals.append((value, witness[index]))
                continue
        left.append(value)
    left = _without_equals(passage, left, witness, free, equals)
    base_touched, witness_touched = map(Cover, _touched(passage))
    pairs = _paired(
        passage,
        [value for value in left if not value.silent and base_touched.meets(value.span)],
        [
            value
            for value in map(witness.__getitem__, free)
            if not value.silent and witness_touched.meets(value.span)
        ],
    )
    pairs = [
        drift
        for drift in pairs
        if not _is_gloss(passage, drift, equals)
        and (
            drift.witness
            or not (_occurs(passage.base, drift.base, witness) or _is_spelled(drift.base, passage, "base"))
        )
        and (
            drift.base
            or not (
                _occurs(passage.witness, drift.witness, base)
                or _is_spelled(drift.witness, passage, "witness")
            )
        )
    ]
    return pairs, equals


def _is_gloss(passage: Passage, drift: Drifted, equals: Sequence[tuple[Value, Value]]) -> bool:
    """Return whether a measure that one side lacks says in another unit what it has beside it: 5 miles (8 km).

    Of sums of money no rate is known; one in another currency that is set off beside a kept one is such a gloss.
    """
    value, at = drift.base or drift.witness, 0 if drift.base else 1
    if value is None or (drift.base and drift.witness):
        return False
    text = passage.base if drift.base else passage.witness
    for pair in equals:
        beside = pair[at]
        between = min(beside.span[1], value.span[1]), max(beside.span[0], value.span[0])
        is_converted = (
            value.measure
            and beside.measure
            and beside.measure.factor != value.measure.factor
            and beside.measure.is_close(value.measure)
        ) or units.are_two_currencies(value.readings[0][0], beside.readings[0][0])
        if is_converted and units.is_conversion_between(text, between):
            return True
    return False


def _occurs(text: str, value: Value | None, others: Sequence[Value]) -> bool:
    """Return whether the other side gives one value for two: the top and bottom 20 percent, the 12th of a month."""
    if value is None:
        return False
    readings = set(value.readings)
    if text[slice(*value.part)].endswith(_ORDINAL_ENDINGS):
        readings |= {("day", amount) for _, amount in value.readings}
    return any(not readings.isdisjoint(candidate.readings) for candidate in others[:MAX_VALUES_SEARCHED])


def _is_spelled(value: Value | None, passage: Passage, side: SideName) -> bool:
    """Return whether the other side prints a value's figures, in a form that is no value: 1: 0, (090, 8859)."""
    if value is None or (value.readings[0][0] != "clock" and _LETTER.search(passage.text(side), *value.part)):
        return False  # 644 thousand is not 644
    text, other = passage.text(side), passage.text("witness" if side == "base" else "base")
    figures = _FIGURES.findall(text, *value.part)
    if len("".join(figures)) < MIN_FIGURES:
        return any(
            match.start() <= value.part[0] < match.end() and _without_spaces(match[0]) in _parted(other)
            for match in _PARTED.finditer(text)
        )
    others = _FIGURES.findall(other)
    return all(figure in others for figure in figures)


def _parted(text: str) -> set[str]:
    return {_without_spaces(figures) for figures in _PARTED.findall(text)}


def _without_spaces(figures: str) -> str:
    return figures.replace(" ", "").replace("-", ":")


def _same_unit(unit: str, other_unit: str) -> bool:
    return unit == other_unit or (
        not (unit and other_unit)
        and unit not in _ONLY_AMONG_THEMSELVES
        and other_unit not in _ONLY_AMONG_THEMSELVES
    )


def _without_equals(
    passage: Passage,
    left: list[Value],
    witness: Sequence[Value],
    free: dict[int, None],
    equals: list[tuple[Value, Value]],
) -> list[Value]:
    """Return what of ``left`` has no equal among the ``free`` values of the witness; equals leave ``free``.

    They are added to ``equals``.
    """
    by_amount: dict[Fraction, list[int]] = {}
    for index in free:
        for amount in _amounts(witness[index]):
            by_amount.setdefault(amount, []).append(index)
    ranked = sorted(
        (distance(passage, value.part, witness[index].part), *_order(value, witness[index]), place, index)
        for place, value in enumerate(left)
        for index in {
            index
            for amount in _amounts(value)
            for index in _near(by_amount.get(amount, []), witness, passage.on_witness(value.part)[0])
            if agree(value, witness[index])
        }
    )
    still = dict.fromkeys(range(len(left)))
    for *_, place, index in ranked:
        if place in still and index in free:
            del still[place], free[index]
            equals.append((left[place], witness[index]))
    return [left[place] for place in still]


def _order(first: Value, second: Value) -> tuple[int, int]:
    """Return what ranks pairs that are equally far apart: the same when the sides are swapped."""
    return first.part[0] + second.part[0], abs(first.part[0] - second.part[0])


def _amounts(value: Value) -> list[Fraction]:
    return sorted({amount for _, amount in value.readings})


def _near(indices: Sequence[int], values: Sequence[Value], place: int) -> Sequence[int]:
    """Return those of the rising ``indices`` whose values are nearest to ``place``."""
    at = bisect_left(indices, place, key=lambda index: values[index].part[0])
    return indices[max(0, at - MAX_NEIGHBOURS) : at + MAX_NEIGHBOURS]


def _paired(passage: Passage, base: Sequence[Value], witness: Sequence[Value]) -> list[Drifted]:
    """Pair each value with the nearest of its sort on the other side; what is left and firm is alone."""
    candidates: list[tuple[int, int, int, int, int]] = []
    for i, value in enumerate(base):
        for j in _near(range(len(witness)), witness, passage.on_witness(value.part)[0]):
            counterpart = witness[j]
            gap = distance(passage, value.part, counterpart.part)
            if agree(value, counterpart):  # by conversion: the amounts themselves were compared before
                candidates.append((-1, *_order(value, counterpart), i, j))
            elif _comparable(value, counterpart) and (
                (value.firm and counterpart.firm)
                or _takes_its_place(passage, value, counterpart)
                or (_is_only_such(value, base) and _is_only_such(counterpart, witness))
            ):
                candidates.append((gap, *_order(value, counterpart), i, j))
    pairs: list[Drifted] = []
    used_base, used_witness = set[int](), set[int]()
    for gap, _, _, i, j in sorted(candidates):
        if i not in used_base and j not in used_witness:
            used_base.add(i)
            used_witness.add(j)
            if gap >= 0:
                pairs.append(Drifted(base[i], witness[j]))
    if passage.kept_share < MIN_KEPT_SHARE_ONE_SIDED:
        return pairs
    alone = [value for i, value in enumerate(base) if i not in used_base and value.firm]
    pairs += [Drifted(value, None) for value in alone if _is_in_short_run(passage, value, "base")]
    alone = [value for j, value in enumerate(witness) if j not in used_witness and value.firm]
    pairs += [Drifted(None, value) for value in alone if _is_in_short_run(passage, value, "witness")]
    return pairs


def _is_in_short_run(passage: Passage, value: Value, side: SideName) -> bool:
    longest = MAX_RUN_OF_AN_AMOUNT if value.kind == "number" else MAX_RUN
    return passage.run_at(value.part, side) <= longest


def _is_only_such(value: Value, values: Sequence[Value]) -> bool:
    """Return whether a value is the one day of the week, or month, among some: its clause may stand anywhere."""
    unit = value.readings[0][0]
    return unit in ("weekday", "month") and not any(
        other.readings[0][0] == unit for other in values if other is not value
    )


def _comparable(first: Value, second: Value) -> bool:
    units = {unit for unit, _ in first.readings}, {unit for unit, _ in second.readings}
    alone = units[0] <= _ONLY_AMONG_THEMSELVES or units[1] <= _ONLY_AMONG_THEMSELVES
    if alone:
        return bool(units[0] & units[1])
    return first.kind == second.kind or _may_be_date(first) or _may_be_date(second)


def _may_be_date(value: Value) -> bool:
    """Return whether a number may be a year or a day that the other side prints as such: it is bare and certain."""
    return value.kind == "number" and value.firm and value.measure is None and value.readings[0][0] == ""


def _touched(passage: Passage) -> tuple[list[Span], list[Span]]:
    """Return what the changes touch on either side.

    A deletion with an insertion right after it is where both begin and end: which comes first depends on the side.
    """
    spans = [(_at_least_one(change.base), _at_least_one(change.witness)) for change in passage.reworded]
    for first, second in pairwise(passage.reworded):
        if (
            {first.op, second.op} == {"delete", "insert"}
            and first.base[1] == second.base[0]
            and first.witness[1] == second.witness[0]
        ):
            spans.append(
                (
                    (max(0, first.base[0] - 2), second.base[1] + 2),
                    (max(0, first.witness[0] - 2), second.witness[1] + 2),
                )
            )
    return [base for base, _ in spans], [witness for _, witness in spans]


def _at_least_one(span: Span) -> Span:
    """Return the span or, if it is empty, the characters around it: what was deleted beside a value touches it.

    Of "thousand" the space before the number's next word goes with it, or the one after it.
    """
    return span if span[0] < span[1] else (max(0, span[0] - 2), span[1] + 2)


def _takes_its_place(passage: Passage, base_value: Value, witness_value: Value) -> bool:
    """Return whether, in the changes, one value was replaced by the other and little else."""
    base, witness = passage.on_base(witness_value.span), passage.on_witness(base_value.span)
    return _is_little_more(passage.base, base, base_value.span) and _is_little_more(
        passage.witness, witness, witness_value.span
    )


def _is_little_more(text: str, place: Span, span: Span) -> bool:
    """Return whether a place is that of a value, except for two code points or an article after it: a quarter of a."""
    if not overlap(place, span):
        return False
    more = place[1] - place[0] - (span[1] - span[0])
    return more <= 2 or (place[0] >= span[0] and _ARTICLES.fullmatch(text, span[1], place[1]) is not None)
