"""Documents of word processors, PDF and plain text: the same article, whatever it is wrapped in."""

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.errors import UnreadableFileError
from app.sources.model import Field
from app.sources.reading import read_document

FIXTURES = Path(__file__).parent / "fixtures"
TITLE, *PARAGRAPHS = [part.strip() for part in (FIXTURES / "visit.txt").read_text("utf-8").split("\n\n")]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, **parts: str) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return packed.getvalue()


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    "name", ["visit.txt", "visit.docx", "visit.odt", "visit.rtf", "visit.pdf", "visit-two-columns.pdf"]
)
def test_an_article_comes_back_paragraph_by_paragraph(name: str) -> None:
    reading = read_document((FIXTURES / name).read_bytes(), file_name=name)
    assert reading.title.value == TITLE
    assert list(reading.paragraphs) == PARAGRAPHS


@pytest.mark.parametrize("language", ["ar", "he", "ja", "ko"])
def test_a_pdf_of_another_script_comes_back_with_its_letters_and_blanks_in_order(language: str) -> None:
    paragraphs = json.loads((FIXTURES / "talks.json").read_text("utf-8"))[language]
    reading = read_document((FIXTURES / f"talks-{language}.pdf").read_bytes())
    assert set(reading.paragraphs) == set(paragraphs)


@pytest.mark.parametrize("name", ["visit.docx", "visit.odt", "visit.rtf", "visit.pdf"])
def test_the_author_that_a_file_states_is_taken(name: str) -> None:
    assert read_document((FIXTURES / name).read_bytes()).author == Field("Ann Lee", "file")


@pytest.mark.parametrize("name", ["visit.docx", "visit.odt", "visit.rtf", "visit.pdf"])
def test_the_format_is_told_by_the_content_and_not_by_the_name(name: str) -> None:
    for wrong in ("visit.txt", "visit.html", "visit", "visit.jpg"):
        reading = read_document((FIXTURES / name).read_bytes(), file_name=wrong, declared_type="text/plain")
        assert reading.format == Path(name).suffix[1:]


@pytest.mark.parametrize("name", ["visit.pdf", "visit-two-columns.pdf"])
def test_running_heads_and_page_numbers_of_a_pdf_are_extras(name: str) -> None:
    reading = read_document((FIXTURES / name).read_bytes())
    assert {block.text for block in reading.blocks if block.reason == "running head"} == {
        "The Courier, 5 February 2024",
        "Page 1",
        "Page 2",
    }


def test_deletions_are_left_out_of_a_word_document_and_insertions_are_in() -> None:
    body = (
        f"<w:p>{run('He ')}<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        f"<w:ins>{run('often ')}</w:ins>{run('came to Oslo.')}</w:p><w:p>{run('Nobody else came.')}</w:p>"
    )
    assert read_document(docx(body)).paragraphs == ("Nobody else came.",)
    assert read_document(docx(body)).title.value == "He often came to Oslo."


def test_styles_of_a_word_document_tell_title_and_captions() -> None:
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr>{run("Talks open")}</w:p>'
        f"<w:p>{run('He came to Oslo on Monday, and the talks opened at nine.')}</w:p>"
        f'<w:p><w:pPr><w:pStyle w:val="Bild"/></w:pPr>{run("The hall.")}</w:p>'
    )
    styles = (
        f'<w:styles {W}><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="Bild"><w:name w:val="caption"/></w:style></w:styles>'
    )
    reading = read_document(docx(body, word__styles=styles))
    assert reading.title.value == "Talks open"
    assert [(block.text, block.reason) for block in reading.blocks if block.is_extra] == [
        ("The hall.", "caption")
    ]


def test_a_table_row_is_one_paragraph_and_a_text_box_is_read_once() -> None:
    row = f"<w:tr><w:tc><w:p>{run('1')}</w:p></w:tc><w:tc><w:p>{run('Lee')}</w:p></w:tc></w:tr>"
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:txbxContent><w:p>{run('In a box.')}</w:p></w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent><w:p>{run('In a box.')}</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p>{run('A visit')}</w:p><w:tbl>{row}</w:tbl><w:p>{run('He came.')}<w:r>{box}</w:r></w:p>"
    assert read_document(docx(body)).paragraphs == ("1 | Lee", "In a box.", "He came.")


def test_rtf_is_read_in_the_encodings_of_its_fonts() -> None:
    text = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}{\f1\fcharset204 Times Cyr;}}{\info{\title Ein Besuch}}"
        rb"\f0 Ein Besuch\par Er kam nach K\'f6ln \u8211? gestern.\par {\f1 \'cf\'f0\'e8\'e2\'e5\'f2}\par}"
    )
    assert read_document(text).paragraphs == ("Er kam nach Köln – gestern.", "Привет")


def test_rtf_joins_the_halves_of_a_character_and_reads_utf_8_that_stands_unescaped() -> None:
    halves = rb"{\rtf1\ansi A visit\par He came \u-10179?\u-8704? and left.\par Half of one: \u-10179?.\par}"
    assert read_document(halves).paragraphs == ("He came 😀 and left.", "Half of one: �.")
    raw = "{\\rtf1\\ansi A visit\\par “We have come to Köln,” she said.\\par}".encode()
    assert read_document(raw).paragraphs == ("“We have come to Köln,” she said.",)
    assert read_document(raw.decode().encode("cp1252")).paragraphs == read_document(raw).paragraphs


def test_the_lines_of_a_plain_text_are_its_paragraphs() -> None:
    assert read_document(b"A visit\n\nHe came\nto Oslo.\n").paragraphs == ("He came", "to Oslo.")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG image"),
        (b"\0\0\0\x18ftypheic" + bytes(100), "a picture or a film"),
        (b"bplist00" + bytes(100), "a web archive of Safari"),
        (b"%!PS-Adobe-3.0\n(Hello) show", "a PostScript file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), r"an old Word .*\.docx, \.odt or PDF"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"\x1f\x8b\x08\x00" + bytes(20), "a gzip archive"),
        (b"PK\x03\x04" + bytes(40), "zipped file, but it is damaged"),
        (b"SQLite format 3\x00", "a database"),
        (b"%PDF-1.7\n" + bytes(100), "This PDF is damaged"),
        (b"{\\rtf1 }", "no text in this file"),
        (b"one\0two three", "NUL"),
        (docx("<w:p/>"), "no text in this file"),
        (docx("<w:p>")[:300], "damaged"),
    ],
)
def test_what_cannot_be_read_says_what_it_is_and_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableFileError, match=says) as refused:
        read_document(content)
    assert refused.value.advice


@pytest.mark.parametrize(
    ("sign", "says"),
    [
        ("xl/workbook.xml", "Excel"),
        ("ppt/a.xml", "PowerPoint"),
        ("META-INF/container.xml", "e-book"),
        ("a.txt", "archive"),
    ],
)
def test_other_zipped_files_are_named(sign: str, says: str) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(sign, "x")
    with pytest.raises(UnreadableFileError, match=says):
        read_document(packed.getvalue())


def scan() -> bytes:
    """Return a PDF of one page that holds a picture and no text."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length 26>>stream\nq 99 0 0 99 0 0 cm /I Do Q\nendstream",
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>"
        b"stream\n0\nendstream",
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%b endobj\n" % (number, item)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


def test_a_scan_is_named() -> None:
    with pytest.raises(UnreadableFileError, match=r"scan.*OCR"):
        read_document(scan())


def test_paragraphs_whose_parting_was_deleted_are_one() -> None:
    body = (
        "<w:p><w:r><w:t>A visit</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>He came </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>on Monday.</w:t></w:r></w:p><w:p><w:r><w:t>He left.</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del w:id='2'/></w:rPr></w:pPr><w:r><w:t>Nobody knew.</w:t></w:r></w:p>"
    )
    assert read_document(docx(body)).paragraphs == ("He came on Monday.", "He left.", "Nobody knew.")


def test_hidden_text_of_a_word_document_is_left_out() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t> secretly</w:t></w:r>"
    shown = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t> on Monday.</w:t></w:r>"
    body = f"<w:p><w:r><w:t>A visit</w:t></w:r></w:p><w:p><w:r><w:t>He came</w:t></w:r>{hidden}{shown}</w:p>"
    assert read_document(docx(body)).paragraphs == ("He came on Monday.",)


def test_hidden_and_deleted_text_of_rtf_is_left_out() -> None:
    text = (
        rb"{\rtf1\ansi A visit\par He came{\deleted  not} on{\v  secretly} Monday.\par "
        rb"He \v never\v0 left\deleted  early\plain  on Tuesday.\par}"
    )
    assert read_document(text).paragraphs == ("He came on Monday.", "He left on Tuesday.")


RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(*parts: tuple[str, str, str]) -> str:
    """Return which parts belong to another, each by its id, its kind and its place."""
    items = (f'<Relationship Id="{name}" Type="{RELATED}/{kind}" Target="{at}"/>' for name, kind, at in parts)
    return f"<Relationships>{''.join(items)}</Relationships>"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


def test_a_word_document_is_read_wherever_its_parts_are() -> None:
    body = f'<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr>{run("A visit")}</w:p><w:p>{run("He came.")}</w:p>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": related(("r1", "officeDocument", "/word/document2.xml")),
        "word/_rels/document2.xml.rels": related(("r1", "styles", "styles2.xml")),
        "word/styles2.xml": f'<w:styles {W}><w:style w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>',
        "word/document2.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    reading = read_document(packed(parts))
    assert (reading.format, reading.title.value, reading.paragraphs) == ("docx", "A visit", ("He came.",))


@pytest.mark.parametrize(
    ("name", "chunk"),
    [
        ("a.html", "<html><body><p>He came to Oslo.</p><p>She left on Monday.</p></body></html>"),
        ("b.txt", "A call\n\nHe came to Oslo.\n\nShe left on Monday."),
    ],
)
def test_a_page_or_text_that_a_word_document_embeds_is_read_once(name: str, chunk: str) -> None:
    r = f'xmlns:r="{RELATED}"'
    body = f'<w:p>{run("A visit to the north")}</w:p><w:altChunk {r} r:id="c"/><w:altChunk {r} r:id="c"/>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": related(("c", "aFChunk", name)),
        f"word/{name}": chunk,
    }
    reading = read_document(packed(parts))
    assert [text for text in reading.paragraphs if text.endswith(".")] == [
        "He came to Oslo.",
        "She left on Monday.",
    ]


def test_a_document_that_embeds_documents_without_end_is_read_no_deeper() -> None:
    body = (
        f'<w:p>{run("A visit")}</w:p><w:p>{run("He came.")}</w:p><w:altChunk xmlns:r="{RELATED}" r:id="c"/>'
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": related(("c", "aFChunk", "../word/../../word/a.docx")),
    }
    parts["word/a.docx"] = packed(parts)
    reading = read_document(packed(parts))
    assert reading.paragraphs == ("He came.",)
    assert "was not read" in reading.notes[0]


def test_footnotes_are_extras() -> None:
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body><w:p>{run('A visit')}</w:p><w:p>{run('He came.')}"
        "<w:r><w:footnoteReference w:id='2'/></w:r></w:p></w:body></w:document>",
        "word/_rels/document.xml.rels": related(("n", "footnotes", "footnotes.xml")),
        "word/footnotes.xml": f"<w:footnotes {W}><w:footnote w:id='1'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
        f"<w:footnote w:id='2'><w:p>{run('By train.')}</w:p></w:footnote></w:footnotes>",
    }
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>By train.</text:p>"
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f"<office:document-content xmlns:office='{space}:office:1.0' xmlns:text='{space}:text:1.0'><office:body>"
        f"<office:text><text:p>A visit</text:p><text:p>He came{note}</text:note-body></text:note>.</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    odt = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    rtf = rb"{\rtf1\ansi A visit\par He came{\super 1}{\footnote\pard {\super 1} By {\*\fldinst x}train.\par}.\par}"
    assert read_document(rtf).extras == ("1 By train.",)
    for reading in (read_document(packed(parts)), read_document(packed(odt))):
        assert (reading.paragraphs, reading.extras) == (("He came.",), ("By train.",))


def test_hidden_text_of_an_opendocument_text_is_left_out() -> None:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{name}="{space}:{name}:1.0"' for name in ("office", "text", "style"))
    style = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    body = (
        "<text:p>A visit</text:p><text:p>He came<text:span text:style-name='H'> never</text:span>.</text:p>"
        "<text:p text:style-name='H'>Nobody sees this.</text:p>"
        "<text:section text:display='none'><text:p>Nor this.</text:p></text:section><text:p>She left.</text:p>"
    )
    content = (
        f"<office:document-content {names}><office:automatic-styles>{style}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    assert read_document(packed(parts)).paragraphs == ("He came.", "She left.")
