"""A text cut into tokens: words, numbers, abbreviations, single marks and white space; joined, they are the text.

A token never ends inside a grapheme cluster, so that no mark on a page can tear a letter from its accent, a
flag in two, or a family of emoji apart.
"""

import regex

_EXTEND = r"[\p{M}\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\uff9e\uff9f]"
"""What belongs to the character before it."""

_UNSPACED = (
    r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}"
    r"\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Javanese}\p{Script=Balinese}\p{Script=Tai_Le}"
    r"\p{Script=New_Tai_Lue}\p{Script=Tai_Tham}\p{Script=Tai_Viet}\p{Script=Yi}\u30fc"
)
"""Scripts that set no space between words."""

_LETTER = rf"[[\p{{L}}\p{{Nl}}\p{{No}}_]--[{_UNSPACED}\p{{Extended_Pictographic}}]]"
_LETTERS = rf"(?:{_LETTER}(?:{_EXTEND}|[\u00ad\u2060\u0640])*)"
_DIGITS = rf"(?:\p{{Nd}}{_EXTEND}*)"
_RUN = rf"(?:{_LETTERS}|{_DIGITS})"

_PATTERN = regex.compile(
    rf"""
    \s+(?!{_EXTEND})
  | (?:https?://|www\.)[^\s<>"“”«»]*[^\s<>"“”«».,;:!?'’)\]}}]
  | \p{{GCB=Prepend}}*
    (?:
        (?:(?<![^\s(\[{{"“‘'«])[+\-−±])? (?:(?<![^\W_])\.)? (?=\p{{Nd}})   # a sign, or a bare decimal point
    )?
    {_RUN}+
    (?:
        (?:
            ['’ʼ‑‐\-·&](?={_LETTER}|\p{{Nd}})                      # don't, Russian-Chinese, AT&T, F-16
          | (?<=\p{{Nd}}{_EXTEND}*)[.,:/٫٬–](?=\p{{Nd}})           # 1,000.50  10:30  12/05/2024  63–66
          | (?<=\p{{Nd}}{_EXTEND}*)[\u00a0\u202f\u2009](?=\p{{Nd}}{{3}}(?!\p{{Nd}}))   # 10 000
          | (?<=(?<!{_LETTER}){_LETTER})\.(?={_LETTER}(?:\.|(?!{_LETTER})))   # U.S., a.m.
        )
        {_RUN}+
    )*
    (?:
        (?<=(?<!{_LETTER}){_LETTER}\.{_LETTER})\.                       # the last point of U.S.
      | (?<=\p{{Nd}}{_EXTEND}*)[%‰٪％]{_EXTEND}*
    )?
  | \p{{Script=Katakana}}[\p{{Script=Katakana}}ー]*{_EXTEND}*
  | ([.\-–—!?…*=~_])\1+(?!{_EXTEND})
  | [เแโใไເແໂໃໄ]?\X(?:(?<=[\u17d2\u1039])\X)*
    """,
    regex.VERBOSE | regex.VERSION1,
)


def split(text: str) -> list[str]:
    """Return the tokens of a text; white-space runs are tokens too, and ``"".join`` gives the text back.

    Kept whole: numbers with their sign, separators and percent sign; words with apostrophes, hyphens or accents;
    abbreviations with points. Each quotation mark stands alone. Scripts that set no spaces fall apart into
    grapheme clusters (Katakana runs, which are loan words and names, stay whole).

    >>> split("The U.S. didn't cut 1,000.50 (-3%).")
    ['The', ' ', 'U.S.', ' ', "didn't", ' ', 'cut', ' ', '1,000.50', ' ', '(', '-3%', ')', '.']
    """
    return [m.group() for m in _PATTERN.finditer(text)]


def is_word(token: str) -> bool:
    """Return whether the token has a letter or a digit.

    >>> is_word("F-16"), is_word("—"), is_word(" ")
    (True, False, False)
    """
    return any(c.isalnum() for c in token)
