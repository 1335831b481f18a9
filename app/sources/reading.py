"""Read a file or a fetched page of any known format, which its content tells, into a Reading."""

import html
import logging
import re
from dataclasses import replace

from app.collation.text import paragraphs
from app.errors import UnreadableFileError, VariorumError
from app.sources.bounds import MAX_PARAGRAPHS
from app.sources.documents import DocumentLine, reading_of, too_many_paragraphs
from app.sources.encodings.read import mended, read_text
from app.sources.formats import format_of
from app.sources.model import Block, Field, Reading

__all__ = ["Block", "Field", "Reading", "UnreadableFileError", "read_document"]

MAX_TEXT_BYTES = 10_000_000
MAX_PAGE_BYTES = 6_000_000
"""Bytes of a page without what is embedded in it; the largest of news sites have some 2 million."""

_EMBEDDED = re.compile(rb"data:[\w/+.;=-]{3,80},[A-Za-z0-9+/=%_-]{200,}")
_CONTROLS = re.compile(r"\x1b\[[\d;]{0,20}[A-Za-z]|[\x00-\x08\x0e-\x1f\x7f]")
"""Control characters but white space, with the colours and moves of a terminal that one opens."""
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,20}\d{0,2}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_log = logging.getLogger(__name__)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def read_document(
    content: bytes,
    *,
    file_name: str = "",
    declared_type: str = "",
    address: str = "",
    encoding: str = "",
) -> Reading:
    """Return the article in ``content``.

    ``file_name`` and ``declared_type`` (a Content-Type, whose charset counts) decide only where the content leaves it
    open. ``address`` is where it was fetched from, or the page to read in a capture that holds several. ``encoding``
    is the reader's own choice among those that an UnreadableFileError offered.

    Takes time and memory by the size of ``content``: a server calls it through ``app.services.reading.read_apart``.
    Raises UnreadableFileError for what holds no text that can be read.
    """
    try:
        kind = format_of(content, file_name, declared_type.lower())
        reading = _read(kind, content, declared_type, address, encoding)
    except (VariorumError, MemoryError):
        raise
    except (
        Exception
    ) as error:  # the libraries that read strangers' files fail in ways that they do not document
        if _is_want_of_memory(error):
            raise MemoryError from None
        _log.warning("A file could not be read.", exc_info=error)
        raise UnreadableFileError(
            "This file could not be read: it is damaged, or made in a way that is not known here.",
            "Save it again in another format, or paste its text.",
        ) from error
    if address and not reading.address:
        reading = replace(reading, address=Field(address, "address"))
    return _without_controls(reading)


def _without_controls(reading: Reading) -> Reading:
    """Return a reading without characters that steer terminals and printers, which no text has: files may hold any."""
    stated = {
        name: replace(field, value=_plain(field.value))
        for name in ("title", "publisher", "author", "language", "address")
        if _CONTROLS.search((field := getattr(reading, name)).value)
    }
    if not stated and not any(_CONTROLS.search(block.text) for block in reading.blocks):
        return reading
    blocks = tuple(replace(block, text=_plain(block.text)) for block in reading.blocks)
    return replace(reading, blocks=tuple(block for block in blocks if block.text), **stated)


def _plain(text: str) -> str:
    """Return a line without control characters.

    >>> _plain("\x1b[31mLate\x1b[0m\x07 news")
    'Late news'
    """
    return _CONTROLS.sub("", text).strip()


def _read(kind: str, content: bytes, declared_type: str, address: str, encoding: str) -> Reading:
    # Each reader is loaded only when it is used: some bring libraries that take longer to load than a text to be read.
    if kind == "docx":
        from app.sources.office.docx import read_docx

        return read_docx(content, read_document)
    if kind == "odt":
        from app.sources.office.odt import read_odt

        return read_odt(content)
    if kind == "rtf":
        from app.sources.office.rtf import read_rtf

        return read_rtf(content)
    if kind == "pdf":
        from app.sources.pdf.document import read_pdf

        return read_pdf(content)
    if kind == "eml":
        from app.sources.mail.eml import read_eml

        return read_eml(content, address)
    if kind == "mhtml":
        from app.sources.captures.mhtml import read_mhtml

        return read_mhtml(content)
    if kind == "warc":
        from app.sources.captures.warc import read_warc

        return read_warc(content, address)
    if kind == "wacz":
        from app.sources.captures.warc import read_wacz

        return read_wacz(content, address)
    if kind == "html":
        content = _without_embedded(content)
    limit = MAX_PAGE_BYTES if kind == "html" else MAX_TEXT_BYTES
    if len(content) > limit:
        raise UnreadableFileError(
            f"This holds {len(content) / 1_000_000:,.1f} MB of text, more than any article or page: "
            f"{limit // 1_000_000} MB are the most.",
            "Bring it in parts, or paste its text.",
        )
    charset = _CHARSET.search(declared_type)
    decoded = read_text(content, charset[1] if charset else "", encoding, is_page=kind == "html")
    decoded = decoded if encoding else mended(decoded)
    if kind == "html":
        from app.sources.captures.saved_page import unwrapped
        from app.sources.html.page import read_page

        page = unwrapped(decoded.text, address)
        return page.applied_to(read_page(page.text, page.address, decoded.encoding, decoded.notes))
    _refuse_controls(decoded.text)
    if kind == "markdown":
        from app.sources.markdown import read_lines

        lines, stated = read_lines(decoded.text)
        return reading_of(kind, lines, encoding=decoded.encoding, notes=decoded.notes, **stated)
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), decoded.text)
    split = paragraphs.split(text)
    if len(split) > MAX_PARAGRAPHS:
        raise too_many_paragraphs()
    lines = [DocumentLine(line) for line in split]
    return reading_of(kind, lines, encoding=decoded.encoding, notes=decoded.notes)


def _is_want_of_memory(error: BaseException | None) -> bool:
    """Return whether memory was short, whatever a library made of that."""
    while error is not None and not isinstance(error, MemoryError):
        error = error.__cause__ or error.__context__
    return error is not None


def _without_embedded(content: bytes) -> bytes:
    """Return a page without the pictures and fonts that a program which saves pages puts into it."""
    return _EMBEDDED.sub(b"", content) if len(content) > MAX_TEXT_BYTES // 10 else content


def _refuse_controls(text: str) -> None:
    if "\0" in text:
        raise UnreadableFileError(
            "This is not text: it holds NUL characters.", "Choose a text file, or paste the text."
        )
