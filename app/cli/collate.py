"""``collate --jsonl``: pairs of texts in, their rows out, one JSON object a line."""

from collections.abc import Mapping
from typing import Any, BinaryIO, TextIO

from app.cli.jsonl import answer_lines, strings
from app.collation import document, pipeline


def collate_lines(source: BinaryIO, target: BinaryIO, complaints: TextIO) -> int:
    """Answer each good line before the next is read; return how many lines were bad."""
    return answer_lines(source, target, complaints, ("id", "base", "witness"), _collate)


def _collate(pair: Mapping[str, Any]) -> str:
    return document.dumped(pipeline.collate(strings(pair, "base"), strings(pair, "witness")))
