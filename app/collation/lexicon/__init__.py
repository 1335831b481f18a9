"""English words as findings look them up: opposites, forms of verbs, names of one place, words in small letters."""

from app.collation.lexicon.common_words import is_common
from app.collation.lexicon.inflect import Form, Tense, base_forms, verb_forms
from app.collation.lexicon.opposites import are_opposite, opposites
from app.collation.lexicon.place_names import ABBREVIATION, called, other_names, speaks_for

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
