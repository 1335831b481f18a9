"""The two texts as the alignment reads them: normal forms, clauses, and which paragraphs are equal."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.collation.alignment.similarity import Incidence, incidence
from app.collation.model import Pins
from app.collation.text.ngrams import Whole
from app.collation.text.normalization import normal_form

# A pattern that begins with a set of characters is found in a third of the time that an alternation takes.
_CLAUSE_END = re.compile(r"""[.!?;:。！？；](?:(?<=[.!?;:])["')\]]*\s+|(?<=[。！？；]))""")
_PAUSE = re.compile(r"""[,،、\s](?:(?<=[,،])["')\]]*\s+|(?<=、)|(?<=\s)-+\s)""")
_MARKDOWN_SIGNS = (*"*_`~#>", "](")
_LINE_MARK = re.compile(r"^(?:#{1,6} |> ?|[*+-] |\d{1,2}[.)] )+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?: [\"'][^\"']*[\"'])?\)")
_EMPHASIS = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|`+")
LONG_CLAUSE_LETTERS = 200
"""Letters of a clause above which it is cut at its pauses: one text may say in two sentences what the other says in
one."""
MIN_PART_LETTERS = 90
"""Letters of the shortest part of such a clause: a few words alone resemble anything."""

MAX_CLAUSES = 256
"""Clauses of a paragraph above which they are merged into this many runs, so that counts bound the work."""


@dataclass(frozen=True, slots=True)
class AlignedText:
    """One side: its paragraphs' normal forms, and their clauses."""

    forms: tuple[str, ...]
    clauses: tuple[str, ...]
    starts: Whole
    """The first clause of each paragraph, and the number of clauses at the end."""
    owners: Whole
    """The paragraph of each clause."""
    kin: Whole
    """The class of equal paragraphs that each paragraph belongs to, if both sides have some; else -1."""

    def clauses_of(self, paragraphs: Sequence[int]) -> list[int]:
        """Return the clauses of some paragraphs."""
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
        """Return slices of all paragraphs of both sides."""
        return slice(0, len(self.base.forms)), slice(0, len(self.witness.forms))

    def may_stand(self, i: int, j: int) -> bool:
        """Return whether a base and a witness paragraph may share a row: neither has an equal, or they are equal."""
        return bool(self.base.kin[i] == self.witness.kin[j]) and (i, j) not in self.pins.apart


def forms(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return the normal forms of paragraphs without marks of Markdown; one of invisible characters alone is left as
    it is."""
    return tuple(_without_markdown(normal_form(paragraph)) or paragraph or " " for paragraph in paragraphs)


def _without_markdown(form: str) -> str:
    """Return a text without the marks and the addresses that Markdown puts around its words.

    >>> _without_markdown("## the **old** _mill_ [burned](https://example.org/mill)")
    'the old mill burned'
    """
    if not any(map(form.__contains__, _MARKDOWN_SIGNS)):
        return form
    plain = _LINK.sub(r"\1", _LINE_MARK.sub("", form))
    plain = _EMPHASIS.sub("", plain)
    return " ".join(plain.split()) or form


def pair(base: tuple[str, ...], witness: tuple[str, ...], pins: Pins) -> TextPair:
    """Return two texts, neither empty, as a pair, given their paragraphs' normal forms and a reader's pins."""
    both = {form: number for number, form in enumerate(sorted(set(base) & set(witness)))}
    base_text, witness_text = _text(base, both), _text(witness, both)
    grams = incidence(base_text.clauses, witness_text.clauses, base_text.owners, witness_text.owners)
    return TextPair(base_text, witness_text, grams, pins)


def _text(paragraphs: tuple[str, ...], both: dict[str, int]) -> AlignedText:
    clauses: list[str] = []
    owners: list[int] = []
    starts = [0]
    for number, paragraph in enumerate(paragraphs):
        # An equal paragraph is on the other side as a whole: its parts would add nothing.
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
        if end - start > LONG_CLAUSE_LETTERS:
            parts = pairwise([start, *_pauses(paragraph, start, end), end])
            clauses += [paragraph[part:part_end].rstrip() for part, part_end in parts]
        elif start < end:
            clauses.append(paragraph[start:end].rstrip())
        start = end
    if len(clauses) <= MAX_CLAUSES:
        return clauses
    bounds = [len(clauses) * part // MAX_CLAUSES for part in range(MAX_CLAUSES + 1)]
    return [" ".join(clauses[start:end]) for start, end in pairwise(bounds)]


def _pauses(paragraph: str, start: int, end: int) -> list[int]:
    """Return where a long clause is cut once more."""
    cuts: list[int] = []
    for pause in _PAUSE.finditer(paragraph, start, end):
        if pause.end() - (cuts or [start])[-1] >= MIN_PART_LETTERS <= end - pause.end():
            cuts.append(pause.end())
    return cuts
