"""The text around quotations as words and sentences, each quotation being one word of it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from app.collation.quotations.spans import Quotation
from app.collation.quotations.speakers import vocabulary
from app.collation.text.sentences import ABBREVIATIONS, is_finished

_BLOCK = "\ufffc"
"""Stands for each character of a quotation, so that places in the text remain what they are."""

_ABBREVIATED = "|".join(sorted(ABBREVIATIONS))
_WORD = re.compile(
    rf"""
      [A-Za-z]?[a-z]++(?=[ ]|,[ ])         # eight in ten: a plain word, which no rule below takes further
    | {_BLOCK}+
    | (?:{_ABBREVIATED})\.(?!\w)
    | (?:[^\W\d_]\.)+(?:[^\W\d_](?!\w))?                      # initials: J. R., U.S., a.m
    | [@\#]?[^\W_]+(?:[.,]\d+)*(?:['’&\-‑./][^\W_]+)*(?:(?<=s)['’](?=\s))?
    | \.\.+ | \S
    """,
    re.VERBOSE,
)
_ASKS = re.compile(r"[!?…]+[\"'”’»“)\]]*$")


_STOPS = frozenset((".", "!", "?", "…", "..."))
_EMPHASIS = ("*", "_", "**", "__")
"""Markdown's marks, which are not words."""


class NarrativeWord(NamedTuple):
    """One word, mark or whole quotation of a paragraph."""

    text: str
    start: int
    end: int
    lower: str
    """In small letters, apostrophes straight; of a quotation one character. Needed so often that it is kept."""
    quotation: int = -1
    """Its place among the quotations of the article; -1 for a word outside them."""

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter, after an @ if there is one."""
        return self.text[:1].isupper() or (self.text[:1] == "@" and len(self.text) > 1)


class Narration:
    """The sentences of an article; each paragraph is cut once, when it is first asked for."""

    def __init__(self, paragraphs: Sequence[str], quotations: Sequence[Quotation]) -> None:
        self.paragraphs = paragraphs
        self.quotations = quotations
        self.places: dict[int, list[int]] = {}
        """By paragraph, the places of its quotations."""
        for place, quotation in enumerate(quotations):
            self.places.setdefault(quotation.paragraph, []).append(place)
        self._cut: dict[int, list[list[NarrativeWord]]] = {}

    @cached_property
    def names(self) -> frozenset[str]:
        """Words, in small letters, that have a capital inside a sentence."""
        return frozenset(
            word.lower.removesuffix("'s")
            for index in range(len(self.paragraphs))
            for words in self.sentences(index)
            for before, word in pairwise(words)
            if word.capital and before.quotation < 0 and before.text[0].isalnum()
        )

    def sentences(self, paragraph: int) -> list[list[NarrativeWord]]:
        """Return the sentences of a paragraph."""
        if paragraph not in self._cut:
            quotations = [(place, self.quotations[place]) for place in self.places.get(paragraph, ())]
            self._cut[paragraph] = sentences(self.paragraphs[paragraph], quotations)
        return self._cut[paragraph]


def sentences(paragraph: str, quotations: Sequence[tuple[int, Quotation]]) -> list[list[NarrativeWord]]:
    """Return the sentences of a paragraph, each of its ``quotations`` (with its place in the article) being one word.

    >>> from app.collation.quotations.spans import find
    >>> text = '“I left,” Mr. Lee said. “Why?” asked Ann.'
    >>> [[word.text for word in sentence] for sentence in sentences(text, list(enumerate(find([text]))))]
    [['“I left,”', 'Mr.', 'Lee', 'said', '.'], ['“Why?”', 'asked', 'Ann', '.']]
    """
    pieces: list[str] = []
    places: dict[int, int] = {}
    at = 0
    for place, quotation in quotations:
        pieces += [
            paragraph[at : quotation.start].replace(_BLOCK, " "),
            _BLOCK * (quotation.end - quotation.start),
        ]
        places[quotation.start] = place
        at = quotation.end
    masked = "".join((*pieces, paragraph[at:].replace(_BLOCK, " ")))
    starts = sorted(places)
    words: list[NarrativeWord] = []
    for match in _WORD.finditer(masked):
        start, end = match.span()
        text = match[0]
        if text[0] == _BLOCK:
            # Quotations that touch are one run of that character.
            touching = starts[bisect_left(starts, start) : bisect_left(starts, end)]
            for first, last in zip(touching, [*touching[1:], end], strict=True):
                words.append(NarrativeWord(paragraph[first:last], first, last, _BLOCK, places[first]))
        elif text not in _EMPHASIS:
            # In half the time that calling the class takes.
            words.append(tuple.__new__(NarrativeWord, (text, start, end, text.lower().replace("’", "'"), -1)))
    return _divided(words)


def _divided(words: Sequence[NarrativeWord]) -> list[list[NarrativeWord]]:
    sentences: list[list[NarrativeWord]] = []
    start = 0
    stops = [place for place, word in enumerate(words) if word.text in _STOPS or word.quotation >= 0]
    for end in (place + 1 for place in stops):
        if end < len(words) and _ends_before(words[end - 1], words[end], words[end + 1 : end + 5]):
            sentences.append(list(words[start:end]))
            start = end
    sentences.append(list(words[start:]))
    return [sentence for sentence in sentences if sentence]


def _ends_before(word: NarrativeWord, following: NarrativeWord, after: Sequence[NarrativeWord]) -> bool:
    starts = (
        following.capital
        or following.quotation >= 0
        or following.text[0].isdigit()
        or following.text in "—([*"
    )
    if word.quotation < 0:
        return starts
    if not is_finished(word.text):
        return False
    if following.quotation >= 0:
        return True
    if not following.capital:
        return False
    # “Why?” Ann Lee asked: a question or a cry goes on with who utters it; a full stop does not.
    return not (_ASKS.search(word.text) and any(near.lower in vocabulary.SPEECH for near in after))
