"""Files made to take time or memory: bombs, loops, depths and numbers that no real file has."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from random import Random

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
QUOTE = '"'
_PROSE = "The minister came to the capital on Monday to speak about the harbour, and said little. "
_PAGE = (
    f"<!doctype html><title>A visit</title><article><h1>A visit</h1><p>{_PROSE * 5}</p></article>".encode()
)


def _zipped(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return packed.getvalue()


def _docx(inside: str, head: str = "") -> bytes:
    document = f'<?xml version="1.0"?>{head}<w:document {_W}><w:body>{inside}</w:body></w:document>'
    return _zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def _odt(inside: str, styles: str = "<styles/>") -> bytes:
    office = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    text = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    body = f"<office:body><office:text>{inside}</office:text></office:body>"
    content = f"<office:document-content {office} {text}>{body}</office:document-content>"
    return _zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
            "styles.xml": styles.encode(),
        }
    )


def _pdf(*objects: bytes) -> bytes:
    """Return a PDF of these objects, the first of which is the catalogue, with a table of their offsets."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def _stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), more, packed)


def _pdf_page(content: bytes, box: bytes = b"[0 0 612 792]") -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R " % box
    page += b"/Resources << /Font << /F 5 0 R >> >> >>"
    return _pdf(_CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, _stream(content), _FONT)


def _warc(payload: bytes, length: str = "", http: bytes = b"Content-Type: text/html\r\n") -> bytes:
    answer = b"HTTP/1.1 200 OK\r\n" + http + b"\r\n" + payload
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/a\r\n"
        "WARC-Date: 2024-02-05T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {length or len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def _wacz(archive: bytes, pages: bytes = b'{"url": "https://courier.example/a"}\n') -> bytes:
    return _zipped({"datapackage.json": b"{}", "pages/pages.jsonl": pages, "archive/data.warc.gz": archive})


def _mail(body: str, kind: str = "text/plain", more: str = "") -> bytes:
    head = f"From: a@example.org\r\nSubject: A visit\r\nDate: Mon, 5 Feb 2024 10:00:00 +0000\r\n{more}"
    return f"{head}MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n{body}".encode()


def _nested_mail(depth: int) -> bytes:
    body = _PROSE
    for level in range(depth):
        body = f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n{body}\r\n--b{level}--\r\n'
    return b"From: a@example.org\r\nSubject: x\r\nDate: Mon, 5 Feb 2024 10:00:00 +0000\r\n" + body.encode()


def _overlapping(random: Random) -> bytes:
    """Return a document whose directory lists one compressed part 15,000 times."""
    one = _docx(f"<w:p><w:r><w:t>{_PROSE}</w:t></w:r></w:p>" * 5_000)
    end = one.rindex(b"PK\x05\x06")
    begin = int.from_bytes(one[end + 16 : end + 20], "little")
    directory = one[begin:end]
    count = 15_000
    tail = bytearray(one[end:])
    tail[8:12] = count.to_bytes(2, "little") * 2
    tail[12:16] = (len(directory) // 2 * count).to_bytes(4, "little")
    return one[:begin] + directory[: len(directory) // 2] * count + bytes(tail)


_LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(97 + level + 1)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9)
)
_NEWS = '{"@type":"NewsArticle","author":{"name":"A"}},'


def _json_ld(script: str) -> bytes:
    return f'<!doctype html><script type="application/ld+json">{script}</script><p>text'.encode()


FILES: Mapping[str, Callable[[Random], bytes]] = {
    "bomb.docx": lambda _: _docx(" " * 300_000_000),
    "text.docx": lambda _: _docx(f"<w:p><w:r><w:t>{'a ' * 10_000_000}</w:t></w:r></w:p>"),
    "laughs.docx": lambda _: _docx("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", _LAUGHS + "]>"),
    "paragraphs.docx": lambda _: _docx("<w:p/>" * 3_000_000),
    "deep.docx": lambda _: _docx("<w:tbl><w:tr><w:tc>" * 100_000),
    "attributes.docx": lambda _: _docx(
        f"<w:p {' '.join(f'a{n}={QUOTE}{n}{QUOTE}' for n in range(1_000_000))}/>"
    ),
    "cells.docx": lambda _: _docx("<w:tbl>" + "<w:tr>" + "<w:tc><w:p/></w:tc>" * 300_000 + "</w:tr></w:tbl>"),
    "runs.docx": lambda _: _docx("<w:p>" + "<w:r><w:t>a</w:t><w:br/></w:r>" * 200_000 + "</w:p>"),
    "overlapping.docx": _overlapping,
    "parts.docx": lambda _: _zipped({"word/document.xml": b"<a/>"} | {f"{n}": b"" for n in range(60_000)}),
    "spans.odt": lambda _: _odt("<text:p>" + "<text:span>" * 190 + "a" + "</text:span>" * 190 + "</text:p>"),
    "spaces.odt": lambda _: _odt('<text:p>a<text:s text:c="2000000000"/>b</text:p>' * 1_000),
    "styles.odt": lambda _: _odt(f"<text:p>{_PROSE}</text:p>", f"<styles>{'<style/>' * 3_000_000}</styles>"),
    "loop.pdf": lambda _: _pdf(_CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 99999999 >>"),
    "bomb.pdf": lambda _: _pdf_page(b"BT /F 9 Tf (a) Tj ET " + b" " * 400_000_000),
    "letters.pdf": lambda _: _pdf_page(b"BT /F 9 Tf " + b"1 0 Td (a) Tj " * 500_000 + b"ET"),
    "box.pdf": lambda _: _pdf_page(b"BT /F 9 Tf (a) Tj ET", b"[-1e38 -1e38 1e38 1e38]"),
    "stacks.pdf": lambda _: _pdf_page(b"q " * 3_000_000),
    "pages.pdf": lambda _: _pdf(
        _CATALOG,
        b"<< /Type /Pages /Count 50000 /Kids [" + b"3 0 R " * 50_000 + b"] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ),
    "forms.pdf": lambda _: _pdf(
        _CATALOG,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R "
        b"/Resources << /XObject << /A 5 0 R >> >> >>",
        _stream(b"/A Do " * 100),
        _stream(
            b"/A Do " * 100,
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 5 0 R >> >>",
        ),
    ),
    "arrays.pdf": lambda _: _pdf(_CATALOG, b"[" * 1_000_000),
    "random.pdf": lambda random: b"%PDF-1.7\n" + random.randbytes(1_000_000),
    "bomb.warc.gz": lambda _: gzip.compress(_warc(b"<p>" + b" " * 300_000_000)),
    "length.warc": lambda _: _warc(_PAGE, "999999999999999999999999"),
    "negative.warc": lambda _: _warc(_PAGE, "-1"),
    "records.warc": lambda _: _warc(b"<p>x</p>" * 40) * 20_000,
    "headers.warc": lambda _: _warc(_PAGE, http=b"X: " + b"a" * 10_000_000 + b"\r\n"),
    "many headers.warc": lambda _: _warc(_PAGE, http=b"X: a\r\n" * 500_000),
    "chunks.warc": lambda _: _warc(
        b"1\r\na\r\n" * 1_000_000, http=b"Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    ),
    "members.warc.gz": lambda _: gzip.compress(_warc(b"<p>x</p>" * 40)) * 10_000,
    "bomb.wacz": lambda _: _wacz(gzip.compress(_warc(b"<p>" + b" " * 200_000_000))),
    "line.wacz": lambda _: _wacz(gzip.compress(_warc(_PAGE)), b"[" * 20_000_000),
    "deep.eml": lambda _: _nested_mail(2_000),
    "parts.eml": lambda _: _mail("--b\r\n\r\na\r\n" * 300_000, 'multipart/mixed; boundary="b"'),
    "no boundary.eml": lambda _: _mail("--\r\n" * 500_000, 'multipart/mixed; boundary=""'),
    "words.eml": lambda _: _mail(_PROSE, more="X-Subject: " + "=?utf-8?q?a?= " * 300_000 + "\r\n"),
    "subject.eml": lambda _: _mail(_PROSE, more="Subject: " + "=?utf-8?b?YQ==?=\r\n " * 200_000 + "\r\n"),
    "printable.eml": lambda _: _mail(
        "=\r\n" * 3_000_000, more="Content-Transfer-Encoding: quoted-printable\r\n"
    ),
    "addresses.eml": lambda _: _mail(_PROSE, more="To: " + "<a@b>," * 1_000_000 + "\r\n"),
    "capture.mhtml": lambda _: _mail(
        "--b\r\nContent-Type: text/html\r\n\r\n" + "<p>a" * 1_000_000 + "\r\n--b--",
        'multipart/related; boundary="b"',
        "Snapshot-Content-Location: https://courier.example/a\r\n",
    ),
    "deep.html": lambda _: b"<!doctype html>" + b"<div>" * 500_000 + b"text",
    "inline.html": lambda _: b"<!doctype html>" + b"<b><i><a>" * 300_000 + b"text",
    "attributes.html": lambda _: (
        b"<!doctype html><p " + b" ".join(b"a%d=1" % n for n in range(500_000)) + b">text"
    ),
    "tables.html": lambda _: b"<!doctype html>" + b"<table><tr><td>" * 100_000,
    "paragraphs.html": lambda _: b"<!doctype html>" + b"<p>a" * 1_400_000,
    "links.html": lambda _: b"<!doctype html><article>" + b"<p><a href=/a>Read more</a>" * 200_000,
    "entities.html": lambda _: b"<!doctype html><p>" + b"&amp;&#x41;&notin;" * 300_000,
    "comments.html": lambda _: b"<!doctype html>" + b"<!-- saved from url=(9999)x" * 200_000,
    "toolbars.html": lambda _: (
        b"<!doctype html>" + b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->" * 150_000 + b"FILE ARCHIVED ON"
    ),
    "scripts.html": lambda _: b"<!doctype html>" + b"<script src=web-static.archive.org>" * 150_000,
    "declarations.html": lambda _: b"<?xml ?>" * 700_000 + b"<html>",
    "metadata.html": lambda _: (
        b"<!doctype html>"
        + b"<meta property=article:author content=A><meta name=date content=2024-02-05>" * 60_000
        + b"<p>text"
    ),
    "json.html": lambda _: _json_ld("[" * 400_000),
    "graph.html": lambda _: _json_ld(f"[{_NEWS * 90_000}{{}}]"),
    "embedded.html": lambda _: (
        b"<!doctype html>" + b"<img src=data:image/png;base64," + b"A" * 15_000_000 + b"><p>text"
    ),
    "almost embedded.html": lambda _: b"<!doctype html>" + b"data:image/png;base64," * 250_000,
    "bylines.html": lambda _: b"<!doctype html><article><h1>A</h1>" + b"<p>By Ann Lee and " * 150_000,
    "times.html": lambda _: (
        b"<!doctype html>" + b"<time datetime=2024-02-05>5 February 2024</time>" * 100_000
    ),
    "groups.rtf": lambda _: b"{\\rtf1 " + b"{" * 3_000_000,
    "bytes.rtf": lambda _: b"{\\rtf1 \\bin999999999999 a}",
    "unicode.rtf": lambda _: b"{\\rtf1 \\uc999999999 " + b"\\u8220 ?" * 500_000 + b"}",
    "numbers.rtf": lambda _: b"{\\rtf1 \\fs" + b"9" * 5_000_000 + b" a}",
    "pictures.rtf": lambda _: b"{\\rtf1 {\\pict " + b"00" * 9_000_000 + b"}text}",
    "brackets.md": lambda _: b"# A visit\n\n" + b"[" * 1_000_000,
    "links.md": lambda _: b"# A visit\n\n" + b"[a](" * 500_000,
    "stars.md": lambda _: b"# A visit\n\n" + b"*a **b " * 300_000,
    "backticks.md": lambda _: b"# A visit\n\n" + b"".join(b"`" * (n % 1_000) + b" " for n in range(4_000)),
    "quotes.md": lambda _: b">" * 1_000_000 + b" a",
    "lists.md": lambda _: b"".join(b" " * (n % 500) + b"- a\n" for n in range(7_000)),
    "front.md": lambda _: b"---\n" + b"a: b\n" * 400_000 + b"---\ntext",
    "table.md": lambda _: b"|a" * 1_000_000 + b"|\n" + b"|-" * 1_000_000 + b"|\n",
    "references.md": lambda _: b"".join(b"[a%d]: /b\n" % n for n in range(150_000)) + b"[a1]" * 1_000,
    "random.txt": lambda random: random.randbytes(2_000_000),
    "wide.txt": lambda _: (_PROSE * 20_000).encode("utf-16"),
    "wide without mark.txt": lambda _: (_PROSE * 20_000).encode("utf-16-le"),
    "wide 32.txt": lambda _: (_PROSE * 20_000).encode("utf-32"),
    "broken.txt": lambda _: b"He said \xe2\x80\x9cNo\xe2\x80. " * 150_000,
    "moji.txt": lambda _: ("â€œNoâ€\x9d, he said. Ã©Ã¼ " * 90_000).encode(),
    "seven.txt": lambda _: b"+AGE-" * 500_000,
    "escapes.txt": lambda _: b"\x1b$B$3$s\x1b(B" * 200_000,
    "nul.txt": lambda _: b"a\x00" * 1_000_000,
    "returns.txt": lambda _: b"a\r" * 1_000_000,
    "marks.txt": lambda _: ("e" + "\u0301" * 500_000).encode(),
    "large.txt": lambda _: b"a\n" * 10_000_000,
    "gzip.gz": lambda _: gzip.compress(gzip.compress(b"WARC/1.0\r\n" * 1_000_000)),
    "empty.docx": lambda _: b"PK\x05\x06" + b"\0" * 18,
    "headers.txt": lambda _: b"From: a\nSubject: b\n" * 100_000,
}
"""By the name under which each is sent, what makes it."""
