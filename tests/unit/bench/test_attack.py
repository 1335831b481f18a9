from pathlib import Path
from random import Random

import pytest

from app.services import reading
from bench.attack import evidence, files, servers
from bench.attack.measured import apart
from bench.attack.sending import MAX_READ_SECONDS, MAX_WRITE_SECONDS, Request
from bench.attack.shapes import LARGEST, Shape, shapes
from bench.attack.texts import Outcome, attack, empty_database, growth


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
    statuses = {request.what: request.status for request in outcome.requests}
    assert {what: status for what, status in statuses.items() if status not in (200, 201, 303)} == {
        "again: tombstone": 410
    }
    assert {
        "look up",
        "save",
        "compare",
        "export docx",
        "check the evidence file",
        "api: add",
        "put back",
    } <= set(statuses)


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


def test_hostile_files_servers_and_evidence_are_tried(tmp_path: Path) -> None:
    ends = float("inf")
    for line in (
        files.read_each(Random(1), ends, "nul.txt"),
        files.import_all(f"sqlite:///{tmp_path}/variorum.db", tmp_path, Random(1), "nul.txt"),
        *servers.fetch_each(tmp_path, Random(1), ends, "cut gzip"),
        evidence.check_each(Random(1), ends, "nothing"),
    ):
        assert (line.tried, line.survived, line.faults) == (1, 1, []), line.attack


def test_a_file_is_given_up_before_a_request_has_taken_what_it_may() -> None:
    assert reading.SECONDS < MAX_WRITE_SECONDS - 0.5


def test_work_that_fails_is_a_fault() -> None:
    assert apart(lambda: str(1 / 0)).fault == "ZeroDivisionError: division by zero"
    assert apart(lambda: "read").said == "read"
