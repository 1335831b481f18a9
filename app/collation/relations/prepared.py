"""A text made ready to be set beside many others, so that its words are read once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.collation import fingerprints, quotations
from app.collation.normalization import normal_form
from app.collation.quotations import Quotation
from app.collation.relations.subject import Subject
from app.collation.terms import terms

Keys = NDArray[np.int64]

TRIPLE = 3
"""Words in a run by which texts are looked through: of pairs that copy, all but one in a hundred share more than one
such run in fifty; of pairs that do not, one in a hundred does. (1,144 news texts with known copies.)"""

RUN = 8
"""Words in a row that both texts hold, from which something of them is shared, however little else."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph's words, those between quotation marks apart."""

    own: tuple[str, ...]
    quoted: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many there are in all."""
        return len(self.own) + len(self.quoted)


@dataclass(frozen=True)
class Prepared:
    """The article's own paragraphs, furniture apart, and what is asked of their words; read when first asked for."""

    paragraphs: tuple[str, ...]
    terms: tuple[str, ...]
    """The words of all paragraphs, one after the other."""

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The normal forms of the paragraphs."""
        return tuple(map(normal_form, self.paragraphs))

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Each distinct word's number, from 1 in order of appearance."""
        return {word: number for number, word in enumerate(dict.fromkeys(self.terms), 1)}

    @cached_property
    def triples(self) -> Keys:
        """The distinct runs of three words as numbers of this text's own vocabulary, rising."""
        return np.unique(triple_keys(self.numbers(self), len(self.vocabulary) + 1))

    def numbers(self, other: "Prepared") -> Keys:
        """The words of ``other`` as numbers of this text's vocabulary, 0 for those it lacks."""
        number = self.vocabulary.get
        return np.array([number(word, 0) for word in other.terms], dtype=np.int64)

    @cached_property
    def quotations(self) -> tuple[tuple[str, ...], ...]:
        """The words of each quotation."""
        return tuple(tuple(terms(quotation.text)) for quotation in self._found)

    @cached_property
    def split(self) -> tuple[Paragraph, ...]:
        """Each paragraph's words, those between quotation marks apart."""
        spans: dict[int, list[tuple[int, int]]] = {}
        for quotation in self._found:
            spans.setdefault(quotation.paragraph, []).append((quotation.start, quotation.end))
        return tuple(_split(text, spans.get(index, [])) for index, text in enumerate(self.paragraphs))

    @cached_property
    def unquoted(self) -> "Prepared":
        """The words outside quotation marks, as a text of their own; its paragraphs are not made."""
        return Prepared((), tuple(word for paragraph in self.split for word in paragraph.own))

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Every run of ``RUN`` words."""
        return frozenset(self.terms[at : at + RUN] for at in range(len(self.terms) - RUN + 1))

    @cached_property
    def subject(self) -> Subject:
        """What the text is about."""
        return Subject(self.paragraphs, self.terms)

    @cached_property
    def words(self) -> int:
        """How many words the paragraphs hold; where a mark stood inside one, somewhat more than ``terms``."""
        return max(1, sum(paragraph.words for paragraph in self.split))

    @cached_property
    def _found(self) -> tuple[Quotation, ...]:
        return quotations.find(self.paragraphs)

    def without(self, masked: frozenset[int]) -> "Prepared":
        """The text without the paragraphs that mostly stand for fingerprints too common to count."""
        if not masked:
            return self
        if masked not in self._without:
            # Kept, since one text is set beside many under the same ones, and what it was asked for is kept with it.
            self._without[masked] = self._hiding(masked)
        return self._without[masked]

    @cached_property
    def _without(self) -> dict[frozenset[int], "Prepared"]:
        return {}

    def _hiding(self, masked: frozenset[int]) -> "Prepared":
        common = fingerprints.masked_paragraphs([terms(text) for text in self.paragraphs], masked)
        hidden = {index for index, is_common in enumerate(common) if is_common}
        return prepared(self.paragraphs, hidden) if hidden else self


def prepared(paragraphs: Sequence[str], furniture: Collection[int] = ()) -> Prepared:
    """The text made ready; ``furniture`` are the indices of the paragraphs that do not count."""
    own = tuple(text for index, text in enumerate(paragraphs) if index not in furniture)
    return Prepared(own, tuple(terms("\n".join(own))))


def triple_keys(numbers: Keys, base: int) -> Keys:
    """The runs of three words in order, each one number; of a text too short for one, none."""
    return (numbers[:-2] * base + numbers[1:-1]) * base + numbers[2:]


def _split(text: str, spans: Sequence[tuple[int, int]]) -> Paragraph:
    own: list[str] = []
    quoted: list[str] = []
    at = 0
    for start, end in spans:
        own += terms(text[at:start])
        quoted += terms(text[start:end])
        at = end
    own += terms(text[at:])
    return Paragraph(tuple(own), tuple(quoted))
