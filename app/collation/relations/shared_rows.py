"""What the rows of an alignment share: how many words they keep, and which of these are evidence of copying."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.collation.relations.lcs import kept_words
from app.collation.relations.prepared_text import MIN_SHARED_RUN, PreparedText

SAME_CONTENT = 0.25
"""Similarity from which the paragraphs of a row say the same, perhaps each in its own words."""

SAME_SOURCE = 0.3
"""Similarity from which one side of a row may come from the other."""

MIN_ROW_WORDS = 20
"""Words outside quotation marks that a row must keep to count as shared although nothing else is shared."""

MIN_ROW_SHARE = 0.5
"""And their share of the longer side's. Of 26,000 pairs of news texts that copy nothing one has such a row outside the
pages' boilerplate, the method of two polls by one paper; no pair of outlets on one event has."""

VERBATIM_SHARE = 0.9
"""Share of a row's words from which it was copied as it is, like boilerplate. Such a row of ``MIN_ROW_WORDS`` words is
firm even if most of them are quoted, given ``MIN_SHARED_RUN`` that are not: of outlets on one event none has one."""

ADDRESSING_SHARE = 0.05
"""Share of a paragraph's words that speak to a page's readers, those that only pages use counted twice, from which it
is boilerplate. Of 668 paragraphs of news one in seventy has it, of long boilerplate nearly every one."""

_PAGE = re.compile(
    r"\b(?:click|subscri[bp]\w+|unsubscribe|copyright|trademark|rights reserved|moderat(?:e|es|ors?)|cookies|privacy"
    r"|newsletters?|this (?:web)?site)\b"
)
_NOTE = re.compile(r"editors? note\b|editors note\b|.*\bviews and opinions expressed\b")
_VOICE = re.compile(r"\b(?:you|your|we|our|please)\b")


class PairedRow(Protocol):
    """A row of an alignment, or of a finished comparison."""

    @property
    def base(self) -> tuple[int, ...]:
        """Paragraph indices in the base, rising; may be empty."""

    @property
    def witness(self) -> tuple[int, ...]:
        """Paragraph indices in the witness, rising; may be empty."""

    @property
    def similarity(self) -> float:
        """0 to 1."""


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A row of both sides, measured in the words of the paragraphs that count."""

    base: tuple[int, ...]
    witness: tuple[int, ...]
    similarity: float
    base_words: int
    witness_words: int
    kept: int
    """Words that both sides keep in the same order."""
    evidence: int
    """Of these, how many are outside quotation marks and not in boilerplate."""
    firm: bool
    """Whether the row alone is evidence of copying."""


def shared_rows(base: PreparedText, witness: PreparedText, rows: Iterable[PairedRow]) -> list[SharedRow]:
    """Return the rows that hold paragraphs that count on both sides, measured, in the given order."""
    measured = []
    for row in rows:
        base_indices = tuple([index for index in row.base if index in base.by_index])
        witness_indices = tuple([index for index in row.witness if index in witness.by_index])
        if base_indices and witness_indices:
            measured.append(_measured(base, witness, base_indices, witness_indices, row.similarity))
    return measured


def _measured(
    base: PreparedText,
    witness: PreparedText,
    base_indices: tuple[int, ...],
    witness_indices: tuple[int, ...],
    similarity: float,
) -> SharedRow:
    base_unquoted, base_quoted = base.words_in(base_indices)
    witness_unquoted, witness_quoted = witness.words_in(witness_indices)
    kept_unquoted = kept_words(base_unquoted, witness_unquoted)
    longer = max(len(base_unquoted), len(witness_unquoted))
    evidence = 0 if is_addressed_to_readers(base_unquoted, kept_unquoted, longer) else kept_unquoted
    kept = kept_unquoted + kept_words(base_quoted, witness_quoted)
    base_words = len(base_unquoted) + len(base_quoted)
    witness_words = len(witness_unquoted) + len(witness_quoted)
    loose = evidence >= MIN_ROW_WORDS and evidence >= MIN_ROW_SHARE * longer
    copied = evidence >= MIN_SHARED_RUN and kept >= max(
        MIN_ROW_WORDS, VERBATIM_SHARE * max(base_words, witness_words)
    )
    return SharedRow(
        base=base_indices,
        witness=witness_indices,
        similarity=similarity,
        base_words=base_words,
        witness_words=witness_words,
        kept=kept,
        evidence=evidence,
        firm=similarity >= SAME_SOURCE and (loose or copied),
    )


def is_addressed_to_readers(words: Sequence[str], kept: int, longer: int) -> bool:
    """Return whether a row of these words is boilerplate among the article's paragraphs.

    It was copied as it is (``kept`` words of the ``longer`` side), and speaks to the page's readers.
    """
    if kept < VERBATIM_SHARE * longer:
        return False
    text = " ".join(words)
    addressing = 2 * len(_PAGE.findall(text)) + len(_VOICE.findall(text))
    return addressing >= max(2, ADDRESSING_SHARE * len(words)) or bool(_NOTE.match(text))
