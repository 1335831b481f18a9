"""The two texts as the alignment sees them: normal forms, clauses, and which paragraphs are equal."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.collation.alignment.similarity import Incidence, incidence
from app.collation.model import Pins
from app.collation.text.ngrams import Whole
from app.collation.text.normalization import normal_form

# A pattern that begins with a set of signs is looked for in a third of the time that one of several patterns takes.
_CLAUSE_END = re.compile(r"""[.!?;:。！？；](?:(?<=[.!?;:])["')\]]*\s+|(?<=[。！？；]))""")
_PAUSE = re.compile(r"""[,،、\s](?:(?<=[,،])["')\]]*\s+|(?<=、)|(?<=\s)-+\s)""")
LONG = 200
"""A longer clause, in letters, is cut at its pauses: what one text says in one sentence the other may say in two."""
PART = 90
"""No part of such a clause is shorter: a few words alone are like anything."""

MOST_CLAUSES = 256
"""A paragraph of more clauses than this is cut into so many runs of them: work is bounded by counts."""


@dataclass(frozen=True, slots=True)
class AlignedText:
    """One side: its paragraphs' normal forms, and the clauses that these fall into."""

    forms: tuple[str, ...]
    clauses: tuple[str, ...]
    starts: Whole
    """The first clause of each paragraph, and the number of clauses at the end."""
    owners: Whole
    """The paragraph of each clause."""
    kin: Whole
    """The number of the class of equal paragraphs that a paragraph belongs to, where both sides have such; else -1."""

    def clauses_of(self, paragraphs: Sequence[int]) -> list[int]:
        """The clauses of some paragraphs."""
        return [
            clause
            for paragraph in paragraphs
            for clause in range(int(self.starts[paragraph]), int(self.starts[paragraph + 1]))
        ]


@dataclass(frozen=True, slots=True)
class TextPair:
    """Both sides, neither empty, and what they share."""

    base: AlignedText
    witness: AlignedText
    grams: Incidence
    pins: Pins

    def whole(self) -> tuple[slice, slice]:
        """All paragraphs of both sides."""
        return slice(0, len(self.base.forms)), slice(0, len(self.witness.forms))

    def may_stand(self, i: int, j: int) -> bool:
        """Whether a base and a witness paragraph may be set side by side: both have no equal, or are equal."""
        return bool(self.base.kin[i] == self.witness.kin[j]) and (i, j) not in self.pins.apart


def forms(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The normal forms of paragraphs; a paragraph of invisible signs alone stands for itself."""
    return tuple(normal_form(paragraph) or paragraph or " " for paragraph in paragraphs)


def pair(base: tuple[str, ...], witness: tuple[str, ...], pins: Pins) -> TextPair:
    """Two texts, neither empty, given by their paragraphs' normal forms, and what a reader pinned."""
    both = {form: number for number, form in enumerate(sorted(set(base) & set(witness)))}
    one, other = _text(base, both), _text(witness, both)
    grams = incidence(one.clauses, other.clauses, one.owners, other.owners)
    return TextPair(one, other, grams, pins)


def _text(paragraphs: tuple[str, ...], both: dict[str, int]) -> AlignedText:
    clauses: list[str] = []
    owners: list[int] = []
    starts = [0]
    for number, paragraph in enumerate(paragraphs):
        # An equal paragraph stands on the other side as a whole: nothing is to be gained from its parts.
        cut = [paragraph] if paragraph in both else _cut(paragraph)
        clauses += cut
        owners += [number] * len(cut)
        starts.append(len(clauses))
    kin = np.array([both.get(paragraph, -1) for paragraph in paragraphs], dtype=np.int64)
    return AlignedText(
        paragraphs,
        tuple(clauses),
        np.array(starts, dtype=np.int64),
        np.array(owners, dtype=np.int64),
        kin,
    )


def _cut(paragraph: str) -> list[str]:
    clauses: list[str] = []
    start = 0
    for end in [*[sign.end() for sign in _CLAUSE_END.finditer(paragraph)], len(paragraph)]:
        if end - start > LONG:
            parts = pairwise([start, *_pauses(paragraph, start, end), end])
            clauses += [paragraph[part:part_end].rstrip() for part, part_end in parts]
        elif start < end:
            clauses.append(paragraph[start:end].rstrip())
        start = end
    if len(clauses) <= MOST_CLAUSES:
        return clauses
    bounds = [len(clauses) * part // MOST_CLAUSES for part in range(MOST_CLAUSES + 1)]
    return [" ".join(clauses[start:end]) for start, end in pairwise(bounds)]


def _pauses(paragraph: str, start: int, end: int) -> list[int]:
    """Where a clause that is long is cut once more."""
    cuts: list[int] = []
    for pause in _PAUSE.finditer(paragraph, start, end):
        if pause.end() - (cuts or [start])[-1] >= PART <= end - pause.end():
            cuts.append(pause.end())
    return cuts
