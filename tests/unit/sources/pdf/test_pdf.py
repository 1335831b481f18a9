"""Paragraphs out of the lines of a PDF, which are given with their places."""

from collections.abc import Sequence

import pytest

from app.errors import UnreadableFileError
from app.sources.pdf.lines import PdfLine
from app.sources.pdf.paragraphs import rebuilt
from app.sources.pdf.right_to_left import seen_from_right
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
    paragraphs = rebuilt([line for part in given for line in part], [800.0] * pages)
    return [(line.text, line.kind) for line in paragraphs]


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
        ("near the “river”—", "where it is deep", "near the “river”—where it is deep"),
        ("near the U.S.-", "Mexico border where", "near the U.S.-Mexico border where"),
        ("near the river—", "where it is deep", "near the river—where it is deep"),
        ("near the river", "—where it is deep", "near the river—where it is deep"),
        ("near the river", "— where it is deep", "near the river — where it is deep"),
        ("near the river", "—“where it is deep”", "near the river—“where it is deep”"),
        ("near the river––", "where it is deep", "near the river––where it is deep"),
        ("in the years 1990–", "95 and then no more", "in the years 1990–95 and then"),
        ("of the picture by AFP/", "WireImage of the hall", "of the picture by AFP/WireImage"),
        ("in crude futures: -", "0.2 percent that day", "in crude futures: -0.2 percent"),
        ("for pre-", "and post-war plans of it", "for pre- and post-war plans of it"),
        ("with the 10-", "year plan of the party", "with the 10-year plan of the party"),
        ("of the day-to-", "day running of the hall", "of the day-to-day running of the hall"),
        ("of the black-", "and-white flag of the hall", "of the black-and-white flag of the hall"),
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


def test_where_words_are_broken_names_and_foreign_words_are_mended_and_known_pairs_are_not() -> None:
    broken = [
        "who spoke for the old Ander-",
        "sons, and to those other Rus-",
        "sians, about that one Russian-",
        "made car, of a Russian prove-",
        "nance, at one of the many all-",
        "hands talks, of the guarded-",
        "ness there, and of his injur-",
        "ies.",
    ]
    (read,) = body(lines([*OPENING, *broken]))
    for whole in (
        "Andersons",
        "Russians",
        "Russian-made",
        "provenance",
        "all-hands",
        "guardedness",
        "injuries",
    ):
        assert f" {whole}" in read


def test_a_list_that_has_few_full_lines_may_break_words_too() -> None:
    broken = [
        "and of the music that was elec-",
        "tronic, and of all their nomina-",
        "tions, for which see the list be-",
        "low:",
    ]
    names = [name for number in range(40) for name in lines(["Anna Lee"], top=640 - 15 * number)]
    read = body(lines([*OPENING, *broken]), names)
    assert read[0].endswith("electronic, and of all their nominations, for which see the list below:")
    assert read[1:] == ["Anna Lee"] * 40


def test_words_that_justifying_moved_far_apart_are_of_one_line() -> None:
    first = lines(["The car was linked to networks by", "through"])
    last = lines(["“short-range"], left=176, top=688)
    rest = lines(["communications” over a cellular n", "etwork."], top=676)
    assert len(body(first, last, rest)) == 1


def test_two_words_on_one_height_are_two_where_no_line_spans_both() -> None:
    assert len(body(lines(["Goals"]), lines(["Away"], left=176))) == 2


def test_a_number_that_a_sentence_goes_on_with_is_no_item_of_a_list() -> None:
    assert (
        len(body(lines([*OPENING, "to the vote on the proposition no", "103. The law says nothing of it."])))
        == 1
    )
    assert len(body(lines(["We ask for two things, which are:", "1. Rest.", "2. Pay."]))) == 3


def test_where_full_lines_end_paragraphs_one_does_at_the_end_of_a_column() -> None:
    short = [*OPENING[:2], "trade and on the rivers, he said."]
    left = [line for place in range(3) for line in lines(short, top=400 - 50 * place)]
    right = lines(["Nobody else had come on that day."], top=780, left=300)
    assert len(body(left, right)) == 4


def test_one_quotation_after_another_at_the_end_of_a_column_is_another_speaker() -> None:
    left = lines([*OPENING, "and he said: “That is all of it.”"], top=100)
    right = lines(["“Nobody else came,” he was told, “", "so I went home again.”"], top=780, left=300)
    assert len(body(left, right)) == 2


def test_a_justified_line_that_ends_before_the_edge_ends_its_paragraph_at_the_end_of_a_column() -> None:
    text = [
        "the minister came to the hall and",
        "on monday he spoke for an hour on",
        "trade and on the river, then he w",
    ]
    left = lines([*text, *text, "ent home, and did not say why he."], top=150)
    ending = lines(["He had not told one of them."], top=66)
    right = lines(["Nobodyelse had come that day, but", "he spoke all the same."], top=780, left=300)
    assert len(body(left, ending, right)) == 2


def test_items_of_a_list_are_no_full_lines_however_many_there_are() -> None:
    items = [line for number in range(30) for line in lines(["Act of the year"], top=640 - 18 * number)]
    read = body(lines([*OPENING, "to the river, they said on Monday", "and on Tuesday."]), items)
    assert read[1:] == ["Act of the year"] * 30


def test_few_lines_at_the_top_of_a_page_show_an_indent_too() -> None:
    paragraph = [*OPENING, "to the river."]
    pages = [
        part
        for place in range(3)
        for part in (
            lines(paragraph[:1], left=62, top=200 - 48 * place),
            lines(paragraph[1:], top=188 - 48 * place),
        )
    ]
    last = [
        lines(["He spoke of the old bridge also,"], left=62, page=1),
        lines(["and of a road that goes to it too,"], left=50.4, top=688, page=1),
    ]
    last[1] += lines(["which is new."], left=49.8, top=676, page=1)
    assert len(body(*pages, *last, pages=2)) == 4


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


def test_lines_that_begin_at_the_right_part_paragraphs_where_they_are_short_at_the_left() -> None:
    words = [
        "ראש הממשלה הגיע לבירה ביום שני לשיחות",
        "בנות יומיים על סחר ועל אזורי הדיג.",
        "באנו להקשיב ונעזוב עם הסכם או בלעדיו",
        "אמרה לעיתונאים בנמל התעופה היום.",
    ]
    set_from_right = [
        PdfLine(
            text,
            0,
            500 - WIDTH * len(text) * (0.4 if text[-1] == "." else 1),
            500,
            base - 2,
            base + 8,
            base,
            10,
        )
        for text, base in zip(words, (700.0, 688.0, 676.0, 664.0), strict=True)
    ]
    assert [line.text for line in rebuilt(seen_from_right(set_from_right), [800.0])] == [
        f"{words[0]} {words[1]}",
        f"{words[2]} {words[3]}",
    ]


def test_marks_that_a_file_has_as_they_look_are_turned_where_it_is_read_from_the_right() -> None:
    line = PdfLine("المطار:» جئنا لنستمع، وسنغادر باتفاق أو بدونه«.", 0, 50, 400, 698, 708, 700, 10)
    assert seen_from_right([line])[0].text == "المطار: «جئنا لنستمع، وسنغادر باتفاق أو بدونه»."


def test_the_address_that_a_browser_prints_at_the_foot_is_no_text() -> None:
    foot = lines(["https://courier.example/talks"], top=20)
    assert texts(lines([*OPENING, "home."]), foot)[-1] == (foot[0].text, "running head")


def page_of(content: bytes, count: int = 1) -> bytes:
    """Return a PDF of ``count`` pages that are drawn by ``content``."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b" 5 0 R" * count),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
    ]
    pdf = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    return pdf + b"trailer\n<</Root 1 0 R/Size 6>>\n%%EOF"


def test_signs_of_no_text_are_left_out_of_a_line() -> None:
    content = b"BT /F1 11 Tf 72 760 Td (He came to the hall on Mon\\003day and spoke for an hour.) Tj ET"
    reading = read_document(page_of(content))
    assert (
        reading.title.value + "".join(reading.paragraphs)
        == "He came to the hall on Monday and spoke for an hour."
    )


def test_words_broken_at_the_ends_of_lines_are_whole() -> None:
    broken = [
        b"He came to the hall on Monday and",
        b"spoke for an hour, and then the min-",
        b"ister went home.",
    ]
    content = b"BT /F1 11 Tf 14 TL 72 760 Td " + b" ".join(b"(%s) Tj T*" % line for line in broken) + b" ET"
    reading = read_document(page_of(content))
    assert (
        reading.title.value + " ".join(reading.paragraphs)
        == "He came to the hall on Monday and spoke for an hour, and then the minister went home."
    )


def test_of_a_very_long_pdf_the_first_pages_are_read_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = b"BT /F1 11 Tf 72 760 Td (He came to the hall on Monday and spoke for an hour.) Tj ET"
    monkeypatch.setattr("app.sources.pdf.lines.MAX_CHARS", 100)
    reading = read_document(page_of(content, 5))
    assert reading.notes == ("Only the first 2 of its 5 pages were read: bring the rest in parts.",)


def test_of_a_pdf_that_takes_too_long_the_first_pages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"BT /F1 11 Tf 72 760 Td (He came to the hall on Monday and spoke for an hour.) Tj ET"
    monkeypatch.setattr("app.sources.pdf.lines.MAX_SECONDS", 0)
    reading = read_document(page_of(content, 5))
    assert reading.notes == ("Only the first 1 of its 5 pages was read: bring the rest in parts.",)


def test_letters_beyond_those_of_any_page_are_left_out_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = b"BT /F1 11 Tf 72 760 Td (He came to the hall on Monday and spoke for an hour.) Tj ET"
    monkeypatch.setattr("app.sources.pdf.lines.MAX_PAGE_CHARS", 30)
    monkeypatch.setattr("app.sources.pdf.document.MAX_PAGE_CHARS", 30)
    reading = read_document(page_of(content, 2))
    assert reading.notes == (
        "Of 2 of its pages, only the first 30 characters were read: bring the rest in parts.",
    )


def with_untold_letters(text: str) -> bytes:
    """Return a PDF whose font does not say what each ``#`` is."""
    codes = "".join(f"{0 if char == '#' else ord(char):04X}" for char in text)
    told = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> "
        b"endcodespacerange 1 beginbfrange <0020> <007E> <0020> endbfrange endcmap"
    )
    font = b"/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 6 0 R>>"
    content = page_of(f"BT /F1 11 Tf 72 760 Td <{codes}> Tj ET".encode())
    content = content.replace(
        b"/Subtype/Type1/BaseFont/Helvetica>>", b"/Subtype/Type0/BaseFont/Helvetica" + font
    )
    info = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 600>>"
    more = b"6 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n" % (len(told), told)
    more += b"7 0 obj\n<</Type/Font/Subtype/CIDFontType2/BaseFont/Helvetica" + info + b"\nendobj\n"
    return content.replace(b"trailer", more + b"trailer").replace(b"/Size 6", b"/Size 8")


def test_letters_that_a_font_does_not_tell_are_shown_as_missing_and_counted() -> None:
    reading = read_document(with_untold_letters("He c#me to the hall on Monday and spoke for an hour."))
    assert "c\ufffdme" in reading.title.value + "".join(reading.paragraphs)
    assert reading.notes == ("One character could not be read, and a \ufffd is in each place.",)


def test_a_pdf_whose_fonts_tell_no_letters_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="do not say which letters"):
        read_document(with_untold_letters("H# c#m# t# th# h#ll #n M#nd#y #nd sp#k# f#r #n h##r."))


def test_lines_beside_a_picture_are_one_paragraph() -> None:
    texts = (
        [
            "The minister came to the hall on Monday and spoke for an hour about the bridge, which had been shut"
        ],
        [
            "“We did not expect this,” she told those who were waiting",
            "in the old hall, “and we are sorry for everybody who waits",
            "for ferries there.” Nobody had asked her to come, and those",
            "who had come went home.",
        ],
        [
            "since the spring, and whose cables had rusted in the salt air of the harbour, as engineers had warned."
        ],
    )
    lines = b" ".join(b"(%s) Tj T*" % line.encode("cp1252") for line in [*texts[1], "", *texts[0], *texts[2]])
    picture = b"q 180 0 0 80 395 700 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q "
    content = page_of(picture + b"BT /F1 11 Tf 14 TL 72 760 Td " + lines + b" ET").replace(
        b"/BaseFont/Helvetica", b"/BaseFont/Helvetica/Encoding/WinAnsiEncoding"
    )
    reading = read_document(content)
    assert (reading.title.value, *reading.paragraphs)[-2:] == (
        " ".join(texts[1]),
        f"{texts[0][0]} {texts[2][0]}",
    )
