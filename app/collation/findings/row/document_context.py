"""The two texts that a row belongs to: their language, and whom they name elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.text.language import is_english


@dataclass(frozen=True, slots=True)
class Texts:
    """Both texts as their paragraphs."""

    base: Sequence[str] = ()
    witness: Sequence[str] = ()
    english: bool = True
    """Whether both are in English."""

    @classmethod
    def of(cls, base: Sequence[str], witness: Sequence[str]) -> "Texts":
        """Make them of the two texts, and detect their language from their words."""
        return cls(base, witness, is_english(base) and is_english(witness))


NO_TEXTS = Texts()
"""A row on its own, in English."""
