"""Whether a paragraph goes on in the next column, where a sentence ends on the last, full line of one."""

import pytest

from app.sources.pdf.column_ends import ColumnBreak, ParagraphPart, joined_across_columns, room_below
from app.sources.pdf.lines import PdfLine

FULL = ["He came ", "to the ", "hall."]


def piece(sentences: int, gap: ColumnBreak | None = None) -> ParagraphPart:
    return ParagraphPart([*FULL, *[" He went on."] * (sentences - 1)], "", gap)


def paragraphs(usual: list[int], first: int, second: int, *, has_room: bool | None = None) -> int:
    """Return as how many paragraphs two pieces come, in a document with paragraphs of so many sentences."""
    pieces = [*map(piece, usual), piece(first), piece(second, ColumnBreak(has_room))]
    return len(joined_across_columns(pieces)) - len(usual)


@pytest.mark.parametrize(
    ("usual", "first", "second", "expected"),
    [
        ([1, 1, 1, 1, 2, 1, 1], 1, 1, 2),
        ([3, 4, 4, 3, 2, 5], 2, 2, 1),
        ([4, 4, 3, 1, 3, 1], 6, 5, 2),
        ([6, 5, 5, 7, 6, 6], 5, 6, 2),
        ([6, 5, 5, 7, 6, 6], 2, 4, 1),
    ],
)
def test_paragraphs_are_as_long_as_others_of_the_document(
    usual: list[int], first: int, second: int, expected: int
) -> None:
    assert paragraphs(usual, first, second) == expected


def test_room_below_the_last_line_tells_that_the_paragraph_ended() -> None:
    usual = [1, 2, 2, 3, 1, 2]
    assert paragraphs(usual, 1, 1, has_room=False) == 1
    assert paragraphs(usual, 1, 1, has_room=True) == 2


def test_two_lines_kept_together_at_the_top_leave_room_too() -> None:
    pieces = [
        *map(piece, [1, 2, 2, 3, 1, 2]),
        piece(1),
        ParagraphPart(["He", " went."], "", ColumnBreak(has_room=True)),
    ]
    assert len(joined_across_columns(pieces)) == 7


def test_two_parts_of_a_paragraph_keep_their_words_apart() -> None:
    pieces = joined_across_columns([*map(piece, [3, 3, 4]), piece(1), piece(2, ColumnBreak(has_room=False))])
    assert pieces[-1].text == "He came to the hall. He came to the hall. He went on."


def test_room_is_measured_by_the_columns_beside() -> None:
    def at(left: float, baseline: float, page: int = 0) -> PdfLine:
        return PdfLine("He came.", page, left, left + 100, baseline - 2, baseline + 8, baseline, 10)

    last = at(50, 100)
    assert room_below(last, [last, at(300, 88)], 12) is True
    assert room_below(last, [last, at(300, 92)], 12) is False
    assert room_below(last, [last, at(300, 88, page=1), at(50, 40)], 12) is None
