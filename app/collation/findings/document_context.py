"""The two texts that a row belongs to: their language, and whom they name elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.findings.quantities import number_words
from app.collation.text.language import is_english, languages_spelled_so, likely_languages


@dataclass(frozen=True, slots=True)
class Texts:
    """Both texts as their paragraphs."""

    base: Sequence[str] = ()
    witness: Sequence[str] = ()
    english: bool = True
    """Whether both are in English."""
    languages: frozenset[str] = frozenset()
    """The languages that a text which is not in English may be in."""
    few_numbers: bool = True
    """Whether neither holds so many numbers that they are not compared."""
    rewritten: bool = False
    """Whether they were reworded throughout, as by two translators."""

    @classmethod
    def of(cls, base: Sequence[str], witness: Sequence[str]) -> "Texts":
        """Make them of the two texts, and detect their language from their words."""
        few_numbers = not any(number_words.has_too_many_numbers(text) for text in (base, witness))
        if is_english(base) and is_english(witness):
            return cls(base, witness, few_numbers=few_numbers)
        spelled = languages_spelled_so(base), languages_spelled_so(witness)
        languages = likely_languages(base) | likely_languages(witness)
        languages |= spelled[0] & spelled[1] if all(spelled) else spelled[0] | spelled[1]
        return cls(base, witness, english=False, languages=languages, few_numbers=few_numbers)


NO_TEXTS = Texts()
"""A row on its own, in English."""
