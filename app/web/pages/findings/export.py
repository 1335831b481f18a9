"""The findings of a comparison as files: CSV for spreadsheets, JSON for programs (docs/formats.md)."""

import codecs
import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from app.collation.document import row_text
from app.collation.findings.registry import LOUD
from app.collation.model import Comparison, Row, Side
from app.exports.escaping import cleaned
from app.exports.formats.spreadsheet import disarmed
from app.permalinks import pins_text
from app.services.notes import EditorNote, anchor_of
from app.web.pages.findings.finding_list import listed_places
from app.web.pages.table.comparison_view import ComparisonView, Places
from app.web.pages.table.rows import Rows

FORMAT = 1
"""The number of the JSON file's form, as docs/formats.md has it."""

LINES_AT_ONCE = 1_000
"""Lines of a file that are written at once: what is in memory of it does not grow with the file."""

_ALONE = ("omitted", "added")


class Line(NamedTuple):
    """One finding, or one one-sided or moved row, with a field for each column.

    There may be tens of thousands in a file, and a dataclass takes four times as long to make.
    """

    kind: str
    """A kind of finding, or ``omitted``, ``added``, ``moved``."""
    row: int
    finding: int | None
    """The finding's number in its row, from 1."""
    furniture: bool
    """Whether nothing in the row belongs to an article."""
    base_paragraphs: tuple[str, ...]
    """Numbers as the page prints them: ``H``, ``f``, ``1`` and so on."""
    witness_paragraphs: tuple[str, ...]
    base_words: str
    witness_words: str
    says: str
    rule: str
    link: str
    """The absolute link to the page of its own."""
    notes: tuple[EditorNote, ...] = ()
    """Public notes on it: on the finding, or on a row in the line of its row."""


def lines(
    comparison: Comparison, path: str, view: ComparisonView, base_url: str, notes: Sequence[EditorNote] = ()
) -> Iterator[Line]:
    """Yield a line for each finding of the kinds that ``view`` chooses, in the text's order.

    Where it chooses none, of every kind but the quiet ones, and after them what was left out, added and moved, each
    time page furniture last.
    ``path`` is the comparison's, ``base_url`` the start of absolute links, ``notes`` the public notes.
    """
    maker = Rows(comparison, Places(path, ComparisonView(pins=pins_text(comparison.pins)), 1, 0, (1,)))
    for _, group in groupby(listed_places(comparison, view.kinds), lambda place: place[0].number):
        base = witness = None
        for row, number, finding in group:
            # A row's paragraphs are joined once: a long one has thousands of findings.
            base = row_text(comparison.base, row.base) if base is None else base
            witness = row_text(comparison.witness, row.witness) if witness is None else witness
            words = (base[slice(*finding.base)], witness[slice(*finding.witness)])
            line = _line(maker, row, finding.kind, number, words, finding.says, finding.rule, base_url)
            yield line._replace(notes=_on(notes, comparison, row, number)) if notes else line
    for kind in () if view.kinds else (*_ALONE, "moved"):
        rows = [
            row for row in comparison.collation.rows if row.kind == kind or (kind == "moved" and row.moved)
        ]
        for row in sorted(rows, key=maker.is_furniture):
            words = (row_text(comparison.base, row.base), row_text(comparison.witness, row.witness))
            line = _line(maker, row, kind, None, words, _says(maker, row, kind), "", base_url)
            yield line._replace(notes=_on(notes, comparison, row, None)) if notes else line


def as_csv(export_lines: Iterable[Line]) -> Iterator[bytes]:
    r"""Yield ``export_lines`` as CSV (RFC 4180) in UTF-8, in parts, with a byte order mark for Excel.

    A cell in which a spreadsheet would see a formula gets an apostrophe before it.

    >>> line = Line("number", 7, 1, False, ("4", "5"), ("4",), "+3", "4", "=1+1", "r", "http://localhost/x")
    >>> print(b"".join(as_csv([line])).decode("utf-8-sig").splitlines()[1])
    number,7,1,,"4, 5",4,'+3,4,'=1+1,r,http://localhost/x,
    """
    lines_left = iter(export_lines)
    part: list[Iterable[object]] = [Line._fields]
    yield codecs.BOM_UTF8
    while part:
        file = io.StringIO()
        csv.writer(file).writerows(part)
        yield file.getvalue().encode()
        part = [_cells(line) for line in islice(lines_left, LINES_AT_ONCE)]


def as_json(
    comparison: Comparison, export_lines: Iterable[Line], view: ComparisonView, link: str
) -> Iterator[bytes]:
    """Yield ``export_lines``, in the order of ``lines``, as a JSON document with their source, in parts.

    ``link`` is the comparison's absolute one.
    """
    head = {
        "format": FORMAT,
        "engine": comparison.engine,
        "link": link,
        "base": _side(comparison.base),
        "witness": _side(comparison.witness),
        "kinds": view.kinds or LOUD,
        "not_looked_for": comparison.collation.summary.not_looked_for,
    }
    yield json.dumps(head, ensure_ascii=False)[:-1].encode()
    waiting = ["findings"] if view.kinds else ["findings", *_ALONE, "moved"]
    for name, group in groupby(export_lines, lambda line: "findings" if line.finding else line.kind):
        while waiting[0] != name:
            yield _list_start(waiting.pop(0)) + b"]"
        yield _list_start(waiting.pop(0))
        without = () if name == "findings" else _OF_FINDINGS
        comma = ""
        while part := list(islice(group, LINES_AT_ONCE)):
            # All at once: an encoder of its own for each line takes longer than what it writes.
            written = json.dumps([_fields(line, without) for line in part], ensure_ascii=False)
            yield (comma + written[1:-1]).encode()
            comma = ", "
        yield b"]"
    yield b"".join(_list_start(name) + b"]" for name in waiting) + b"}"


def exported_note(note: EditorNote, base_url: str) -> dict[str, object]:
    """Return a public note as files and the API have it (docs/formats.md)."""
    return {
        "id": note.id,
        "link": base_url + note.link,
        "base": note.base,
        "witness": note.witness,
        "place": note.place,
        "kind": note.kind,
        "base_words": note.base_words,
        "witness_words": note.witness_words,
        "status": note.status,
        "text": note.text,
        "who": note.who,
        "written_at": note.made_at.isoformat(timespec="seconds"),
        "changed_at": note.changed_at.isoformat(timespec="seconds"),
    }


def _on(
    notes: Sequence[EditorNote], comparison: Comparison, row: Row, finding: int | None
) -> tuple[EditorNote, ...]:
    """Return the notes on a finding, or on a row exported as a line, also those written with the texts swapped."""
    anchors = {(anchor_of(row, finding, swapped=swapped), swapped) for swapped in (False, True)}
    base = comparison.base.revision
    return tuple(note for note in notes if note.witness and (note.anchor, note.base != base) in anchors)


def _list_start(name: str) -> bytes:
    return f', "{name}": ['.encode()


def _line(
    maker: Rows,
    row: Row,
    kind: str,
    number: int | None,
    words: tuple[str, str],
    says: str,
    rule: str,
    base_url: str,
) -> Line:
    return Line(
        kind=kind,
        row=row.number,
        finding=number,
        furniture=maker.is_furniture(row),
        base_paragraphs=tuple(maker.base_numbers[index] for index in row.base),
        witness_paragraphs=tuple(maker.witness_numbers[index] for index in row.witness),
        base_words=words[0],
        witness_words=words[1],
        says=says,
        rule=rule,
        link=base_url + maker.places.page(row.number, number),
    )


def _says(maker: Rows, row: Row, kind: str) -> str:
    """Return the description of a one-sided or a moved row."""
    if kind == "moved":
        return f"moved: {maker.short_place(row)} → {maker.witness_place(row)}"
    label = (maker.comparison.base if kind == "omitted" else maker.comparison.witness).label
    remarks = [f"only in {label}"]
    if maker.is_furniture(row):
        remarks.append("page extras")
    if row.repeats:
        remarks.append(f"repeats {maker.place_of(row.repeats)}")
    return ", ".join(remarks)


_OF_FINDINGS = ("kind", "finding", "rule")
"""What only a finding has."""


def _fields(line: Line, without: Collection[str]) -> Mapping[str, object]:
    written: dict[str, object] = line._asdict()
    for name in without:
        del written[name]
    base_url = line.link.partition("/compare/")[0] if line.notes else ""
    written["notes"] = [exported_note(note, base_url) for note in line.notes]
    return written


def _side(side: Side) -> dict[str, object]:
    return {
        "revision": side.revision,
        "title": side.title,
        "label": side.label,
        "article": side.article,
        "publisher": side.publisher,
        "author": side.author,
        "published_on": side.published_on,
    }


def _in_cell(note: EditorNote) -> str:
    return f"{note.status}: {note.text}{f' ({note.who})' if note.who else ''}"


def _cells(line: Line) -> tuple[object, ...]:
    """Return the cells of a line; what is always harmless, such as a number or a kind, is not looked at."""
    return (
        line.kind,
        line.row,
        line.finding,
        "yes" if line.furniture else "",
        _cell(", ".join(line.base_paragraphs)),
        _cell(", ".join(line.witness_paragraphs)),
        _cell(line.base_words),
        _cell(line.witness_words),
        _cell(line.says),
        line.rule,
        line.link,
        _cell("\n".join(map(_in_cell, line.notes))),
    )


def _cell(text: str) -> str:
    if not text or (text.isascii() and text.isprintable() and text[0].isalnum()):
        return text  # most of them, in a fifth of the time
    return disarmed(cleaned(text))
