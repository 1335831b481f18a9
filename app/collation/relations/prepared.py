"""A text made ready to be set beside many others, so that its words are read once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.collation.normalization import normal_form
from app.collation.terms import terms


@dataclass(frozen=True, slots=True)
class Prepared:
    """The article's own paragraphs, furniture apart, and their words."""

    paragraphs: tuple[str, ...]
    forms: tuple[str, ...]
    terms: tuple[tuple[str, ...], ...]
    """Of each paragraph."""


def prepared(paragraphs: Sequence[str], furniture: Collection[int] = ()) -> Prepared:
    """The text made ready; ``furniture`` are the indices of the paragraphs that do not count."""
    own = tuple(text for index, text in enumerate(paragraphs) if index not in furniture)
    return Prepared(own, tuple(map(normal_form, own)), tuple(tuple(terms(text)) for text in own))
