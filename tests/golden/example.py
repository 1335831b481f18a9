"""The two small texts whose comparison docs/formats.md prints."""

import json
from pathlib import Path
from typing import Any

from app.collation import document, pipeline
from app.collation.model import Side

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"

BASE = Side(
    revision="aaaaaaaaaaaaaaaa",
    title="Talks open in Oslo",
    paragraphs=(
        "Talks open in Oslo",
        'The minister said: "We will put pressure on them." The talks cost $345 million.',
        "Nobody else came to the hall.",
    ),
    headline=0,
    article="cccccccccccccccc",
    publisher="The Courier",
    published_on="2024-02-01",
)
WITNESS = Side(
    revision="bbbbbbbbbbbbbbbb",
    title="Talks open in Oslo",
    paragraphs=(
        "Talks open in Oslo",
        "The minister said: “We will put pressure from them.” The talks cost $354 million.",
        "Subscribe to our newsletter",
    ),
    headline=0,
    furniture=(2,),
    article="dddddddddddddddd",
)

_START, _END = "<!-- example -->\n```json\n", "\n```"


def printed(page: str) -> Any:
    """Return the document that the page prints."""
    return json.loads(page.split(_START)[1].split(_END)[0])


def reprinted(page: str) -> str:
    """Return the page with what the engine makes now, one part a line so that a person can read it."""
    before, rest = page.split(_START)
    _, after = rest.split(_END, 1)
    return (
        before
        + _START
        + _in_lines(json.loads(document.dumps(pipeline.compare(BASE, WITNESS))), 0)
        + _END
        + after
    )


def _in_lines(value: Any, depth: int) -> str:
    """Return JSON broken into lines of at most 120 characters where it can be."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + depth <= 118 or not isinstance(value, dict | list) or not value:
        return flat
    inside = " " * (depth + 1)
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {_in_lines(part, depth + 1)}" for key, part in value.items()]
        return "{" + f",\n{inside}".join(parts) + "}"
    return "[" + f",\n{inside}".join(_in_lines(part, depth + 1) for part in value) + "]"
