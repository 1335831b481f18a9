"""Many texts at once: how each of several others words a paragraph of one, from comparisons of two."""

from app.collation.synopsis.apparatus import Apparatus, Place, Reading, apparatus, phrase_place
from app.collation.synopsis.version import Difference, Version, version_of, word_spans

__all__ = [
    "Apparatus",
    "Difference",
    "Place",
    "Reading",
    "Version",
    "apparatus",
    "phrase_place",
    "version_of",
    "word_spans",
]
