"""What a token counts for in a comparison: the key it is matched by, and whether it carries content."""

from functools import lru_cache
from typing import NamedTuple

from app.collation.normalization import typographic_form

FUNCTION_WORDS = frozenset(
    """
    a an the this that these those some any each every no such
    i you he she it we they me him her us them my your his its our their who whom whose which what there here
    and or but nor so yet if than as because while although though since unless whether when where how then
    of in on at to for by with from into onto over under about between among through during before after against
    without within upon up down out off per via amid
    am is are was were be been being do does did has have had having
    will would can could may might must shall should not also just very too only
    """.split()
)
"""English words that bind others and say little alone; of other languages, words of one or two letters do."""

MARK = "'"
"""The key of every quotation mark."""


class Word(NamedTuple):
    """A token as a comparison sees it."""

    form: str
    """Equal for tokens that differ in typography alone."""
    key: str
    """Equal also for tokens that differ in capitals: the start of a sentence moves when a phrase is put before it."""
    content: bool


@lru_cache(maxsize=1 << 16)
def word(token: str) -> Word:
    """Return how the token is compared.

    >>> word("The"), word("EU’s").content, word("—").form
    (Word(form='The', key='the', content=False), True, '-')
    """
    form = typographic_form(token) or token
    key = form.casefold()
    if not any(map(str.isalnum, key)):
        return Word(form, key, False)
    if (token.isupper() and len(token) > 1) or any(map(str.isdigit, key)):
        return Word(form, key, True)
    return Word(form, key, len(key) > 2 and key not in FUNCTION_WORDS)
