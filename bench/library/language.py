"""A made-up language for large libraries, with uneven word frequencies, names, numbers and set phrases.

Function words are English, since boilerplate is recognised by English phrases; other words are made of syllables with
English endings. Word frequency falls with rank by the Zipf-Mandelbrot law; one token in ten opens a set
phrase, so that unrelated articles share runs of words, as real ones do.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

FUNCTION_WORDS = (
    "the of to and a in that is for on was with as it by at from has be an are have its were not but had he his who "
    "they which would said their been this will more after or she her about also one when new two up last out year "
    "there than over if some could into other first people what no we all time most can between years before while him "
    "them three because against during under so such many did only now made how even three through where both any each "
    "then since around those these still may might off another according despite including between among without"
).split()

ENDINGS = ("", "", "", "s", "ed", "ing", "ly", "er", "ion", "al")
SYLLABLES = [
    onset + vowel for onset in "b d f g k l m n p r s t v br dr st tr kl pl sh".split() for vowel in "aeiou"
]
CODAS = ("", "", "n", "r", "s", "l", "t", "nd", "rk")

STEMS = 60_000
PHRASES = 30_000
NAMES = 120_000

Rng = np.random.Generator
Floats = NDArray[np.float64]
Ranks = NDArray[np.int64]


class Language:
    """Words by rank, drawn at random."""

    def __init__(self, seed: int = 1) -> None:
        rng = np.random.default_rng([seed, 0])
        stems = _distinct(rng, STEMS, 1, 3)
        endings = rng.integers(0, len(ENDINGS), (STEMS, 4))
        self.words = [
            stem + ENDINGS[end] for stem, row in zip(stems, endings.tolist(), strict=True) for end in row
        ]
        """Content words by rank. Each four in a row are forms of one stem, so that another form is at hand."""
        # Frequent words are the shorter ones, on the whole (Zipf's other law).
        order = np.argsort(np.array([len(stem) for stem in stems]) + rng.normal(0, 2.5, STEMS), kind="stable")
        self.words = [self.words[4 * stem + form] for stem in order.tolist() for form in range(4)]
        self.rank = {word: rank for rank, word in enumerate(self.words)}
        self.names = [name.capitalize() for name in _distinct(rng, NAMES, 2, 4)]
        self._content = _cumulative(len(self.words), 1.12, 6.0)
        self._function = _cumulative(len(FUNCTION_WORDS), 1.0, 1.5)
        self._phrase = _cumulative(PHRASES, 0.9, 20.0)
        self.phrases = [
            [
                FUNCTION_WORDS[word] if kind else self.words[content]
                for kind, word, content in zip(kinds, functions, contents, strict=True)
            ][: int(length)]
            for kinds, functions, contents, length in zip(
                (rng.random((PHRASES, 7)) < 0.5).tolist(),
                self._draw(rng, self._function, PHRASES * 7).reshape(PHRASES, 7).tolist(),
                self.content(rng, PHRASES * 7).reshape(PHRASES, 7).tolist(),
                rng.choice([2, 3, 4, 5, 6, 7], PHRASES, p=[0.25, 0.49, 0.18, 0.055, 0.015, 0.01]).tolist(),
                strict=True,
            )
        ]

    @staticmethod
    def _draw(rng: Rng, cumulative: Floats, count: int) -> Ranks:
        return np.minimum(np.searchsorted(cumulative, rng.random(count)), len(cumulative) - 1)

    def content(self, rng: Rng, count: int) -> Ranks:
        """Draw the ranks of ``count`` content words."""
        return self._draw(rng, self._content, count)

    def function(self, rng: Rng, count: int) -> Ranks:
        """Draw the indices of ``count`` function words."""
        return self._draw(rng, self._function, count)

    def phrase(self, rng: Rng, count: int) -> Ranks:
        """Draw the indices of ``count`` set phrases."""
        return self._draw(rng, self._phrase, count)

    def person(self, rng: Rng) -> str:
        """Draw a first and a last name."""
        first, last = rng.integers(0, [3_000, NAMES])
        return f"{self.names[first]} {self.names[last]}"


@cache
def language(seed: int = 1) -> Language:
    """Return the language of this seed, made once a process."""
    return Language(seed)


def _cumulative(count: int, exponent: float, shift: float) -> Floats:
    weights = 1 / (np.arange(count) + shift) ** exponent
    summed: Floats = np.cumsum(weights / weights.sum())
    return summed


def _distinct(rng: Rng, count: int, least: int, most: int) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < count:
        lengths = rng.integers(least, most + 1, count).tolist()
        codas = rng.integers(0, len(CODAS), count).tolist()
        drawn = rng.integers(0, len(SYLLABLES), (count, most)).tolist()
        for length, coda, row in zip(lengths, codas, drawn, strict=True):
            words.setdefault("".join(SYLLABLES[part] for part in row[:length]) + CODAS[coda])
    return list(words)[:count]
