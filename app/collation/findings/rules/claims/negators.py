"""Words that say no outright."""

from app.collation import lexicon
from app.collation.findings.row.changed_words import words

HARD = lexicon.words("negators", "hard")
"""Them, but for those that end in "n't"."""

MAX_GOVERNED_WORDS = 3
"""Words after a negator that may be what it negates."""

MAX_CHARS_TO_GOVERNED = 24
"""Code points in which these are looked for."""


def is_negator(word: str) -> bool:
    """Return whether a word in small letters, with straight apostrophes, says no."""
    return word in HARD or word.endswith("n't")


def precedes(text: str, at: int) -> bool:
    """Return whether a negator is among the ``MAX_GOVERNED_WORDS`` words before a place in a text."""
    return any(
        is_negator(word.lower)
        for word in words(text, (max(0, at - MAX_CHARS_TO_GOVERNED), at))[-MAX_GOVERNED_WORDS:]
    )
