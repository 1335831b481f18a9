import pytest

from app.collation import pins
from app.collation.model import Pins


def test_pins_of_paragraphs_that_both_texts_have_pass() -> None:
    pins.check(Pins(), 0, 0)
    pins.check(Pins(together=((0, 1), (1, 1)), apart=((0, 0), (1, 0))), 2, 2)


@pytest.mark.parametrize("pair", [(-1, 0), (0, -1), (2, 0), (0, 3)])
@pytest.mark.parametrize("sort", ["together", "apart"])
def test_a_paragraph_that_a_text_does_not_have_is_refused(sort: str, pair: tuple[int, int]) -> None:
    with pytest.raises(pins.PinsError, match="in texts of 2 and 3 paragraphs"):
        pins.check(Pins(**{sort: (pair,)}), 2, 3)


def test_a_contradiction_through_other_pins_is_refused() -> None:
    with pytest.raises(ValueError, match="0x2 keeps apart"):
        pins.check(Pins(together=((0, 0), (1, 0), (1, 1), (2, 1), (2, 2)), apart=((0, 2),)), 3, 3)


def test_rows_are_the_same_in_whatever_order_the_pins_come() -> None:
    together = [(0, 5), (3, 4), (3, 6), (2, 6), (2, 7), (1, 1)]
    assert pins.rows(together[::-1]) == pins.rows(together)
    assert [(sorted(base), sorted(witness)) for base, witness in pins.rows(together)] == [
        ([0], [5]), ([1], [1]), ([2, 3], [4, 6, 7]),
    ]  # fmt: skip
