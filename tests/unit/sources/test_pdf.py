"""Paragraphs out of the lines of a PDF, which are given with their places."""

from collections.abc import Sequence

import pytest

from app.errors import UnreadableFileError
from app.sources.pdf.lines import PdfLine
from app.sources.pdf.paragraphs import rebuilt
from app.sources.reading import read_document

WIDTH = 6.0
"""Points of a letter."""


def lines(
    texts: Sequence[str], *, left: float = 50, top: float = 700, size: float = 10, page: int = 0
) -> list[PdfLine]:
    """Return lines set below one another, 12 points apart."""
    return [
        PdfLine(text, page, left, left + WIDTH * len(text), baseline - 2, baseline + 8, baseline, size)
        for text, baseline in ((text, top - 12 * number) for number, text in enumerate(texts))
    ]


def texts(*given: Sequence[PdfLine], pages: int = 1) -> list[tuple[str, str]]:
    found = rebuilt([line for part in given for line in part], [800.0] * pages)
    return [(line.text, line.kind) for line in found]


def body(*given: Sequence[PdfLine], pages: int = 1) -> list[str]:
    return [text for text, kind in texts(*given, pages=pages) if not kind]


OPENING = [
    "The minister came to the hall on",
    "Monday and spoke for an hour, on",
    "trade and on the river, and gone",
]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("of the long counter-", "offensive and of what", "of the long counter-offensive and of what"),
        ("who was co-", "president of the party then", "who was co-president of the party then"),
        ("of the U-", "Hauls that they had hired", "of the U-Hauls that they had hired"),
        ("by e-", "mail from the other bank", "by e-mail from the other bank"),
        ("the minis-", "ter of trade came as well", "the minister of trade came as well"),
        ("near the river—", "where it is deep", "near the river—where it is deep"),
        ("near the river", "—where it is deep", "near the river—where it is deep"),
        ("near the river", "— where it is deep", "near the river — where it is deep"),
    ],
)
def test_a_hyphen_or_dash_where_a_line_ends_is_read_as_it_is_meant(
    first: str, second: str, whole: str
) -> None:
    full = ("and of all the other things there " + first)[-33:]
    assert whole in " ".join(body(lines([*OPENING, full, second])))


def test_where_words_are_broken_the_document_says_which_hyphens_are_its_own() -> None:
    broken = [
        "to the talks on a cease-fire with",
        "all of the other eleven minis-",
        "ters who went to the old build-",
    ]
    read = body(lines([*OPENING, *broken, "ing, and who wanted that cease-", "fire."]))
    assert read[0].endswith("ministers who went to the old building, and who wanted that cease-fire.")


def test_footnotes_are_extras_and_part_no_paragraph() -> None:
    top = lines([*OPENING, "to the river with all the others"], top=100)
    notes = lines(["1 See the report of the", "committee.", "2 The same."], top=40, size=8)
    following = lines(["who had come, and he said no more."], page=1)
    read = texts(top, notes, following, pages=2)
    assert read[0][0].endswith("gone to the river with all the others who had come, and he said no more.")
    assert [text for text, kind in read if kind == "footnote"] == [
        "1 See the report of the committee.",
        "2 The same.",
    ]


def test_a_line_above_the_headline_is_a_running_head_on_one_page_too() -> None:
    head = lines(["The Courier, Monday"], top=780, size=8)
    title = lines(["Talks open in Oslo"], top=740, size=20)
    read = texts(head, title, lines(OPENING))
    assert ("The Courier, Monday", "running head") in read
    assert ("Talks open in Oslo", "title") in read


def test_the_first_lines_of_columns_are_no_running_heads_though_they_are_alike() -> None:
    columns = [
        lines(["Heath, the vet, came", "to the hall on Monday."], top=780, left=left, page=page)
        for page in (0, 1)
        for left in (50, 300)
    ]
    assert not [text for text, kind in texts(*columns, pages=2) if kind == "running head"]


def test_a_paragraph_goes_on_in_the_next_column_after_a_full_line_that_ends_a_sentence() -> None:
    left = lines([*OPENING, "to the river. He did not say why"[:-1] + "."], top=100)
    right = lines(["Nobodyelse had come that day, so", "he went home again."], top=780, left=300)
    assert len(body(left, right)) == 1


def test_a_pdf_that_only_a_password_opens_says_so() -> None:
    key = b"<" + b"5a" * 32 + b">"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O " + key + b"/U " + key + b">>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj%b endobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\nstartxref\n%d\n" % len(content)
    content += b"xref\n0 4\n0000000000 65535 f \n" + table + trailer + b"%%EOF"
    with pytest.raises(UnreadableFileError, match="protected by a password"):
        read_document(content)
