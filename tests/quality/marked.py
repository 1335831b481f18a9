"""Sentence pairs marked by hand; the marks are the gold standard."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.collation.model import Change, Op

PAIRS = Path(__file__).parent / "pairs.txt"

MARK = re.compile(
    r"\[~(?P<before>.*?)~\]\{~(?P<after>.*?)~\}"
    r"|\[-(?P<struck>.*?)-\](?:\{\+(?P<instead>.*?)\+\})?"
    r"|\{\+(?P<written>.*?)\+\}"
)
STRAY = re.compile(r"\[[-~]|[-~]\]|\{[+~]|[+~]\}")

Marking = tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """Two versions of a sentence, with every marking that a person considers right."""

    heading: str
    """What the pair is an example of."""
    line: int
    """Its line in the file, from 1."""
    base: str
    witness: str
    markings: tuple[Marking, ...]


def read(text: str) -> tuple[MarkedPair, ...]:
    """Return the pairs of a file's text, in its order.

    Raises ValueError, naming the line, for a stray mark, an edit that strikes and writes the same, or an
    alternative marking of another pair.
    """
    pairs: list[MarkedPair] = []
    heading = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif line.startswith("or: ") and pairs:
            pairs[-1] = _with_alternative(pairs[-1], number, line.removeprefix("or: "))
        elif line and not line.startswith("#"):
            base, witness, marking = parse(line, number)
            pairs.append(MarkedPair(heading, number, base, witness, (marking,)))
    return tuple(pairs)


def parse(line: str, number: int = 1) -> tuple[str, str, Marking]:
    """Return both sides of a marked line, and its edits with offsets into them.

    >>> parse("It will [-cut-]{+end+} aid{+ now+}.")[:2]
    ('It will cut aid.', 'It will end aid now.')
    >>> [(change.op, change.base, change.witness) for change in parse("It will [-cut-]{+end+} aid{+ now+}.")[2]]
    [('replace', (8, 11), (8, 11)), ('insert', (15, 15), (15, 19))]
    """
    base = witness = ""
    edits: list[Change] = []
    for unchanged, struck, written, typographic in _pieces(line):
        if STRAY.search(unchanged + struck + written):
            raise ValueError(f"line {number}: a mark without its partner")
        if struck == written and not unchanged:
            raise ValueError(f"line {number}: an edit that changes nothing: {struck!r}")
        base, witness = base + unchanged, witness + unchanged
        if not unchanged:
            base_start, witness_start = len(base), len(witness)
            base, witness = base + struck, witness + written
            op = _op(struck, written)
            edits.append(
                Change(op, (base_start, len(base)), (witness_start, len(witness)), typography=typographic)
            )
    return base, witness, tuple(edits)


def _pieces(line: str) -> Iterator[tuple[str, str, str, bool]]:
    at = 0
    for match in MARK.finditer(line):
        if match.start() > at:
            yield line[at : match.start()], "", "", False
        typographic = match["before"] is not None
        struck = match["before"] if typographic else match["struck"] or ""
        written = match["after"] if typographic else match["instead"] or match["written"] or ""
        yield "", struck, written, typographic
        at = match.end()
    if at < len(line):
        yield line[at:], "", "", False


def _op(struck: str, written: str) -> Op:
    if not struck:
        return "insert"
    return "replace" if written else "delete"


def _with_alternative(pair: MarkedPair, number: int, line: str) -> MarkedPair:
    base, witness, marking = parse(line, number)
    if (base, witness) != (pair.base, pair.witness):
        raise ValueError(f"line {number}: another pair than the one on line {pair.line}")
    return MarkedPair(pair.heading, pair.line, base, witness, (*pair.markings, marking))
