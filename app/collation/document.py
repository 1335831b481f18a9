"""The comparison document as JSON: what the API serves, the command line writes and the database keeps.

docs/formats.md describes every field; a test holds it to this module.
"""

import json
from collections.abc import Sequence
from dataclasses import fields
from json.encoder import encode_basestring
from typing import Literal

from app.collation.model import (
    ROW_KINDS,
    Change,
    Collation,
    Comparison,
    Finding,
    Pins,
    Row,
    Side,
    Summary,
    Within,
)
from app.collation.relation import Relation
from app.collation.text import normalization
from app.collation.written import Json, WrittenRow, change_from_json, finding_from_json, written_rows

FORMAT = 1

FIRST, SECOND = " (first)", " (second)"
"""What distinguishes the labels of two texts with the same title, neither with a publisher of its own."""

LABEL_WORDS = 4
"""Words of a title that name a text without a publisher: enough to recognise it, short enough for a table's head."""

MAX_LABEL_CHARS = 40
"""Characters of such a label at most, for titles in scripts without spaces."""

_RELATION_KEYS = tuple(
    field.name for field in fields(Relation) if field.name not in ("base_in_witness", "witness_in_base")
)
"""Containment is written by itself."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
"""No document contains itself: not checking for that takes a quarter off the time."""

_BEFORE_ROWS, _AFTER_ROWS = b',"rows":[', b'],"summary":{'
"""Where the rows of a canonical text begin and end: inside a string the quotation marks would be escaped."""


def dumps(comparison: Comparison) -> str:
    """Return the document's canonical text, without spaces or line ends; digests are of its UTF-8 bytes.

    Its keys are in a fixed order.
    """
    head = {
        "format": comparison.format,
        "engine": comparison.engine,
        "diff_tokens": comparison.diff_tokens,
        "base": _side_json(comparison.base),
        "witness": _side_json(comparison.witness),
        **_pins_json(comparison.pins),
    }
    return f"{canonical(head)[:-1]},{dumped(comparison.collation)[1:]}"


def dumped(collation: Collation) -> str:
    """Return the rows and the summary alone, as a JSON object's text: what ``collate --jsonl`` prints beside the id.

    Rows are written directly as text: dictionaries of their many changes would take twice the time.
    """
    rows = ",".join([_row_text(row) for row in collation.rows])
    return f'{{"rows":[{rows}],"summary":{canonical(_summary_json(collation.summary))}}}'


def canonical(document: object) -> str:
    """Return a JSON value's text, without spaces or line ends."""
    return _ENCODER.encode(document)


def loads(canonical: bytes) -> Comparison:
    """Return the comparison of a canonical text, as UTF-8; the contents of its rows are read on first use.

    Raises ``ValueError`` for a document of another format.
    """
    begin, end = canonical.find(_BEFORE_ROWS), canonical.rfind(_AFTER_ROWS)
    if 0 < begin < end:
        rows = tuple(written_rows(canonical, begin + len(_BEFORE_ROWS), end))
        head = json.loads(b"".join((canonical[:begin], _BEFORE_ROWS, canonical[end:])))
        if len(rows) == sum(head["summary"]["rows"].values()):
            return _comparison(head, rows)
    return from_json(json.loads(canonical))


def from_json(document: Json) -> Comparison:
    """Return the comparison that ``dumps`` wrote.

    Raises ``ValueError`` for a document of another format.
    """
    return _comparison(document, tuple(_row(row) for row in document["rows"]))


def _comparison(document: Json, rows: tuple[Row, ...]) -> Comparison:
    if document["format"] != FORMAT:
        raise ValueError(f"a comparison document of format {document['format']}; this program reads {FORMAT}")
    summary = document["summary"]
    return Comparison(
        base=_side(document["base"]),
        witness=_side(document["witness"]),
        collation=Collation(
            rows=rows,
            summary=Summary(
                rows=dict(summary["rows"]),
                moved=summary["moved"],
                findings=dict(summary["findings"]),
                not_looked_for=tuple(summary.get("not_looked_for", ())),
                base_in_witness=summary["containment"]["base_in_witness"],
                witness_in_base=summary["containment"]["witness_in_base"],
                relation=_relation(summary),
            ),
        ),
        engine=document["engine"],
        diff_tokens=document["diff_tokens"],
        pins=_pins(document.get("pins", {})),
        format=document["format"],
    )


def row_text(side: Side, indices: Sequence[int]) -> str:
    """Return the text that a row's offsets on this side refer to: its paragraphs, joined by one newline."""
    return "\n".join(side.paragraphs[index] for index in indices)


def labels(
    base_publisher: str, base_title: str, witness_publisher: str, witness_title: str
) -> tuple[str, str]:
    """Return what pages call the two texts: each its publisher, or the first words of its title in quotation marks.

    The title's words serve if no publisher is stated or both are the same; more of them are taken until the two
    differ, and if the titles do not, "first" and "second" distinguish the texts.

    >>> labels("Newsweek", "China Offers Full Support", "", "Chinese defense chief offers full support to Russia")
    ('Newsweek', '“Chinese defense chief offers…”')
    """
    same = _folded(base_publisher) == _folded(witness_publisher)
    base_title, witness_title = " ".join(base_title.split()), " ".join(witness_title.split())
    base = "" if same else " ".join(base_publisher.split())
    witness = "" if same else " ".join(witness_publisher.split())
    longest = max(len(base_title.split()), len(witness_title.split()), LABEL_WORDS)
    for words in range(LABEL_WORDS, longest + 1):
        pair = (base or _opening(base_title, words), witness or _opening(witness_title, words))
        if _folded(pair[0]) != _folded(pair[1]):
            return pair
    return (
        base or _opening(base_title, LABEL_WORDS) + FIRST,
        witness or _opening(witness_title, LABEL_WORDS) + SECOND,
    )


def _folded(text: str) -> str:
    return normalization.normal_form(text).strip()


def _opening(title: str, words: int) -> str:
    """Return the first ``words`` words of ``title`` in quotation marks, with an ellipsis if more follow."""
    parts = title.split(" ")
    # At first a single remaining word is shown rather than hidden behind an ellipsis.
    shown = words if words > LABEL_WORDS or len(parts) > words + 1 else len(parts)
    opening = " ".join(parts[:shown])
    if words == LABEL_WORDS:
        opening = opening[:MAX_LABEL_CHARS]
    opening = opening.rstrip()
    if opening == title:
        return f"“{title or 'untitled'}”"
    return f"“{opening.rstrip(' ,.;:–—-')}…”"


def _pins_json(pins: Pins) -> Json:
    if not pins:
        return {}
    return {
        "pins": {
            "together": [list(pair) for pair in pins.together],
            "apart": [list(pair) for pair in pins.apart],
        }
    }


def _side_json(side: Side) -> Json:
    return {
        "revision": side.revision,
        "title": side.title,
        "paragraphs": list(side.paragraphs),
        "headline": side.headline,
        "furniture": list(side.furniture),
        "article": side.article,
        "publisher": side.publisher,
        "author": side.author,
        "published_on": side.published_on,
        "label": side.label,
    }


def _row_text(row: Row) -> str:
    if isinstance(row, WrittenRow):
        return row.text
    base, witness = ",".join(map(str, row.base)), ",".join(map(str, row.witness))
    further = f',"repeats":{row.repeats}' if row.repeats is not None else ""
    if row.coarse is not None:
        further += f',"coarse":"{row.coarse}"'
    changes = ",".join(map(_change_text, row.changes))
    findings = ",".join(map(_finding_text, row.findings))
    return (
        f'{{"row":{row.number},"kind":"{row.kind}","moved":{"true" if row.moved else "false"},'
        f'"similarity":{row.similarity!r},"base":[{base}],"witness":[{witness}]{further},'
        f'"changes":[{changes}],"findings":[{findings}]}}'
    )


def _change_text(change: Change) -> str:
    op, (start, end), (witness_start, witness_end), typography, within = change
    further = ',"typography":true' if typography else ""
    if within:
        further += f',"within":[{",".join(map(_mark_text, within))}]'
    return f'{{"op":"{op}","base":[{start},{end}],"witness":[{witness_start},{witness_end}]{further}}}'


def _mark_text(mark: Within) -> str:
    op, (start, end), (witness_start, witness_end) = mark
    return f'{{"op":"{op}","base":[{start},{end}],"witness":[{witness_start},{witness_end}]}}'


def _finding_text(finding: Finding) -> str:
    kind, (start, end), (witness_start, witness_end), says, rule = finding
    return (
        f'{{"kind":"{kind}","base":[{start},{end}],"witness":[{witness_start},{witness_end}],'
        f'"says":{encode_basestring(says)},"rule":{encode_basestring(rule)}}}'
    )


def _summary_json(summary: Summary) -> Json:
    return {
        "rows": {kind: summary.rows[kind] for kind in ROW_KINDS},
        "moved": summary.moved,
        "findings": dict(sorted(summary.findings.items())),
        "not_looked_for": list(summary.not_looked_for),
        "containment": {
            "base_in_witness": summary.base_in_witness,
            "witness_in_base": summary.witness_in_base,
        },
        **_relation_json(summary.relation),
    }


def _relation_json(relation: Relation | Literal["uncounted"] | None) -> Json:
    if relation == "uncounted":
        return {}
    if relation is None:
        return {"relation": None}
    return {"relation": {name: getattr(relation, name) for name in _RELATION_KEYS}}


def _relation(summary: Json) -> Relation | Literal["uncounted"] | None:
    if "relation" not in summary:
        return "uncounted"
    figures = summary["relation"]
    return Relation(**figures, **summary["containment"]) if figures else None


def _side(document: Json) -> Side:
    return Side(
        **{**document, "paragraphs": tuple(document["paragraphs"]), "furniture": tuple(document["furniture"])}
    )


def _pins(document: Json) -> Pins:
    return Pins(
        together=tuple((base, witness) for base, witness in document.get("together", ())),
        apart=tuple((base, witness) for base, witness in document.get("apart", ())),
    )


def _row(document: Json) -> Row:
    return Row(
        number=document["row"],
        kind=document["kind"],
        moved=document["moved"],
        similarity=document["similarity"],
        base=tuple(document["base"]),
        witness=tuple(document["witness"]),
        changes=tuple(change_from_json(change) for change in document["changes"]),
        findings=tuple(finding_from_json(finding) for finding in document["findings"]),
        repeats=document.get("repeats"),
        coarse=document.get("coarse"),
    )
