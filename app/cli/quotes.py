"""``quotes --jsonl``: articles in, their quotations with who speaks out, one JSON object a line."""

from collections.abc import Mapping
from typing import Any, BinaryIO, TextIO

from app.cli.jsonl import answer_lines, strings
from app.collation import document
from app.collation.quotations import Attributed, attribute


def quote_lines(source: BinaryIO, target: BinaryIO, complaints: TextIO) -> int:
    """How many lines were wrong. Each good one is answered before the next is read."""
    return answer_lines(source, target, complaints, ("id", "paragraphs"), _quoted)


def _quoted(article: Mapping[str, Any]) -> str:
    found = attribute(strings(article, "paragraphs"))
    return document.canonical({"quotations": [_as_json(one) for one in found]})


def _as_json(one: Attributed) -> dict[str, Any]:
    quotation = one.quotation
    return {
        "paragraph": quotation.paragraph,
        "start": quotation.start,
        "end": quotation.end,
        "text": quotation.text,
        "speaker": one.speaker,
        "person": one.person,
        "cue": one.cue,
    }
