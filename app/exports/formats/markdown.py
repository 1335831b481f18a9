"""A comparison as Markdown, to paste into a ticket, a wiki or a mail."""

import re
from collections.abc import Iterator

from app.collation.document import row_text
from app.collation.model import Row, Side
from app.exports.citation import citation_line
from app.exports.escaping import cleaned
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


def markdown_text(export: ComparisonExport) -> bytes:
    """Return the sources, the findings and the paragraphs that differ: ~~only in A~~, **only in B**.

    Page extras are left out, and typography is as A has it.
    """
    return ("\n".join(_lines(export)) + "\n").encode()


def plain(text: str) -> str:
    r"""Return ``text`` in one line, with nothing that Markdown or the HTML in it would take for a sign.

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
    stated = ", ".join(plain(fact) for fact in facts if fact)
    address = f" {plain(source.url)}" if source.url else ""
    return f"{plain(side.title) or 'Untitled'} ({stated}){address}"


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
    words = []
    for change in row.changes:
        only_base, only_witness = base[slice(*change.base)], witness[slice(*change.witness)]
        if change.op == "equal" or change.typography:
            words.append(_kept(only_base, ""))
        else:
            words.append(_kept(only_base, "~~") + _kept(only_witness, "**"))
    yield f"> {place}{', moved' if row.moved else ''}: {''.join(words)}"
    yield ""


def _kept(text: str, sign: str) -> str:
    """Return words between ``sign``, white space outside it: Markdown takes no sign beside white space for one."""
    text = text.replace("\n", " ")
    words = text.strip()
    if not words:
        return text[:1]
    before, after = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' * before}{sign}{plain(words)}{sign}{' ' * after}"
