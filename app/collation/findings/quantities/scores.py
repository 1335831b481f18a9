"""Scores and votes that were reversed: 3-2 and 2-3, 52 to 48 and 48 to 52."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.collation.findings.quantities.matching import Drifted, Value
from app.collation.findings.row.passage import Passage

_BETWEEN = re.compile(r"[ ]?[-–—:][ ]?|[ ]to[ ]")
_RANGE = re.compile(r"\b(?:from|between)[ ]\Z", re.IGNORECASE)


def turned(passage: Passage, equals: Sequence[tuple[Value, Value]]) -> Iterator[Drifted]:
    """Yield the pairs of neighbouring numbers whose equals are neighbours too, the other way round."""
    in_order = sorted(equals, key=lambda pair: pair[0].part)
    for (first, first_equal), (second, second_equal) in pairwise(in_order):
        if (
            first_equal.part > second_equal.part
            and first.kind == second.kind == "number"
            and first.readings != second.readings
            and _are_a_score(passage.base, first, second)
            and _are_a_score(passage.witness, second_equal, first_equal)
        ):
            yield Drifted(_both(first, second), _both(second_equal, first_equal))


def _are_a_score(text: str, first: Value, second: Value) -> bool:
    return (
        _BETWEEN.fullmatch(text, first.span[1], second.part[0]) is not None
        and _RANGE.search(text, max(0, first.part[0] - 8), first.part[0]) is None
    )


def _both(first: Value, second: Value) -> Value:
    span = first.part[0], second.span[1]
    return Value("number", span, span, (*first.readings, *second.readings))
