"""One JSON object a line in, one a line out: what the commands with ``--jsonl`` share."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO, TextIO

from app.collation import document

Answer = Callable[[Mapping[str, Any]], str]
"""What a command makes of one object: the text of another. Raises ValueError, in words, for a wrong one."""


def answer_lines(
    source: BinaryIO, target: BinaryIO, complaints: TextIO, keys: Sequence[str], answer: Answer
) -> int:
    """How many lines were wrong, each told of by its number. Each good one is answered before the next is read.

    A line must be an object with ``keys``, the first of which, ``id``, is put before the answer.
    """
    wrong = 0
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            given = _object(line, keys)
            written = _line(given["id"], answer(given))
        except ValueError as error:
            print(f"line {number}: {error}", file=complaints, flush=True)
            wrong += 1
            continue
        target.write(written)
        target.flush()
    return wrong


def strings(given: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The list of strings under ``key``. Raises ValueError where it is none."""
    value = given[key]
    if not isinstance(value, list) or not all(isinstance(paragraph, str) for paragraph in value):
        raise ValueError(f'"{key}" is not a list of strings')
    return tuple(value)


def _object(line: bytes, keys: Sequence[str]) -> Mapping[str, Any]:
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("this is not UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"this is not JSON ({error})") from None
    if not isinstance(given, dict) or not set(keys) <= given.keys():
        named = [f'"{key}"' for key in keys]
        raise ValueError(f"a line is an object with {', '.join(named[:-1])} and {named[-1]}")
    return given


def _line(identity: object, answer: str) -> bytes:
    try:
        return f'{{"id":{document.canonical(identity)},{answer[1:]}\n'.encode()
    except UnicodeEncodeError:
        raise ValueError("it holds halves of characters (lone surrogates)") from None
