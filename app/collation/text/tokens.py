"""A text cut into tokens: words, numbers, abbreviations, single marks and white space; joined, they are the text.

A token never ends inside a grapheme cluster, so that no mark on a page can tear a letter from its accent, a
flag in two, or a family of emoji apart.
"""

import re
from itertools import chain

import regex

from app.collation.lexicon import words
from app.collation.patterns import pattern, unicode_pattern
from app.collation.remembered import Remembered

UNSPACED = (
    r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}"
    r"\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Javanese}\p{Script=Balinese}\p{Script=Tai_Le}"
    r"\p{Script=New_Tai_Lue}\p{Script=Tai_Tham}\p{Script=Tai_Viet}\p{Script=Yi}\u30fc"
)
"""Scripts that set no space between words."""

_EXTEND = r"[\p{M}\u0e33\u0eb3\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\uff9e\uff9f]"
"""Characters that belong to the one before them."""


_TITLES = rf"(?:{'|'.join(sorted(words('abbreviations', 'title')))})\.(?=\s) | No\.(?=\s\d)"
"""Titles are followed by a name, so their point ends no sentence."""


def _grammar(letter: str, digit: str, extend: str, inside: str, joint: str, rest: str) -> str:
    """Return the pattern of one token; ``inside`` may stand within a word, ``rest`` is what no rule names."""
    letters = f"(?:{letter}{inside}*)"
    digits = f"(?:{digit}{extend}*)" if extend else digit
    run = f"(?:{letters}|{digits})" if extend else f"[{letter[1:-1]}{digit[1:-1]}]"
    alone = f"(?!{extend})" if extend else ""
    space = r"(?>\r\n|\s)+" if extend else r"\s+"  # an accent may follow a line break, never part one
    after_digit = f"(?<={digit}{extend}*)" if extend else f"(?<={digit})"
    initial = f"(?<=(?<!{letter}){letter})"
    initials = rf"(?<=(?<!{letter}){letter}\.{letter})"
    return rf"""
    {space}{alone}
  | (?:https?://|www\.)[^\s<>"“”«»]*[^\s<>"“”«».,;:!?'’)\]}}]
  | {_TITLES}
  | \[{run}++\]{alone}                                            # [12], [sic]
  | (?:
        (?<![^\s(\[{{"“‘'«])[+\-−±]\.?(?={digit})                  # -3%
      | (?<!{letter})(?<!{digit})\.(?={digit})                      # .5
      | (?<!\S)[‑‐\-](?={letter})                                 # -based, after a space
    )?
    {run}+
    (?:
        (?:
            ['’ʼ‑‐\-·&](?={run})                                  # don't, Russian-Chinese, AT&T, F-16
          | {after_digit}[.,:/–٫٬](?={digit})                     # 1,000.50  10:30  12/05/2024  63–66
          | {after_digit}[\u00a0\u202f\u2009](?={digit}{{3}}(?!{digit}))    # 10 000
          | {initial}\.(?={letter}(?:\.|(?!{letter})))            # the first points of U.S., a.m.
          | {initials}\.['’‑\-](?={letter})                       # U.S.-led, the U.S.'s
          {joint}
        )
        {run}+
    )*
    (?:{initials}\.{alone} | {after_digit}[%‰٪％年月日号號时時分秒]{alone})?
  | (?:\.\.+|--+|––+|——+|!!+|\?\?+|……+|\*\*+|==+|~~+){alone}
  | {rest}
    """


_TOKEN = unicode_pattern(
    _grammar(
        letter=rf"[[\p{{L}}\p{{Nl}}\p{{No}}_]--[{UNSPACED}\p{{Extended_Pictographic}}\uff9e\uff9f]]",
        digit=r"\p{Nd}",
        extend=_EXTEND,
        inside=rf"[{_EXTEND[1:-1]}\u00ad\u2060]",
        joint=r"""| (?<=\p{Script=Hebrew})["״׳־](?=\p{Script=Hebrew})""",  # Hebrew marks its abbreviations inside
        # Katakana writes loan words and names. In Thai and Lao a vowel that is written before its consonant
        # belongs to it; in Khmer and Burmese a stacked consonant belongs to the one above.
        # A flag is two letters of its own: matched from its start, a run of them is not rescanned at each.
        rest=rf"[\U0001f1e6-\U0001f1ff]{{2}}{_EXTEND}*|\p{{Script=Katakana}}[\p{{Script=Katakana}}ー]*{_EXTEND}*"
        rf"|[เแโใไເແໂໃໄ]?\X(?:(?<=[\u17d2\u1039])\X|{_EXTEND})*",
    ),
    regex.VERBOSE | regex.VERSION1,
)
_PLAIN = pattern(r"[\t\n -~\xa0-\xac\xae-\u024f\u2000-\u200a\u2010-\u2027\u202f-\u203a−€]*")
"""Texts of Latin letters and common marks, where each character is a grapheme cluster."""
# Nine tokens in ten are a plain word or one space: tried first, they take half the time.
_PLAIN_GRAMMAR = r"[A-Za-z]++(?![\w‑‐\-'’ʼ.:·&]) | [ ](?!\s) |" + _grammar(
    letter="[A-Za-z_ª²³µ¹º¼½¾À-ÖØ-öø-\u024f]", digit="[0-9]", extend="", inside="", joint="", rest="."
)
_PLAIN_TOKEN = pattern(_PLAIN_GRAMMAR, re.VERBOSE | re.DOTALL)
_PLAIN_SPACED = pattern(rf"(?:{_PLAIN_GRAMMAR})[ ]?", re.VERBOSE | re.DOTALL)


def split(text: str) -> list[str]:
    """Return the tokens of a text; white-space runs are tokens too, and ``"".join`` gives the text back.

    Kept whole: numbers with their sign, separators and percent sign (in Chinese and Japanese also with the sign of the
    year, month, day or hour that they count); words with apostrophes, hyphens or accents; abbreviations and titles with
    their points. Each quotation mark is a token. Scripts that set no spaces fall apart into grapheme clusters
    (Katakana runs, which are loan words and names, stay whole).

    >>> split("The U.S. didn't cut 1,000.50 (-3%).")
    ['The', ' ', 'U.S.', ' ', "didn't", ' ', 'cut', ' ', '1,000.50', ' ', '(', '-3%', ')', '.']
    """
    pattern = _PLAIN_TOKEN if _PLAIN.fullmatch(text) else _TOKEN
    tokens: list[str] = pattern.findall(text)
    return tokens


def spaced(text: str) -> list[str]:
    """Return the same tokens, each with the space that may follow it: fewer, for callers that want words alone.

    >>> spaced("Talks  ended.")
    ['Talks ', ' ', 'ended', '.']
    """
    if not _PLAIN.fullmatch(text):
        tokens: list[str] = _TOKEN.findall(text)
    elif _is_single_spaced(text) and "No. " not in text:
        # What is between two spaces is cut the same in every text, but for "No." before a figure.
        tokens = [*chain.from_iterable(map(_PIECES.__getitem__, text.replace(" ", " \n").split("\n")))]
    else:
        tokens = _PLAIN_SPACED.findall(text)
    return tokens


def _is_single_spaced(text: str) -> bool:
    """Return whether the white space of a text is single spaces inside it, which alone of all spaces are printable."""
    return text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]


def _tokens_of_piece(piece: str) -> list[str]:
    return _PLAIN_SPACED.findall(piece)


_PIECES = Remembered(_tokens_of_piece)
"""The tokens of a plain piece of text and of the space after it."""


def is_word(token: str) -> bool:
    """Return whether the token has a letter or a digit.

    >>> is_word("F-16"), is_word("—"), is_word(" ")
    (True, False, False)
    """
    return any(c.isalnum() for c in token)
