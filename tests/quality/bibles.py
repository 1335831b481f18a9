"""Two public-domain Bibles side by side, each in its own paragraphs; gold is exact to the verse."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.collation.model import RowKind

CHAPTERS = Path(__file__).parent / "bibles.jsonl.gz"

OLD_TESTAMENT = frozenset(["Esth", "Hab", "Hag", "Hos", "Jonah", "Mal", "Nah", "Ruth", "Zech"])


@dataclass(frozen=True, slots=True)
class GoldRow:
    """Paragraphs known to belong together, by their numbers from 0."""

    kind: RowKind
    base: tuple[int, ...]
    witness: tuple[int, ...]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two texts, and their gold rows."""

    name: str
    base: tuple[str, ...]
    witness: tuple[str, ...]
    rows: tuple[GoldRow, ...]
    links: frozenset[tuple[int, int]]
    """Pairs of a base and a witness paragraph that share text: in a row of several to several, not every pair."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter in both translations."""

    name: str
    oeb: tuple[str, ...]
    web: tuple[str, ...]
    groups: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    """Paragraphs of both with the same verses: the finest groups that cut no verse."""
    links: frozenset[tuple[int, int]]
    """Pairs of paragraphs, one of each, that share a verse."""

    @property
    def is_old(self) -> bool:
        """Whether it is in the Old Testament."""
        return self.name.split(".")[0] in OLD_TESTAMENT


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return every chapter, in the file's order."""
    with gzip.open(CHAPTERS, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return tuple(
        Chapter(
            record["chapter"],
            tuple(record["oeb"]),
            tuple(record["web"]),
            tuple((tuple(oeb), tuple(web)) for oeb, web in record["rows"]),
            frozenset((oeb, web) for oeb, web in record["links"]),
        )
        for record in records
    )


def side_by_side(chapter: Chapter) -> GoldPair:
    """Return one translation beside the other, each in its own paragraphs."""
    rows = tuple(
        GoldRow(kind([chapter.oeb[i] for i in base], [chapter.web[i] for i in witness]), base, witness)
        for base, witness in chapter.groups
    )
    return GoldPair(chapter.name, chapter.oeb, chapter.web, rows, chapter.links)


def kind(base: Sequence[str], witness: Sequence[str]) -> RowKind:
    """Return the kind of a row of these paragraphs.

    >>> kind(["One."], ["One."]), kind(["One. Two."], ["One.", "Two."]), kind([], ["One."])
    ('same', 'split', 'added')
    """
    if not witness:
        return "omitted"
    if not base:
        return "added"
    if len(base) == len(witness) == 1:
        return "same" if base == witness else "edited"
    if len(base) == 1:
        return "split"
    return "merged" if len(witness) == 1 else "regrouped"
