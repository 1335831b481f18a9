import pytest

from app.collation import pipeline
from app.collation.model import Side
from app.collation.reading.kept_quotations import SCANNED_CHARACTERS, kept_quotations


def kept(base: list[str], witness: list[str]) -> int | None:
    return kept_quotations(pipeline.compare(Side("b", "B", tuple(base)), Side("w", "W", tuple(witness))))


@pytest.mark.parametrize(
    ("base", "witness", "count"),
    [
        ('He said: "We go home." And left.', "He told us: “We go home.” And left.", 1),
        ('He said: "We go home." And left.', "He said: “We went home.” And left.", 0),
        ('He said: "We go home." And left.', "He said: We go home. And left.", 0),
        ('Both "one" and "two" were said.', 'Both "one" and "ten" were said here.', 1),
        ('He said: "We go home."', 'He said: "We never go home."', 0),
        ("He said nothing at all.", "He said nothing at all.", 0),
    ],
)
def test_a_quotation_is_kept_where_its_words_and_marks_stand_in_both(
    base: str, witness: str, count: int
) -> None:
    assert kept([base], [witness]) == count


def test_a_quotation_of_a_paragraph_left_out_is_not_kept() -> None:
    story = [
        "The council met on Tuesday to talk of taxes and schools.",
        'Nobody asked. "We are closed," the clerk said.',
    ]
    assert kept(story, story[:1]) == 0
    assert kept(story, story) == 1


def test_a_quotation_in_a_later_paragraph_of_a_row_is_found_in_its_place() -> None:
    first, second = (
        "The mayor spoke for an hour about the bridge.",
        '"The bridge stays closed," she said at the end.',
    )
    assert kept([first, second], [f"{first} {second}"]) == 1


def test_a_very_long_text_is_not_searched() -> None:
    text = 'He said "yes" to it. ' * (SCANNED_CHARACTERS // 20)
    assert kept([text], [text]) is None
