"""Read the formats that articles arrive in into a Draft."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that was read and checked, but not stored yet. Fields not stated are empty, or None for a date."""

    title: str
    text: str
    """As it was submitted, every code point of it."""
    paragraphs: tuple[str, ...]
    """The title comes first if the text does not contain it."""
    publisher: str = ""
    author: str = ""
    published_on: date | None = None
    url: str = ""
    furniture: tuple[int, ...] = ()
