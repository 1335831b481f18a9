from pathlib import Path

import pytest

from bench.attack.shapes import LARGEST, Shape, shapes
from bench.attack.texts import MAX_READ_SECONDS, Outcome, Request, attack, empty_database, growth


def test_there_are_hundreds_of_shapes_and_each_comes_out_the_same() -> None:
    every = list(shapes())
    assert len(every) >= 300
    assert len({shape.name for shape in every}) == len(every)
    for shape in every:
        assert shape.text(500) == shape.text(500) != shape.witness(500)
        assert 0 < len(shape.text(500)) <= 501
        assert shape.text(500).strip()


def test_the_largest_text_is_as_large_as_the_form_takes() -> None:
    assert len(Shape("composed", "solid").text(LARGEST).encode()) <= 2_000_000


def test_a_shape_goes_through_every_way_in_and_out(tmp_path: Path) -> None:
    outcome = attack(Shape("words", "numbered"), 400, empty_database(tmp_path))
    assert not outcome.died
    assert {request.status for request in outcome.requests} <= {200, 303}
    assert {"look up", "save", "compare", "again: comparison", "again: csv", "again: library"} <= {
        request.what for request in outcome.requests
    }


@pytest.mark.parametrize(
    ("request_", "megabytes", "fault"),
    [
        (Request("again: row", MAX_READ_SECONDS + 0.1, 200, 1), 100, "took 0.40 s of at most 0.3 s"),
        (Request("save", 6.0, 303, 0), 100, "took 6.00 s of at most 5.0 s"),
        (Request("save", 1.0, 500, 0), 100, "answered 500"),
        (Request("save", 1.0, 303, 0), 700, "700 MB of at most 600 MB"),
    ],
)
def test_a_slow_or_failed_request_is_a_fault(request_: Request, megabytes: float, fault: str) -> None:
    (message,) = Outcome(Shape("word", "solid"), 10, (request_,), megabytes).faults()
    assert fault in message


def test_growth_is_the_exponent_of_the_dearest_request() -> None:
    def outcome(size: int, seconds: float) -> Outcome:
        return Outcome(Shape("word", "solid"), size, (Request("save", seconds, 303, 0),), 100)

    assert growth([outcome(1_000, 0.1), outcome(4_000, 1.6)]) == pytest.approx(2)
    assert growth([outcome(1_000, 0.001), outcome(4_000, 0.002)]) == 0
