"""Whether a paragraph goes on in the next column, where a sentence ends on the last, full line of one."""

import pytest

from app.sources.pdf.column_ends import ColumnBreak, ParagraphPart, joined_across_columns, room_below
from app.sources.pdf.lines import PdfLine

FULL = ["He came ", "to the ", "hall."]


def piece(sentences: int, gap: ColumnBreak | None = None, *, is_full: bool = False) -> ParagraphPart:
    lines = [*FULL, *[" He then went on."] * (sentences - 1)]
    return ParagraphPart(lines, "", gap, [len(lines)], is_full)


def paragraphs(
    usual: list[int], first: int, second: int, *, has_room: bool | None = None, is_full: bool = False
) -> int:
    """Return how many paragraphs two pieces give, in a document with paragraphs of so many sentences."""
    others = [piece(sentences, is_full=is_full) for sentences in usual]
    pieces = [*others, piece(first), piece(second, ColumnBreak(has_room))]
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


def test_room_tells_less_on_the_last_page_where_columns_are_made_equally_long() -> None:
    def count(*, is_on_last_page: bool) -> int:
        gap = ColumnBreak(has_room=True, is_on_last_page=is_on_last_page)
        return len(joined_across_columns([*map(piece, [1, 2, 3, 4, 5]), piece(3), piece(3, gap)]))

    assert (count(is_on_last_page=False), count(is_on_last_page=True)) == (7, 6)


def test_where_paragraphs_end_on_full_lines_one_is_likelier_to() -> None:
    usual = [1, 2, 3, 4, 5]
    assert paragraphs(usual, 1, 2) == 1
    assert paragraphs(usual, 1, 2, is_full=True) == 2


def with_line_alone(*others: ParagraphPart) -> int:
    """Return how many paragraphs a text gives together with one line at the top of the next column."""
    alone = ParagraphPart(["He then went on to the hall."], "", ColumnBreak(has_room=None))
    pieces = [*map(piece, [1, 2, 3, 4, 5]), *others, piece(3), alone]
    return len(joined_across_columns(pieces)) - len(pieces) + 2


def test_no_paragraph_leaves_one_line_to_the_next_column_unless_others_do() -> None:
    leaves_one = ParagraphPart(["He came to the hall,", "and on."], "", runs=[4, 1])
    assert with_line_alone() == 2
    assert with_line_alone(leaves_one) == 1


def test_what_opens_other_paragraphs_with_a_colon_opens_one_in_the_next_column_too() -> None:
    def count(opening: str) -> int:
        usual = [ParagraphPart([f"{opening}: {part.text}"], "") for part in map(piece, [1, 2, 3, 4, 5])]
        question = ParagraphPart(["Q: He", " then", " went on?"], "", ColumnBreak(has_room=None))
        return len(joined_across_columns([*usual, piece(1), question]))

    assert (count("A"), count("Q")) == (6, 7)


def test_two_parts_of_a_paragraph_keep_their_words_apart() -> None:
    pieces = joined_across_columns([*map(piece, [3, 3, 4]), piece(1), piece(2, ColumnBreak(has_room=False))])
    assert pieces[-1].text == "He came to the hall. He came to the hall. He then went on."


def test_room_is_measured_by_the_columns_beside() -> None:
    def at(left: float, baseline: float, page: int = 0) -> PdfLine:
        return PdfLine("He came.", page, left, left + 100, baseline - 2, baseline + 8, baseline, 10)

    last = at(50, 100)
    assert room_below(last, [last, at(300, 88)], 12) is True
    assert room_below(last, [last, at(300, 92)], 12) is False
    assert room_below(last, [last, at(300, 88, page=1), at(50, 40)], 12) is None
