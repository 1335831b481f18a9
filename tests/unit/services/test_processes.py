import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from app.collation.pins import PinsError
from app.errors import StorageBusyError
from app.services.processes import (
    MAX_AHEAD,
    MIN_CHARS_APART,
    WorkEndedError,
    count_processors,
    divide_processors,
    map_in_processes,
    run_apart,
    run_bounded,
)


def squared(number: int) -> int:
    return number * number


def refused(number: int) -> int:
    raise ValueError(f"not {number}")


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 50])
def test_results_come_in_the_order_of_the_inputs(workers: int, count: int) -> None:
    assert list(map_in_processes(squared, iter(range(count)), workers)) == [
        number * number for number in range(count)
    ]


def test_inputs_are_read_only_a_little_ahead() -> None:
    numbers_taken: list[int] = []

    def endless() -> Iterator[int]:
        for number in range(10**9):
            numbers_taken.append(number)
            yield number

    results = map_in_processes(squared, endless(), 2)
    assert [next(results) for _ in range(5)] == [0, 1, 4, 9, 16]
    assert len(numbers_taken) <= 5 + 2 * MAX_AHEAD
    results.close()  # type: ignore[attr-defined] # it is a generator, told of as an iterator


def test_an_error_in_the_work_is_raised() -> None:
    with pytest.raises(ValueError, match="not 0"):
        list(map_in_processes(refused, range(5), 2))


def fail_on_pins(says: str) -> int:
    raise PinsError(says)


def fail_to_return(_: str) -> int:
    os._exit(9)  # as the kernel ends a process that took too much memory


def test_work_on_a_long_text_is_done_in_a_process_that_is_kept() -> None:
    assert run_apart(MIN_CHARS_APART - 1, os.getpid) == os.getpid()
    first = run_apart(MIN_CHARS_APART, os.getpid)
    assert first != os.getpid()
    assert run_apart(MIN_CHARS_APART, os.getpid) == first


def test_an_error_in_work_on_a_long_text_is_raised() -> None:
    with pytest.raises(PinsError, match="there is no paragraph 9"):
        run_apart(MIN_CHARS_APART, fail_on_pins, "there is no paragraph 9")


def test_a_killed_process_is_reported_and_replaced() -> None:
    with pytest.raises(StorageBusyError, match="could not be computed"):
        run_apart(MIN_CHARS_APART, fail_to_return, "")
    assert run_apart(MIN_CHARS_APART, squared, 7) == 49


def hang() -> None:
    """Loop inside one call of a C function, which no signal handler in Python could interrupt."""
    re.match(r"(a+)+$", "a" * 60 + "b")


def fill(size: int) -> int:
    return len(bytearray(size))


def hold(folder: str) -> None:
    """Report which process this is, and use processor time until ended; the second time, end at once."""
    if (Path(folder) / "process").exists():
        return  # a new process is given the work of one that was ended
    (Path(folder) / "begun").write_text(str(os.getpid()))
    (Path(folder) / "begun").rename(Path(folder) / "process")
    while True:
        pass


def test_bounded_work_that_hangs_does_not_hold_up_others(tmp_path: Path) -> None:
    def hang_there() -> None:
        with suppress(WorkEndedError):
            run_bounded(600, 2**30, hold, str(tmp_path))

    Thread(target=hang_there, daemon=True).start()
    while not (tmp_path / "process").exists():
        time.sleep(0.01)
    assert run_bounded(30, 2**30, squared, 3) == 9
    with pytest.raises(WorkEndedError):
        run_bounded(0.5, 2**30, hang)
    os.kill(int((tmp_path / "process").read_text()), signal.SIGKILL)


def test_time_that_passes_while_others_work_does_not_count() -> None:
    assert run_bounded(1, 2**30, rest, 1.5) == 1.5


def rest(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound a process's memory so")
def test_want_of_memory_leaves_nothing_in_the_log(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(WorkEndedError):
        run_bounded(30, 200_000_000, fill, 500_000_000)
    assert capfd.readouterr().err == ""


def test_work_that_hangs_is_ended_and_the_next_is_done() -> None:
    with pytest.raises(WorkEndedError):
        run_bounded(0.5, 2**30, hang)
    assert run_bounded(30, 2**30, squared, 3) == 9


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound a process's memory so")
def test_work_that_takes_too_much_memory_is_ended_and_the_next_is_done() -> None:
    with pytest.raises(WorkEndedError):
        run_bounded(30, 200_000_000, fill, 500_000_000)
    assert run_bounded(30, 200_000_000, fill, 1_000) == 1_000


def test_an_error_in_bounded_work_is_raised_here() -> None:
    with pytest.raises(ValueError, match="not 3"):
        run_bounded(30, 2**30, refused, 3)


class _OutOfMemory:
    def __del__(self) -> None:
        raise MemoryError  # as in a library's callback, whose errors nobody can catch


def forget_in_vain(_: str) -> int:
    for _number in range(1_000):
        _OutOfMemory()
    return 1


def test_bounded_work_that_goes_on_without_memory_is_ended_and_fills_no_log(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(WorkEndedError):
        run_bounded(60, 2_000_000_000, forget_in_vain, "")
    assert "MemoryError" not in capfd.readouterr().err


def divided() -> tuple[set[int], set[int], set[int]]:
    before = os.sched_getaffinity(0)
    divide_processors()
    return before, os.sched_getaffinity(0), run_apart(MIN_CHARS_APART, os.sched_getaffinity, 0)


@pytest.mark.skipif(count_processors() < 2, reason="there is one processor")
def test_long_work_and_its_server_are_on_processors_of_their_own() -> None:
    script = f"from {__name__} import divided; print(*map(sorted, divided()), sep=';')"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    before, here, apart = map(json.loads, done.stdout.split(";"))
    assert here
    assert apart
    assert sorted([*here, *apart]) == before


def test_one_processor_is_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3})
    monkeypatch.setattr(os, "sched_setaffinity", lambda *_: pytest.fail("it was taken away"))
    divide_processors()
