"""Lists, quotations, captions and marks of footnotes among the lines of a PDF."""

from tests.unit.sources.test_pdf import OPENING, body, lines, texts


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
