"""Read a file or a fetched page of any known format, which its content tells, into a Reading."""

from app.collation.text import boilerplate, paragraphs
from app.errors import UnreadableFileError
from app.sources.decoding import decode
from app.sources.formats import format_of
from app.sources.model import Block, Field, Reading
from app.sources.text import proposed_title

__all__ = ["Block", "Field", "Reading", "UnreadableFileError", "read_document"]


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
    kind = format_of(content, file_name, declared_type)
    text = content.decode(encoding) if encoding else decode(content)
    if kind == "html":
        from app.sources.html.page import (
            read_page,
        )  # here, since lxml takes longer to load than a text to be read

        return read_page(text, address, encoding or "utf-8")
    body = paragraphs.split(text)
    if not body:
        raise UnreadableFileError("There is no text in this file.", "Choose another, or paste the text.")
    title = proposed_title(body)
    headline = paragraphs.headline(title, body)
    extras = boilerplate.guess(body, headline)
    return Reading(
        format=kind,
        encoding=encoding or "utf-8",
        blocks=tuple(
            Block(paragraph, index in extras, "page extra" if index in extras else "")
            for index, paragraph in enumerate(body)
            if index != headline
        ),
        title=Field(title, "text"),
        address=Field(address, "address") if address else Field(),
    )
