"""Cut a text into tokens (words, numbers, abbreviations, single marks, white space) that join up to the text again.

A token never ends inside a grapheme cluster, so no highlight on a page can separate a letter from its accent,
or split a flag or a joined emoji.
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
"""Scripts that are written without spaces between words."""

_EXTEND = r"[\p{M}\u0e33\u0eb3\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\uff9e\uff9f]"
"""Characters that extend the one before them."""


_TITLES = rf"(?:{'|'.join(sorted(words('abbreviations', 'title')))})\.(?=\s) | No\.(?=\s\d)"
"""Titles, and "No." before a digit: the full stop is part of the token, since it does not end a sentence."""


def _grammar(letter: str, digit: str, extend: str, inside: str, joint: str, rest: str) -> str:
    """Return the pattern of one token; ``inside`` may occur within a word, ``rest`` matches what no other rule does."""
    letters = f"(?:{letter}{inside}*)"
    digits = f"(?:{digit}{extend}*)" if extend else digit
    run = f"(?:{letters}|{digits})" if extend else f"[{letter[1:-1]}{digit[1:-1]}]"
    alone = f"(?!{extend})" if extend else ""
    space = r"(?>\r\n|\s)+" if extend else r"\s+"  # an accent may follow \r\n, but not come between the two
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
          | {initial}\.(?={letter}(?:\.|(?!{letter})))            # the inner full stops of U.S., a.m.
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
        joint=r"""| (?<=\p{Script=Hebrew})["״׳־](?=\p{Script=Hebrew})""",  # inside Hebrew abbreviations
        # Katakana runs are loan words and names. In Thai and Lao a vowel written before its consonant stays
        # with it; in Khmer and Burmese a stacked consonant stays with the one above.
        # A flag is two regional indicators: matched in pairs, a long run of them is read once, not once for each.
        rest=rf"[\U0001f1e6-\U0001f1ff]{{2}}{_EXTEND}*|\p{{Script=Katakana}}[\p{{Script=Katakana}}ー]*{_EXTEND}*"
        rf"|[เแโใไເແໂໃໄ]?\X(?:(?<=[\u17d2\u1039])\X|{_EXTEND})*",
    ),
    regex.VERBOSE | regex.VERSION1,
)
_PLAIN = pattern(r"[\t\n -~\xa0-\xac\xae-\u024f\u2000-\u200a\u2010-\u2027\u202f-\u203a−€]*")
"""Matches texts of Latin letters and common marks alone, where each character is a grapheme cluster."""
# Nine tokens in ten are a plain word or a single space: trying these first halves the time.
_PLAIN_GRAMMAR = r"[A-Za-z]++(?![\w‑‐\-'’ʼ.:·&]) | [ ](?!\s) |" + _grammar(
    letter="[A-Za-z_ª²³µ¹º¼½¾À-ÖØ-öø-\u024f]", digit="[0-9]", extend="", inside="", joint="", rest="."
)
_PLAIN_TOKEN = pattern(_PLAIN_GRAMMAR, re.VERBOSE | re.DOTALL)
_PLAIN_SPACED = pattern(rf"(?:{_PLAIN_GRAMMAR})[ ]?", re.VERBOSE | re.DOTALL)


def split(text: str) -> list[str]:
    """Return the tokens of a text; runs of white space are tokens too, and ``"".join`` gives the text back.

    Kept whole: numbers with their sign, separators and percent sign (in Chinese and Japanese also with the sign of the
    year, month, day or hour that they count); words with apostrophes, hyphens or accents; abbreviations and titles with
    their full stops. Each quotation mark is a token. Scripts without spaces are cut into grapheme clusters, except
    Katakana runs, which are loan words and names and stay whole.

    >>> split("The U.S. didn't cut 1,000.50 (-3%).")
    ['The', ' ', 'U.S.', ' ', "didn't", ' ', 'cut', ' ', '1,000.50', ' ', '(', '-3%', ')', '.']
    """
    pattern = _PLAIN_TOKEN if _PLAIN.fullmatch(text) else _TOKEN
    tokens: list[str] = pattern.findall(text)
    return tokens


def spaced(text: str) -> list[str]:
    """Return the tokens of a text, each with the space after it if there is one, for callers that need only words.

    >>> spaced("Talks  ended.")
    ['Talks ', ' ', 'ended', '.']
    """
    if not _PLAIN.fullmatch(text):
        tokens: list[str] = _TOKEN.findall(text)
    elif _is_single_spaced(text) and "No. " not in text:
        # What is between two spaces is cut the same way in every text, except "No." before a digit.
        tokens = [*chain.from_iterable(map(_PIECES.__getitem__, text.replace(" ", " \n").split("\n")))]
    else:
        tokens = _PLAIN_SPACED.findall(text)
    return tokens


def _is_single_spaced(text: str) -> bool:
    """Return whether all white space is single spaces between words; ``isprintable`` rules out every other kind."""
    return text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]


def _tokens_of_piece(piece: str) -> list[str]:
    return _PLAIN_SPACED.findall(piece)


_PIECES = Remembered(_tokens_of_piece)
"""The tokens of a plain piece of text, including the space after it; recent pieces are kept."""


def is_word(token: str) -> bool:
    """Return whether the token contains a letter or a digit.

    >>> is_word("F-16"), is_word("—"), is_word(" ")
    (True, False, False)
    """
    return any(c.isalnum() for c in token)
