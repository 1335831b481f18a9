"""The words of a row that its changes touch, which is all that most kinds of finding look at."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from app.collation.model import Change, Span

_WORD = re.compile(r"[^\W_]+(?:['’‑‐.&-][^\W_]+)*")


class Word(NamedTuple):
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


class Changed:
    """The words inside the changes of a row, of either side, in order."""

    def __init__(self, base: str, witness: str, changes: Iterable[Change]) -> None:
        self.base: list[Word] = []
        self.witness: list[Word] = []
        for place, change in enumerate(changes):
            _read(base, change.base, place, self.base)
            _read(witness, change.witness, place, self.witness)
        self.base_words = frozenset([word.lower for word in self.base])
        self.witness_words = frozenset([word.lower for word in self.witness])
        self.words = self.base_words | self.witness_words


def words(text: str, span: Span) -> list[Word]:
    """The words of ``text`` inside ``span``.

    >>> [word.lower for word in words("She didn’t, U.S. aides said.", (0, 28))]
    ['she', "didn't", 'u.s', 'aides', 'said']
    """
    found: list[Word] = []
    _read(text, span, 0, found)
    return found


def _read(text: str, span: Span, place: int, into: list[Word]) -> None:
    for match in _WORD.finditer(text, *span):
        word = match.group()
        into.append(Word(word, word.lower().replace("’", "'"), match.start(), match.end(), place))
