"""What a word is: the pattern of one as it is printed, and the terms that texts are indexed and looked up by.

Two modules need to cut differently: ``tokens`` cuts for the diff, so that its pieces give the text back; the
narrative around quotations (``quotations.speakers.narrative``) takes a whole quotation for one word.
"""

import re
from string import ascii_letters, ascii_lowercase, digits

import regex

from app.collation.patterns import pattern, unicode_pattern
from app.collation.text.normalization import normal_form
from app.collation.text.tokens import UNSPACED

WORD = r"[^\W_]+(?:(?:['’.&‑‐-]|[,:](?=\d))[^\W_]+)*"
"""A word as printed, for ``re``: letters and digits, with what may join them: didn't, U.S, AT&T, F-16, 1,000, 10:30."""

LETTERS = r"[^\W\d_]+"
"""A run of letters, for ``re``."""

WORD_PATTERN = re.compile(WORD)
LETTERS_PATTERN = re.compile(LETTERS)


def _spacing(kept: str) -> bytes:
    """Return, for ``bytes.translate``, the table that puts a space for all but what is ``kept``."""
    return bytes(code if chr(code) in kept else ord(" ") for code in range(256))


# In ASCII, as most normal forms are, all that parts words becomes a space: read in a tenth of the time of a pattern.
_ASCII_WORDS = _spacing(ascii_lowercase + digits)
_ASCII_LETTERS = _spacing(ascii_letters)
_FREQUENT_SIGNS = "’“”‘–—"
"""The only non-ASCII characters in most texts."""
_EUROPEAN = re.compile(r"[^\W_]+")
_OTHERS = pattern("[\u0300-\u036f\u0483-\u0489\u0530-\u1dff\u2c00-\U0010ffff]")
"""Marks apart from their letters, and scripts beside Latin, Greek and Cyrillic: without them, reading is quick."""
_ANY = unicode_pattern(
    rf"[{UNSPACED}]\p{{M}}*+|[[\p{{L}}\p{{N}}]--[{UNSPACED}]][[\p{{L}}\p{{N}}\p{{M}}]--[{UNSPACED}]]*+",
    regex.VERSION1,
)
_UNSPACED_SIGN = unicode_pattern(rf"[{UNSPACED}]")


def terms(text: str) -> list[str]:
    """Return the words of ``text`` in normal form and in order, without any punctuation inside; in unspaced scripts,
    each character.

    An apostrophe joins the letters around it, any other sign separates them.

    >>> terms("The U.S. didn’t agree; 国防")
    ['the', 'u', 's', 'didnt', 'agree', '国', '防']
    """
    return in_form(normal_form(text))


def in_form(form: str) -> list[str]:
    """Return the words of a text that is in normal form already."""
    if form.isascii():
        return form.encode().translate(_ASCII_WORDS, b"'").decode().split()
    form = form.replace("'", "")
    kind_of_word = _ANY if _OTHERS.search(form) else _EUROPEAN
    matches: list[str] = kind_of_word.findall(form)
    return matches


def letter_runs(text: str) -> list[str]:
    """Return the runs of letters in ``text``, in order.

    >>> letter_runs("Two-thirds of 5km, he’d said")
    ['Two', 'thirds', 'of', 'km', 'he', 'd', 'said']
    """
    if not text.isascii():
        for sign in _FREQUENT_SIGNS:
            text = text.replace(sign, " ")
    if text.isascii():
        return text.encode().translate(_ASCII_LETTERS).decode().split()
    return LETTERS_PATTERN.findall(text)


def is_unspaced(term: str) -> bool:
    """Return whether a term is one character of a script that sets no spaces, and so only a part of a word."""
    return term >= "\u0e00" and bool(_UNSPACED_SIGN.match(term))
