"""``make bench``: how fast the program is, next to others on the same texts in the same run, as a Markdown table."""

import argparse
import gc
import json
import math
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import permutations
from pathlib import Path

from app.collation import document, pipeline
from bench import others, stored, texts
from bench.measure import alone, milliseconds

GROWTH = (250, 1_000, 5_000)
"""Paragraphs of the long pairs; the largest two give the exponent."""
MARK = "<!-- written by: make bench-docs -->"


def compared(base: str, witness: str) -> str:
    """Return the comparison document of two texts: what a reader first waits for."""
    return document.dumps(pipeline.compare(texts.side("base", base), texts.side("witness", witness)))


def seeds() -> Iterator[str]:
    """Yield the table of the standing example, beside other programs."""
    base, witness = texts.seed_text(texts.NEWSWEEK), texts.seed_text(texts.REPOST)
    lines = (texts.side("", base).paragraphs, texts.side("", witness).paragraphs)
    calls: dict[str, Callable[[], object]] = {
        "Variorum, from two texts to the comparison document": partial(compared, base, witness),
        "difflib.HtmlDiff, its table of the paragraphs": partial(others.html_diff, *lines),
        "diff-match-patch, word mode with its semantic clean-up": partial(
            others.words_by_diff_match_patch, base, witness
        ),
        "CollateX, its alignment table": partial(others.collatex, base, witness),
    }
    times = {name: milliseconds(call) for name, call in calls.items()}
    yardstick = times["difflib.HtmlDiff, its table of the paragraphs"]
    yield "| the Newsweek piece against its repost | ms | of HtmlDiff's time |"
    yield "|---|---:|---:|"
    for name, spent in times.items():
        yield f"| {name} | {spent:,.1f} | {spent / yardstick:.2f} |"


def served() -> Iterator[str]:
    """Yield the table of the same comparison through the database and over HTTP, in one process."""
    yield "| served | ms |"
    yield "|---|---:|"
    for name, spent in stored.measured():
        yield f"| {name} | {spent:,.1f} |"


def growth() -> Iterator[str]:
    """Yield the table of long texts against a paraphrase with paragraphs split, merged, moved, dropped and added."""
    yield "| paragraphs of 80 words against a paraphrase | s | peak MB |"
    yield "|---|---:|---:|"
    spent: dict[int, float] = {}
    for count in GROWTH:
        base, witness = texts.long_pair(count)
        spent[count], peak = alone(partial(pipeline.collate, base, witness))
        yield f"| {count:,} against {len(witness):,} | {spent[count] / 1000:.2f} | {peak:,.0f} |"
    less, more = GROWTH[-2:]
    exponent = math.log(spent[more] / spent[less]) / math.log(more / less)
    yield ""
    yield f"Growth from {less:,} to {more:,} paragraphs: time as the number of paragraphs to the power {exponent:.2f}."


def single() -> Iterator[str]:
    """Yield the table of one enormous paragraph a side, where the word diff does all the work."""
    language = texts.Language(seed=1)
    unrelated = language.paragraph(5_000), texts.Language(seed=2).paragraph(5_000)
    long = language.paragraph(40_000)[:200_000]
    yield "| one paragraph against one | s | peak MB |"
    yield "|---|---:|---:|"
    for name, base, witness in (
        ("5,000 words, unrelated", *unrelated),
        ("200,000 characters, paraphrased", long, language.paraphrase(long)),
    ):
        spent, peak = alone(partial(pipeline.collate, [base], [witness]))
        yield f"| {name} | {spent / 1000:.2f} | {peak:,.0f} |"


def batch(pairs: Path | None) -> Iterator[str]:
    """Yield the table of pairs a second through ``collate --jsonl``, including its start."""
    if pairs is not None:
        lines = pairs.read_text(encoding="utf-8").splitlines(keepends=True)
    else:
        sides = [texts.side(name, texts.seed_text(name)).paragraphs for name in texts.seed_names()]
        lines = [
            json.dumps({"id": f"{number}", "base": base, "witness": witness}) + "\n"
            for number, (base, witness) in enumerate(list(permutations(sides, 2)) * 30)
        ]
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "app", "collate", "--jsonl"],
        input="".join(lines).encode(),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    spent = time.perf_counter() - began
    subject = pairs.stem if pairs is not None else "the five seed articles, each against each"
    yield "| `collate --jsonl`, one process | pairs | pairs a second |"
    yield "|---|---:|---:|"
    yield f"| {subject} | {len(lines):,} | {len(lines) / spent:,.0f} |"


def main() -> None:
    """Print the tables; with ``--write``, also write them into a document below its mark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="a document whose tables are replaced")
    parser.add_argument(
        "--pairs", type=Path, help="a file of pairs for `collate --jsonl` instead of the seeds"
    )
    arguments = parser.parse_args()
    lines: list[str] = []
    for part in (seeds, served, growth, single, partial(batch, arguments.pairs)):
        gc.collect()
        for line in [*part(), ""]:
            print(line, flush=True)
            lines.append(line)
    if arguments.write is not None:
        head = arguments.write.read_text(encoding="utf-8").split(MARK)[0]
        where = f"CPython {platform.python_version()}, {platform.machine()}, engine {pipeline.ENGINE}"
        table = "\n".join(lines).rstrip()
        arguments.write.write_text(
            f"{head}{MARK}\n\n{where}; median of repeated runs, one core.\n\n{table}\n", "utf-8"
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory():
        main()
