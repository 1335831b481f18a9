"""Hostile files: a clear message or harmless text, in bounded memory, and the next file is read."""

import gzip
import sys
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from app.errors import TooLargeError, UnreadableFileError
from app.services import reading
from app.services.intake import intakes
from app.services.processes import WorkEndedError, run_bounded
from app.services.reading import MAX_DATA_BYTES, read_apart
from app.sources.formats import format_of
from app.sources.reading import read_document
from app.sources.records import MAX_FILE_BYTES
from tests.unit.sources.html.pages import BODY, page, paragraphs

W = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
LAUGHS = b"".join(
    [
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">',
        *(b'<!ENTITY %c "%b">' % (98 + i, b"&%c;" % (97 + i) * 20) for i in range(8)),
        b"]>",
    ]
)
FORM = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>/Length %d>>stream\n%b\nendstream"
MAX_MEGABYTES = 300


def zipped(chunks: Iterable[bytes], name: str = "word/document.xml", mimetype: str = "") -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        if name.startswith("archive/"):
            archive.writestr("datapackage.json", "{}")
        with archive.open(name, "w", force_zip64=True) as part:
            part.writelines(chunks)
    return packed.getvalue()


def pdf(*objects: bytes) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%b endobj\n" % (number, item)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(
        b"%010d 00000 n \n" % place for place in places
    )
    return body + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(body))


def one_page(resources: bytes, content: bytes, *more: bytes) -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<<%b>>>>" % resources,
        content,
        *more,
    )


def forms(count: int) -> bytes:
    """Return a page that draws a form ten times, which draws another ten times, and so on."""
    draw = b"/F Do " * 10
    each = (FORM % (number + 6, len(draw), draw) for number in range(count))
    return one_page(b"/XObject<</F 5 0 R>>", b"<</Length 6>>stream\n/F Do \nendstream", *each)


def stream_bomb() -> bytes:
    packed = zlib.compress(b"BT /F1 9 Tf (aaaaaaaaaaaaaaaa) Tj ET\n" * 2_000_000, 1)
    content = b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed)
    return one_page(b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>", content)


def warc(answer: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + answer
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/b\r\n"
        b"WARC-Date: 2024-02-05T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n" % len(http) + http
    )


def mail(rest: bytes) -> bytes:
    return (
        b"From: a@b.example\r\nSubject: x\r\nDate: Mon, 5 Feb 2024 11:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        + rest
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a docx that unpacks to 500 MB": lambda: zipped(
        [W, *[b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 300_000] * 50]
    ),
    "a docx of one word of 300 MB": lambda: zipped([W, b"<w:p><w:r><w:t>", *[b"a" * 10_000_000] * 30]),
    "a docx of a billion laughs": lambda: zipped([LAUGHS, W, b"<w:p><w:r><w:t>&i;</w:t></w:r></w:p>"]),
    "a docx of a million runs": lambda: zipped([W, b"<w:p>", *[b"<w:r><w:t>a</w:t></w:r>" * 1_000_000]]),
    "an odt of a billion laughs": lambda: zipped(
        [LAUGHS, b'<o:text xmlns:o="office"><p>&i;</p></o:text>'],
        "content.xml",
        "application/vnd.oasis.opendocument.text",
    ),
    "an odt that unpacks to 500 MB": lambda: zipped(
        [b'<o:text xmlns:o="office">', *[b"<p>He came.</p>" * 700_000] * 50],
        "content.xml",
        "application/vnd.oasis.opendocument.text",
    ),
    "a WACZ whose archive unpacks to 300 MB": lambda: zipped(
        [gzip.compress(warc(b"\r\n" + b"a" * 300_000_000), 1)], "archive/a.warc.gz"
    ),
    "a docx of nested paragraphs": lambda: zipped([W, b"<w:p>" * 100_000]),
    "a WACZ that unpacks to 500 MB": lambda: zipped([b"a" * 10_000_000] * 50, "archive/a.warc"),
    "a WARC whose page unpacks to 300 MB": lambda: warc(
        b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"a" * 300_000_000, 1)
    ),
    "a PDF whose pages hold themselves": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"
    ),
    "a PDF that draws itself": lambda: one_page(
        b"/XObject<</F 5 0 R>>",
        b"<</Length 6>>stream\n/F Do \nendstream",
        FORM % (5, 6, b"/F Do "),
    ),
    "a PDF that draws a million million forms": lambda: forms(12),
    "a PDF whose page unpacks to 74 MB": stream_bomb,
    "a PDF that says it has a thousand million pages": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
    ),
    "a page of 100,000 nested elements": lambda: b"<html><body>" + b"<div>" * 100_000 + b"<p>Deep down.",
    "a page of 100,000 nested emphases": lambda: b"<html><body><p>" + b"<b>" * 100_000 + b"Deep down.",
    "a page of 300,000 nested tables": lambda: b"<html><body>" + b"<table><tr><td>x" * 300_000,
    "a page of a million line breaks": lambda: b"<html><body><p>" + b"a<br>" * 1_000_000,
    "a page of comments without end": lambda: b"<html><body>" + b"<!--" * 1_000_000,
    "a page with a tag of 300,000 attributes": lambda: (
        b"<html><body><p " + b" ".join(b"a%d=b" % number for number in range(300_000)) + b">He came."
    ),
    "a page of nested JSON": lambda: b'<html><script type="application/ld+json">' + b'{"author":' * 200_000,
    "a text of 45 MB": lambda: b"He came to the hall and said.\n" * 1_500_000,
    "an e-mail of 100,000 nested parts": lambda: mail(
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 100_000
    ),
    "an RTF of a million groups": lambda: b"{\\rtf1 " + b"{" * 1_000_000,
    "random bytes called a PDF": lambda: (
        b"%PDF-1.7\n" + zlib.compress(bytes(range(256)) * 40_000, 0)[:9_000_000]
    ),
}


FORMATS = {
    "docx": "docx",
    "odt": "odt",
    "WACZ": "wacz",
    "WARC": "warc",
    "PDF": "pdf",
    "RTF": "rtf",
    "e-mail": "eml",
    "page": "html",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_reaches_the_reader_that_it_is_for(name: str) -> None:
    kinds = [
        kind for word, kind in FORMATS.items() if word in name.split(" that ")[0].split(" whose ")[0]
    ] or ["text"]
    assert format_of(HOSTILE[name]()) in kinds


def peak_megabytes(path: str) -> int:
    """Read a file, and return the most memory that this process ever had, in megabytes."""
    with suppress(UnreadableFileError):
        read_document(Path(path).read_bytes())
    status = Path("/proc/self/status").read_text("ascii", "replace")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) // 1024


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from Linux's own files")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused_within_300_megabytes(name: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(HOSTILE[name]())
    try:
        megabytes = run_bounded(60, MAX_DATA_BYTES, peak_megabytes, str(file))
    except WorkEndedError:
        megabytes = 0  # the bound itself ended the process
    assert megabytes < MAX_MEGABYTES
    assert read_apart(page(paragraphs(*BODY)).encode()).paragraphs == BODY


def test_a_tag_of_300_000_attributes_is_read_without_them() -> None:
    reading = read_document(HOSTILE["a page with a tag of 300,000 attributes"]())
    assert [block.text for block in reading.blocks] == ["He came."]


def test_a_document_of_a_million_pieces_is_refused_by_its_size() -> None:
    with pytest.raises(UnreadableFileError, match="more than 500,000 elements"):
        read_document(HOSTILE["a docx of a million runs"]())


def test_a_page_with_40_megabytes_of_pictures_in_it_is_read() -> None:
    picture = f"<img src='data:image/png;base64,{'A' * 40_000_000}'>"
    assert read_apart(page(picture + paragraphs(*BODY)).encode()).paragraphs == BODY


def test_a_file_above_the_bound_is_refused_unread() -> None:
    with pytest.raises(TooLargeError, match="50 MB"):
        read_apart(bytes(MAX_FILE_BYTES + 1))


def test_what_is_given_up_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.001)
    with pytest.raises(UnreadableFileError, match="was given up: it took more than"):
        read_apart(page(paragraphs(*BODY) * 500).encode())


def test_the_preview_of_a_long_text_is_made_where_the_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("this process serves readers")

    monkeypatch.setattr(intakes, "preview_of", fail)
    monkeypatch.setattr("app.sources.bounds.reason_to_refuse", fail)
    lines = [f"The council met again on day {number}." for number in range(3_000)]
    looked = intakes.read_unstored("\n".join(lines).encode())
    assert [block.text for block in looked.preview.blocks] == lines[1:]


def test_a_failure_of_a_library_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("app.sources.html.page.segments", fail)
    with pytest.raises(UnreadableFileError, match="could not be read"):
        read_document(page(paragraphs(*BODY)).encode())
