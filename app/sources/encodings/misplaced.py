"""Find symbols and capitals in places where only a wrong decoding puts them: ``Star˝``, ``ver÷ur``."""

import re

import regex

SET_WITH = frozenset(
    "“”‘’„‚«»‹›–—―…·•§°€£¥¢©®™¿¡½¼¾¹²³ºª№×÷−±‰†‡µ\u00a0\u00ad\u202f\u2009\ufeff"
    "、。「」『』【】（），．：；？！・ー〜～％＆　》《〈〉"
)
"""Characters beyond ASCII that texts are commonly set with."""

_SIGN_IN_WORD = re.compile(
    r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘·–—…\u00ad\u200b-\u200d]+(?=[a-zà-ÿ])|(?<=[a-z])[^\D\x00-\x7f](?=[a-z])"
)
"""A sign or a digit of another script inside a word."""

_SMALL = r"[\p{Ll}\p{Lo}]"
_ODD_SIGN = r"[^\P{S}\x00-\x7f£€¥¢©®™°±×÷−№]|[‗‼‾†‡\p{Co}]"
_MISPLACED = regex.compile(
    rf"(?<={_SMALL})(?:[„‚¿¡£¥¢§±×÷½¼¾µ‰•†‡№]|[¹²³](?={_SMALL})|(?<![nN])°|(?<!l)·|·(?!l)|\u00a0(?= ))"
    r"|[¿¡](?![\p{L}\p{N}\"'“‘«‹¿¡(…\s])"
    r"|\u00ad(?!\p{L}{2})|(?<!\p{L}{2})\u00ad"
    rf"|(?<=\p{{L}})(?:{_ODD_SIGN})|(?:{_ODD_SIGN})(?=\p{{L}})"
    r"|[^\P{Ll}\x00-\x7f]\p{Lu}|\p{Ll}[^\P{Lu}\x00-\x7f]"
    r"|„(?![^\n]{0,400}[“”\"])|(?<=\p{Ll})»(?<!«[^\n]{0,400})(?![^\n]{0,400}«)"
    r"|(?<=\p{Ll})[“”„](?=\p{L})|°(?=\p{L})(?![CFKcfk]\b)|[¥¢](?=\p{L})|\b[^\P{Lu}\x00-\x7f]\p{Lu}\p{Ll}|§(?=\p{L}{2})"
    r"|[°§¶ªº©®™±µ†‡¬¢£¥]{2}|(?<![\p{L}\p{M}])\p{M}"
    r"|(?<=\p{Latin})[^\P{N}\x00-\x7f¹²³½¼¾]|[^\P{N}\x00-\x7f¹²³½¼¾](?=\p{Latin})"
)
"""Opening marks, units and symbols at a letter; marks that nothing closes or opens; soft hyphens at a word's edge; a
capital or a quotation mark within a word; two symbols side by side; marks and digits of another script."""

_MARK_IN_WORD = regex.compile(
    r"(?<=\p{L})(?:[–‘“”„‚…·‹›«»€\u00a0]|’(?!(?:s|t|re|ll|ve|d|m|em|n)\b)(?<!\b(?:[cdjlmnstCDJLMNOST]|[Qq]u|un|\p{L}{2,5}ll)’))"
    r"(?=[\p{Ll}’‘])|[÷•®™©―](?=\p{L})|(?<=\p{Ll})[÷•]|(?<=[.,!?])[®™©]|(?<=\p{Ll})[¶§\u200c-\u200f]"
)
"""A mark within a word of small letters, where it is no apostrophe of English, French or Italian."""
_DASH_IN_WORD = regex.compile(r"(?<=\p{Ll})—(?=\p{Ll})")


_UNUSUAL = regex.compile(
    r"(?<=\p{L})(?:[“«](?<![„»][^\n]{0,400})|[–—](?![\p{L}\p{N}])|―|(?<=[^\P{Lu}\x00-\x7f]{3})\p{Ll}|[¹²³ºª„‚¿¡]|\u00ad(?!\p{L}))|\u00ad"
)
"""A mark at a word's end where few texts have one, a small letter behind capitals, or a hyphen that is not seen."""


def unusual_marks(text: str) -> int:
    """Return how many marks stand at the ends of words as only few texts have them.

    >>> unusual_marks("a Forl“: cos“"), unusual_marks("„Ja“, dit-il – bien sûr"), unusual_marks("o— l'expert")
    (2, 0, 1)
    """
    return sum(1 for _ in _UNUSUAL.finditer(text))


def signs_in_words(text: str) -> int:
    """Return how many signs stand inside words."""
    return len(_SIGN_IN_WORD.findall(text))


def count(text: str) -> int:
    """Return how many signs and capitals of a text are in impossible places.

    >>> count("Star˝ estar· bude"), count("verður loku\xad"), count("“N° 5,” 5 m², £5, ¿qué?")
    (2, 1, 0)
    """
    return sum(1 for _ in _MISPLACED.finditer(text))


def marks_in_words(text: str) -> int:
    """Return how many marks stand within words, where only few texts have any: decodings put them for letters.

    >>> marks_in_words("p–r ai’kina"), marks_in_words("It’s l’avenir dell’arte, Paris–Roubaix")
    (2, 0)
    """
    return sum(1 for _ in _MARK_IN_WORD.finditer(text))


def dashes_in_words(text: str) -> int:
    """Return how many long dashes stand between two small letters, without a blank, as in English alone.

    >>> dashes_in_words("sporo—ila je — če"), dashes_in_words("Rain—or snow")
    (1, 1)
    """
    return len(_DASH_IN_WORD.findall(text))
