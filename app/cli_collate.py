"""``collate --jsonl``: pairs of texts in, their rows out, one JSON object a line."""

import json
from typing import Any, BinaryIO, TextIO

from app.collation import document, pipeline


def collate_lines(source: BinaryIO, target: BinaryIO, complaints: TextIO) -> int:
    """How many lines were wrong. Each good one is answered before the next is read."""
    wrong = 0
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            answer = _answer(line)
        except ValueError as error:
            print(f"line {number}: {error}", file=complaints, flush=True)
            wrong += 1
            continue
        target.write(answer)
        target.flush()
    return wrong


def _answer(line: bytes) -> bytes:
    """The answer to one line, with its line end. Raises ValueError, in words, for a wrong line."""
    try:
        pair = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("this is not UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"this is not JSON ({error})") from None
    if not isinstance(pair, dict) or not {"id", "base", "witness"} <= pair.keys():
        raise ValueError('a line is an object with "id", "base" and "witness"')
    collation = pipeline.collate(_paragraphs(pair, "base"), _paragraphs(pair, "witness"))
    answer = {"id": pair["id"], **document.collation_json(collation)}
    try:
        return document.canonical(answer).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        raise ValueError("it holds halves of characters (lone surrogates)") from None


def _paragraphs(pair: dict[str, Any], side: str) -> tuple[str, ...]:
    value = pair[side]
    if not isinstance(value, list) or not all(isinstance(paragraph, str) for paragraph in value):
        raise ValueError(f'"{side}" is not a list of strings')
    return tuple(value)
