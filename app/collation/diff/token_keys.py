"""What a token counts for in a comparison: the key it is matched by, and whether it carries content."""

from collections.abc import Sequence
from typing import NamedTuple

from app.collation.lexicon import load
from app.collation.text.normalization import typographic_form

FUNCTION_WORDS = load.words("function_words", "binding")
"""English words that bind others and say little alone; of other languages, words of one or two letters do."""

CONTENT = 2.0
"""What a word of content weighs; any other token but those below weighs 1.

These figures, and those of ``cleanup``, were set on half of 468 sentence pairs with human marks and held on the other
half, and on 270 news sentences marked by hand (tests/quality); a little to either side of them the scores hardly move.
"""

LIGHT = 0.8
"""What the commonest words weigh: of all they match by chance most."""

_COMMONEST = frozenset(("a", "an", "of", "the", "to"))

COMMA = 1.2
"""What a comma weighs: it parts what was changed before it from what was changed after."""

_MARK = "'"
"""The key of every quotation mark."""

_ENDS = frozenset((_MARK, ".", "!", "?"))
"""Marks that weigh as much as a word of content: they say where a sentence or a quotation ends."""


class KeyedToken(NamedTuple):
    """A token as a comparison sees it."""

    form: str
    """Equal for tokens that differ in typography alone."""
    key: str
    """Equal also for tokens that differ in capitals: the start of a sentence moves when a phrase is put before it."""
    content: bool
    weight: float
    """What it is worth to keep it."""
    frame: bool
    """Whether it is matched before other tokens: a word of content, or a quotation mark."""


def weighed(tokens: Sequence[str]) -> list[KeyedToken]:
    """Return how tokens are compared.

    >>> [word.key for word in weighed(["The", "EU’s"])], weighed(["–"])[0].form
    (['the', "eu's"], '-')
    """
    return list(map(_WORDS.__getitem__, tokens))


def _word(token: str) -> KeyedToken:
    if token.isascii() and token.isalpha():  # four in five
        key = token.lower()
        content = (len(key) > 2 and key not in FUNCTION_WORDS) or (len(key) > 1 and token.isupper())
        return KeyedToken(token, key, content, CONTENT if content else _light(key), content)
    form = typographic_form(token) or token
    key = form.casefold()
    if not any(map(str.isalnum, key)):
        return KeyedToken(
            form, key, False, CONTENT if key in _ENDS else COMMA if key == "," else 1.0, key == _MARK
        )
    digits = any(map(str.isdigit, key))
    if digits or (token.isupper() and len(token) > 1) or (len(key) > 2 and key not in FUNCTION_WORDS):
        return KeyedToken(form, key, True, CONTENT, True)
    return KeyedToken(form, key, False, _light(key), False)


def _light(key: str) -> float:
    return LIGHT if key in _COMMONEST else 1.0


_SHORT = 40
"""Characters of a token that is remembered: words come back, and what is longer is none, and takes room."""

_MANY = 1 << 14
"""So many words are remembered, more than a long text has; then all are forgotten, which costs less than to choose."""


class _Remembered(dict[str, KeyedToken]):
    """Words by their tokens, each thought out when it is first met."""

    def __missing__(self, token: str) -> KeyedToken:
        word = _word(token)
        if len(token) <= _SHORT:
            if len(self) >= _MANY:
                self.clear()
            self[token] = word
        return word


_WORDS = _Remembered()
