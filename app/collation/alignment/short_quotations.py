"""Two short quotations of different people in one place: another voice, not another version."""

import re
from functools import lru_cache

from app.collation import lexicon
from app.collation.text.language import FUNCTION_WORDS
from app.collation.text.words import in_form

MAX_WORDS = 30
"""Words of a paragraph up to which it may be one short quotation."""

MIN_QUOTED_SHARE = 1 / 3
"""Least share of its words inside quotation marks."""

MAX_ALIKE = 0.25
"""Dice's coefficient of the quoted words, small ones apart, up to which one quotation is no version of the other."""

_QUOTED = re.compile(r'"([^"]*)"')


def are_of_different_people(base: str, witness: str) -> bool:
    """Return whether two paragraphs, in normal form, quote different people who say different things.

    >>> are_of_different_people('"the soup was cold," a guest said.', '"we won," said the captain.')
    True
    >>> are_of_different_people('"the soup was cold," a guest said.', '"my soup was cold," said one guest.')
    False
    """
    first = _split(base)
    second = first and _split(witness)
    if first is None or second is None:
        return False
    (quoted, speaker), (quoted_there, speaker_there) = first, second
    both = len(quoted & quoted_there)
    if 2 * both > MAX_ALIKE * (len(quoted) + len(quoted_there)):
        return False
    named_by_both = speaker & speaker_there
    # A word that both have around other words is a verb that no list has, in another language.
    return bool(speaker - speaker_there and speaker_there - speaker) and len(named_by_both) <= (not both)


def _split(paragraph: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return the words inside and outside quotation marks, small words and verbs of saying apart; None if it is not a
    short quotation."""
    marks = paragraph.count('"')
    if not marks or marks % 2:
        return None
    quoted = in_form(" ".join(_QUOTED.findall(paragraph)))
    around = in_form(_QUOTED.sub(" ", paragraph))
    count = len(quoted) + len(around)
    if not quoted or not around or count > MAX_WORDS or len(quoted) < MIN_QUOTED_SHARE * count:
        return None
    return (
        frozenset(quoted) - FUNCTION_WORDS,
        frozenset(around) - FUNCTION_WORDS - _saying(),
    )


@lru_cache(maxsize=1)
def _saying() -> frozenset[str]:
    return frozenset(form for verb in lexicon.reporting_verbs() for form in verb.forms)
