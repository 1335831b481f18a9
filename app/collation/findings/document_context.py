"""The two texts that a row belongs to: their language, and whom they name elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.findings.quantities import number_words
from app.collation.text.language import is_english


@dataclass(frozen=True, slots=True)
class Texts:
    """Both texts as their paragraphs."""

    base: Sequence[str] = ()
    witness: Sequence[str] = ()
    english: bool = True
    """Whether both are in English."""
    few_numbers: bool = True
    """Whether neither holds so many numbers that they are not compared."""

    @classmethod
    def of(cls, base: Sequence[str], witness: Sequence[str]) -> "Texts":
        """Make them of the two texts, and detect their language from their words."""
        few_numbers = not any(number_words.has_too_many_numbers(text) for text in (base, witness))
        return cls(base, witness, is_english(base) and is_english(witness), few_numbers)


NO_TEXTS = Texts()
"""A row on its own, in English."""
