"""Lists, quotations, captions, heads, feet and blanks among the lines of a PDF."""

from dataclasses import replace

from app.sources.pdf.lines import PdfLine
from app.sources.reading import read_document
from tests.unit.sources.pdf.test_pdf import OPENING, body, lines, page_of, texts


def test_the_lines_of_an_item_are_one_paragraph_however_far_they_are_set_in() -> None:
    above = lines([*OPENING[:2], "the river."])
    items = [
        *lines(["• The first is that nobody came, or"], left=60, top=640),
        *lines(["that all were late in the evening."], left=72, top=628),
        *lines(["• The second is that somebody left"], left=60, top=610),
        *lines(["and that nobody knew of it at all."], left=72, top=598),
    ]
    assert body(above, items)[1:] == [
        "The first is that nobody came, or that all were late in the evening.",
        "The second is that somebody left and that nobody knew of it at all.",
    ]


def test_two_lines_that_are_set_in_together_are_one_paragraph() -> None:
    above = lines([*OPENING, "home again by the evening of it."])
    quotation = lines(["“We have come to stay in the", "hall for as long as it takes.”"], left=80, top=630)
    below = lines(["Nobody had told the guests of it", "before, and all of them left soon."], top=594)
    assert body(above, quotation, below)[1] == "“We have come to stay in the hall for as long as it takes.”"


def test_the_mark_of_a_footnote_that_stands_alone_is_no_paragraph() -> None:
    [last] = lines(["home again by the evening."], top=664)
    [mark] = lines(["1"], left=last.right + 1, top=668, size=8)
    assert all(text != "1" for text in body(lines(OPENING), [last, mark], lines(["Nobody came."], top=640)))


def test_a_picture_credit_in_small_letters_is_a_caption() -> None:
    above = lines([*OPENING, "home again by the evening of it."])
    caption = lines(["The hall on Monday, before", "dawn. Photograph: Ann Lee/AFP"], left=60, top=630, size=8)
    below = lines(["Photograph: this word opens a line", "of the text that is set as usual."], top=590)
    read = dict(texts(above, caption, below))
    assert read["The hall on Monday, before dawn. Photograph: Ann Lee/AFP"] == "caption"
    assert list(read.values()).count("caption") == 1


def apart(*paragraphs: list[str], step: float) -> list[PdfLine]:
    """Return paragraphs set so many points apart from the last line of one to the first of the next."""
    given: list[PdfLine] = []
    for paragraph in paragraphs:
        given += lines(paragraph, top=given[-1].baseline - step if given else 700)
    return given


def test_a_small_blank_parts_paragraphs_where_all_that_end_short_have_it() -> None:
    short = [*OPENING, "to the river with all the rest of", "them. He stayed."]
    full = [*OPENING, "to the river with all the others."]
    assert len(body(apart(short, short, short, full, full, step=14))) == 5


def test_running_heads_are_told_where_the_margins_are_wide() -> None:
    pages = [
        part
        for page in range(3)
        for part in (
            lines([f"The Courier {page + 1}"], top=672, page=page),
            lines([*OPENING, f"home on the day number {page}."], top=640, page=page),
            lines([f"Sheet {page + 1} of it"], top=130, page=page),
        )
    ]
    heads = [text for text, kind in texts(*pages, pages=3) if kind == "running head"]
    assert heads == [
        "The Courier 1",
        "Sheet 1 of it",
        "The Courier 2",
        "Sheet 2 of it",
        "The Courier 3",
        "Sheet 3 of it",
    ]


def test_a_year_that_ends_a_paragraph_at_the_foot_of_a_page_is_no_page_number() -> None:
    left = lines([*OPENING, "to war again in all the provinces", "1805."], top=100)
    right = lines(["Nobody else had come on that day,", "so he left again."], top=780, left=300)
    assert [text for text, kind in texts(left, right) if kind == "running head"] == []
    assert body(left, right)[0].endswith("provinces 1805.")


def test_an_indent_is_told_on_a_page_of_two_lines() -> None:
    first = [
        part
        for top in (700, 652, 604)
        for part in (lines([OPENING[0]], left=62, top=top), lines([*OPENING[1:], "home."], top=top - 12))
    ]
    last = [
        lines(["He spoke of the old bridge, too,"], left=62, page=1),
        lines(["and of the new one."], top=688, page=1),
    ]
    assert len(body(*first, *last, pages=2)) == 4


def test_a_first_word_that_had_just_room_above_begins_a_paragraph_in_the_next_column() -> None:
    long = [*OPENING, "to the river with all those people", "and had not come back home by ten"]
    left = lines([*long, *long, "and he went. He did not see her."], top=200)
    right = lines(["I am the one who came and that is", "all."], top=780, left=300)
    right[0] = replace(right[0], opening=20.0)
    assert len(body(left, right)) == 1
    right[0] = replace(right[0], opening=8.0)
    assert len(body(left, right)) == 2


def test_a_day_after_a_short_month_at_the_start_of_a_line_is_no_item_of_a_list() -> None:
    assert len(body(lines([*OPENING, "to the river on Monday, and on Jan.", "24. The hall was empty."]))) == 1


def test_an_address_that_was_broken_after_its_point_is_whole() -> None:
    assert (
        "courier.example"
        in body(lines([*OPENING, "and told it to them at courier.-", "example on Tuesday."]))[0]
    )


def test_a_long_text_that_breaks_no_words_keeps_its_hyphens() -> None:
    many = [*OPENING, "to the vote of the noncitizen, so"] * 20
    read = " ".join(body(lines([*many, "they said of the vote of a non-", "citizen who came."], top=790)))
    assert read.endswith("a non-citizen who came.")


def test_a_hyphen_that_justifying_moved_from_its_word_is_one_with_it() -> None:
    drawn = [
        b"(He came to the hall on Monday and) Tj T*",
        b"(spoke of a min-) Tj T* (ister and of all those mutual ac) Tj",
        b"[-160 (-)] TJ T* (quaintances and how they went home.) Tj",
    ]
    reading = read_document(page_of(b"BT /F1 11 Tf 14 TL 72 760 Td " + b" ".join(drawn) + b" ET"))
    assert "of all those mutual acquaintances and how" in reading.title.value + " ".join(reading.paragraphs)
