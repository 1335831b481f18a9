"""English words as findings look them up: opposites, forms of verbs, names of one place, words in small letters."""

from app.collation.drift.lexicon.common import is_common
from app.collation.drift.lexicon.inflection import Form, Tense, base_forms, verb_forms
from app.collation.drift.lexicon.names import ABBREVIATION, called, other_names, speaks_for
from app.collation.drift.lexicon.opposites import are_opposite, opposites

__all__ = [
    "ABBREVIATION",
    "Form",
    "Tense",
    "are_opposite",
    "base_forms",
    "called",
    "is_common",
    "opposites",
    "other_names",
    "speaks_for",
    "verb_forms",
]
