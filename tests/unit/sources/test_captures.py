"""One page from five wrappers: MHTML, SingleFile, WARC, WACZ and the Wayback Machine give the same article."""

import gzip
import json
import tracemalloc
from base64 import encodebytes
from io import BytesIO
from quopri import encodestring
from zipfile import ZipFile

import brotli
import pytest

from app.errors import UnreadableFileError
from app.sources.model import Field, Reading
from app.sources.reading import read_document
from tests.unit.sources.html.pages import BODY, page, paragraphs

ADDRESS = "https://courier.example/world/talks"
PAGE = page(paragraphs(*BODY), '<meta charset="utf-8">')
OTHER = page(paragraphs(*(text.replace("Oslo", "Bergen") for text in BODY)), title="Talks go on in Bergen")


def record(
    address: str, html: bytes, http: str = "", status: str = "200 OK", kind: str = "response"
) -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{http}\r\n".encode() + html
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-02-05T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def warc(*pages: tuple[str, str]) -> bytes:
    return b"".join(record(address, html.encode()) for address, html in pages)


def wacz(archive: bytes, main: str) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archived:
        archived.writestr("datapackage.json", "{}")
        archived.writestr(
            "pages/pages.jsonl", '{"format": "json-pages-1.0"}\n' + json.dumps({"url": main}) + "\n"
        )
        archived.writestr("archive/data.warc.gz", archive)
    return packed.getvalue()


def mhtml(html: str, encoding: str = "quoted-printable") -> bytes:
    body = encodestring(html.encode()) if encoding == "quoted-printable" else encodebytes(html.encode())
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: " + ADDRESS.encode() + b"\r\n"
        b"Subject: Talks\r\nDate: Mon, 5 Feb 2024 11:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="--x--"\r\n\r\n'
        b"----x--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: " + encoding.encode() + b"\r\n"
        b"Content-Location: " + ADDRESS.encode() + b"\r\n\r\n" + body + b"\r\n"
        b"----x--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----x----\r\n"
    )


def single_file(html: str) -> bytes:
    date = "Mon Feb 05 2024 11:00:00 GMT+0100 (CET)"
    mark = f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: {date}\n-->"
    return (f"<!DOCTYPE html> {mark}" + html.removeprefix("<!DOCTYPE html>")).encode()


def wayback(html: str) -> bytes:
    bar = (
        "<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id='wm-ipp-base'>The Wayback Machine</div>"
        "<!-- END WAYBACK TOOLBAR INSERT -->"
    )
    script = f'<script>__wm.wombat("{ADDRESS}","20240205100000","https://web.archive.org/");</script>'
    link = f"<link rel='canonical' href='https://web.archive.org/web/20240205100000/{ADDRESS}'>"
    return html.replace("<head>", f"<head>{script}{link}").replace("<body>", f"<body>{bar}").encode()


ADVERT = gzip.compress(record("https://ads.example/", OTHER.encode()))
ARCHIVE = wacz(ADVERT + gzip.compress(warc((ADDRESS, PAGE))), ADDRESS)
WRAPPED = [
    (mhtml(PAGE), "MHTML"),
    (mhtml(PAGE, "base64"), "MHTML"),
    (single_file(PAGE), "SingleFile"),
    (warc((ADDRESS, PAGE)), "WARC"),
    (gzip.compress(warc((ADDRESS, PAGE))), "WARC"),
    (record(ADDRESS, gzip.compress(PAGE.encode()), "Content-Encoding: gzip\r\n"), "WARC"),
    (ARCHIVE, "WACZ"),
    (wayback(PAGE), "Wayback Machine"),
]


@pytest.mark.parametrize(("content", "kind"), WRAPPED)
def test_the_same_page_in_any_wrapper_is_the_same_article(content: bytes, kind: str) -> None:
    plain = read_document(PAGE.encode(), address=ADDRESS)
    reading = read_document(content)
    assert reading.blocks == plain.blocks
    assert reading.title == plain.title
    assert reading.address.value == ADDRESS
    assert reading.captured_from == Field(kind, "capture")
    assert reading.captured_at == Field("2024-02-05T10:00:00+00:00", "capture")


def test_captured_is_not_published() -> None:
    assert all(read_document(content).published_on == Field() for content, _ in WRAPPED)


def test_a_page_fetched_from_the_wayback_machine_is_known_by_its_address() -> None:
    reading = read_document(PAGE.encode(), address=f"https://web.archive.org/web/20240205100000id_/{ADDRESS}")
    assert reading.address.value == ADDRESS
    assert reading.captured_at.value == "2024-02-05T10:00:00+00:00"


def test_a_page_saved_by_a_browser_gives_its_address() -> None:
    saved = PAGE.replace("<html", f"<!-- saved from url=({len(ADDRESS):04}){ADDRESS} -->\n<html", 1)
    reading = read_document(saved.encode())
    assert (reading.address.value, reading.captured_from.value) == (ADDRESS, "saved page")


def test_of_several_pages_in_a_capture_the_one_asked_for_is_read() -> None:
    both = warc((ADDRESS, PAGE), ("https://courier.example/bergen", OTHER))
    first: Reading = read_document(both)
    assert first.title.value == "Talks open in Oslo"
    assert "holds 2 pages" in first.notes[0]
    assert (
        read_document(both, address="https://courier.example/bergen").title.value == "Talks go on in Bergen"
    )


def test_where_the_first_page_of_a_capture_only_leads_on_the_next_with_an_article_is_read() -> None:
    onward = f'<html><head><meta http-equiv="refresh" content="0;url={ADDRESS}"></head><body></body></html>'
    short = "https://short.example/t"
    content = warc((short, onward), (ADDRESS, PAGE))
    reading = read_document(content)
    assert (reading.address.value, list(reading.paragraphs)) == (ADDRESS, list(BODY))
    with pytest.raises(UnreadableFileError, match=f"redirects to another: {ADDRESS}"):
        read_document(content, address=short)  # which is asked for by name


def test_error_pages_and_other_records_of_a_capture_are_not_read() -> None:
    content = record(ADDRESS, OTHER.encode(), status="404 Not Found") + record(
        ADDRESS, OTHER.encode(), kind="request"
    )
    with pytest.raises(UnreadableFileError, match="no web page in this capture"):
        read_document(content)
    assert read_document(content + warc((ADDRESS, PAGE))).title.value == "Talks open in Oslo"


def test_a_page_that_came_packed_by_brotli_is_unpacked() -> None:
    packed = brotli.compress(PAGE.encode())
    whole = record(ADDRESS, packed, "Content-Encoding: br\r\n")
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
    parted = record(ADDRESS, chunked, "Content-Encoding: br\r\nTransfer-Encoding: chunked\r\n")
    expected = read_document(warc((ADDRESS, PAGE))).blocks
    assert read_document(whole).blocks == read_document(parted).blocks == expected


def test_a_page_stored_unpacked_under_a_header_that_names_brotli_is_read() -> None:
    assert read_document(record(ADDRESS, PAGE.encode(), "Content-Encoding: br\r\n")).title.value == (
        "Talks open in Oslo"
    )


def test_a_page_damaged_inside_brotli_is_no_page_and_hides_no_other() -> None:
    packed = bytearray(brotli.compress(("".join(map(str, range(40_000))) + PAGE).encode(), quality=1))
    packed[-200:-190] = bytes(10)
    damaged = record("https://courier.example/damaged", bytes(packed), "Content-Encoding: br\r\n")
    assert read_document(damaged + warc((ADDRESS, PAGE))).title.value == "Talks open in Oslo"


def test_a_page_that_brotli_unpacks_to_more_than_it_may_is_refused() -> None:
    bomb = record(ADDRESS, brotli.compress(bytes(2_000_000_000 // 16), quality=1), "Content-Encoding: br\r\n")
    tracemalloc.start()
    with pytest.raises(UnreadableFileError, match="unpacks to more than 10 MB"):
        read_document(bomb)
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()


def test_a_page_packed_in_a_way_that_is_not_known_is_refused_with_the_reason() -> None:
    packed = record(ADDRESS, PAGE.encode(), "Content-Encoding: zstd\r\n")
    with pytest.raises(UnreadableFileError, match=r"packed by its server \(zstd\)"):
        read_document(packed)


def test_a_capture_that_ends_in_the_middle_gives_what_is_whole() -> None:
    content = gzip.compress(warc((ADDRESS, PAGE))) + gzip.compress(warc((ADDRESS, OTHER)))[:100]
    assert read_document(content).title.value == "Talks open in Oslo"


def test_a_capture_that_unpacks_to_more_than_it_may_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sources.captures.warc.MAX_ARCHIVE_BYTES", 1_000_000)
    picture = record(ADDRESS, bytes(2_000_000), status="404 Not Found")
    with pytest.raises(UnreadableFileError, match="unpacks to more than 1 MB"):
        read_document(gzip.compress(picture + warc((ADDRESS, PAGE))))


@pytest.mark.parametrize(
    "content",
    [
        warc((ADDRESS, PAGE)).replace(b"2024-02-05T10:00:00Z", b"0001-01-01T00:00:00+23:59"),
        b"<!-- Page saved with SingleFile\n url: https://courier.example/\n saved date: "
        b"Mon Jan 01 0001 00:00:00 GMT+2359\n-->" + PAGE.encode(),
        f"{PAGE}<!-- FILE ARCHIVED ON 99:99:99 Jan 99, 2024 AND RETRIEVED FROM THE INTERNET ARCHIVE -->".encode(),
    ],
    ids=["warc", "single file", "wayback"],
)
def test_a_date_that_cannot_be_does_not_spoil_the_capture(content: bytes) -> None:
    reading = read_document(content)
    assert reading.title.value == "Talks open in Oslo"
    assert reading.captured_at.value == ""
