"""Write the made-up news of ``bench.library`` as an archive of JSON lines, with copies planted at its end."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.services.processes import count_processors, map_in_processes
from bench.library import copies, measure, texts

PLANTED = 100
"""Copies of each kind, of articles that nobody else prints."""

ARTICLES_PER_PIECE = 200


def write(file: Path, size: int, copies_of_each: int = PLANTED) -> None:
    """Write an archive of ``size`` articles, including the copies, unless it exists already."""
    if file.exists():
        return
    scratch = file.with_suffix(".part")
    news = size - copies_of_each * len(copies.KINDS)
    pieces = (range(at, min(at + ARTICLES_PER_PIECE, news)) for at in range(0, news, ARTICLES_PER_PIECE))
    with gzip.open(scratch, "wt", encoding="utf-8", compresslevel=1) as target:
        for lines in map_in_processes(_lines, pieces, count_processors(), 8):
            target.writelines(lines)
        for line in planted(news, copies_of_each):
            target.write(json.dumps(line) + "\n")
    scratch.rename(file)


def planted(news: int, copies_of_each: int = PLANTED) -> Iterator[dict[str, Any]]:
    """Yield the copies as lines for ``import``; their ids give the kind and the number of the original."""
    for kind in copies.KINDS:
        for number in measure.originals(news, copies_of_each):
            title, *paragraphs = copies.copy(kind, number, news)
            yield {"id": f"{kind}-{number}", "title": title, "paragraphs": paragraphs}


def _lines(numbers: range) -> list[str]:
    return [json.dumps(texts.article(number).line()) + "\n" for number in numbers]
