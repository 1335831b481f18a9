"""A comparison for a spreadsheet: a line a finding, and a line a paragraph that is in one text only or moved."""

import codecs
import csv
import io
from collections.abc import Iterator
from functools import lru_cache

import regex

from app.collation.document import row_text
from app.collation.model import Finding, Row
from app.exports.escaping import cleaned
from app.exports.record import ComparisonExport, ExportedRows, heading, is_loud

COLUMNS = (
    *(
        "what",
        "seen",
        "paragraph in A",
        "paragraph in B",
        "words in A",
        "words in B",
        "page extras",
        "link",
        "notes",
    ),
    *("A title", "A publisher", "A author", "A date", "A address", "A kept at"),
    *("B title", "B publisher", "B author", "B date", "B address", "B kept at"),
    *("comparison", "engine"),
)

_FORMULA = frozenset("=+-@＝＋－＠")
"""What makes a spreadsheet compute a cell, in East Asian width too, and after characters that show nothing."""

_SHOWS_NOTHING = regex.compile(r"[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]*")
"""Controls, direction and zero-width signs, white space, fillers and selectors."""


def spreadsheet(export: ComparisonExport) -> bytes:
    """Return CSV (RFC 4180) in UTF-8 with a byte order mark; titles, dates and addresses are in each line."""
    comparison = export.comparison
    stated = [
        value
        for side, source in export.sides
        for value in (side.title, side.publisher, side.author, side.published_on, source.url, source.link)
    ]
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for line in _lines(export):
        cells = [*line, *stated, export.link, comparison.engine]
        writer.writerow([disarmed(cleaned(cell)) for cell in cells])
    return codecs.BOM_UTF8 + file.getvalue().encode()


def disarmed(text: str) -> str:
    r"""Return a text with an apostrophe before it if a spreadsheet would see a formula in it.

    >>> disarmed("=1+1"), disarmed("a=1"), disarmed("\u200b-2")
    ("'=1+1", 'a=1', "'\u200b-2")
    """
    if not text or (text[0].isascii() and text[0].isalnum()):
        return text  # most of them, in a tenth of the time of a closer look
    if _is_visible(text[0]):
        return f"'{text}" if text[0] in _FORMULA else text
    visible = _SHOWS_NOTHING.match(text)
    first = text[visible.end() :][:1] if visible else ""
    return f"'{text}" if text[0] in "\t\r\n" or first in _FORMULA else text


@lru_cache(maxsize=1 << 12)
def _is_visible(character: str) -> bool:
    return _SHOWS_NOTHING.fullmatch(character) is None


def _lines(export: ComparisonExport) -> Iterator[list[str]]:
    """Yield the cells of each line that differ from line to line."""
    rows = export.comparison.collation.rows
    known = ExportedRows(export)
    for row in rows:
        for number, finding in enumerate(row.findings, 1):
            if is_loud(finding):
                yield _line(export, known, row, heading(finding), finding.says, (number, finding))
    for what, chosen in (
        ("Only in A", [row for row in rows if not row.witness]),
        ("Only in B", [row for row in rows if not row.base]),
        ("Moved", [row for row in rows if row.moved and row.base and row.witness]),
    ):
        for row in chosen:
            yield _line(export, known, row, what, "repeats another paragraph" if row.repeats else "")


def _line(
    export: ComparisonExport,
    known: ExportedRows,
    row: Row,
    what: str,
    seen: str,
    numbered: tuple[int, Finding] | None = None,
) -> list[str]:
    comparison = export.comparison
    base, witness = row_text(comparison.base, row.base), row_text(comparison.witness, row.witness)
    if numbered:
        base, witness = base[slice(*numbered[1].base)], witness[slice(*numbered[1].witness)]
    number = numbered[0] if numbered else None
    notes = [
        f"{remark.status}: {remark.text}{f' ({remark.who})' if remark.who else ''}"
        for remark in known.remarks_on(row.number, number)
    ]
    return [
        what,
        seen,
        known.in_base(row),
        known.in_witness(row),
        base,
        witness,
        "yes" if known.is_extras(row) else "",
        export.place_link(row.number, number),
        "\n".join(notes),
    ]
