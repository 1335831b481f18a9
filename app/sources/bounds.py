"""What a text may hold: bounds by counts, so that reading, comparing and showing it cost no more than they may."""

import re
from collections.abc import Sequence

import regex

from app.collation.text.normalization import DOUBLE_QUOTES, normal_form

MAX_PARAGRAPHS = 20_000
"""Paragraphs of a text, its title apart. The longest novels have some 15,000."""

MAX_JOINED_MARKS = 30
"""Combining marks, joiners and other signs that join the character before them, one after the other. Unicode's
stream-safe text format (UAX #15) has the same bound; no writing system comes near it."""

MAX_JOINED_FLAGS = 300
"""Flags, one after the other. There are some 260."""

MAX_PARAGRAPH_QUOTATION_MARKS = 2_000
"""Double quotation marks of one paragraph. A long interview set in one paragraph has some 200."""

MAX_QUOTATION_MARKS = 20_000
"""Double quotation marks of a text: as many as a novel of dialogue has."""

MAX_WRITTEN_OUT = 3
"""How many times its length a text may have where signs that stand for words (ﷺ, ㎧) are written out in letters."""

MAX_WRITTEN_OUT_CHARS = 100_000
"""Characters that any text may have when it is written out."""

_JOINED_MARKS = regex.compile(
    rf"[\p{{M}}\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]{{{MAX_JOINED_MARKS + 1}}}"
)
_JOINED_EMOJI = regex.compile(rf"(?:\u200d\p{{Extended_Pictographic}}\p{{M}}*){{{MAX_JOINED_MARKS + 1}}}")
_FLAGS = re.compile(rf"[\U0001f1e6-\U0001f1ff]{{{2 * MAX_JOINED_FLAGS + 1}}}")
_QUOTATION_MARKS = re.compile(f"[{DOUBLE_QUOTES}]")


def reason_to_refuse(text: str, paragraphs: Sequence[str]) -> str:
    """Return what a text has too much of, and what to do, in words; empty where it keeps every bound.

    >>> reason_to_refuse("He came.", ["He came."])
    ''
    """
    if len(paragraphs) > MAX_PARAGRAPHS:
        return (
            f"This text has {len(paragraphs):,} paragraphs: {MAX_PARAGRAPHS:,} are the most. "
            "Bring it in parts, or join the lines of each paragraph."
        )
    if not text.isascii():
        if _JOINED_MARKS.search(text) or _JOINED_EMOJI.search(text):
            return (
                f"More than {MAX_JOINED_MARKS} accents or joining signs follow one another in this text, "
                "which no writing needs. Take them out."
            )
        if _FLAGS.search(text):
            return f"More than {MAX_JOINED_FLAGS} flags follow one another in this text. Put spaces between them."
        if len(normal_form(text)) > max(MAX_WRITTEN_OUT_CHARS, MAX_WRITTEN_OUT * len(text)):
            return (
                "This text is made of characters that each mean whole words. Write them out in letters, "
                "or bring it in parts."
            )
    return _too_many_quotation_marks(paragraphs)


def _too_many_quotation_marks(paragraphs: Sequence[str]) -> str:
    total = 0
    for number, paragraph in enumerate(paragraphs, 1):
        count = len(_QUOTATION_MARKS.findall(paragraph))
        if count > MAX_PARAGRAPH_QUOTATION_MARKS:
            return (
                f"Paragraph {number:,} has {count:,} quotation marks: {MAX_PARAGRAPH_QUOTATION_MARKS:,} are the most. "
                "Part it into the paragraphs that it was printed in."
            )
        total += count
    if total > MAX_QUOTATION_MARKS:
        return f"This text has {total:,} quotation marks: {MAX_QUOTATION_MARKS:,} are the most. Bring it in parts."
    return ""
