from collections.abc import Iterator

import pytest

from app.services.operations.processes import MAX_AHEAD, map_in_processes


def squared(number: int) -> int:
    return number * number


def refused(number: int) -> int:
    raise ValueError(f"not {number}")


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 50])
def test_what_is_made_comes_in_the_order_of_what_was_given(workers: int, count: int) -> None:
    assert list(map_in_processes(squared, iter(range(count)), workers)) == [
        number * number for number in range(count)
    ]


def test_no_more_is_taken_than_can_soon_be_worked_on() -> None:
    taken: list[int] = []

    def endless() -> Iterator[int]:
        for number in range(10**9):
            taken.append(number)
            yield number

    made = map_in_processes(squared, endless(), 2)
    assert [next(made) for _ in range(5)] == [0, 1, 4, 9, 16]
    assert len(taken) <= 5 + 2 * MAX_AHEAD
    made.close()  # type: ignore[attr-defined] # it is a generator, told of as an iterator


def test_an_error_in_the_work_is_raised() -> None:
    with pytest.raises(ValueError, match="not 0"):
        list(map_in_processes(refused, range(5), 2))
