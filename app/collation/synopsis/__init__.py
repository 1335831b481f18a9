"""Many texts at once: how each of several others words a paragraph of one, from comparisons of two."""

from app.collation.synopsis.apparatus import (
    Apparatus,
    PlaceReading,
    ReadingPiece,
    VariantPlace,
    apparatus,
    apparatuses,
    phrase_place,
)
from app.collation.synopsis.groups import VersionGroup, version_groups
from app.collation.synopsis.version import Difference, Version, version_of, word_spans

__all__ = [
    "Apparatus",
    "Difference",
    "PlaceReading",
    "ReadingPiece",
    "VariantPlace",
    "Version",
    "VersionGroup",
    "apparatus",
    "apparatuses",
    "phrase_place",
    "version_groups",
    "version_of",
    "word_spans",
]
