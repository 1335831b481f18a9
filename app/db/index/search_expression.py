"""What goes into the search index, and the expressions that search it: terms, for either kind of database."""

from dataclasses import dataclass

MIN_COMPLETED_CHARS = 4
"""Letters from which a word is completed by the list of all words; shorter beginnings are facts of each text."""


@dataclass(frozen=True, slots=True)
class SearchColumns:
    """An article as the search index stores it: each column as terms with spaces between them."""

    title: str
    publisher: str
    author: str
    text: str
    facts: str

    def completions(self) -> set[str]:
        """Return the distinct words that the beginning of a word may be completed to."""
        words = {*self.title.split(), *self.publisher.split(), *self.author.split(), *self.text.split()}
        return {word for word in words if len(word) >= MIN_COMPLETED_CHARS}


@dataclass(frozen=True, slots=True)
class TermRun:
    """Terms that follow one another: in any column, or in one; with ``is_prefix`` the last one may go on."""

    words: tuple[str, ...]
    column: str = ""
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """Condition for a text: it holds one of the phrases of each group, and none of those excluded."""

    required: tuple[tuple[TermRun, ...], ...]
    excluded: tuple[TermRun, ...] = ()


ANYTHING = Expression(())
"""What every text matches."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The newest texts that match."""

    serials: tuple[int, ...]
    """Descending."""
    floor: int
    """Texts with lower serials were not looked through; 0 if all were."""
