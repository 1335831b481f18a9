"""A text made ready to be set beside many others, so that its words are read once."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress, groupby, islice, pairwise

from app.collation import quotations
from app.collation.quotations import Quotation
from app.collation.relations.topic import Subject
from app.collation.text import fingerprints
from app.collation.text.normalization import normal_form
from app.collation.text.words import in_form, terms

TRIPLE = 3
"""Words in a run by which texts are looked through: of pairs that copy, all but one in a hundred share more than one
such run in fifty; of pairs that do not, one in a hundred does. (1,144 news texts with known copies.)"""

RUN = 8
"""Words in a row that both texts hold, from which something of them is shared, however little else."""

_RUN = bytes([True] * (RUN - TRIPLE + 1))

QUOTED = 6
"""Words that two quotations share at least: fewer are a phrase that two speakers may use. One of those
that two texts share must have ``RUN`` words: a programme's title has six."""


@dataclass(frozen=True)
class Terms:
    """Words in a row, and what is asked of them; worked out when first asked for."""

    terms: tuple[str, ...]

    @cached_property
    def triples(self) -> frozenset[tuple[str, ...]]:
        """The distinct runs of ``TRIPLE`` words."""
        return frozenset(in_threes(self.terms))

    def shared_with(self, other: "Terms") -> frozenset[tuple[str, ...]]:
        """The runs of ``TRIPLE`` words that both hold."""
        one, two = (other, self) if other.stands_beside_many else (self, other)
        return one.triples.intersection(in_threes(two.terms))

    @property
    def stands_beside_many(self) -> bool:
        """Whether ``triples`` were asked for already, as they are of a text that is set beside one after another."""
        return "triples" in self.__dict__

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Each distinct word's number, from 1 in order of appearance."""
        return {word: number for number, word in enumerate(dict.fromkeys(self.terms), 1)}

    @cached_property
    def joined(self) -> str:
        """The words with a space before and behind each."""
        return f" {' '.join(self.terms)} "


@dataclass(frozen=True)
class PreparedParagraph:
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
    forms: tuple[str, ...]
    """The normal forms of the paragraphs."""
    by_paragraph: tuple[tuple[str, ...], ...]
    """The words of each paragraph."""
    maskable: bool = True
    """Whether any of its fingerprints may be masked: where it is known that none is, none is looked for."""

    @cached_property
    def all(self) -> Terms:
        """The words of all paragraphs, one after the other."""
        return Terms(tuple(chain.from_iterable(self.by_paragraph)))

    @property
    def terms(self) -> tuple[str, ...]:
        """The words of all paragraphs, one after the other."""
        return self.all.terms

    @property
    def split(self) -> tuple[PreparedParagraph, ...]:
        """Each paragraph's words, those between quotation marks apart."""
        return self._parted[0]

    @cached_property
    def quotations(self) -> tuple[tuple[str, ...], ...]:
        """The words of each quotation of ``QUOTED`` words or more, once each."""
        return tuple(words for words in dict.fromkeys(self._parted[1]) if len(words) >= QUOTED)

    @cached_property
    def quoting(self) -> dict[tuple[str, str], list[int]]:
        """For every two words in a row, the indices of the ``quotations`` that hold them."""
        found: dict[tuple[str, str], list[int]] = {}
        for index, words in enumerate(self.quotations):
            for pair in dict.fromkeys(pairwise(words)):
                found.setdefault(pair, []).append(index)
        return found

    @cached_property
    def unquoted(self) -> Terms:
        """The words outside quotation marks, one after the other."""
        return Terms(tuple(chain.from_iterable(paragraph.own for paragraph in self.split)))

    @cached_property
    def subject(self) -> Subject:
        """What the text is about."""
        return Subject(self.paragraphs, self.terms)

    @cached_property
    def words(self) -> int:
        """How many words the paragraphs hold; where a mark stood inside one, somewhat more than ``terms``."""
        return max(1, sum(paragraph.words for paragraph in self.split))

    @cached_property
    def _parted(self) -> tuple[tuple[PreparedParagraph, ...], tuple[tuple[str, ...], ...]]:
        found: list[tuple[str, ...]] = []
        split = [PreparedParagraph(words, ()) for words in self.by_paragraph]
        for index, quoted in groupby(quotations.find(self.paragraphs), key=lambda one: one.paragraph):
            spans = list(quoted)
            inside = [tuple(terms(one.text)) for one in spans]
            found += inside
            split[index] = PreparedParagraph(
                _outside(self.paragraphs[index], spans), tuple(chain.from_iterable(inside))
            )
        return tuple(split), tuple(found)

    def without(self, masked: frozenset[int]) -> "Prepared":
        """The text without the paragraphs that mostly stand for fingerprints too common to count."""
        if not (masked and self.maskable):
            return self
        if masked not in self._without:
            # Kept, since one text is set beside many under the same ones, and what it was asked for is kept with it.
            self._without[masked] = self._hiding(masked)
        return self._without[masked]

    @cached_property
    def _without(self) -> dict[frozenset[int], "Prepared"]:
        return {}

    def _hiding(self, masked: frozenset[int]) -> "Prepared":
        common = fingerprints.masked_paragraphs(self.by_paragraph, masked)
        if not any(common):
            return self
        shown = [not is_common for is_common in common]
        return Prepared(
            tuple(compress(self.paragraphs, shown)),
            tuple(compress(self.forms, shown)),
            tuple(compress(self.by_paragraph, shown)),
        )


def prepared(
    paragraphs: Sequence[str], furniture: Collection[int] = (), *, maskable: bool = True
) -> Prepared:
    """The text made ready; ``furniture`` are the indices of the paragraphs that do not count."""
    own = tuple(text for index, text in enumerate(paragraphs) if index not in furniture)
    forms = tuple(map(normal_form, own))
    return Prepared(own, forms, tuple([tuple(in_form(form)) for form in forms]), maskable)


def in_threes(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The runs of ``TRIPLE`` words, in order."""
    return zip(words, islice(words, 1, None), islice(words, 2, None), strict=False)


def holds_a_run(words: Sequence[str], shared: Collection[tuple[str, ...]]) -> bool:
    """Whether ``RUN`` words in a row are made of these runs of ``TRIPLE`` alone."""
    return _RUN in bytes(map(shared.__contains__, in_threes(words)))


def _outside(text: str, spans: Sequence[Quotation]) -> tuple[str, ...]:
    """The words of a paragraph that stand in none of these quotations."""
    own: list[str] = []
    at = 0
    for one in spans:
        own += terms(text[at : one.start])
        at = one.end
    return (*own, *terms(text[at:]))
