"""Fingerprints and words of a text, by which its copies are found among a million other texts.

Fingerprints are winnowed (Schleimer, Wilkerson and Aiken, 2003): each run of four words has a number, and the least in
each window of eight is kept. Two texts that share eleven words in a row share a fingerprint, and only two runs in nine
are stored.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.collation.text.words import is_unspaced, terms

VERSION = 4
"""Changes whenever the fingerprints or words of any text do, or what a relation counts: what is stored under another is
made anew. (1: runs of five words. 2: relations counted otherwise than comparisons. 3: standing paragraphs related.)"""

RUN_WORDS = 4
"""Words in a run. With five, as many are stored, and a tenth of machine translations share none with the original; with
four one in eighty does (docs/adr/0012)."""

WINDOW_RUNS = 8
"""Runs in a window."""

BITS = 48
"""Length of a fingerprint: among a million articles one look-up in two million meets another run by chance."""

MAX_REMEMBERED_WORDS, MAX_REMEMBERED_LETTERS = 1 << 17, 40
"""Words whose numbers are remembered, some 15 MB, and the letters of the longest: texts repeat the same words."""

MIN_MASKED_SHARE = 0.75
"""Share of a paragraph's fingerprints that must be too common to count before it is nobody's own text. Twenty words
hold two to four, and a run of function words may be one. Among a million articles a half hid one paragraph of an
article's own in 120, three quarters hide one in 650, and all of the legal lines still."""

Hashes = NDArray[np.uint64]

_FACTORS = (
    0x9E3779B97F4A7C15,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0xD6E8FEB86659FD93,
)
"""Odd numbers, one for each place in a run, so that the same words in another order are another run."""


def fingerprints(paragraphs: Iterable[str]) -> tuple[int, ...]:
    """Return the text's distinct fingerprints, rising, each from 0 to 2**48 - 1: the same on every machine.

    Words are read in normal form and run on from paragraph to paragraph, so that neither typography nor a paragraph
    broken in two changes anything; of scripts without spaces each character is a word. A text of fewer words than a
    run has one fingerprint, a text without words none.

    >>> fingerprints(["“The call”", "was long."]) == fingerprints(["THE CALL WAS LONG"])
    True
    """
    runs = run_hashes([term for paragraph in paragraphs for term in terms(paragraph)])
    chosen: list[int] = np.unique(runs[_kept(runs)]).tolist()
    return tuple(chosen)


def run_hashes(words: Sequence[str]) -> Hashes:
    """Return the number of each run of ``RUN_WORDS`` words, in order; one for all of fewer words; none for no words."""
    if not words:
        return np.zeros(0, dtype=np.uint64)
    sequence = word_numbers(words)
    length = min(RUN_WORDS, len(sequence))
    runs = len(sequence) - length + 1
    mixed = np.zeros(runs, dtype=np.uint64)
    for place in range(length):
        mixed += sequence[place : place + runs] * np.uint64(_FACTORS[place])
    # The last steps of splitmix64: the least of a window must not depend on which words it holds.
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed ^ (mixed >> np.uint64(31))) >> np.uint64(64 - BITS)


def word_numbers(words: Sequence[str]) -> Hashes:
    """Return the number of each word, 64 bits: the same on every machine."""
    numbers = np.fromiter(map(_numbers.__getitem__, words), dtype=np.uint64, count=len(words))
    if len(_numbers) > MAX_REMEMBERED_WORDS:
        _numbers.clear()
    return numbers


def by_paragraph(paragraphs: Sequence[Sequence[str]]) -> list[list[int]]:
    """Return the fingerprints of a text that lie inside each paragraph, given as words."""
    runs = run_hashes([word for paragraph in paragraphs for word in paragraph])
    chosen = _kept(runs)
    lengths = np.fromiter(map(len, paragraphs), dtype=np.int64, count=len(paragraphs))
    ends = np.cumsum(lengths)
    starts = ends - lengths
    firsts, lasts = (
        np.searchsorted(chosen, places).tolist()
        for places in (starts, np.maximum(ends - RUN_WORDS + 1, starts))
    )
    prints = runs[chosen].tolist()
    return [prints[first:last] for first, last in zip(firsts, lasts, strict=True)]


def masked_paragraphs(prints: Sequence[Sequence[int]], masked: Collection[int]) -> list[bool]:
    """Return for each paragraph, given ``by_paragraph``, whether ``MIN_MASKED_SHARE`` of its fingerprints are masked.

    A paragraph in which no fingerprint lies is never masked.
    """
    hidden = [sum(map(masked.__contains__, held)) for held in prints]
    return [
        bool(held) and count >= MIN_MASKED_SHARE * len(held)
        for held, count in zip(prints, hidden, strict=True)
    ]


def words(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Return the text's distinct words for an index of rare words, sorted: letters, digits and their accents alone.

    In scripts without spaces every two neighbouring characters make a word.

    >>> words(["The call, “The” call!", "国防部"])
    ('call', 'the', '国防', '防部')
    """
    distinct: set[str] = set()
    for paragraph in paragraphs:
        read = terms(paragraph)
        signs = [is_unspaced(term) for term in read]
        distinct.update(term for term, sign in zip(read, signs, strict=True) if not sign)
        for at in range(1, len(read)):
            if signs[at - 1] and signs[at]:
                distinct.add(read[at - 1] + read[at])
    return tuple(sorted(distinct))


def _kept(runs: Hashes) -> NDArray[np.int64]:
    """Return the places of the runs kept as fingerprints, rising: in each window the last of the least."""
    if not len(runs):
        return np.zeros(0, dtype=np.int64)
    width = min(WINDOW_RUNS, len(runs))
    windows = np.lib.stride_tricks.sliding_window_view(runs, width)[:, ::-1]
    return np.unique(np.arange(len(windows)) + width - 1 - windows.argmin(axis=1))


class _Numbers(dict[str, int]):
    """Number of each word, computed when first looked up."""

    def __missing__(self, word: str) -> int:
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = int.from_bytes(digest, "big")
        if len(word) <= MAX_REMEMBERED_LETTERS:
            self[word] = number
        return number


_numbers = _Numbers()
