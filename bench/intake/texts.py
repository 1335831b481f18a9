"""The texts that are written to files and read back: the seeds, and others that are given."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.golden.seeds import sides


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text, and what has to be read back from it."""

    name: str
    title: str
    paragraphs: tuple[str, ...]


def given_texts(paths: Iterable[Path]) -> list[WrittenText]:
    """Return the seeds and those in JSON lines of ``id``, ``title`` and ``paragraphs``."""
    texts = []
    for name, side in sides().items():
        headline = side.headline or 0
        body = [
            line
            for index, line in enumerate(side.paragraphs)
            if index != headline and index not in side.furniture
        ]
        texts.append(WrittenText(name, side.paragraphs[headline], tuple(map(_plain, body))))
    for path in paths:
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            texts.append(WrittenText(row["id"], row["title"], tuple(map(_plain, row["paragraphs"]))))
    return texts


def f1(read: Sequence[str], written: Sequence[str]) -> float:
    """Return the F1 of the paragraphs that were read back.

    >>> f1(["a", "b"], ["a", "b"]), f1(["a", "b c"], ["a", "b", "c"])
    (1.0, 0.4)
    """
    hits = sum((Counter(map(_plain, read)) & Counter(written)).values())
    return 2 * hits / (len(read) + len(written))


def _plain(text: str) -> str:
    return " ".join(text.replace("\N{SOFT HYPHEN}", "").split())
