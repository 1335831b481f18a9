"""The article's text as a page states it for machines, as a witness for the text that people see."""

import re

_WORD = re.compile(r"\w+")
GRAM = 4
MIN_WORDS = 5
MIN_SHARE = 0.8


class Witness:
    """Word 4-grams of a text, to ask whether a paragraph is in it."""

    def __init__(self, text: str) -> None:
        self._grams = set(_grams(text))

    def __bool__(self) -> bool:
        return bool(self._grams)

    def has(self, paragraph: str) -> bool:
        """Return whether most of a paragraph, of some words at least, is in the text."""
        if not self._grams:
            return False
        grams = _grams(paragraph)
        return len(grams) > MIN_WORDS - GRAM and sum(g in self._grams for g in grams) >= MIN_SHARE * len(
            grams
        )


def _grams(text: str) -> list[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    return [tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)]
