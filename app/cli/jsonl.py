"""One JSON object a line in, one a line out: shared by the commands with ``--jsonl``."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO, TextIO

from app.collation import document

Answer = Callable[[Mapping[str, Any]], str]
"""Turns one object into the text of another. Raises ValueError, in words, for a bad one."""


def answer_lines(
    source: BinaryIO, target: BinaryIO, complaints: TextIO, keys: Sequence[str], answer: Answer
) -> int:
    """Answer each good line before the next is read; report bad ones by number, and return how many there were.

    A line must be an object with ``keys``; the first key, ``id``, is put before the answer.
    """
    wrong = 0
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            given = _object(line, keys)
            answered = _line(given["id"], answer(given))
        except ValueError as error:
            print(f"line {number}: {error}", file=complaints, flush=True)
            wrong += 1
            continue
        target.write(answered)
        target.flush()
    return wrong


def strings(given: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return the list of strings under ``key``. Raises ValueError if it is not one."""
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
        *others, last = (f'"{key}"' for key in keys)
        raise ValueError(f"a line is an object with {', '.join(others)}{' and ' if others else ''}{last}")
    return given


def _line(identity: object, answer: str) -> bytes:
    try:
        return f'{{"id":{document.canonical(identity)},{answer[1:]}\n'.encode()
    except UnicodeEncodeError:
        raise ValueError("it holds halves of characters (lone surrogates)") from None
