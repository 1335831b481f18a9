"""How paragraphs are named on pages, by the numbers printed beside them."""

from collections.abc import Iterable, Sequence

from app.collation.model import Side
from app.collation.text.numbering import FURNITURE, HEADLINE, printed_numbers

__all__ = ["FURNITURE", "HEADLINE", "in_signs", "in_words", "listed", "numbered_count", "printed_numbers"]


def numbered_count(side: Side) -> int:
    """Return how many paragraphs of a text have a number: neither the headline nor page extras.

    >>> numbered_count(Side("r", "T", ("Menu", "T", "One.", "Two."), headline=1, furniture=(0,)))
    2
    """
    return len(side.paragraphs) - len(side.furniture) - (side.headline is not None)


def in_words(numbers: Sequence[str]) -> str:
    """Return the place that ``numbers`` name, as a phrase in a sentence.

    >>> in_words(["4"]), in_words(["4", "5"]), in_words(["4", "6", "7"]), in_words(["H"]), in_words(["f"])
    ('paragraph 4', 'paragraphs 4 and 5', 'paragraphs 4, 6 and 7', 'headline', 'page extras')
    """
    if tuple(numbers) == (HEADLINE,):
        return "headline"
    if set(numbers) == {FURNITURE}:
        return "page extras"
    return f"paragraph{'s' if len(numbers) > 1 else ''} {listed(numbers)}"


def in_signs(numbers: Sequence[str]) -> str:
    """Return the place that ``numbers`` name, in a sign or two.

    >>> in_signs(["4"]), in_signs(["4", "5"]), in_signs(["H"]), in_signs(["f"])
    ('¶4', '¶4–5', 'Headline', 'Page extras')
    """
    if tuple(numbers) == (HEADLINE,):
        return "Headline"
    if set(numbers) == {FURNITURE}:
        return "Page extras"
    return f"¶{numbers[0]}" if len(numbers) == 1 else f"¶{numbers[0]}–{numbers[-1]}"


def listed(parts: Iterable[str]) -> str:
    """Return ``parts`` as a list in a sentence: commas, and "and" before the last.

    >>> listed(["one"]), listed(["one", "two"]), listed(["one", "two", "three"])
    ('one', 'one and two', 'one, two and three')
    """
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
