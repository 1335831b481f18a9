"""Every list of words that the program knows: tables, and how they are looked up."""

from app.collation.lexicon.calendar import (
    CalendarMeaning,
    CalendarName,
    calendar_in_other_languages,
    months,
    numbers_by_word,
    weekdays,
)
from app.collation.lexicon.common_words import is_common, is_listed
from app.collation.lexicon.inflect import Form, Tense, base_forms, verb_forms
from app.collation.lexicon.load import lines, plain_form, rows, words
from app.collation.lexicon.numbers import foreign_numbers, fractions, magnitudes, numbers, units
from app.collation.lexicon.opposites import (
    PARTICLES,
    are_opposite,
    are_opposite_by_prefix,
    are_opposite_in_kind,
    is_phrase,
    may_be_opposite,
    opposites,
)
from app.collation.lexicon.people import (
    are_same_people,
    is_people,
    is_person,
    may_be_portfolios,
    portfolios,
    singulars,
)
from app.collation.lexicon.place_names import (
    MAX_ABBREVIATION_LETTERS,
    called,
    governed_from,
    is_country,
    is_residence,
    latin_form,
    other_names,
    seats_of,
)
from app.collation.lexicon.reporting_verbs import ReportingVerb, reporting_verbs

__all__ = [
    "MAX_ABBREVIATION_LETTERS",
    "PARTICLES",
    "CalendarMeaning",
    "CalendarName",
    "Form",
    "ReportingVerb",
    "Tense",
    "are_opposite",
    "are_opposite_by_prefix",
    "are_opposite_in_kind",
    "are_same_people",
    "base_forms",
    "calendar_in_other_languages",
    "called",
    "foreign_numbers",
    "fractions",
    "governed_from",
    "is_common",
    "is_country",
    "is_listed",
    "is_people",
    "is_person",
    "is_phrase",
    "is_residence",
    "latin_form",
    "lines",
    "magnitudes",
    "may_be_opposite",
    "may_be_portfolios",
    "months",
    "numbers",
    "numbers_by_word",
    "opposites",
    "other_names",
    "plain_form",
    "portfolios",
    "reporting_verbs",
    "rows",
    "seats_of",
    "singulars",
    "units",
    "verb_forms",
    "weekdays",
    "words",
]
