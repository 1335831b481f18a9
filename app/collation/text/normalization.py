"""Two folded forms of a text: one that ignores case and Unicode variants, one that ignores typography alone.

``normal_form`` answers "are these the same words?", ``typographic_form`` "would a reader aloud say exactly
the same?". Neither keeps offsets: they are for comparing, never for showing.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Literal

import regex

SINGLE_QUOTES = "'‘’‚‛‹›`´ʹʻʼʽˈ′‵❛❜＇׳"
DOUBLE_QUOTES = '"“”„‟«»″‶〝〞〟❝❞＂「」『』״'
QUOTES = frozenset(SINGLE_QUOTES + DOUBLE_QUOTES)
"""Every character that serves as a quotation mark or an apostrophe."""

DASHES = "-‐‑‒–—―−﹘﹣－⁃⸺⸻־"
"""Hyphens, dashes and the minus sign. (U+30FC, the Japanese sign for a long vowel, is a letter.)"""

_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
"""Soft hyphen, zero-width and direction characters, and the choice between a text and a picture form. The joiner
U+200D is not among them: between emoji it makes one picture of two."""

_TATWEEL = "\u0640"
"""The stroke that stretches an Arabic word on the line, no part of its spelling."""


def _same_sign_other_shape() -> Iterable[tuple[int, str]]:
    """Yield characters that Unicode calls a mere shape of others: joined Arabic forms, full width, ligatures."""
    for first, last in ((0xFB00, 0xFB4F), (0xFB50, 0xFDFB), (0xFE70, 0xFEFC), (0xFF01, 0xFFEE)):
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain != chr(code):
                yield code, plain


_SHARED: dict[int, str] = {
    **dict.fromkeys(map(ord, DASHES), "-"),
    **dict.fromkeys(map(ord, _INVISIBLE + _TATWEEL), ""),
    ord("…"): "...",
    ord("\u0085"): " ",
}
_NORMAL = {
    **_SHARED,
    0x200D: "",
    **dict.fromkeys(map(ord, SINGLE_QUOTES), "'"),
    **dict.fromkeys(map(ord, DOUBLE_QUOTES), '"'),
}
_TYPOGRAPHIC = {
    **dict(_same_sign_other_shape()),
    **_SHARED,
    **dict.fromkeys(map(ord, SINGLE_QUOTES + DOUBLE_QUOTES), "'"),
}


def _replacer(table: dict[int, str]) -> Callable[[str], str]:
    """Return what ``str.translate`` does with the table, in a fifth of the time if few characters are in it."""
    signs = {chr(code): instead for code, instead in table.items()}
    pattern = re.compile(f"[{re.escape(''.join(signs))}]")

    def replaced(text: str) -> str:
        return pattern.sub(lambda match: signs[match[0]], text)

    return replaced


_as_normal, _as_typographic = _replacer(_NORMAL), _replacer(_TYPOGRAPHIC)

_FREQUENT = tuple((sign, _NORMAL[ord(sign)]) for sign in "’“”‘–—")
"""The only non-ASCII characters in most texts: replacing them one by one takes a tenth of the time."""

_JOINER_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])\u200d|\u200d(?=[^\W\d_])|(?<![^\s])\u200d|\u200d(?!\S)")
_MARKS = 30
"""Combining marks that may follow one another before a joiner parts them, in Unicode's stream-safe text format (UAX
#15): a normal form sorts each run of them, which takes the square of its length."""

_RUN_OF_MARKS = regex.compile(rf"\p{{M}}{{{_MARKS}}}(?=\p{{M}})")
_GRAPHEME_JOINER = "\u034f"
_LOOSE_DASH = re.compile(r" ?-[- ]*")
_COMMAS = ",،、，"
_COMMA = re.compile(rf"(?<!\d)[{_COMMAS}]|[{_COMMAS}](?!\d)")
"""A comma, but for one inside a number."""

_DOUBLED_MARK = re.compile("''+")


def normal_form(text: str) -> str:
    """Return the words alone: NFKC, case folded, quotes and dashes folded, nothing invisible, gaps of one space.

    >>> normal_form("“The  U.S.–China talks”, he said")
    '"the u.s.-china talks", he said'
    """
    if not text.isascii():
        for sign, instead in _FREQUENT:
            text = text.replace(sign, instead)
    if not text.isascii():
        text = _normalized("NFKC", _as_normal(text)).casefold()
        if not text.isascii():
            # Folding case may leave a decomposed letter, and decomposing may produce a character of the table.
            text = _as_normal(_normalized("NFKC", text))
        return _one_space(text)
    if "`" in text:
        text = text.replace("`", "'")
    return _one_space(text.casefold())


def _normalized(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Return Unicode's normal form of the text, which is made stream-safe first."""
    if len(text) > _MARKS and _RUN_OF_MARKS.search(text):
        text = _RUN_OF_MARKS.sub(rf"\g<0>{_GRAPHEME_JOINER}", text)
    return unicodedata.normalize(form, text)


def _one_space(text: str) -> str:
    # A space is the only printable white space, and most texts have no other and never two: checking is far quicker
    # than replacing.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(text.split())


def without_commas(text: str) -> str:
    """Return the text without its commas, those inside numbers apart.

    >>> without_commas("Oslo, Lund, and 1,500 others")
    'Oslo Lund and 1,500 others'
    """
    return _COMMA.sub("", text) if any(map(text.__contains__, _COMMAS)) else text


def typographic_form(text: str) -> str:
    """Return a form in which two strings are equal when they differ in typography alone; case is kept.

    Typography is: the shape of quotation marks (single, double, curly, straight), dashes and the space beside
    them, the width of spaces, soft hyphens and other invisible signs, ligatures and Unicode's other ways to
    write the same character.

    >>> typographic_form("“co\u00adoperate” – now…") == typographic_form("'cooperate' -- now...")
    True
    >>> typographic_form("Polish") == typographic_form("polish")
    False
    """
    if text.isascii():
        text = text.replace('"', "'").replace("`", "'")
    else:
        text = _normalized("NFC", _as_typographic(text)).replace(_GRAPHEME_JOINER, "")
        if "\u200d" in text:
            text = _JOINER_BETWEEN_LETTERS.sub("", text)
    text = " ".join(text.split())
    if "-" in text:
        text = _LOOSE_DASH.sub("-", text)
    if "''" in text:
        text = _DOUBLED_MARK.sub("'", text)
    return text
