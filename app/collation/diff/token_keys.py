"""The key a token is matched by in a comparison, its weight, and whether it carries content."""

from collections.abc import Sequence
from typing import NamedTuple

from app.collation.remembered import Remembered
from app.collation.text.language import FUNCTION_WORDS
from app.collation.text.normalization import typographic_form

CONTENT_WEIGHT = 2.0
"""Weight of a content word; any other token but those below weighs 1.

These figures, and those of ``cleanup``, were set on half of 468 sentence pairs with human marks and held on the other
half, and on 270 news sentences marked by hand (tests/quality); a little to either side of them the scores hardly move.
"""

COMMONEST_WEIGHT = 0.8
"""Weight of the commonest words, which match by chance more than any other."""

_COMMONEST = frozenset(("a", "an", "of", "the", "to"))

COMMA_WEIGHT = 1.2
"""Weight of a comma: it separates what was changed before it from what was changed after."""

_MARK = "'"
"""The key of every quotation mark."""

_ENDS = frozenset((_MARK, ".", "!", "?"))
"""Marks that weigh as much as a content word: they end a sentence or a quotation."""


class KeyedToken(NamedTuple):
    """A token as a comparison sees it."""

    form: str
    """Equal for tokens that differ in typography alone."""
    key: str
    """Equal also for tokens that differ in capitals: the start of a sentence moves when a phrase is put before it."""
    content: bool
    """Whether it carries content: words of one or two small letters count as function words in any language."""
    weight: float
    """How much keeping it counts."""
    frame: bool
    """Whether it is matched before other tokens: a content word or a quotation mark."""


def keyed(tokens: Sequence[str]) -> list[KeyedToken]:
    """Return the tokens with the keys they are compared by.

    >>> [word.key for word in keyed(["The", "EU’s"])], keyed(["–"])[0].form
    (['the', "eu's"], '-')
    """
    return list(map(_WORDS.__getitem__, tokens))


def _word(token: str) -> KeyedToken:
    if token.isascii() and token.isalpha():  # four in five
        key = token.lower()
        content = (len(key) > 2 and key not in FUNCTION_WORDS) or (len(key) > 1 and token.isupper())
        return KeyedToken(token, key, content, CONTENT_WEIGHT if content else _light(key), content)
    form = typographic_form(token) or token
    key = form.casefold()
    if not any(map(str.isalnum, key)):
        return KeyedToken(
            form,
            key,
            False,
            CONTENT_WEIGHT if key in _ENDS else COMMA_WEIGHT if key == "," else 1.0,
            key == _MARK,
        )
    digits = any(map(str.isdigit, key))
    if digits or (token.isupper() and len(token) > 1) or (len(key) > 2 and key not in FUNCTION_WORDS):
        return KeyedToken(form, key, True, CONTENT_WEIGHT, True)
    return KeyedToken(form, key, False, _light(key), False)


def _light(key: str) -> float:
    return COMMONEST_WEIGHT if key in _COMMONEST else 1.0


_WORDS = Remembered(_word)
