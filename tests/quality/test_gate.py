import tomllib

import pytest

from tests.quality.gate import (
    FLOORS,
    SAMPLE_EVERY,
    Measurement,
    Verdict,
    digests,
    measure,
    pinned_digests,
    verdicts,
)
from tests.quality.scoring import Tally


@pytest.fixture(scope="module")
def sample() -> Measurement:
    return measure("sample")


def test_the_floors_were_set_for_this_data() -> None:
    assert digests() == pinned_digests(), (
        "the data changed: measure again with `make quality`, then set digests and floors together in floors.toml"
    )


def test_no_figure_of_the_sample_is_below_its_floor(sample: Measurement) -> None:
    below = [
        f"{verdict.name} {verdict.value} < {verdict.floor}"
        for verdict in verdicts(sample, "sample")
        if verdict.below
    ]
    assert not below


def test_every_paragraph_of_the_sample_is_in_exactly_one_row(sample: Measurement) -> None:
    assert sample.torn == ()


def test_each_figure_has_a_floor_in_full_and_in_the_sample_and_no_floor_is_idle(sample: Measurement) -> None:
    pinned = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    for extent in ("full", "sample"):
        floors = {(name, figure) for name, figures in pinned[extent].items() for figure in figures}
        assert floors == set(sample.figures)


def test_the_sample_has_every_kind_of_row(sample: Measurement) -> None:
    kinds = {part for name, part in sample.parts if name in ("copied", "reworded")}
    assert kinds >= {"same", "edited", "split", "merged", "regrouped", "omitted", "added", "moved"}, (
        SAMPLE_EVERY
    )


@pytest.mark.parametrize(
    ("hits", "says"),
    [(69, "BELOW THE FLOOR"), (70, "holds"), (71, "raise the floor")],
)
def test_a_figure_is_compared_with_its_floor(hits: int, says: str) -> None:
    verdict = Verdict("words edits", Tally(hits, 100, 100), floor=0.7, raise_from=0.01)
    assert verdict.says == says
    assert verdict.below == (says == "BELOW THE FLOOR")
