"""Rank the index entries that share a text's signals: those most worth verifying come first.

Every step is bounded, however many articles there are: the fingerprints and words looked up, the entries read for each,
and the candidates verified.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice, zip_longest
from math import log

from app.collation.discovery.copies import MIN_COPY_SHARE

MAX_CANDIDATES = 24
"""Candidates that are verified. Of 706 pairs of versions of one news text none ranked below the 15th; of planted copies
at a million articles, as many are found as with 30."""

MAX_VERIFIED_CHARS = 800_000
"""Code points of the texts that are verified at once, the text itself counted with each, but one at least: 24 articles
of 2,800 words, or one of the greatest length. Beyond it the candidates of lower rank are left out."""

MIN_CHARS_OF_A_PARAGRAPH = 40
"""Code points that each paragraph counts for at least when the work on a text is bounded: aligning 12,000 paragraphs
of one word takes as long as aligning texts of 500,000 code points."""

MAX_HOLDERS_OF_A_TELLING_PRINT = 10
"""Entries that may hold a fingerprint which makes a candidate on its own: in more of them it is a stock phrase."""

MAX_PRINTS_LOOKED_UP = 2000
"""Fingerprints of one text, evenly spaced, that are looked up: those of some 9,000 words."""

MAX_WORDS_LOOKED_UP = 64
"""Words of one text that are looked up to find the rarest: the longest that are not known to be frequent."""

MAX_WORDS_CHECKED = 400
"""Words of one text, longest first, that are checked against the words known to be frequent."""

MAX_RARE_WORDS = 40
"""Of the words looked up, the rarest that count."""

MIN_SHARED_RARE_WORDS = 5
"""Rare words that a text must share if it shares no fingerprint, or half of its rare words if it has fewer. Of 706
pairs of versions of one news text the fewest were 8; of pairs that report one event in their own words 87 of 89 had so
many, or a fingerprint."""

MAX_HOLDERS_OF_A_RARE_WORD = 100
"""Articles that may hold a word that counts as rare."""

MAX_SHARING_ONE_PASSAGE = 8
"""Entries that share exactly the same few fingerprints with a text, so one passage, and keep their rank. Further ones
rank below everything else; otherwise the standard lines under each article of one outlet would crowd out the rest."""

Weighed = dict[int, tuple[int, float, int]]
"""By entry: in how many posting lists it is, the sum of their weights, and the sum of their keys, which identifies
them."""

_NONE = (0, 0.0, 0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An index entry that a text may be related to."""

    serial: int
    prints: int
    """How many fingerprints, none of them frequent, it shares."""
    words: int
    """How many of the text's rarest words it holds."""


def looked_up(prints: Sequence[int]) -> Sequence[int]:
    """Return the fingerprints of a text that are looked up: all, or ``MAX_PRINTS_LOOKED_UP`` evenly spaced.

    >>> len(looked_up(range(5000)))
    1667
    """
    return prints[:: -(-len(prints) // MAX_PRINTS_LOOKED_UP) or 1]


def longest_first(words: Iterable[str]) -> list[str]:
    """Return the words of a text that are checked for being frequent, the longest first."""
    return sorted(sorted(words), key=len, reverse=True)[:MAX_WORDS_CHECKED]


def rarest(holders: Mapping[str, Collection[int]]) -> list[str]:
    """Return the words looked up that count as rare, the rarest first, given the entries that hold each."""
    rare = ((len(serials), word) for word, serials in holders.items())
    return [word for count, word in sorted(rare) if count <= MAX_HOLDERS_OF_A_RARE_WORD][:MAX_RARE_WORDS]


def ranked(
    by_print: Mapping[int, Sequence[int]],
    by_word: Sequence[Sequence[int]],
    spread: int,
    total: int,
    besides: int | None = None,
    limit: int = MAX_CANDIDATES,
) -> tuple[Candidate, ...]:
    """Return at most ``limit`` entries of those that share a text's fingerprints and rare words, the best first.

    ``by_print`` and ``by_word`` hold the entries of each fingerprint and each rare word, ``spread`` is the number of
    fingerprints looked up, ``total`` that of all entries, ``besides`` the text's own. A shared fingerprint or word
    weighs more, the fewer entries hold it. The best by either signal alternate.
    """
    by_prints = _weighed(by_print.items(), total + 1, besides)
    by_words = _weighed(enumerate(by_word), total + 1, besides)
    fewest = min(MIN_SHARED_RARE_WORDS, -(-len(by_word) // 2))
    alone = log((total + 1) / (MAX_HOLDERS_OF_A_TELLING_PRINT + 1.5))
    telling = {serial for serial, (count, weight, _) in by_prints.items() if count > 1 or weight >= alone}
    telling |= {
        serial
        for serial, (count, _, _) in by_words.items()
        if count >= fewest or alone <= 0  # in a library of a few articles, anything shared is rare
    }
    first, further = _by_passage(by_prints, telling, MIN_COPY_SHARE * spread)
    by_turns = chain.from_iterable(zip_longest(first, _ranked(by_words, telling)))
    best = dict.fromkeys(serial for serial in chain(by_turns, further) if serial is not None)
    return tuple(
        Candidate(serial, by_prints.get(serial, _NONE)[0], by_words.get(serial, _NONE)[0])
        for serial in islice(best, limit)
    )


def chars_counted(chars: int, paragraphs: int) -> int:
    """Return how many code points a text counts for: one of tiny paragraphs takes as long as a longer text.

    >>> chars_counted(5000, 12), chars_counted(5000, 1000)
    (5000, 40000)
    """
    return max(chars, MIN_CHARS_OF_A_PARAGRAPH * paragraphs)


def within_bounds(own: int, others: Sequence[int]) -> int:
    """Return how many candidates are verified, given ``chars_counted`` of each, best first, and of the text itself.

    >>> within_bounds(1000, [3000, 900_000, 1000])
    1
    """
    sums = accumulate(own + length for length in others)
    return max(min(len(others), 1), sum(total <= MAX_VERIFIED_CHARS for total in sums))


def _weighed(postings: Iterable[tuple[int, Sequence[int]]], total: int, besides: int | None) -> Weighed:
    """Score index entries by the posting lists that contain them; each list has a key."""
    weighed: Weighed = {}
    for key, serials in postings:
        weight = max(log(total / (len(serials) + 1)), 0.01) if len(serials) < total else 0.01
        for serial in serials:
            if serial != besides:
                count, sum_so_far, keys = weighed.get(serial, _NONE)
                weighed[serial] = count + 1, sum_so_far + weight, keys + key
    return weighed


def _by_passage(weighed: Weighed, telling: set[int], copied: float) -> tuple[list[int], list[int]]:
    """Return the ``telling`` entries, heaviest first, and apart those that rank too low among sharers of one passage.

    One that shares at least ``copied`` fingerprints is a copy and stays in the first list.
    """
    first: list[int] = []
    further: list[int] = []
    sharing: Counter[tuple[int, int]] = Counter()
    for serial in _ranked(weighed, telling):
        count, _, keys = weighed[serial]
        sharing[count, keys] += 1
        (further if sharing[count, keys] > MAX_SHARING_ONE_PASSAGE and count < copied else first).append(
            serial
        )
    return first, further


def _ranked(weighed: Weighed, telling: set[int]) -> list[int]:
    ranked = sorted((-round(weighed[serial][1], 6), serial) for serial in telling if serial in weighed)
    return [serial for _, serial in ranked]
