"""Paragraphs of tagged PDFs: by their elements where these are sound, else by the places of the lines."""

import pytest

from app.sources.pdf import structure
from app.sources.reading import read_document
from tests.unit.sources.pdf.tagged_pdf import Element, Piece, tagged_pdf

FIRST = ["The guests came to the hall on Monday", "and spoke for an hour of the river trade."]
SECOND = ["Nobody knew of it in the town before then", "and all of them left by the evening train."]
THIRD = ["Others waited for the news until midnight", "came, and then there was none of it at all."]
"""Paragraphs whose last lines are full: set without a blank, nothing but tags tells them apart."""


def p(lines: list[str], top: int, left: int = 72, page: int = 0) -> Element:
    return Element("P", [Piece(lines, left, top, page)])


def texts(content: bytes, kind: str = "") -> list[str]:
    reading = read_document(content)
    return [block.text for block in reading.blocks if block.reason == kind] or [reading.title.value]


def blocks(content: bytes) -> list[str]:
    reading = read_document(content)
    return [
        *([reading.title.value] if reading.title.value else []),
        *(block.text for block in reading.blocks),
    ]


SET = [p(FIRST, 760), p(SECOND, 734), p(THIRD, 708)]


def test_elements_tell_paragraphs_where_nothing_else_does() -> None:
    read = blocks(tagged_pdf(Element("Document", list(SET))))
    assert [" ".join(SECOND), " ".join(THIRD)] == read[-2:]


def test_an_element_may_go_on_in_another_column_and_on_the_next_page() -> None:
    pieces = [Piece(THIRD, top=100), Piece(["and more,"], left=330), Piece(SECOND, page=1)]
    content = tagged_pdf(Element("Document", [p(FIRST, 760), Element("P", [*pieces]), p(THIRD, 500, page=1)]))
    assert blocks(content)[-2:] == [" ".join([*THIRD, "and more,", *SECOND]), " ".join(THIRD)]


def test_two_elements_at_a_page_break_stay_two() -> None:
    content = tagged_pdf(Element("Document", [p(FIRST, 760), p(SECOND, 100), p(THIRD, 760, page=1)]))
    assert blocks(content)[-2:] == [" ".join(SECOND), " ".join(THIRD)]


def test_the_order_of_the_elements_is_the_order_of_the_text() -> None:
    first, second, third = Piece(FIRST, top=760), Piece(SECOND, top=700), Piece(THIRD, top=640)
    elements = [Element("P", [piece]) for piece in (first, second, third)]
    content = tagged_pdf(Element("Document", [*elements]), drawn=[third, first, second])
    assert [text.split()[0] for text in blocks(content)[-3:]] == ["The", "Nobody", "Others"]


def test_artifacts_are_extras_wherever_they_are() -> None:
    stamp = Piece(["Printed for one reader"], top=400, mark="Artifact")
    content = tagged_pdf(Element("Document", list(SET)), loose=[stamp])
    assert texts(content, "running head") == ["Printed for one reader"]


def test_a_caption_and_a_note_are_extras_and_inline_elements_are_parts_of_theirs() -> None:
    link = Element("Link", [Piece(["of the river"], top=690)])
    held = Element(
        "P", [Piece(["They came by the light"], top=703), link, Piece(["and nobody saw them go."], top=677)]
    )
    others = [
        Element("Caption", [Piece(["The hall on Monday"], top=640)]),
        Element("Note", [Piece(["Found later"], top=600)]),
    ]
    content = tagged_pdf(Element("Document", [*SET[:2], held, *others]))
    assert texts(content, "caption") == ["The hall on Monday"]
    assert texts(content, "footnote") == ["Found later"]
    assert "They came by the light of the river and nobody saw them go." in texts(content)


def test_a_label_is_of_the_item_after_it() -> None:
    items = [
        Element(
            "LI",
            [
                Element("Lbl", [Piece([f"{number}."], top=top)]),
                Element("LBody", [p([text, "long before it."], top, left=90)]),
            ],
        )
        for number, text, top in ((1, "The first came", 690), (2, "The second left", 664))
    ]
    content = tagged_pdf(Element("Document", [*SET[:2], Element("L", [*items])]))
    assert texts(content)[-2:] == ["1. The first came long before it.", "2. The second left long before it."]


def test_elements_of_a_line_each_are_not_used() -> None:
    lines = [*FIRST, *SECOND, *THIRD]
    apart = Element("Document", [p([line], 760 - 13 * place) for place, line in enumerate(lines)])
    assert blocks(tagged_pdf(apart)) == blocks(tagged_pdf(Element("Document"), loose=[Piece(lines)]))


def test_one_element_of_the_whole_page_is_not_used() -> None:
    lines = [*FIRST, "They left.", *SECOND, "So did he.", *THIRD, "That was it."]
    whole = tagged_pdf(Element("Document", [p(lines, 760)]))
    assert blocks(whole) == blocks(tagged_pdf(Element("Document"), loose=[Piece(lines)]))
    assert len(blocks(whole)) == 3


def test_elements_that_hold_a_part_of_the_text_are_not_used() -> None:
    content = tagged_pdf(
        Element("Document", [p(FIRST, 760)]), loose=[Piece(SECOND, top=734), Piece(THIRD, top=708)]
    )
    assert blocks(content) == blocks(
        tagged_pdf(Element("Document"), loose=[Piece([*FIRST, *SECOND, *THIRD])])
    )


SHORT = [
    p(["They came to the hall on Monday, and", f"left at {number}."], 500 - 40 * number)
    for number in range(11)
]
"""Paragraphs whose ends are plain: with so many, one that is in the midst of an element is let pass."""

OPENING, FURTHER = (
    ["The guests came to the hall on Monday", "and left."],
    ["Nobody knew of it in the town", "then."],
)


def test_text_of_no_paragraph_is_parted_by_its_places() -> None:
    held = [Piece(OPENING), Piece(FURTHER, top=734)]
    read = blocks(tagged_pdf(Element("Document", [*held, *SHORT])))
    assert {" ".join(OPENING), " ".join(FURTHER)} <= set(read)


def test_a_blank_line_within_an_element_parts_it() -> None:
    held = Element("P", [Piece(OPENING), Piece(FURTHER, top=721)])
    read = blocks(tagged_pdf(Element("Document", [held, *SHORT])))
    assert {" ".join(OPENING), " ".join(FURTHER)} <= set(read)


def test_a_structure_that_holds_itself_is_read_once() -> None:
    content = tagged_pdf(Element("Document", [Element("Sect", list(SET))]))
    content = content.replace(b"/S/Sect/P 12 0 R/K[", b"/S/Sect/P 12 0 R/K[12 0 R 13 0 R ")
    assert blocks(content)[-2:] == [" ".join(SECOND), " ".join(THIRD)]


def test_a_structure_deeper_than_is_looked_into_is_not_used() -> None:
    deep: list[Element] = list(SET)
    for _ in range(200):
        deep = [Element("Sect", [*deep])]
    assert blocks(tagged_pdf(Element("Document", [*deep]))) == blocks(
        tagged_pdf(Element("Document"), loose=[Piece([*FIRST, *SECOND, *THIRD])])
    )


def test_a_structure_of_too_many_elements_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    content = tagged_pdf(Element("Document", list(SET)))
    read = blocks(content)
    monkeypatch.setattr(structure, "MAX_ELEMENTS", 3)
    assert blocks(content) != read
