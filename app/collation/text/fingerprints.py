"""What finds a text's copies among a million others: its fingerprints, and the words that may be rare.

Fingerprints are winnowed (Schleimer, Wilkerson and Aiken, 2003): of the numbers that stand for a text's runs of four
words the least in each window of eight is kept. Two texts that share eleven words in a row share a fingerprint, and
only two runs in nine are stored.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.collation.text.words import is_unspaced, terms

VERSION = 3
"""Changes whenever the fingerprints or words of any text do, or what a relation counts: what is stored under another is
made anew. (1: runs of five words. 2: relations counted otherwise than comparisons.)"""

RUN = 4
"""Words in a run. With five, as many are stored, and a tenth of machine translations share none with the original; with
four one in eighty does (docs/adr/0012)."""

WINDOW = 8
"""Runs in a window."""

BITS = 48
"""Of a fingerprint: at a million articles one look-up in two million meets a run of other words by chance."""

WORDS_KEPT, LONGEST_KEPT = 1 << 17, 40
"""Words whose numbers are kept, some 15 MB, and the letters of the longest: texts use the same ones again and again."""

HIDDEN = 0.75
"""Of the fingerprints inside a paragraph, the share from which it is nobody's own text when they are too common to
count. Twenty words hold two to four, and a run of function words may be one. Among a million articles a half hid one
paragraph of an article's own in 120, three quarters hide one in 650, and all of the legal lines still."""

Hashes = NDArray[np.uint64]

_FACTORS = (
    0x9E3779B97F4A7C15,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0xD6E8FEB86659FD93,
)
"""Odd numbers, one for each place in a run, so that the same words in another order are another run."""


def fingerprints(paragraphs: Iterable[str]) -> tuple[int, ...]:
    """The text's distinct fingerprints, rising, each from 0 to 2**48 - 1: the same on every machine.

    Words are read in normal form and run on from paragraph to paragraph, so that neither typography nor a paragraph
    broken in two changes anything; of scripts without spaces each character is a word. A text of fewer words than a
    run has one fingerprint, a text without words none.

    >>> fingerprints(["“The call”", "was long."]) == fingerprints(["THE CALL WAS LONG"])
    True
    """
    runs = run_hashes([term for paragraph in paragraphs for term in terms(paragraph)])
    kept: list[int] = np.unique(runs[_kept(runs)]).tolist()
    return tuple(kept)


def run_hashes(words: Sequence[str]) -> Hashes:
    """The number of each run of ``RUN`` words, in order; one for all words together where they are fewer, or none."""
    if not words:
        return np.zeros(0, dtype=np.uint64)
    sequence = np.fromiter(map(_numbers.__getitem__, words), dtype=np.uint64, count=len(words))
    if len(_numbers) > WORDS_KEPT:
        _numbers.clear()
    length = min(RUN, len(sequence))
    runs = len(sequence) - length + 1
    mixed = np.zeros(runs, dtype=np.uint64)
    for place in range(length):
        mixed += sequence[place : place + runs] * np.uint64(_FACTORS[place])
    # The last steps of splitmix64: the least of a window must not depend on which words it holds.
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed ^ (mixed >> np.uint64(31))) >> np.uint64(64 - BITS)


def masked_paragraphs(paragraphs: Sequence[Sequence[str]], masked: Collection[int]) -> list[bool]:
    """For each paragraph, given as its words, whether ``HIDDEN`` of the fingerprints inside it are ``masked``.

    A paragraph in which no fingerprint lies is never masked.
    """
    runs = run_hashes([word for paragraph in paragraphs for word in paragraph])
    common = np.isin(runs, np.fromiter(masked, dtype=np.uint64, count=len(masked)))
    if not common.any():
        return [False] * len(paragraphs)
    kept = _kept(runs)
    hidden = common[kept]
    ends = np.cumsum([len(paragraph) for paragraph in paragraphs])
    found = []
    for paragraph, end in zip(paragraphs, ends.tolist(), strict=True):
        inside = slice(
            *np.searchsorted(kept, [end - len(paragraph), max(end - RUN + 1, end - len(paragraph))])
        )
        held = hidden[inside]
        found.append(bool(len(held)) and int(held.sum()) >= HIDDEN * len(held))
    return found


def words(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """The text's distinct words for an index of rare words, in rising order: letters, digits and their accents alone.

    Of scripts without spaces every two characters that follow each other make a word.

    >>> words(["The call, “The” call!", "国防部"])
    ('call', 'the', '国防', '防部')
    """
    found: set[str] = set()
    for paragraph in paragraphs:
        read = terms(paragraph)
        signs = [is_unspaced(term) for term in read]
        found.update(term for term, sign in zip(read, signs, strict=True) if not sign)
        for at in range(1, len(read)):
            if signs[at - 1] and signs[at]:
                found.add(read[at - 1] + read[at])
    return tuple(sorted(found))


def _kept(runs: Hashes) -> NDArray[np.int64]:
    """Where the runs stand that are kept as fingerprints, rising: the last least one of each window."""
    if not len(runs):
        return np.zeros(0, dtype=np.int64)
    width = min(WINDOW, len(runs))
    windows = np.lib.stride_tricks.sliding_window_view(runs, width)[:, ::-1]
    return np.unique(np.arange(len(windows)) + width - 1 - windows.argmin(axis=1))


class _Numbers(dict[str, int]):
    """The number of each word that was asked for."""

    def __missing__(self, word: str) -> int:
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = int.from_bytes(digest, "big")
        if len(word) <= LONGEST_KEPT:
            self[word] = number
        return number


_numbers = _Numbers()
