"""A comparison as one HTML file that requests nothing: it works without a network, and prints."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from app.collation.document import row_text
from app.collation.model import Change, Finding, Row, Side, Span
from app.exports.citation import citation_line
from app.exports.escaping import escaped, web_address
from app.exports.record import (
    NOT_STATED,
    ComparisonExport,
    ExportedRows,
    Remark,
    TextSource,
    day,
    heading,
    is_loud,
    moment,
)

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the page's own content security policy allows: its style, and nothing from anywhere."""

EDITION = 1
"""Raised whenever anything of this page changes, or of the readme beside it in an evidence file: ``variorum verify``
writes both anew for files of the same edition only."""

GENERATOR = f'<meta name="generator" content="Variorum, page {EDITION}">\n'

MAX_WORDS_CHARS = 300
"""Characters of a finding's words in the list; the table has all of them."""


def offline_page(export: ComparisonExport) -> bytes:
    """Return the comparison as a page: its sources, its findings, all its paragraphs with marks, its citation."""
    return "".join(_page(export)).encode()


@cache
def _style() -> str:
    return files(__package__).joinpath("offline.css").read_text(encoding="utf-8")


def _page(export: ComparisonExport) -> Iterator[str]:
    comparison = export.comparison
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    yield GENERATOR
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield f"<title>{escaped(export.title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n<header>\n"
    yield f'<h1 dir="auto">{escaped(export.title)}</h1>\n'
    yield f'<p class="small">{escaped(_made(export))}</p>\n'
    if export.link:
        yield f'<p class="small">The same comparison online: {_link(export.link)}</p>\n'
    yield "</header>\n<main>\n"
    yield '<section class="texts" aria-label="The two texts">\n'
    for letter, (side, source) in zip("AB", export.sides, strict=True):
        yield from _source(letter, side, source)
    yield "</section>\n"
    yield from _findings(export)
    yield from _table(export)
    yield f'<h2>To cite it</h2>\n<p class="cite" dir="auto">{escaped(citation_line(export))}</p>\n'
    if export.digest:
        yield f'<p class="small">SHA-256 of the comparison document: {escaped(export.digest)}</p>\n'
    yield "</main>\n<footer><p>The texts belong to their publishers. What is marked is an observation, not a verdict. "
    yield f"Made by Variorum, engine {escaped(comparison.engine)}.</p></footer>\n</body>\n</html>\n"


def _made(export: ComparisonExport) -> str:
    made = f", {moment(export.made_at)}" if export.made_at else ""
    pins = (
        " Made around a reader’s pins: some paragraphs were paired by hand." if export.comparison.pins else ""
    )
    return f"Compared by Variorum, engine {export.comparison.engine}{made}.{pins}"


def _link(address: str) -> str:
    if not web_address(address):
        return escaped(address)
    return f'<a href="{escaped(address)}" rel="noreferrer">{escaped(address)}</a>'


def _source(letter: str, side: Side, source: TextSource) -> Iterator[str]:
    yield f'<div class="text-source"><h2 dir="auto">{letter}: {escaped(side.title or "Untitled")}</h2>\n'
    facts = (
        side.publisher or f"Publisher {NOT_STATED}",
        side.author or f"author {NOT_STATED}",
        day(side.published_on) or "no date stated",
    )
    yield f'<p class="small" dir="auto">{escaped(" · ".join(facts))}</p>\n'
    if source.number:
        saved = f", saved {moment(source.saved_at)}" if source.saved_at else ""
        yield f'<p class="small">Revision {source.number}{escaped(saved)}</p>\n'
    if source.url:
        yield f'<p class="small">Address: {_link(source.url)}</p>\n'
    if source.link:
        yield f'<p class="small">Kept at: {_link(source.link)}</p>\n'
    yield "</div>\n"


def _findings(export: ComparisonExport) -> Iterator[str]:
    comparison = export.comparison
    listed = [
        (row, number, finding)
        for row in comparison.collation.rows
        for number, finding in enumerate(row.findings, 1)
        if is_loud(finding)
    ]
    yield f"<h2>Findings ({len(listed):,})</h2>\n"
    if not listed:
        yield '<p class="small">No finding of the kinds that may change the meaning.</p>\n'
    else:
        known = ExportedRows(export)
        yield "<ol>\n"
        for row, number, finding in listed:
            yield from _finding(export, known, row, number, finding)
        yield "</ol>\n"
    if comparison.collation.summary.not_looked_for:
        kinds = ", ".join(comparison.collation.summary.not_looked_for)
        yield f'<p class="small">Not looked for in these texts: {escaped(kinds)}.</p>\n'


def _finding(
    export: ComparisonExport, known: ExportedRows, row: Row, number: int, finding: Finding
) -> Iterator[str]:
    comparison = export.comparison
    place = known.in_base(row) or f"B {known.in_witness(row)}"
    yield f'<li><a href="#row-{row.number}">{escaped(place)}</a> '
    yield f'<span class="kind">{escaped(heading(finding))}</span>: <span dir="auto">{escaped(finding.says)}</span>\n'
    words = (
        _cut(row_text(comparison.base, row.base), finding.base),
        _cut(row_text(comparison.witness, row.witness), finding.witness),
    )
    for letter, text in zip("AB", words, strict=True):
        if text:
            yield f'<p class="words" dir="auto"><b>{letter}</b> {escaped(text)}</p>\n'
    yield from _notes(known.remarks_on(row.number, number))
    yield "</li>\n"


def _cut(text: str, span: Span) -> str:
    """Return the words of a span, of a long one its first."""
    words = text[slice(*span)]
    if len(words) <= MAX_WORDS_CHARS:
        return words
    return f"{words[:MAX_WORDS_CHARS].rpartition(' ')[0] or words[:MAX_WORDS_CHARS]} …"


def _notes(remarks: list[Remark]) -> Iterator[str]:
    for remark in remarks:
        by = escaped(", ".join(filter(None, (remark.who, day(remark.written_at.date())))))
        yield f'<p class="note" dir="auto"><b>{escaped(remark.status)}</b> ({by}): '
        yield f"{escaped(remark.text)}</p>\n"


def _table(export: ComparisonExport) -> Iterator[str]:
    comparison = export.comparison
    labels = escaped(comparison.base.label), escaped(comparison.witness.label)
    known = ExportedRows(export)
    yield "<h2>The two texts side by side</h2>\n"
    yield f'<p class="small"><del>Only in A</del> ({labels[0]}) · <ins>only in B</ins> ({labels[1]})</p>\n'
    yield '<table>\n<colgroup><col class="place"><col><col></colgroup>\n'
    yield f'<thead><tr><th scope="col">Paragraph</th><th scope="col"><bdi>A: {labels[0]}</bdi></th>'
    yield f'<th scope="col"><bdi>B: {labels[1]}</bdi></th></tr></thead>\n<tbody>\n'
    for row in comparison.collation.rows:
        yield from _row(export, known, row, labels)
    yield "</tbody>\n</table>\n"


def _row(export: ComparisonExport, known: ExportedRows, row: Row, labels: tuple[str, str]) -> Iterator[str]:
    comparison = export.comparison
    place = [f"A {known.in_base(row)}"] if row.base else []
    place += [f"B {known.in_witness(row)}"] if row.witness else []
    place += ["moved"] if row.moved else []
    style = " ".join(["extras"] * known.is_extras(row) + ["whole"] * (not row.base or not row.witness))
    yield f'<tr id="row-{row.number}" class="{style}">' if style else f'<tr id="row-{row.number}">'
    yield f'<td class="place">{escaped(" · ".join(place))}</td>'
    base, witness = row_text(comparison.base, row.base), row_text(comparison.witness, row.witness)
    yield f'<td dir="auto" data-label="A: {labels[0]}">{_marked(base, row.changes, 1)}</td>'
    yield f'<td dir="auto" data-label="B: {labels[1]}">{_marked(witness, row.changes, 2)}'
    yield from _notes(known.remarks_on(row.number))
    yield "</td></tr>\n"


def _marked(text: str, changes: tuple[Change, ...], side: int) -> str:
    """Return a side's text of a row with its changes marked, a ``p`` for each paragraph.

    ``side`` is the place of its offsets in a change: 1 for the base, 2 for the witness.
    """
    if not text:
        return ""
    tag = "del" if side == 1 else "ins"
    parts: list[str] = []
    for change in changes:
        start, end = change.base if side == 1 else change.witness
        run = escaped(text[start:end])
        if change.op == "equal" or not run:
            parts.append(run)
            continue
        mark = f'<{tag} class="quiet">' if change.typography else f"<{tag}>"
        # A mark ends with its paragraph and goes on in the next.
        parts.append(mark + run.replace("\n", f"</{tag}>\n{mark}") + f"</{tag}>")
    return "".join(f"<p>{paragraph}</p>" for paragraph in "".join(parts).split("\n"))
