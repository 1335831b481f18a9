"""What counts as a word: the pattern of a printed word, and the terms under which texts are indexed and looked up.

Two modules cut texts differently: ``tokens`` cuts for the diff, so that its pieces join up to the text again;
``quotations.speakers.narrative``, which reads the narrative around quotations, treats a whole quotation as one word.
"""

import re
from string import ascii_letters, ascii_lowercase, digits

import regex

from app.collation.patterns import pattern, unicode_pattern
from app.collation.text.normalization import normal_form
from app.collation.text.tokens import UNSPACED

WORD = r"[^\W_]+(?:(?:['’.&‑‐-]|[,:](?=\d))[^\W_]+)*"
"""A printed word, for ``re``: letters and digits, and marks between them: didn't, U.S, AT&T, F-16, 1,000, 10:30."""

LETTERS = r"[^\W\d_]+"
"""A run of letters, for ``re``."""

WORD_PATTERN = re.compile(WORD)
LETTERS_PATTERN = re.compile(LETTERS)


def _spacing(kept: str) -> bytes:
    """Return the table for ``bytes.translate`` that replaces every character not in ``kept`` with a space."""
    return bytes(code if chr(code) in kept else ord(" ") for code in range(256))


# Most normal forms are ASCII: replacing separators with spaces and splitting takes a tenth of a pattern's time.
_ASCII_WORDS = _spacing(ascii_lowercase + digits)
_ASCII_LETTERS = _spacing(ascii_letters)
_FREQUENT_SIGNS = "’“”‘–—"
"""The only non-ASCII characters in most texts."""
_EUROPEAN = re.compile(r"[^\W_]+")
_OTHERS = pattern("[\u0300-\u036f\u0483-\u0489\u0530-\u1dff\u2c00-\U0010ffff]")
"""Combining marks, and scripts other than Latin, Greek and Cyrillic: only texts with these need the slow pattern."""
_ANY = unicode_pattern(
    rf"[{UNSPACED}]\p{{M}}*+|[[\p{{L}}\p{{N}}]--[{UNSPACED}]][[\p{{L}}\p{{N}}\p{{M}}]--[{UNSPACED}]]*+",
    regex.VERSION1,
)
_UNSPACED_SIGN = unicode_pattern(rf"[{UNSPACED}]")


def terms(text: str) -> list[str]:
    """Return the words of ``text`` in normal form, in order, without punctuation; in unspaced scripts, each character.

    An apostrophe joins the letters around it; any other mark separates them.

    >>> terms("The U.S. didn’t agree; 国防")
    ['the', 'u', 's', 'didnt', 'agree', '国', '防']
    """
    return in_form(normal_form(text))


def in_form(form: str) -> list[str]:
    """Return the words of a text that is already in normal form, as ``terms`` does."""
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
    """Return whether a term is one character of a script without spaces, and so usually only part of a word."""
    return term >= "\u0e00" and bool(_UNSPACED_SIGN.match(term))
