"""The quotations of a row's text as they are compared: their spans, and the words inside their marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.collation import quotations
from app.collation.model import Span
from app.collation.text import normalization, spelling, tokens

MAX_PARTS = 3
"""Quotations at most that may be one, broken by the words that name its speaker."""

MAX_ATTRIBUTION_CHARS = 120
"""Characters that these words take at most."""

ANY_WORDS = "..."
"""A wildcard for any number of words: an ellipsis."""

MAYBE_ONE = "?"
"""A wildcard for a word or none."""

MAX_BRACKETED_WORDS = 4
"""Words that one [bracket] may stand for: ``[China]`` for ``the People's Republic of China``."""

MAX_REMEMBERED_CHARS = 20_000
"""Code points of a row's text whose quotations are remembered: with the number of texts, a bound on memory."""

MAX_COMPARISON_STEPS = 250_000
"""Steps in which two quotations with ellipses or brackets are compared; longer ones count as they are printed."""

_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_IN_WORD = re.compile(r"\[(\w{1,3})\](?=\w)")


@dataclass(frozen=True, slots=True)
class ComparedQuotation:
    """A quotation, or a few that are one, broken by attribution."""

    span: Span
    """From mark to mark."""
    inner: Span
    """Without the marks."""
    text: str
    """What the marks hold; of a broken one the parts, joined by a space."""
    words: tuple[str, ...]
    bag: frozenset[str]
    parts: tuple[int, ...]
    """Its place, or places, among the quotations of the text."""

    @property
    def opener(self) -> Span:
        """The span of the opening mark."""
        return self.span[0], self.inner[0]

    @property
    def closer(self) -> Span:
        """The span of the closing mark; empty if there is none."""
        return self.inner[1], self.span[1]


def compared_quotations(text: str, others: Sequence[ComparedQuotation] = ()) -> Sequence[ComparedQuotation]:
    """Return the quotations of a row's text in order; one that runs on over several paragraphs is one.

    Where one of the ``others`` prints the same text, its words are reused.
    """
    return _remembered_quotations(text) if len(text) <= MAX_REMEMBERED_CHARS else _compared(text, others)


@lru_cache(maxsize=128)
def _remembered_quotations(text: str) -> Sequence[ComparedQuotation]:
    # A row's quotations are needed for its findings, and again when what two texts share is counted.
    return tuple(_compared(text))


def _compared(text: str, others: Sequence[ComparedQuotation] = ()) -> list[ComparedQuotation]:
    known = {other.text: other.words for other in others}
    paragraphs = text.split("\n")
    starts = [0]
    for paragraph in paragraphs:
        starts.append(starts[-1] + len(paragraph) + 1)
    compared: list[ComparedQuotation] = []
    opened: int | None = None
    for quotation in quotations.find(paragraphs):
        start, end = (
            starts[quotation.paragraph] + quotation.start,
            starts[quotation.paragraph] + quotation.end,
        )
        opened = start if opened is None else opened
        if quotation.continues:
            continue
        closed = end - start > 1 and text[end - 1] in normalization.QUOTES
        inner = opened + 1, end - closed
        printed = text[slice(*inner)]
        inside = known.get(printed) or words(printed)
        compared.append(
            ComparedQuotation((opened, end), inner, printed, inside, frozenset(inside), (len(compared),))
        )
        opened = None
    return compared


def runs(quotes: Sequence[ComparedQuotation]) -> Iterator[ComparedQuotation]:
    """Yield neighbours that may be one quotation broken by attribution: two or three taken together."""
    for first in range(len(quotes)):
        for last in range(first + 1, min(first + MAX_PARTS, len(quotes))):
            if quotes[last].span[0] - quotes[last - 1].span[1] > MAX_ATTRIBUTION_CHARS:
                break
            together = quotes[first : last + 1]
            inside = tuple(word for each in together for word in each.words)
            yield ComparedQuotation(
                span=(together[0].span[0], together[-1].span[1]),
                inner=(together[0].inner[0], together[-1].inner[1]),
                text=" ".join(each.text for each in together),
                words=inside,
                bag=frozenset(inside),
                parts=tuple(part for each in together for part in each.parts),
            )


def words(text: str) -> tuple[str, ...]:
    """Return words in normal form, with ``ANY_WORDS`` for an ellipsis and some ``MAYBE_ONE`` for a [bracket].

    A bracket inside a word is read with it: ``[T]hey`` are they.

    >>> words("We [the Chinese] support you ... [T]hey don't")
    ('we', '?', '?', '?', '?', 'support', 'you', '...', 'they', "don't")
    """
    if text.isascii() and text.isalpha():
        return (text.lower(),)
    words_in_order: list[str] = []
    normal = normalization.normal_form(text)
    for place, part in enumerate(_BRACKET.split(_IN_WORD.sub(r"\1", normal)) if "[" in normal else (normal,)):
        if place % 2:
            words_in_order += [ANY_WORDS] if not part.strip(". ") else [MAYBE_ONE] * MAX_BRACKETED_WORDS
            continue
        if part.isascii():
            # No word reaches over a space here, and most pieces come back.
            for piece in part.split():
                words_in_order += _remembered(piece)
        else:
            words_in_order += _in_order(part)
    return tuple(words_in_order)


def _in_order(text: str) -> tuple[str, ...]:
    """Return the words of a text without brackets, and ``ANY`` for each ellipsis."""
    words_in_order: list[str] = []
    for token in tokens.split(text):
        if token == " ":
            continue  # half of all tokens: not worth a closer look
        if token[0].isalnum() or tokens.is_word(token):
            words_in_order.append(token.replace(".", "") if "." in token else token)
        elif token.startswith(ANY_WORDS):
            words_in_order.append(ANY_WORDS)
    return tuple(words_in_order)


_remembered = lru_cache(maxsize=1 << 13)(_in_order)


def is_cut(text: str) -> bool:
    """Return whether an ellipsis or a [bracket] stands for words of the text.

    >>> is_cut("We will … win"), is_cut("We will win.")
    (True, False)
    """
    return not {ANY_WORDS, MAYBE_ONE}.isdisjoint(words(text))


def agree(first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether the words are the same except for spelling, ellipses and text in brackets.

    >>> agree(words("We [China] will win"), words("We will … win"))
    True
    """
    if {ANY_WORDS, MAYBE_ONE}.isdisjoint(first) and {ANY_WORDS, MAYBE_ONE}.isdisjoint(second):
        return len(first) == len(second) and all(map(spelling.same, first, second))
    first, second = [spelling.common(word) for word in first], [spelling.common(word) for word in second]
    if first == second:
        return True
    if len(first) * len(second) > MAX_COMPARISON_STEPS:
        return False
    # reached: the numbers of words of `second` with which the words of `first` so far may agree.
    reached = _over_nothing({0}, second)
    for word in first:
        if not reached:
            return False
        if word == ANY_WORDS:
            after = set(range(min(reached), len(second) + 1))
        else:
            after = {
                j + 1
                for j in reached
                if j < len(second) and (second[j] in (word, MAYBE_ONE) or word == MAYBE_ONE)
            }
            after |= {j for j in reached if word == MAYBE_ONE or (j and second[j - 1] == ANY_WORDS)}
        reached = _over_nothing(after, second)
    return len(second) in reached


def _over_nothing(reached: set[int], second: Sequence[str]) -> set[int]:
    """Return ``reached``, and the places after words of ``second`` that may stand for nothing."""
    places = set(reached)
    for j in reached:
        while j < len(second) and second[j] in (ANY_WORDS, MAYBE_ONE):
            j += 1
            places.add(j)
    return places
