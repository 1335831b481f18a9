"""Every list of words that the program knows: tables, and how they are looked up."""

from app.collation.lexicon.calendar import CalendarName, months, numbers_by_word, weekdays
from app.collation.lexicon.common_words import is_common
from app.collation.lexicon.inflect import Form, Tense, base_forms, verb_forms
from app.collation.lexicon.load import lines, rows, words
from app.collation.lexicon.numbers import fractions, numbers, units
from app.collation.lexicon.opposites import are_opposite, opposites
from app.collation.lexicon.place_names import MAX_ABBREVIATION_LETTERS, called, other_names, speaks_for
from app.collation.lexicon.reporting_verbs import ReportingVerb, reporting_verbs

__all__ = [
    "MAX_ABBREVIATION_LETTERS",
    "CalendarName",
    "Form",
    "ReportingVerb",
    "Tense",
    "are_opposite",
    "base_forms",
    "called",
    "fractions",
    "is_common",
    "lines",
    "months",
    "numbers",
    "numbers_by_word",
    "opposites",
    "other_names",
    "reporting_verbs",
    "rows",
    "speaks_for",
    "units",
    "verb_forms",
    "weekdays",
    "words",
]
