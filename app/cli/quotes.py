"""``quotes --jsonl``: articles in, their quotations with who speaks out, one JSON object a line."""

from collections.abc import Mapping
from typing import Any, BinaryIO, TextIO

from app.cli.jsonl import answer_lines, strings
from app.collation import document
from app.collation.quotations import Attributed, attribute


def quote_lines(source: BinaryIO, target: BinaryIO, complaints: TextIO) -> int:
    """Answer each good line before the next is read; return how many lines were bad."""
    return answer_lines(source, target, complaints, ("id", "paragraphs"), _quotations)


def _quotations(article: Mapping[str, Any]) -> str:
    attributed = attribute(strings(article, "paragraphs"))
    return document.canonical({"quotations": [_as_json(each) for each in attributed]})


def _as_json(attributed: Attributed) -> dict[str, Any]:
    quotation = attributed.quotation
    return {
        "paragraph": quotation.paragraph,
        "start": quotation.start,
        "end": quotation.end,
        "text": quotation.text,
        "speaker": attributed.speaker,
        "person": attributed.person,
        "cue": attributed.cue,
    }
