"""What two texts share, row by row of their alignment: how many words they keep, and which of these tell of copying."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.alignment import align
from app.collation.relations.lcs import kept
from app.collation.relations.prepared_text import RUN, Prepared

TOLD = 0.25
"""Similarity from which the paragraphs of a row tell the same, be it each in its own words."""

LIKE = 0.3
"""Similarity from which they may be one another's."""

PARAGRAPH = 20
"""Words outside quotation marks that a row keeps at least, to be told as a shared paragraph though nothing else is."""

FIRM = 0.5
"""And their share of the longer side's. Of 26,000 pairs of news texts that copy nothing one has such a row outside the
page's furniture, the method of two polls by one paper; no pair of outlets on one event has."""

VERBATIM = 0.9
"""Share of a row's words from which it was copied as it stands, as a page's furniture is. Such a row of ``PARAGRAPH``
words is firm though most of them are quoted, where ``RUN`` of them are not: of outlets on one event none has one."""

OF_THE_PAGE = 0.05
"""Share of a paragraph's words that speak to a page's readers, those that only pages use counted twice, from which it
is the page's. Of 668 paragraphs of news one in seventy has it, of long furniture nearly every one."""

_PAGE = re.compile(
    r"\b(?:click|subscri[bp]\w+|unsubscribe|copyright|trademark|rights reserved|moderat(?:e|es|ors?)|cookies|privacy"
    r"|newsletters?|this (?:web)?site)\b"
)
_NOTE = re.compile(r"editors? note\b|editors note\b|.*\bviews and opinions expressed\b")
_VOICE = re.compile(r"\b(?:you|your|we|our|please)\b")


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A row of both sides: which paragraphs, how many words each side has, how many both keep in the same order."""

    base: tuple[int, ...]
    witness: tuple[int, ...]
    similarity: float
    base_words: int
    witness_words: int
    kept: int
    telling: int
    """Of the kept words, how many stand outside quotation marks and not in what speaks to a page's readers."""
    firm: bool
    """Whether the row by itself tells of copying."""
    verbatim: bool


def shared_rows(base: Prepared, witness: Prepared) -> list[SharedRow]:
    """The rows of both sides, in base order, from a similarity of ``TOLD``."""
    return [
        _shared(base, witness, row.base, row.witness, row.similarity)
        for row in align(base.paragraphs, witness.paragraphs)
        if row.base and row.witness and row.similarity >= TOLD
    ]


def _shared(
    base: Prepared, witness: Prepared, ours: tuple[int, ...], theirs: tuple[int, ...], similarity: float
) -> SharedRow:
    base_own = [word for index in ours for word in base.split[index].own]
    witness_own = [word for index in theirs for word in witness.split[index].own]
    base_quoted = [word for index in ours for word in base.split[index].quoted]
    witness_quoted = [word for index in theirs for word in witness.split[index].quoted]
    own = kept(base_own, witness_own)
    longer = max(len(base_own), len(witness_own))
    telling = 0 if is_of_the_page(base_own, own, longer) else own
    words = own + kept(base_quoted, witness_quoted)
    longer_whole = max(len(base_own) + len(base_quoted), len(witness_own) + len(witness_quoted))
    loose = telling >= PARAGRAPH and telling >= FIRM * longer
    copied = telling >= RUN and words >= max(PARAGRAPH, VERBATIM * longer_whole)
    return SharedRow(
        base=ours,
        witness=theirs,
        similarity=similarity,
        base_words=len(base_own) + len(base_quoted),
        witness_words=len(witness_own) + len(witness_quoted),
        kept=words,
        telling=telling,
        firm=similarity >= LIKE and (loose or copied),
        verbatim=" ".join(base.forms[i] for i in ours) == " ".join(witness.forms[j] for j in theirs),
    )


def is_of_the_page(words: Sequence[str], kept: int, longer: int) -> bool:
    """Whether a row of these words, of which so many are kept, is furniture that stands among the articles' paragraphs.

    It was copied as it stands, and speaks to the page's readers. ``longer`` are the longer side's words.
    """
    if kept < VERBATIM * longer:
        return False
    text = " ".join(words)
    addressing = 2 * len(_PAGE.findall(text)) + len(_VOICE.findall(text))
    return addressing >= max(2, OF_THE_PAGE * len(words)) or bool(_NOTE.match(text))
