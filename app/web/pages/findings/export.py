"""The findings of a comparison as files: CSV for spreadsheets, JSON for programs (docs/formats.md)."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields

from app.collation.document import row_text
from app.collation.findings.registry import LOUD
from app.collation.model import Comparison, Row, Side
from app.permalinks import pins_text
from app.web.pages.comparison.view import ComparisonView, Places
from app.web.pages.findings.finding_list import listed_places
from app.web.pages.table.rows import Rows

FORMAT = 1
"""The number of the JSON file's form, as docs/formats.md has it."""

_ALONE = ("omitted", "added")

_FORMULA = frozenset("=+-@＝＋－＠")
"""What makes a spreadsheet compute a cell, in East Asian width too. After white space it is taken for the same."""


@dataclass(frozen=True, slots=True)
class Line:
    """One finding, or one row that stands in one text only or at another place; a column each."""

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


def lines(comparison: Comparison, path: str, view: ComparisonView, base_url: str) -> Iterator[Line]:
    """A line for each finding of the kinds that ``view`` chooses, in the text's order.

    Where it chooses none, of every kind but the quiet ones, and after them what was left out, added and moved, each
    time page furniture last.
    ``path`` is the comparison's, ``base_url`` the start of absolute links.
    """
    maker = Rows(comparison, Places(path, ComparisonView(pins=pins_text(comparison.pins)), 1, 0, (1,)))
    for row, number, found in listed_places(comparison, view.kinds):
        base = row_text(comparison.base, row.base)[slice(*found.base)]
        witness = row_text(comparison.witness, row.witness)[slice(*found.witness)]
        yield _line(maker, row, found.kind, number, (base, witness), found.says, found.rule, base_url)
    for kind in () if view.kinds else (*_ALONE, "moved"):
        rows = [
            row for row in comparison.collation.rows if row.kind == kind or (kind == "moved" and row.moved)
        ]
        for row in sorted(rows, key=maker.is_furniture):
            words = (row_text(comparison.base, row.base), row_text(comparison.witness, row.witness))
            yield _line(maker, row, kind, None, words, _says(maker, row, kind), "", base_url)


def as_csv(found: Sequence[Line]) -> bytes:
    r"""``found`` as CSV (RFC 4180) in UTF-8, with a byte order mark, by which Excel knows it.

    A cell in which a spreadsheet would see a formula gets an apostrophe before it.

    >>> line = Line("number", 7, 1, False, ("4", "5"), ("4",), "+3", "4", "=1+1", "r", "http://localhost/x")
    >>> print(as_csv([line]).decode("utf-8-sig").splitlines()[1])
    number,7,1,,"4, 5",4,'+3,4,'=1+1,r,http://localhost/x
    """
    file = io.StringIO()
    writer = csv.writer(file)
    columns = [field.name for field in fields(Line)]
    writer.writerow(columns)
    for line in found:
        writer.writerow([_cell(getattr(line, column)) for column in columns])
    return file.getvalue().encode("utf-8-sig")


def as_json(comparison: Comparison, found: Sequence[Line], view: ComparisonView, link: str) -> bytes:
    """``found`` as a JSON document, with what it was found in; ``link`` is the comparison's absolute one."""
    document = {
        "format": FORMAT,
        "engine": comparison.engine,
        "link": link,
        "base": _side(comparison.base),
        "witness": _side(comparison.witness),
        "kinds": view.kinds or LOUD,
        "not_looked_for": comparison.collation.summary.not_looked_for,
        "findings": [asdict(line) for line in found if line.finding],
    }
    if not view.kinds:
        for kind in (*_ALONE, "moved"):
            document[kind] = [_without_finding(line) for line in found if line.kind == kind]
    return json.dumps(document, ensure_ascii=False).encode()


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
    """What is said of a row that stands in one text only, or moved."""
    if kind == "moved":
        return f"moved: {maker.short_place(row)} → {maker.witness_place(row)}"
    label = (maker.comparison.base if kind == "omitted" else maker.comparison.witness).label
    told = [f"only in {label}"]
    if maker.is_furniture(row):
        told.append("page furniture")
    if row.repeats:
        told.append(f"repeats row {row.repeats}")
    return ", ".join(told)


def _without_finding(line: Line) -> dict[str, object]:
    """The line without what only a finding has."""
    return {name: value for name, value in asdict(line).items() if name not in ("kind", "finding", "rule")}


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


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        value = ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else ""
    if not isinstance(value, str):
        return value
    risky = value[:1] in ("\t", "\r", "\n") or value.lstrip()[:1] in _FORMULA
    return f"'{value}" if value and risky else value
