"""The words of a row that its changes touch, which is all that most kinds of finding look at."""

from collections.abc import Sequence, Set
from functools import cached_property
from typing import NamedTuple

from app.collation.model import Change, Span
from app.collation.text.words import WORD_PATTERN

FEW = 4
"""Words of either side in a change that is small."""

SHORT = 48
"""Code points of such a side at most."""


class RowWord(NamedTuple):
    """A word as it is printed and in lower case with straight apostrophes, with its place in the row's text."""

    text: str
    lower: str
    start: int
    end: int
    change: int
    """The place of the change that holds it among those looked through."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end


class Small(NamedTuple):
    """A small change with the words that it holds on either side, in small letters."""

    number: int
    """Its place among the changes looked through."""
    base: list[str]
    witness: list[str]


class Changed:
    """The words inside the changes of a row, of either side, in order."""

    def __init__(self, base: str, witness: str, changes: Sequence[Change]) -> None:
        self._texts = base, witness
        self._changes = changes
        self.base_parts = [base[change.base[0] : change.base[1]] for change in changes]
        """What each change holds on the base's side."""
        self.witness_parts = [witness[change.witness[0] : change.witness[1]] for change in changes]
        # Joined and searched at once: a tenth of the time that each word on its own takes.
        self.base_text = "\n".join(self.base_parts).lower().replace("’", "'")
        """All of it, in small letters with straight apostrophes."""
        self.witness_text = "\n".join(self.witness_parts).lower().replace("’", "'")
        self.base_words: frozenset[str] = frozenset(WORD_PATTERN.findall(self.base_text))
        self.witness_words: frozenset[str] = frozenset(WORD_PATTERN.findall(self.witness_text))
        self.gone = self.base_words - self.witness_words
        """Words that changes of the base's side alone hold."""
        self.come = self.witness_words - self.base_words
        """Words that changes of the witness's side alone hold."""

    @cached_property
    def base(self) -> list[RowWord]:
        """The words on the base's side, with their places."""
        return self.base_among(self.base_words)

    @cached_property
    def witness(self) -> list[RowWord]:
        """The words on the witness's side, with their places."""
        return self.witness_among(self.witness_words)

    def base_among(self, sought: Set[str]) -> list[RowWord]:
        """Those words on the base's side that are ``sought``, given in small letters."""
        spans = [change.base for change in self._changes]
        return _among(sought & self.base_words, self._texts[0], self.base_parts, spans)

    def witness_among(self, sought: Set[str]) -> list[RowWord]:
        """The same on the witness's side."""
        spans = [change.witness for change in self._changes]
        return _among(sought & self.witness_words, self._texts[1], self.witness_parts, spans)

    @cached_property
    def small(self) -> list[Small]:
        """The changes that hold few words on either side, where one or two took the place of one or two others."""
        found = []
        for number, (one, other) in enumerate(zip(self.base_parts, self.witness_parts, strict=True)):
            if len(one) <= SHORT and len(other) <= SHORT:
                here, there = _lowered(one), _lowered(other)
                if len(here) <= FEW and len(there) <= FEW:
                    found.append(Small(number, here, there))
        return found


def _among(sought: Set[str], text: str, parts: Sequence[str], spans: Sequence[Span]) -> list[RowWord]:
    found: list[RowWord] = []
    if not sought:
        return found
    # Most changes hold none of few words: a look for their letters is a tenth of the time that reading them takes.
    few = sought if len(sought) <= FEW else ()
    for number, part in enumerate(parts):
        lower = part.lower().replace("’", "'")
        if not few or any(word in lower for word in few):
            found += [word for word in words(text, spans[number], number) if word.lower in sought]
    return found


def words(text: str, span: Span, change: int = 0) -> list[RowWord]:
    """The words of ``text`` inside ``span``, said to stand in change number ``change``.

    >>> [word.lower for word in words("She didn’t, U.S. aides said.", (0, 28))]
    ['she', "didn't", 'u.s', 'aides', 'said']
    """
    found = []
    for match in WORD_PATTERN.finditer(text, *span):
        word = match.group()
        found.append(RowWord(word, word.lower().replace("’", "'"), *match.span(), change))
    return found


def _lowered(text: str) -> list[str]:
    return WORD_PATTERN.findall(text.lower().replace("’", "'"))
