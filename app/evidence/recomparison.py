"""Compare the texts in an evidence file again, without a server, and check that the result is the stored comparison."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app import permalinks
from app.collation import document, pipeline
from app.collation.model import Collation, Comparison, Pins, Side, Summary
from app.collation.pins import PinsError
from app.errors import InvalidInputError
from app.evidence import annotations
from app.evidence.archive import Content
from app.sources import bounds

Result = Literal["same", "different", "other engine", "not tried"]

MAX_CHARS = 8_000_000
"""Characters of both texts together up to which they are compared anew."""

MAX_HEAD_BYTES = 16_000_000
"""Bytes of comparison.json before its rows: both texts and what is stated of them. Rows are made anew, not read."""

_BEFORE_ROWS = b',"rows":['
"""It occurs nowhere else: inside a string its quotation marks would be escaped."""

_NO_ROWS = Collation((), Summary({}, 0, {}, 0, 0))

_WORDS = ("revision", "title", "article", "publisher", "author", "published_on", "label")


@dataclass(frozen=True, slots=True)
class Anew:
    """Whether the comparison comes out the same."""

    result: Result
    says: str
    label: str = ""
    """What the file compares, in words; empty where it cannot be read."""
    comparison: Comparison | None = None
    """The new comparison if it is the same; else, unless it differs, what comparison.json says before its rows."""


class _WrongFormError(ValueError):
    """The document is not one that this program writes; the message says why."""


def compare_anew(members: Mapping[str, Content]) -> Anew:
    """Compare the texts of a consistent evidence file again, and check that its members speak of the same texts."""
    try:
        given = _parsed(members["comparison.json"])
        base, witness, pins = _side(given, "base"), _side(given, "witness"), _pins(given)
    except _WrongFormError as error:
        return Anew("different", f"comparison.json is not as Variorum writes it: {error}.")
    label = " – ".join(
        f"{side.publisher}: {side.title}" if side.publisher else f"“{side.title}”" for side in (base, witness)
    )
    for name, side in (("base", base), ("witness", witness)):
        if members[f"texts/{name}.txt"] != "\n".join(side.paragraphs).encode("utf-8"):
            return Anew(
                "different", f"texts/{name}.txt is not the text that comparison.json compares.", label
            )
    engine = given["engine"]
    stated = Comparison(base, witness, _NO_ROWS, engine, 0, pins)
    if engine != pipeline.ENGINE:
        own = pipeline.ENGINE
        says = f"It was made by engine {engine}, and this program has engine {own}, so it was not made anew."
        return Anew("other engine", says, label, stated)
    if sum(len(paragraph) for side in (base, witness) for paragraph in side.paragraphs) > MAX_CHARS:
        says = f"Its texts have more than {MAX_CHARS:,} characters, so it was not made anew."
        return Anew("not tried", says, label, stated)
    if any(map(_is_too_much, (base, witness))):
        says = (
            "No server takes such a text: it has too many paragraphs, quotation marks, accents or flags. "
            "So it was not made anew."
        )
        return Anew("not tried", says, label, stated)
    try:
        comparison = pipeline.compare(base, witness, pins)
    except PinsError as error:
        return Anew("different", f"Its texts cannot be compared around its pins: {error}.", label)
    if document.dumps(comparison).encode("utf-8") != members["comparison.json"]:
        return Anew("different", f"Engine {engine} makes another comparison of these texts.", label)
    findings = bytes(members.get("findings.json", b""))
    if findings != annotations.written(comparison, annotations.base_url_of(findings)):
        return Anew("different", "findings.json is not about the findings of comparison.json.", label)
    says = f"Engine {engine} makes the same comparison of these texts, byte for byte."
    return Anew("same", says, label, comparison)


def _parsed(content: Content) -> dict[str, Any]:
    """Return what comparison.json says before its rows."""
    head = bytes(content[:MAX_HEAD_BYTES])
    begin = head.find(_BEFORE_ROWS)
    if begin < 0 and len(content) > MAX_HEAD_BYTES:
        raise _WrongFormError(f"its rows do not begin within {MAX_HEAD_BYTES:,} bytes")
    try:
        given = json.loads(head[:begin] + b"}" if begin >= 0 else head)
    except (ValueError, RecursionError) as error:
        raise _WrongFormError("it is not JSON in UTF-8") from error
    if not isinstance(given, dict):
        raise _WrongFormError("it is not an object")
    return given


def _is_too_much(side: Side) -> bool:
    lines = [line for index, line in enumerate(side.paragraphs) if index != side.headline]
    return bool(bounds.reason_to_refuse("\n".join(side.paragraphs), lines))


def _side(given: Mapping[str, Any], name: str) -> Side:
    side = given.get(name)
    if not isinstance(side, dict) or not isinstance(given.get("engine"), str):
        raise _WrongFormError(f"it has no “{name}”, or names no engine")
    paragraphs = side.get("paragraphs")
    if not isinstance(paragraphs, list) or not all(map(_is_paragraph, paragraphs)):
        raise _WrongFormError(f"the paragraphs of “{name}” are not lines of text")
    headline, furniture = side.get("headline"), side.get("furniture")
    numbers = (
        [*furniture, *([] if headline is None else [headline])] if isinstance(furniture, list) else [None]
    )
    if not all(type(number) is int and 0 <= number < len(paragraphs) for number in numbers):
        raise _WrongFormError(f"“headline” or “furniture” of “{name}” names no paragraph")
    if not all(_is_text(side.get(word)) for word in _WORDS):
        raise _WrongFormError(f"what is stated of “{name}” is not text")
    return Side(
        paragraphs=tuple(paragraphs),
        headline=headline,
        furniture=tuple(side["furniture"]),
        **{word: side[word] for word in _WORDS},
    )


def _pins(given: Mapping[str, Any]) -> Pins:
    pins = given.get("pins", {})
    if not isinstance(pins, dict):
        raise _WrongFormError("“pins” is not an object")
    parts = []
    for name, sign in (("together", "-"), ("apart", "x")):
        pairs = pins.get(name, [])
        if not isinstance(pairs, list) or len(pairs) > permalinks.MAX_PINS:
            raise _WrongFormError("“pins” are not pairs of paragraphs, or too many")
        for pair in pairs:
            if not isinstance(pair, list) or len(pair) != 2 or not all(type(at) is int for at in pair):
                raise _WrongFormError("“pins” are not pairs of paragraphs")
            parts.append(f"{pair[0]}{sign}{pair[1]}")
    try:
        return permalinks.parse_pins(",".join(parts))
    except InvalidInputError as error:
        raise _WrongFormError("“pins” contradict each other, or name no paragraphs") from error


def _is_text(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_paragraph(value: object) -> bool:
    return _is_text(value) and isinstance(value, str) and "\n" not in value and bool(value.strip())
