"""A comparison as Markdown, to paste into a ticket, a wiki or a mail."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from string import punctuation
from urllib.parse import quote

from app.collation.document import row_text
from app.collation.model import Row, Side
from app.exports.citation import citation_line
from app.exports.escaping import cleaned, in_one_line, web_address
from app.exports.record import (
    NOT_STATED,
    ComparisonExport,
    ExportedRows,
    TextSource,
    day,
    heading,
    is_loud,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])|^(\d+)([.)])|^([-+=])", re.MULTILINE)

WORD_JOINER = "\u2060"
"""An invisible character that is neither white space nor punctuation."""


def markdown_text(export: ComparisonExport) -> bytes:
    """Return the sources, the findings and the paragraphs that differ: ~~only in A~~, **only in B**.

    Page extras are left out, and typography is as A has it.
    """
    return ("\n".join(_lines(export)) + "\n").encode()


def plain(text: str) -> str:
    r"""Return ``text`` in one line, with nothing that Markdown, or HTML in it, would take for markup.

    >>> plain("# 1 <b> [x](javascript:y)")
    '\\# 1 \\<b\\> \\[x\\](javascript:y)'
    """
    return _SPECIAL.sub(
        lambda sign: f"{sign[2] or ''}\\{sign[1] or sign[3] or sign[4]}", " ".join(cleaned(text).split())
    )


def _lines(export: ComparisonExport) -> Iterator[str]:
    yield f"## {plain(export.title)}"
    yield ""
    for letter, (side, source) in zip("AB", export.sides, strict=True):
        yield f"- **{letter}**: {_source(side, source)}"
    yield ""
    yield from _findings(export)
    yield "### Paragraphs that differ"
    yield ""
    yield "~~Only in A~~, **only in B**. Page extras are left out, and typography is A’s."
    yield ""
    known = ExportedRows(export)
    for row in export.comparison.collation.rows:
        if row.kind != "same" and not known.is_extras(row):
            yield from _row(export, known, row)
    yield plain(citation_line(export))


def _source(side: Side, source: TextSource) -> str:
    facts = (
        side.publisher or f"publisher {NOT_STATED}",
        side.author,
        day(side.published_on) or "no date stated",
    )
    stated = ", ".join(plain(in_one_line(fact)) for fact in facts if fact)
    # Not escaped: between angle brackets a backslash is part of the address.
    url = re.sub(r"[<>\s\x00-\x1f\x7f]", lambda sign: quote(sign[0]), cleaned(source.url))
    address = f" <{url}>" if web_address(url) else f" {plain(url)}" if url else ""
    return f"{plain(in_one_line(side.title)) or 'Untitled'} ({stated}){address}"


def _findings(export: ComparisonExport) -> Iterator[str]:
    known = ExportedRows(export)
    lines = [
        f"{known.in_base(row)} **{heading(finding)}**: {plain(finding.says)}"
        for row in export.comparison.collation.rows
        for finding in row.findings
        if is_loud(finding)
    ]
    if lines:
        yield "### Findings"
        yield ""
        yield from (f"{number}. {line.lstrip()}" for number, line in enumerate(lines, 1))
        yield ""


def _row(export: ComparisonExport, known: ExportedRows, row: Row) -> Iterator[str]:
    comparison = export.comparison
    place = known.in_base(row) or f"B {known.in_witness(row)}"
    base, witness = row_text(comparison.base, row.base), row_text(comparison.witness, row.witness)
    pieces = []
    for change in row.changes:
        only_base, only_witness = base[slice(*change.base)], witness[slice(*change.witness)]
        if change.op == "equal" or change.typography:
            pieces.append((only_base, ""))
        else:
            pieces += [(only_base, "~~"), (only_witness, "**")]
    yield f"> {place}{', moved' if row.moved else ''}: {marked(pieces)}"
    yield ""


def marked(pieces: Iterable[tuple[str, str]]) -> str:
    r"""Return texts in one line, each between its marks, with white space outside.

    A mark next to white space does not work. Nor does one between a letter and punctuation, so a word joiner is put
    between the mark and the punctuation.

    >>> marked([("The ", ""), ("old ", "~~"), ("port", "")]), ascii(marked([("he said", ""), (",", "~~")]))
    ('The ~~old~~ port', "'he said~~\\u2060,~~'")
    """
    parts: list[str] = []
    closed = False
    for text, sign in pieces:
        line = text.replace("\n", " ")
        words = line.strip()
        if not words:
            written = line[:1]
        else:
            written = plain(words)
            before, after = line[:1].isspace(), line[-1:].isspace()
            if sign and parts and not before and _is_letter(parts[-1][-1]) and _is_mark(written[0]):
                written = WORD_JOINER + written
            written = f"{' ' * before}{sign}{written}{sign}{' ' * after}"
        if not written:
            continue
        if closed and _is_letter(written[0]) and _is_mark(parts[-1][-3]):
            parts[-1] = f"{parts[-1][:-2]}{WORD_JOINER}{parts[-1][-2:]}"
        parts.append(written)
        closed = bool(words and sign) and not written[-1].isspace()
    return "".join(parts)


def _is_mark(sign: str) -> bool:
    """Return whether a reader of Markdown may take ``sign`` for punctuation; some take symbols such as € for it."""
    return unicodedata.category(sign)[0] in "PS"


def _is_letter(sign: str) -> bool:
    """Return whether a reader of Markdown may take ``sign`` for neither white space nor punctuation."""
    return not sign.isspace() and sign not in punctuation and not unicodedata.category(sign).startswith("P")
