"""What counts as word for word, in the sentence at the top, in a story's matrix and in relations alike."""

import pytest

from app.collation import pipeline
from app.collation.model import Side
from app.collation.reading.verbatim import is_verbatim


@pytest.mark.parametrize(
    ("base", "witness", "verbatim"),
    [
        (["They met in Beijing on Monday."], ["They met in Beijing on Monday."], True),
        (["Vladimir Putin And Xi Jinping in Beijing"], ["Vladimir Putin and Xi Jinping in Beijing"], True),
        (['"Not yet," he said to them.'], ["“Not yet,” he said to them."], True),
        (["They met. It was late in the day."], ["They met.", "It was late in the day."], True),
        (["They met in Beijing on Monday."], ["They met in Beijing on Tuesday."], False),
        (["They met in Beijing on Monday."], ["The harbour froze over last winter."], False),
    ],
)
def test_capitals_quotation_marks_and_breaks_change_no_words(
    base: list[str], witness: list[str], verbatim: bool
) -> None:
    found = pipeline.compare(Side("b", "One", tuple(base)), Side("w", "Two", tuple(witness)))
    assert is_verbatim(found, found.collation.rows[0]) is verbatim
