"""Formats that articles arrive in, read into a Draft."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that was read and checked, and is not stored yet. What is not stated is empty, or None for a date."""

    title: str
    text: str
    """As it was brought, every code point of it."""
    paragraphs: tuple[str, ...]
    """The title is the first of them where the text does not hold it."""
    publisher: str = ""
    author: str = ""
    published_on: date | None = None
    url: str = ""
    furniture: tuple[int, ...] = ()
