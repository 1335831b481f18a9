"""The collation core measured on the data in this folder, and the figures compared with the pinned floors."""

import hashlib
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from app.collation import pipeline
from app.collation.relations import prepare, relate_prepared
from tests.quality import marked, persons
from tests.quality.bibles import CHAPTERS, Chapter, GoldPair, chapters, side_by_side
from tests.quality.planted import planted
from tests.quality.scoring import (
    RowScore,
    Tally,
    WordScore,
    found_by_kind,
    is_partition,
    score_rows,
    score_words,
)

FLOORS = Path(__file__).parent / "floors.toml"

Extent = Literal["full", "sample"]

OTHERS = 12
"""Chapters each is compared with besides its own: those that follow it, after the last the first."""

SAMPLE_EVERY = 8
"""The sample takes every eighth chapter, and all the marked pairs: a few seconds within ``make test``."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """The pinned figures, and the parts they come from."""

    figures: dict[tuple[str, str], Tally]
    """By set and figure, for example ``("words", "edits")``."""
    parts: dict[tuple[str, str], Tally]
    """By set and kind of row, or heading of the marked pairs."""
    torn: tuple[str, ...]
    """Pairs in which some paragraph is not in exactly one row; there must be none."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure beside its floor."""

    name: str
    tally: Tally
    floor: float
    raise_from: float

    @property
    def value(self) -> float:
        """The F1, to four decimals, so that it is the same on every machine."""
        return round(self.tally.f1, 4)

    @property
    def below(self) -> bool:
        """Whether the gate fails."""
        return self.value < self.floor

    @property
    def says(self) -> str:
        """Return a message that says what to do.

        >>> Verdict("words edits", Tally(72, 100, 100), floor=0.7, raise_from=0.01).says
        'raise the floor'
        """
        if self.below:
            return "BELOW THE FLOOR"
        return "raise the floor" if self.value >= round(self.floor + self.raise_from, 4) else "holds"


def measure(extent: Extent) -> Measurement:
    """Return every figure of the full data, or of the sample."""
    some = chapters()[::SAMPLE_EVERY] if extent == "sample" else chapters()
    figures: dict[tuple[str, str], Tally] = {}
    parts: dict[tuple[str, str], Tally] = {}
    torn: list[str] = []
    words, together, by_heading = _words(marked.read(marked.PAIRS.read_text(encoding="utf-8")))
    figures |= {("words", figure): getattr(words, figure) for figure in ("tokens", "edits", "typography")}
    figures["words", "together"] = together
    parts |= {("words", heading): tally for heading, tally in by_heading.items()}
    articles = persons.read(persons.PERSONS.read_text(encoding="utf-8"))
    spoken = [person for article in articles for person in persons.answered(article)]
    figures |= {("quotations", figure): tally for figure, tally in persons.scores(spoken).items()}
    figures["relations", "reuse"] = _reuse(some)
    sets: dict[str, tuple[Iterable[GoldPair], tuple[str, ...]]] = {
        "bibles": ((side_by_side(chapter) for chapter in some), ("links", "rows")),
        "copied": ((planted(chapter, "copied") for chapter in some), ("links", "rows", "moved")),
        "reworded": ((planted(chapter, "reworded") for chapter in some), ("links", "rows", "moved")),
    }
    for name, (pairs, wanted) in sets.items():
        rows, by_kind, torn_here = _rows(pairs)
        figures |= {(name, figure): getattr(rows, figure) for figure in wanted}
        parts |= {(name, kind): tally for kind, tally in by_kind.items() if tally.wanted}
        torn += torn_here
    return Measurement(figures, parts, tuple(torn))


def verdicts(measurement: Measurement, extent: Extent) -> list[Verdict]:
    """Return every measured figure beside its floor. Raises KeyError for a figure without one."""
    pinned = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    return [
        Verdict(
            f"{name} {figure}",
            tally,
            float(pinned[extent][name][figure]),
            float(pinned["raise_from"][extent]),
        )
        for (name, figure), tally in measurement.figures.items()
    ]


def pinned_digests() -> dict[str, str]:
    """Return the digests, by name, of the data for which the floors were set."""
    pinned = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    return {str(name): str(digest) for name, digest in pinned["digests"].items()}


def digests() -> dict[str, str]:
    """Return the SHA-256 of the data: marked pairs and quotations, the chapters, and all that is planted in them."""
    pairs = [planted(chapter, edition) for chapter in chapters() for edition in ("copied", "reworded")]
    written = json.dumps(
        [{**asdict(pair), "links": sorted(pair.links)} for pair in pairs], ensure_ascii=False, sort_keys=True
    )
    contents = {
        "marked": marked.PAIRS.read_text(encoding="utf-8").encode(),
        "persons": persons.PERSONS.read_text(encoding="utf-8").encode(),
        "chapters": CHAPTERS.read_bytes(),
        "planted": written.encode(),
    }
    return {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}


def _words(pairs: Iterable[marked.MarkedPair]) -> tuple[WordScore, Tally, dict[str, Tally]]:
    """Return the score of all pairs, how many were aligned, and the score of whole edits by heading."""
    total, together, by_heading = WordScore(), Tally(), defaultdict[str, Tally](Tally)
    for pair in pairs:
        rows = pipeline.collate((pair.base,), (pair.witness,)).rows
        changes = [change for row in rows for change in row.changes]
        one_row = len(rows) == 1
        score = score_words(pair.base, pair.witness, changes, pair.markings, together=one_row)
        total += score
        together += Tally(int(one_row), 1, 1)
        by_heading[pair.heading] += score.edits
    return total, together, dict(by_heading)


def _reuse(some: Sequence[Chapter]) -> Tally:
    """Score which pairs of a chapter with its own and other chapters in the other Bible are called reuse."""
    base = [prepare(chapter.oeb) for chapter in some]
    witness = [prepare(chapter.web) for chapter in some]
    total = Tally(wanted=len(some))
    for at, text in enumerate(base):
        for step in range(min(OTHERS + 1, len(some))):
            relation = relate_prepared(text, witness[(at + step) % len(some)])
            if relation and relation.is_reuse:
                total += Tally(hits=int(step == 0), given=1)
    return total


def _rows(pairs: Iterable[GoldPair]) -> tuple[RowScore, dict[str, Tally], list[str]]:
    """Return the score of all pairs, the same by kind of row, and the names of those that are no partition."""
    total, by_kind, torn = RowScore(), defaultdict[str, Tally](Tally), []
    for pair in pairs:
        rows = pipeline.collate(pair.base, pair.witness).rows
        total += score_rows(rows, pair.rows, pair.links)
        for kind, tally in found_by_kind(rows, pair.rows).items():
            by_kind[kind] += tally
        if not is_partition(rows, len(pair.base), len(pair.witness)):
            torn.append(pair.name)
    return total, dict(by_kind), torn
