"""Tell a file's format by its content; its name and declared type count only between kinds of plain text."""

import html
import json
import re
import zlib
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from app.errors import UnreadableFileError

SNIFFED_BYTES = 4096

_PICTURE = "Type out or paste the text that it shows."
_UNPACK = "Unpack it, and bring the files in it."
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "a PNG image", _PICTURE),
    (b"GIF8", "a GIF image", _PICTURE),
    (b"\xff\xd8\xff", "a JPEG image", _PICTURE),
    (b"II*\0", "a TIFF image", _PICTURE),
    (b"MM\0*", "a TIFF image", _PICTURE),
    (b"RIFF", "a picture, a sound or a film", "Type out or paste its text."),
    (b"ID3", "a sound", "Type out or paste its text."),
    (b"OggS", "a sound or a film", "Type out or paste its text."),
    (b"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ", "an xz archive", _UNPACK),
    (b"%!PS", "a PostScript file", "Print it to a PDF, or paste its text."),
    (b"(\xb5/\xfd", "a Zstandard archive", _UNPACK),
    (b"\x7fELF", "a program", "Choose a document."),
    (b"MZ", "a program", "Choose a document."),
    (b"SQLite format 3\0", "a database", "Choose a document."),
)
_OTHER_PACKAGES = (
    ("xl/", "an Excel table"),
    ("ppt/", "a PowerPoint presentation"),
    ("META-INF/container.xml", "an e-book"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MASTER_KEY = "EncryptedPackage".encode("utf-16-le")

_HTML = re.compile(
    rb"\s*+(?><!--.{0,2000}?-->\s*+|<\?xml[^>]{0,200}\?>\s*+)*+<(?:!doctype\s+html|/?(?:html|head|body|title|meta|link|script|style"
    rb"|p|div|article|section|main|header|h[1-6]|table|center|span|a|ul|ol|font|b|i|em|strong|img|br|base)[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_XML_ROOT = re.compile(
    rb"\s*+(?P<declared><\?xml[\s?][^>]{0,300}>)?\s*+(?><!--.{0,2000}?-->\s*+|<\?[^>]{0,300}>\s*+|<!doctype[^>\[]{0,300}>\s*+)*+"
    rb"<(?:[A-Za-z][\w.-]{0,30}:)?(?P<name>[A-Za-z][\w.-]{0,40})[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_SHORTCUT = re.compile(
    rb"\s*(?:\[InternetShortcut[^\]]{0,20}\]|\[Desktop Entry\])[^\0]{0,2000}?^URL=(?P<link>https?://[\x21-\x7e]{1,2000})\s*$"
    rb"|(?:<\?xml[^>]{0,200}>\s*)?(?:<!DOCTYPE plist[^>]{0,200}>\s*)?<plist[^>]{0,100}>\s*<dict>.{0,2000}?"
    rb"<key>URL</key>\s*<string>(?P<item>https?://[\x21-\x7e]{1,2000})</string>",
    re.MULTILINE | re.DOTALL,
)
_PACKED_LINK = re.compile(rb"https?://[\x21-\x7e]{4,1000}")
_JSON = re.compile(rb"\s{0,100}(?:\{\s{0,100}\"|\[\s{0,100}\{)")
_FEED = ("a feed, a list of articles", "Give the link of one of its articles, or save that page.")
_XML_KINDS = {
    b"rss": _FEED,
    b"feed": _FEED,
    b"rdf": _FEED,
    b"urlset": ("a list of a site's pages", "Give the link of one of them."),
    b"sitemapindex": ("a list of a site's pages", "Give the link of one of them."),
    b"svg": ("a drawing", _PICTURE),
    b"document": ("a flat XML document", "Open it, and save it as .odt or .docx, or paste its text."),
}
"""Root elements that identify an XML file. A file without an XML declaration is text about XML unless its root is
here."""

_BLANK_LINE = re.compile(rb"\n[ \t\r]*\n")
_MARKDOWN = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rb"^#{1,6} +[^\s#]",
        rb"(?<![\w*])\*\*[^\s*][^*\n]{0,200}[^\s*]\*\*(?![\w*])",
        rb"(?<!!)\[[^\]\n]{1,300}\]\(https?://[^\s)]{1,500}\)",
        rb"!\[[^\]\n]{0,300}\]\([^\s)]{1,500}\)",
        rb"^(?:```|~~~)\w{0,20}\r?$",
        rb"(?<![\w_])_[^\s_][^_\n]{0,200}[^\s_]_(?![\w_])",
    )
)
"""Marks of Markdown that hardly ever occur in other texts: headings, bold, links, pictures, code, italics."""
_TAGS = re.compile(rb"</(?:p|div|span|li|h[1-6]|a)>|<br\s*/?>|<p[\s>]", re.IGNORECASE)
_HEADER = re.compile(rb"(?P<name>[A-Za-z][A-Za-z0-9-]{1,60}):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_MAIL_HEADERS = frozenset(
    b"from to subject date message-id mime-version received return-path delivered-to reply-to cc content-type"
    b" x-mailer sender snapshot-content-location".split()
)


def format_of(content: bytes, file_name: str = "", declared_type: str = "") -> str:
    """Return the name of the format, as ``Reading.format`` has it.

    Raises UnreadableFileError for a format that is known and not read: an image, an archive, an old Word document.

    >>> format_of(b"<!DOCTYPE html><p>He came."), format_of(b"He came."), format_of(b"# A visit", "visit.md")
    ('html', 'text', 'markdown')
    """
    for start, kind, advice in _OTHERS:
        if content.startswith(start) and not (start in (b"MZ", b"ID3", b"BZh") and content[:64].isascii()):
            raise UnreadableFileError(f"This is {kind}, which holds no text to be read.", advice)
    if content.startswith(b"bplist00"):
        raise _property_list(content)
    if content[4:8] == b"ftyp":
        raise UnreadableFileError(
            "This is a picture or a film, which holds no text to be read.", "Type out or paste its text."
        )
    if content.startswith(_OLD_OFFICE):
        raise _old_office(content)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(content)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"{\\rtf"):
        return "rtf"
    if content.startswith(b"WARC/"):
        return "warc"
    if content.startswith(b"\x1f\x8b"):
        return _kind_of_gzip(content)
    head = content[:SNIFFED_BYTES].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if kind := _kind_of_mail(content, head):
        return kind
    _refuse_json(content)
    return _kind_of_text(head, file_name, declared_type)


def _property_list(content: bytes) -> UnreadableFileError:
    link = _PACKED_LINK.search(content)
    if link and len(content) < SNIFFED_BYTES and b"WebMainResource" not in content:
        return UnreadableFileError(f"This is a shortcut to a page: {link[0].decode()}", "Paste that link.")
    return UnreadableFileError(
        "This is a web archive of Safari, which is not read here.",
        "Save the page as its source or as a PDF, or paste its text.",
    )


def _kind_of_text(head: bytes, file_name: str, declared_type: str) -> str:
    _refuse_shortcut(head)
    _refuse_data(head)
    is_markdown = file_name.lower().endswith((".md", ".markdown")) or "markdown" in declared_type
    if _HTML.match(head) and not (
        is_markdown and not head.lstrip()[:9].lower().startswith((b"<!doctype", b"<html"))
    ):
        return "html"
    if is_markdown or re.match(rb"---\s*\r?\n(?:[\w-]+:.*\r?\n)+---\s*\r?\n", head):
        return "markdown"
    is_named_page = file_name.lower().endswith((".html", ".htm", ".xhtml")) and head.lstrip().startswith(b"<")
    if is_named_page or "html" in declared_type or len(_TAGS.findall(head)) >= 3:
        return "html"
    return "markdown" if is_marked_down(head) else "text"


def is_marked_down(head: bytes) -> bool:
    """Return whether a text has marks of Markdown, of two kinds, and blank lines between its paragraphs as that has.

    >>> is_marked_down(b"# A visit\\n\\nHe **came** on Monday."), is_marked_down(b"#1 of 5 **stars**")
    (True, False)
    """
    lines = [line for line in head.splitlines() if line.strip()]
    blocks = [block for block in _BLANK_LINE.split(head) if block.strip()]
    return 3 * len(blocks) >= 2 * len(lines) and sum(bool(mark.search(head)) for mark in _MARKDOWN) >= 2


def _refuse_shortcut(head: bytes) -> None:
    """Raise UnreadableFileError for a file that holds nothing but a link, as browsers make when one is dragged out."""
    match = _SHORTCUT.match(head)
    if match is None:
        return
    link = html.unescape((match["link"] or match["item"]).decode("ascii", "replace"))
    raise UnreadableFileError(f"This is a shortcut to a page: {link}", "Paste that link.")


def _refuse_json(content: bytes) -> None:
    """Raise UnreadableFileError for JSON of objects: its source is not a text to read."""
    if not _JSON.match(content):
        return
    with suppress(ValueError, RecursionError):
        json.loads(content)
        raise UnreadableFileError("This is JSON, which is not read here.", "Copy its text and paste it.")


def _refuse_data(head: bytes) -> None:
    """Raise UnreadableFileError for XML that is not a web page: its source is not a text to read."""
    root = _XML_ROOT.match(head)
    if root is None or root["name"].lower() == b"html":
        return
    kind, advice = _XML_KINDS.get(root["name"].lower(), ("", ""))
    if kind or root["declared"]:
        raise UnreadableFileError(
            f"This is {kind or 'XML'}, which is not read here.", advice or "Copy its text and paste it."
        )


def _kind_of_mail(content: bytes, head: bytes) -> str:
    head = re.sub(rb"\A(?:>?From [^\r\n]*\r?\n)", b"", head.lstrip())
    names, place = set(), 0
    while match := _HEADER.match(head, place):
        names.add(match["name"].lower())
        place = match.end()
    if len(names & _MAIL_HEADERS) < 2 or not names & {
        b"from",
        b"subject",
        b"mime-version",
        b"date",
        b"received",
    }:
        return ""
    headers = head[:place].lower()
    if b"multipart/related" in headers and (
        b"snapshot-content-location" in headers or b"saved by" in headers
    ):
        return "mhtml"
    if b"multipart/related" in headers and b"\ncontent-location:" in content[:20_000].lower():
        return "mhtml"
    return "eml" if place < len(head) or len(names & _MAIL_HEADERS) > 3 else ""


def _kind_of_gzip(content: bytes) -> str:
    try:
        opening = zlib.decompressobj(wbits=31).decompress(content[:65_536], 1024)
    except zlib.error:
        opening = b""
    if opening.startswith(b"WARC/"):
        return "warc"
    raise UnreadableFileError("This is a gzip archive, but no web capture (WARC).", _UNPACK)


def _kind_of_zip(content: bytes) -> str:
    try:
        with ZipFile(BytesIO(content)) as packed:
            names = set(packed.namelist()[:100_000])
            entry = packed.NameToInfo.get("mimetype")
            is_readable = entry is not None and entry.compress_type in (ZIP_STORED, ZIP_DEFLATED)
            mimetype = packed.open("mimetype").read(100) if is_readable else b""
    except (BadZipFile, RuntimeError, OSError, ValueError, EOFError, zlib.error):
        raise UnreadableFileError(
            "This is a zipped file, but it is damaged.", "Save it again, or fetch it anew."
        ) from None
    if "word/document.xml" in names or (
        "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)
    ):
        return "docx"
    if b"opendocument.text" in mimetype:
        return "odt"
    if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
        return "wacz"
    for sign, kind in _OTHER_PACKAGES:
        if any(name.startswith(sign) for name in names):
            raise UnreadableFileError(
                f"This is {kind}, which is not read here.", "Copy its text and paste it."
            )
    if b"opendocument" in mimetype:
        raise UnreadableFileError(
            "This is an OpenDocument table or drawing, not a text.", "Copy its text and paste it."
        )
    raise UnreadableFileError("This is a zipped archive, not a document.", _UNPACK)


def _old_office(content: bytes) -> UnreadableFileError:
    if _MASTER_KEY in content:
        return UnreadableFileError(
            "This document is protected by a password.",
            "Open it, and save it without one, or paste its text.",
        )
    return UnreadableFileError(
        "This is an old Word or Office document (.doc) or an Outlook message (.msg), which is not read here.",
        "Open it, and save it as .docx, .odt or PDF, or paste its text.",
    )
