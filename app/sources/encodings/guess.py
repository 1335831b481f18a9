"""Decode a text that declares no encoding: by each known one, kept only where it makes words of a known language."""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from app.sources.encodings import languages

ENCODINGS = (
    "cp1252",
    "cp1250",
    "iso8859_2",
    "mac_roman",
    "cp1251",
    "koi8_r",
    "koi8_u",
    "mac_cyrillic",
    "iso8859_5",
    "cp866",
    "cp1253",
    "iso8859_7",
    "cp1254",
    "cp1255",
    "cp1256",
    "iso8859_6",
    "cp1257",
    "cp874",
    "iso8859_15",
    "mac_latin2",
    "cp852",
    "cp850",
    "gb18030",
    "big5",
    "cp932",
    "euc_jp",
    "cp949",
)
"""Encodings that are tried; of two that give the same text, the first names it."""

SAMPLE_BYTES = 100_000
"""Bytes by which a decoding is judged."""

MIN_SMALL_WORDS = 0.06
"""Share of a text's words that are small words of a language, from which it is in that language: news has .2 to .5."""

MIN_WORDS = 5
"""Words of the shortest text whose language is told."""

MIN_FIT = 0.97
"""Share of the letters beyond a to z that must be the language's own."""

MIN_COMMON_CHARACTERS = 0.2
"""Share of characters that are among the most common, for languages without blanks: texts have .3 to .6."""

FIT_WEIGHT = 20
"""How much letters that are not the language's own count against a reading: 1 of 100 takes a fifth of its evidence."""

FEW_LETTERS = 16
"""Letters of a text so short that a language without blanks is not told by its most common characters."""

CLEAR_LEAD = 1.25
"""How many times the evidence of the next reading the best one must have."""

MIN_COMMON_THAI = 0.9
"""The same for Thai, which has an alphabet: the rest of its letters are rare."""

MAX_ODD = 0.05
"""Share of characters beyond ASCII that may be neither letters nor marks that a text is set with, and of words that may
be none."""

_WORD = re.compile(r"(?:[^\W\d_]|(?<=\w)[\u0591-\u05c7\u064b-\u065f\u0e31-\u0e4e])+")
"""Letters, with the vowels and points that Unicode counts as marks in Hebrew, Arabic and Thai."""
_SET_WITH = frozenset(
    "“”‘’„‚«»‹›–—―…·•§°€£¥¢©®™¿¡½¼¾¹²³ºª№×÷−±‰†‡µ\u00a0\u00ad\u202f\u2009\ufeff"
    "、。「」『』【】（），．：；？！・ー〜～％＆　》《〈〉"
)
_SIGN_IN_WORD = re.compile(
    r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘·–—…\u00ad\u200b-\u200d]+(?=[a-zà-ÿ])|(?<=[a-z])[^\D\x00-\x7f](?=[a-z])"
)
"""A sign or a digit of another script inside a word."""
_CASE_BREAK = re.compile(r"[a-zà-öø-ÿа-яёα-ω][A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ω]")


@dataclass(frozen=True, slots=True)
class Decoding:
    """A text as one encoding reads it, and how good a text that is."""

    encoding: str
    sample: str
    language: str
    """The language whose words it makes; empty where none is told."""
    evidence: float
    """How much of it is that language's most frequent words or characters, 0 to 1, less for letters that are not its
    own; 0 where no language is told."""


def decodings(content: bytes, declared: str = "") -> list[Decoding]:
    """Return the readings of a text that may be right, the likeliest first; one for each different text.

    The encoding that is ``declared`` is tried too, also where it is none of ``ENCODINGS``.
    """
    readings: dict[str, Decoding] = {}
    for encoding in dict.fromkeys((*ENCODINGS, declared) if declared else ENCODINGS):
        sample = _decoded(content[:SAMPLE_BYTES], encoding, len(content) <= SAMPLE_BYTES)
        if sample is None or sample in readings or not _is_set_as_text(sample):
            continue
        language, evidence = _language(sample, encoding)
        if language is None:
            continue
        readings[sample] = Decoding(encoding, sample, language, evidence)
    return sorted(readings.values(), key=lambda reading: -reading.evidence)


def _decoded(content: bytes, encoding: str, whole: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(content, final=whole)
    except UnicodeDecodeError:
        return None


def _is_set_as_text(text: str) -> bool:
    """Return whether a text has no controls, few signs that no text is set with, and words of one script each."""
    beyond = [char for char in text if char > "\x7f"]
    odd = 0
    for char in beyond:
        category = unicodedata.category(char)
        if category in ("Cc", "Cn", "Co", "Cs"):
            return False
        odd += category[0] not in "LM" and char not in _SET_WITH
    if any(ord(char) < 32 and char not in "\t\n\r\f\v" for char in text) or odd > MAX_ODD * len(beyond) + 1:
        return False
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    broken = sum(_is_broken(word) for word in words) + len(_SIGN_IN_WORD.findall(text))
    return broken <= MAX_ODD * len(words)


def _is_broken(word: str) -> bool:
    """Return whether a word mixes scripts, or has a capital after a small letter."""
    scripts = {_script(char) for char in word} - {"COMBINING"}
    return len(scripts) > 1 or bool(_CASE_BREAK.search(word))


@cache
def _script(char: str) -> str:
    name = unicodedata.name(char, "").split(" ")[0]
    # Japanese words mix three scripts.
    return "CJK" if name in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC") else name


def told(readings: list[Decoding]) -> Decoding | None:
    """Return the reading that is right; ``None`` where it is not certain which of them is, or whether any.

    One that makes no words of any language is not right for being the only one, unless it is too short to make any:
    the encoding may be none of those that were tried.
    """
    if not readings:
        return None
    best = readings[0]
    if len(readings) == 1:
        return best if best.evidence or len(_WORD.findall(best.sample)) < MIN_WORDS else None
    return best if best.evidence > CLEAR_LEAD * readings[1].evidence else None


def _language(text: str, encoding: str) -> tuple[str | None, float]:
    """Return the language of a text and how much speaks for it; ``None`` where its letters are no language's."""
    letters = [char for char in text.lower() if char > "\x7f" and char.isalpha()]
    script = max(("CJK", "HANGUL", "THAI"), key=lambda name: sum(_script(char) == name for char in letters))
    if letters and sum(_script(char) == script for char in letters) >= 0.5 * len(letters):
        return _language_without_blanks(letters, encoding)
    words = [word.lower() for word in _WORD.findall(text)]
    signs = sum(char > "\x7f" and char in _SET_WITH for char in text)
    best, evidence, is_possible = "", 0.0, False
    for language, small in languages.small_words().items():
        own = languages.LETTERS.get(language, "")
        fit = sum(char in own for char in letters) / len(letters) if letters else 1.0
        if fit < MIN_FIT:
            continue
        is_possible = True
        share = sum(word in small for word in words) / max(1, len(words))
        if language == "en":  # which has quotation marks and dashes beyond ASCII, and few letters
            share *= 0.5 + 0.5 * signs / max(1, signs + len(letters))
        if len(words) >= MIN_WORDS and share >= MIN_SMALL_WORDS and share * fit**FIT_WEIGHT > evidence:
            best, evidence = language, share * fit**FIT_WEIGHT
    return (best if is_possible else None), evidence


def _language_without_blanks(letters: list[str], encoding: str) -> tuple[str | None, float]:
    shares = {
        language: sum(char in common for char in letters) / len(letters)
        for language, common in languages.COMMON_CHARACTERS.items()
        if encoding in languages.ENCODINGS[language]
    }
    if not shares:
        return None, 0.0
    language = max(shares, key=lambda name: shares[name])
    if len(letters) < FEW_LETTERS:
        return "", 0.0
    if shares[language] < (MIN_COMMON_THAI if language == "th" else MIN_COMMON_CHARACTERS):
        return None, 0.0
    return language, shares[language]
