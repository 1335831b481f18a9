"""Findings as W3C web annotations: what is said, and the words of both texts by quotation and by position.

Positions are Unicode code points into ``texts/base.txt`` and ``texts/witness.txt``, as the Web Annotation Data Model
(2017) counts them.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from app import permalinks
from app.collation.model import Comparison, Finding, Side, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

CONTEXT_CHARS = 32
"""Code points before and after a quotation that its selector gives, so that it is found in an edited text too."""


def written(comparison: Comparison, base_url: str) -> bytes:
    """Return an annotation collection with one annotation for each finding, a line each, in the order of the rows.

    ``base_url`` begins the links to the findings' own pages, which are the annotations' ids.
    """
    items = [json.dumps(item, ensure_ascii=False) for item in annotations(comparison, base_url)]
    head = {"@context": CONTEXT, "type": "AnnotationCollection", "total": len(items)}
    page = json.dumps({"type": "AnnotationPage", "startIndex": 0})
    listed = ",\n".join(items)
    return f'{json.dumps(head)[:-1]}, "first": {page[:-1]}, "items": [\n{listed}\n]}}}}\n'.encode()


def base_url_of(written_annotations: bytes) -> str:
    """Return with what the ids of annotations that ``written`` wrote begin; empty where there is none."""
    first = _ID_OF_FIRST.search(written_annotations[:10_000])
    return first[1].decode("utf-8", "replace") if first else ""


def annotations(comparison: Comparison, base_url: str) -> Iterator[dict[str, Any]]:
    """Yield an annotation for each finding, in the order of the rows."""
    path = permalinks.compare_path(comparison.base.revision, comparison.witness.revision, comparison.engine)
    pins = permalinks.pins_text(comparison.pins)
    base, witness = _Text(comparison.base), _Text(comparison.witness)
    for row in comparison.collation.rows:
        for number, finding in enumerate(row.findings, 1):
            targets = [
                *base.targets("texts/base.txt", row.base, finding.base),
                *witness.targets("texts/witness.txt", row.witness, finding.witness),
            ]
            link = f"{base_url}{permalinks.row_path(path, row.number, number, pins)}"
            yield _annotation(link, finding, targets)


def _annotation(link: str, finding: Finding, targets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    body = [
        {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": finding.says},
        {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": finding.kind},
    ]
    return {"id": link, "type": "Annotation", "motivation": "assessing", "body": body, "target": targets}


_ID_OF_FIRST = re.compile(rb'"items": \[\n\{"id": "([^"\\]{0,2000}?)/compare/')


class _Text:
    """One text as it is in its file: paragraphs joined by one newline."""

    def __init__(self, side: Side) -> None:
        self._text = "\n".join(side.paragraphs)
        lengths = [len(paragraph) + 1 for paragraph in side.paragraphs]
        self._starts = [0, *accumulate(lengths)]

    def targets(self, source: str, indices: Sequence[int], span: Span) -> Iterator[dict[str, Any]]:
        """Yield where a span of a row is in the file: several places where the row's paragraphs are not neighbours."""
        for start, end in self._places(indices, span):
            quote = {
                "type": "TextQuoteSelector",
                "exact": self._text[start:end],
                "prefix": self._text[max(0, start - CONTEXT_CHARS) : start],
                "suffix": self._text[end : end + CONTEXT_CHARS],
            }
            position = {"type": "TextPositionSelector", "start": start, "end": end}
            yield {"type": "SpecificResource", "source": source, "selector": [quote, position]}

    def _places(self, indices: Sequence[int], span: Span) -> list[tuple[int, int]]:
        places: list[tuple[int, int]] = []
        begin = 0
        for index in indices:
            length = self._starts[index + 1] - self._starts[index] - 1
            shift = self._starts[index] - begin
            start, end = max(span[0], begin), min(span[1], begin + length)
            if start < end or (start == end and span[0] == span[1] and not places):
                place = (start + shift, end + shift)
                if places and places[-1][1] + 1 == place[0]:
                    places[-1] = (places[-1][0], place[1])
                else:
                    places.append(place)
            begin += length + 1
        return places
