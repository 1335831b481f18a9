"""Read a PDF: the paragraphs of its text, with running heads and page numbers as extras."""

import re
from dataclasses import replace

from app.errors import UnreadableFileError
from app.sources.documents import FILE, reading_of
from app.sources.model import Field, Reading
from app.sources.pdf.lines import MAX_PAGE_CHARS, UNREADABLE, read_content
from app.sources.pdf.paragraphs import rebuilt
from app.sources.pdf.right_to_left import seen_from_right

MIN_LETTERS = 20
"""Letters a PDF without pictures must have to be called a text."""

MAX_UNREADABLE = 0.05
"""Letters without a known character in the fonts, as a share of the others, above which a text is not worth reading."""

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_GENERATED = re.compile(
    r"\.(?:docx?|odt|html?|pdf|indd|qxp|rtf|txt)\Z|\A(?:microsoft word|untitled|layout)", re.IGNORECASE
)


def read_pdf(content: bytes) -> Reading:
    """Return the article in a PDF.

    Raises UnreadableFileError for a scan, one that needs a password, a damaged one, and one without text.
    """
    pages = read_content(content)
    letters = sum(char.isalnum() for line in pages.lines for char in line.text)
    if letters < MIN_LETTERS:
        if pages.has_pictures:
            raise UnreadableFileError(
                "This PDF is a scan: it holds pictures of pages, and no text.",
                "Have its text recognised (OCR) and bring that, or type it out.",
            )
        raise UnreadableFileError("There is no text in this PDF.", "Choose another, or paste the text.")
    unreadable = sum(line.text.count(chr(UNREADABLE)) for line in pages.lines)
    if unreadable > MAX_UNREADABLE * letters:
        raise UnreadableFileError(
            "The fonts of this PDF do not say which letters they draw, so its text cannot be read.",
            "Have it recognised (OCR) and bring that, or paste the text.",
        )
    title = pages.title if not _GENERATED.search(pages.title) else ""
    lines = rebuilt(seen_from_right(pages.lines), pages.heights, pages.pictures, pages.kinds)
    notes = []
    if pages.page_count > len(pages.heights):
        read = f"{len(pages.heights):,} of its {pages.page_count:,} pages"
        was = "were" if len(pages.heights) > 1 else "was"
        notes.append(f"Only the first {read} {was} read: bring the rest in parts.")
    if unreadable:
        characters = f"{unreadable:,} characters" if unreadable > 1 else "One character"
        notes.append(f"{characters} could not be read, and a � is in each place.")
    if pages.cut_pages:
        read = f"the first {MAX_PAGE_CHARS:,} characters"
        notes.append(f"Of {pages.cut_pages:,} of its pages, only {read} were read: bring the rest in parts.")
    reading = reading_of(
        "pdf",
        lines,
        Field(title, FILE) if title else Field(),
        author=Field(pages.author, FILE) if pages.author else Field(),
        notes=tuple(notes),
    )
    # A browser prints the page's address at its edge.
    printed = next(
        (match for line in lines if line.kind == "running head" if (match := _ADDRESS.search(line.text))),
        None,
    )
    return replace(reading, address=Field(printed.group().rstrip("….,"), "page foot")) if printed else reading
