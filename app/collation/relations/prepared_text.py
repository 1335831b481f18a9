"""A text prepared for comparison with many others, so that its words are read only once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, chain, compress, groupby

import numpy as np

from app.collation import quotations
from app.collation.quotations import Quotation
from app.collation.relations.topic import Topic
from app.collation.text import fingerprints
from app.collation.text.normalization import normal_form
from app.collation.text.words import in_form, terms

NGRAM = 3
"""Words in the n-grams that the first filter compares: of pairs that copy, all but one in a hundred share more than
one n-gram in fifty; of pairs that do not, one in a hundred does. (1,144 news texts with known copies.)"""

MIN_SHARED_RUN = 8
"""Consecutive words that both texts must hold for anything of them to count as shared."""

_FACTORS = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)))
"""Odd numbers, one for each place in an n-gram, so that the same words in another order are another n-gram."""

_RUN_OF_NGRAMS = bytes([True] * (MIN_SHARED_RUN - NGRAM + 1))

MIN_QUOTED_WORDS = 6
"""Words that two quotations must share: fewer are a phrase that two speakers may use. At least one quotation that two
texts share must have ``MIN_SHARED_RUN`` words, since a programme's title can have six."""

Words = tuple[str, ...]


@dataclass(frozen=True)
class WordSequence:
    """Consecutive words and what is looked up in them, computed on first use."""

    terms: Words

    @cached_property
    def ngrams(self) -> list[int]:
        """The number of each run of ``NGRAM`` words, in order."""
        return numbered(self.terms, NGRAM)

    @cached_property
    def distinct_ngrams(self) -> frozenset[int]:
        """The distinct ``ngrams``."""
        return frozenset(self.ngrams)

    def shared_ngrams(self, other: "WordSequence") -> frozenset[int]:
        """Return the runs of ``NGRAM`` words that both hold."""
        cached, fresh = (other, self) if other.is_reused else (self, other)
        return cached.distinct_ngrams.intersection(fresh.ngrams)

    @property
    def is_reused(self) -> bool:
        """Whether ``distinct_ngrams`` has been computed, as in a text that is compared with several others."""
        return "distinct_ngrams" in self.__dict__

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Each distinct word's number, from 1 in order of appearance."""
        return {word: number for number, word in enumerate(dict.fromkeys(self.terms), 1)}

    @cached_property
    def joined(self) -> str:
        """The words with a space before and after each."""
        return f" {' '.join(self.terms)} "


@dataclass(frozen=True)
class PreparedParagraph:
    """A paragraph's words, quoted words kept apart from the rest."""

    unquoted: Words
    quoted: Words

    @property
    def word_count(self) -> int:
        """The number of words, quoted or not."""
        return len(self.unquoted) + len(self.quoted)


_NO_WORDS = PreparedParagraph((), ())


@dataclass(frozen=True, slots=True)
class PreparedQuotation:
    """A quotation's words, and the numbers by which it is found."""

    words: Words
    vocabulary: frozenset[str]
    pairs: frozenset[int]
    """Of every two consecutive words."""
    ngrams: list[int]
    """Of every run of ``NGRAM`` words, in order."""


@dataclass(frozen=True)
class PreparedText:
    """An article's paragraphs and their words. Boilerplate is aligned with the rest, but its words do not count."""

    whole: tuple[str, ...]
    """Every paragraph, boilerplate included: what is aligned."""
    indices: tuple[int, ...]
    """Which of them are the article's own and count, rising."""
    forms: tuple[str, ...]
    """The normal forms of the paragraphs that count."""
    by_paragraph: tuple[Words, ...]
    """The words of each paragraph that counts."""
    maskable: bool = True
    """Whether any of its fingerprints may be masked; False saves looking for them."""

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs that count."""
        return tuple([self.whole[index] for index in self.indices])

    @cached_property
    def all(self) -> WordSequence:
        """The words of all paragraphs that count."""
        return WordSequence(tuple(chain.from_iterable(self.by_paragraph)))

    @property
    def terms(self) -> Words:
        """The words of all paragraphs that count."""
        return self.all.terms

    @property
    def split(self) -> tuple[PreparedParagraph, ...]:
        """The words of each paragraph that counts, quoted words apart."""
        return self._split[0]

    @cached_property
    def by_index(self) -> dict[int, PreparedParagraph]:
        """The ``split`` paragraphs by their index in ``whole``."""
        return dict(zip(self.indices, self.split, strict=True))

    @cached_property
    def quotations(self) -> tuple[PreparedQuotation, ...]:
        """Each distinct quotation of ``MIN_QUOTED_WORDS`` words or more."""
        distinct = [words for words in dict.fromkeys(self._split[1]) if len(words) >= MIN_QUOTED_WORDS]
        every = tuple(chain.from_iterable(distinct))
        pairs, runs = numbered(every, 2), numbered(every, NGRAM)
        ends = accumulate(map(len, distinct))
        return tuple(
            PreparedQuotation(
                words,
                frozenset(words),
                frozenset(pairs[end - len(words) : end - 1]),
                runs[end - len(words) : end - NGRAM + 1],
            )
            for words, end in zip(distinct, ends, strict=True)
        )

    @cached_property
    def quotation_places(self) -> dict[Words, int]:
        """The index of each of the ``quotations`` by its words."""
        return {quotation.words: index for index, quotation in enumerate(self.quotations)}

    @cached_property
    def quotations_by_pair(self) -> dict[int, list[int]]:
        """For every two consecutive words, the indices of the ``quotations`` that hold them."""
        holders: dict[int, list[int]] = {}
        for index, quotation in enumerate(self.quotations):
            for pair in quotation.pairs:
                holders.setdefault(pair, []).append(index)
        return holders

    @cached_property
    def unquoted(self) -> WordSequence:
        """The words outside quotation marks."""
        return WordSequence(tuple(chain.from_iterable(paragraph.unquoted for paragraph in self.split)))

    @cached_property
    def topic(self) -> Topic:
        """What the text is about."""
        return Topic(self.paragraphs, self.terms)

    @cached_property
    def word_count(self) -> int:
        """The number of words, at least 1; slightly more than ``terms`` where a quotation mark splits a word."""
        return max(1, sum(paragraph.word_count for paragraph in self.split))

    def words_in(self, indices: Sequence[int]) -> tuple[list[str], list[str]]:
        """Return the unquoted and the quoted words of the paragraphs at these indices of ``whole`` that count."""
        paragraphs = [self.by_index.get(index, _NO_WORDS) for index in indices]
        return (
            [word for paragraph in paragraphs for word in paragraph.unquoted],
            [word for paragraph in paragraphs for word in paragraph.quoted],
        )

    def form_at(self, index: int) -> str:
        """Return the normal form of the paragraph at this index of ``whole``."""
        form = self._form_by_index.get(index)
        return normal_form(self.whole[index]) if form is None else form

    @cached_property
    def _form_by_index(self) -> dict[int, str]:
        return dict(zip(self.indices, self.forms, strict=True))

    def words_of(self, indices: Sequence[int]) -> int:
        """Return how many words the paragraphs at these indices of ``whole`` have, those that do not count apart."""
        return sum([self.by_index[index].word_count for index in indices if index in self.by_index])

    @cached_property
    def _split(self) -> tuple[tuple[PreparedParagraph, ...], tuple[Words, ...]]:
        """Return the split paragraphs, and the words of every quotation in order."""
        quoted_words: list[Words] = []
        split = [PreparedParagraph(words, ()) for words in self.by_paragraph]
        for index, group in groupby(
            quotations.find(self.paragraphs), key=lambda quotation: quotation.paragraph
        ):
            spans = list(group)
            inside = [tuple(terms(quotation.text)) for quotation in spans]
            quoted_words += inside
            split[index] = PreparedParagraph(
                _outside(self.paragraphs[index], spans), tuple(chain.from_iterable(inside))
            )
        return tuple(split), tuple(quoted_words)

    def without(self, masked: frozenset[int]) -> "PreparedText":
        """Return the text with the paragraphs that mostly consist of these too common fingerprints not counting."""
        if not (masked and self.maskable):
            return self
        if masked not in self._without:
            # One text is compared with many under the same mask: keep it, and whatever it computes.
            self._without[masked] = self._hiding(masked)
        return self._without[masked] or self

    def spare(self, masked: frozenset[int]) -> None:
        """Note that none of the text's fingerprints is among these, so that ``without`` need not look for them."""
        self._without[masked] = None

    @cached_property
    def _without(self) -> dict[frozenset[int], "PreparedText | None"]:
        """The text without each mask; None for the text itself, which would hold itself and stay in memory."""
        return {}

    @cached_property
    def _without_paragraphs(self) -> dict[tuple[bool, ...], "PreparedText"]:
        return {}

    @cached_property
    def _prints(self) -> list[list[int]]:
        return fingerprints.by_paragraph(self.by_paragraph)

    def _hiding(self, masked: frozenset[int]) -> "PreparedText | None":
        common = tuple(fingerprints.masked_paragraphs(self._prints, masked))
        if not any(common):
            return None
        # Many masks hide the same paragraphs, such as the lines under each article of one outlet.
        if common not in self._without_paragraphs:
            self._without_paragraphs[common] = self._hiding_paragraphs(common)
        return self._without_paragraphs[common]

    def _hiding_paragraphs(self, common: tuple[bool, ...]) -> "PreparedText":
        counting = [not is_common for is_common in common]
        return replace(
            self,
            indices=tuple(compress(self.indices, counting)),
            forms=tuple(compress(self.forms, counting)),
            by_paragraph=tuple(compress(self.by_paragraph, counting)),
            maskable=True,
        )


def prepare(
    paragraphs: Sequence[str], boilerplate: Collection[int] = (), *, maskable: bool = True
) -> PreparedText:
    """Prepare a text; ``boilerplate`` holds the indices of the paragraphs that do not count, unless they are all."""
    every = range(len(paragraphs))
    indices = tuple([index for index in every if index not in boilerplate] or every)
    forms = tuple([normal_form(paragraphs[index]) for index in indices])
    words = tuple([tuple(in_form(form)) for form in forms])
    return PreparedText(tuple(paragraphs), indices, forms, words, maskable)


def numbered(words: Sequence[str], size: int) -> list[int]:
    """Return the number of each run of ``size`` words, 2 or 3, in order: two runs have one if they are equal.

    >>> numbered("so it was so it".split(), 2)[0] == numbered(["so", "it"], 2)[0]
    True
    """
    count = len(words) - size + 1
    if count < 1:
        return []
    numbers = fingerprints.word_numbers(words)
    runs = numbers[:count] * _FACTORS[0]
    for place in range(1, size):
        runs += numbers[place : place + count] * _FACTORS[place]
    numbers_of_runs: list[int] = runs.tolist()
    return numbers_of_runs


def has_shared_run(ngrams: Sequence[int], shared: Collection[int]) -> bool:
    """Return whether ``MIN_SHARED_RUN`` consecutive words, given as their n-grams, consist of the shared ones alone."""
    return _RUN_OF_NGRAMS in bytes(map(shared.__contains__, ngrams))


def _outside(text: str, spans: Sequence[Quotation]) -> Words:
    """Return the words of a paragraph that are in none of these quotations."""
    unquoted: list[str] = []
    at = 0
    for quotation in spans:
        unquoted += terms(text[at : quotation.start])
        at = quotation.end
    return (*unquoted, *terms(text[at:]))
