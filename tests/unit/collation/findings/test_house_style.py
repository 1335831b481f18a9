"""Quotations that differ only in house style, and how quickly others are recognised as different."""

import pytest

from app.collation.findings.quantities import house_style
from app.collation.findings.quantities.house_style import differs_in_style_alone


@pytest.mark.parametrize(
    ("base", "witness"),
    [
        ("It costs us $5 a week.", "It costs us $5 each week."),
        ("A million came.", "1 million came."),
        ("We meet at 8 pm.", "We meet at 20:00."),
        ("The well-being of all.", "The wellbeing of all."),
        ("Half of us left.", "50 percent of us left."),
    ],
)
def test_the_same_words_in_another_style_are_no_other_words(base: str, witness: str) -> None:
    assert differs_in_style_alone(base, witness)
    assert differs_in_style_alone(witness, base)


def test_numbers_are_not_read_where_a_word_before_them_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house_style, "values", lambda _: pytest.fail("numbers were read"))
    assert not differs_in_style_alone(
        "The U.S. put pressure on 50 banks.", "The United States put pressure on 50 banks."
    )
