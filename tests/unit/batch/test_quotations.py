"""Pairs of wordings are ruled out by their stems, and none of these are versions."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from app.batch import quotations
from app.collation.quotations.versions import matching

pytestmark = pytest.mark.spark

TEXTS = (
    "We will not leave the harbour before the last ship has been mended",
    "We will not leave this harbour before the last ship is mended",
    "before the last ship has been mended",
    "not leave ... before the last ship",
    "We shall [never] leave the harbour",
    "so it is as it is",
    "As it is, so it is",
    "The committee meets before the last day of each month",
    "Bridges of that age are inspected by nobody",
    "wir geben den Hafen nicht auf",
    "it is over",
)


def test_a_pair_that_is_ruled_out_by_its_stems_is_none_of_versions() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    batch = pyarrow.RecordBatch.from_pydict({"wording": list(range(len(TEXTS))), "text": list(TEXTS)})
    (profiles,) = [part.to_pylist() for part in quotations._profiled(iter([batch]))]
    pairs = [
        {"one": one["wording"], "other": other["wording"]}
        | {f"one_{name}": one[name] for name in ("stems", "small", "cut")}
        | {f"other_{name}": other[name] for name in ("stems", "small", "cut")}
        for one, other in combinations(profiles, 2)
    ]
    likely = set(chosen(quotations._likely(iter([pyarrow.RecordBatch.from_pylist(pairs)]))))
    versions = {
        (one, other)
        for one, other in combinations(range(len(TEXTS)), 2)
        if matching.related(TEXTS[one], TEXTS[other])
    }
    assert {(0, 1), (0, 2), (0, 3)} <= versions <= likely
    assert likely.isdisjoint({(0, 7), (0, 8), (7, 8), (0, 9)})


def chosen(batches: Iterator[Any]) -> Iterator[tuple[int, int]]:
    for batch in batches:
        yield from zip(batch.column("one").to_pylist(), batch.column("other").to_pylist(), strict=True)
