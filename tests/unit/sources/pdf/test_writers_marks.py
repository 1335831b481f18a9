"""Marks that programs which write PDF leave at the ends of lines: a blank, a hyphen of their own."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.sources.pdf.lines import PdfLine, read_content
from tests.unit.sources.pdf.test_pdf import body, lines, page_of

SHORT = ["The guests came to the hall on a", "day of rain, spoke for all of it", "and left."]
"""A paragraph whose last line is not full."""

WIDE = ["The guests came to the hall on a", "wet day, and spoke for all of them,", "and left."]
"""One with the longest line."""

FULL = ["All the other guests waited until", "it was over, and nobody left it."]
"""One whose last line has no room for another word, but for a blank."""


def broken(*paragraphs: Sequence[str], left: float = 50, goes_on: bool = False) -> list[PdfLine]:
    """Return the lines of paragraphs in a column, a blank after each but the last, as LibreOffice has it."""
    texts = [(text, text is not paragraph[-1]) for paragraph in paragraphs for text in paragraph]
    texts[-1] = (texts[-1][0], goes_on)
    drawn = lines([text for text, _ in texts], left=left)
    return [replace(line, ends_in_blank=has) for line, (_, has) in zip(drawn, texts, strict=True)]


@pytest.mark.parametrize("goes_on", [True, False])
def test_the_blank_at_which_a_full_line_is_broken_tells_that_its_paragraph_goes_on(goes_on: bool) -> None:
    first = broken(SHORT, SHORT, WIDE, SHORT, FULL, goes_on=goes_on)
    second = broken(["Nobody in the whole town knew of", "it on that day."], SHORT, left=300)
    read = body(first, second)
    assert len(read) == (6 if goes_on else 7)
    assert any("nobody left it. Nobody in" in text for text in read) is goes_on


def test_a_full_line_without_the_blank_ends_a_paragraph_within_a_column_too() -> None:
    given = (SHORT, WIDE, FULL, SHORT, FULL, SHORT)
    assert body(broken(*given)) == [" ".join(paragraph) for paragraph in given]


def test_a_line_without_room_for_the_blank_tells_nothing() -> None:
    longest = "day of rain, spoke for all of them,"
    filled = [SHORT[0], longest, "and left."]
    drawn = broken(SHORT, filled, SHORT, SHORT)
    drawn = [replace(line, ends_in_blank=line.ends_in_blank and line.text != longest) for line in drawn]
    assert body(drawn) == [" ".join(paragraph) for paragraph in (SHORT, filled, SHORT, SHORT)]


def test_a_line_that_is_broken_before_a_dash_has_no_blank_and_ends_no_paragraph() -> None:
    opened = ["All the other guests waited until", "it was over, and nobody left it", "—not one of them."]
    given = broken(SHORT, WIDE, SHORT, opened, SHORT)
    given = [replace(line, ends_in_blank=line.ends_in_blank and line.text != opened[1]) for line in given]
    assert "".join([" ".join(opened[:2]), opened[2]]) in body(given)


def test_blanks_tell_nothing_where_ends_of_paragraphs_have_them_too() -> None:
    first = broken(SHORT, SHORT, WIDE, SHORT, FULL)
    second = broken(["Nobody in the whole town knew of", "it on that day."], SHORT, left=300)
    assert len(body([replace(line, ends_in_blank=True) for line in [*first, *second]])) == 7


def test_a_hyphen_that_the_writer_added_is_drawn_apart_and_a_words_own_is_not() -> None:
    drawn = lines(
        [
            "The guests who came were all elec-",
            "tronic, and the others who had re-",
            "signed spoke of it, and of the co-",
            "mic end of an old and quiet minis-",
            "ter.",
        ]
    )
    apart = ("elec-", "co-", "minis-")
    read = body([replace(line, has_hyphen_apart=line.text.endswith(apart)) for line in drawn])
    assert read == [
        "The guests who came were all electronic, and the others who had re-signed spoke of it, and of the comic end "
        "of an old and quiet minister."
    ]


def test_a_name_on_the_network_keeps_a_hyphen_of_its_own() -> None:
    drawn = lines(
        ["All of it was said by one D.C.-", "based guest of that old minis-", "ter, who left soon."]
    )
    read = body([replace(line, has_hyphen_apart=line.text.endswith("minis-")) for line in drawn])
    assert read == ["All of it was said by one D.C.-based guest of that old minister, who left soon."]


def test_blanks_and_hyphens_of_the_file_are_read_with_its_lines() -> None:
    content = (
        b"BT /F1 11 Tf 72 760 Td (The guests came ) Tj ET BT /F1 11 Tf 72 747 Td (on that elec) Tj ET "
        b"BT /F1 11 Tf 129 747 Td (-) Tj ET BT /F1 11 Tf 72 734 Td (tronic, well-) Tj ET "
        b"BT /F1 11 Tf 72 721 Td (known day) Tj ET"
    )
    read = read_content(page_of(content)).lines
    assert [(line.text, line.ends_in_blank, line.has_hyphen_apart) for line in read] == [
        ("The guests came", True, False),
        ("on that elec-", False, True),
        ("tronic, well-", False, False),
        ("known day", False, False),
    ]


def drawn(*words: tuple[str, float]) -> bytes:
    """Return PDF code that draws words so many points from the left."""
    return " ".join(f"BT /F1 11 Tf {left} 760 Td ({word}) Tj ET" for word, left in words).encode()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((("much rain ", 72), ("-", 121), ("and sun", 128)), "much rain - and sun"),
        ((("much rain", 72), ("-", 121.4), ("free", 125.2)), "much rain-free"),
        ((("much rain,", 72), ("and sun", 123.9)), "much rain, and sun"),
        ((("much re", 72), ("-", 115.5)), "much re-"),
    ],
)
def test_room_before_a_hyphen_and_after_a_comma_is_told_from_a_blank(
    words: tuple[tuple[str, float], ...], expected: str
) -> None:
    assert [line.text for line in read_content(page_of(drawn(*words))).lines] == [expected]
