"""Surnames that are words as well: Cook told the panel, the envoy met King."""

import re
from functools import cache

from app.collation import lexicon
from app.collation.findings.names import acting
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.quotations.speakers import vocabulary

MAX_CHARS_TO_VERB = 30
"""Code points after a name in which the verb that goes with it begins."""

_OPENS = re.compile(r"(?:\A|[.!?:;\n•][\"”’)]*\s+|[\"“”‘'()«»\[–—-]\s*)\Z")
_BEFORE = re.compile(r"([^\W_]+\.?)[ \u00a0]\Z")
_AFTER = re.compile(r"[ \u00a0]([^\W_]+)")
_AFTER_A_NOUN = frozenset(
    "across along among around at between by from in near of off on outside since throughout with within".split()
)
"""Prepositions that go with a noun in the plural, and seldom with a verb that tells what somebody does."""

_HONORIFIC = frozenset("dame dr judge lady lord madame miss mr mrs ms mx prof sir".split())


@cache
def every() -> frozenset[str]:
    """Return the surnames that are words as well, in small letters."""
    return frozenset(lexicon.lines("surnames"))


def is_surname(text: str, word: RowWord) -> bool:
    """Return whether a capitalised word that is printed in small letters too is somebody's surname there.

    At the start of a sentence it takes a verb of what people do right after it, since no other noun in the singular
    begins one without an article; elsewhere the capital says so, but in a row of capitals.

    >>> [is_surname(text, words(text, (0, 4))[0]) for text in ("Cook told us.", "Cook the rice.", "Wood burned.")]
    [True, False, False]
    """
    if word.lower not in every() or not word.text.istitle():
        return False
    if _OPENS.search(text, max(0, word.start - 6), word.start):
        return does_something(text, word)
    before = _BEFORE.search(text, max(0, word.start - MAX_CHARS_TO_VERB), word.start)
    after = _AFTER.match(text, word.end)
    if before is not None and before[1].lower().rstrip(".") in _HONORIFIC:
        return not (after and after[1][0].isupper())
    return (
        before is not None
        and before[1].islower()
        and before[1] not in lexicon.words("function_words", "determiner")
        and not (after and (after[1][0].isupper() or after[1] in ("of", "and")))
    )


def does_something(text: str, word: RowWord) -> bool:
    """Return whether a verb of what people do comes right after a word, but for adverbs: Cook also told us."""
    following = [
        each.lower
        for each in words(text, (word.end, min(len(text), word.end + MAX_CHARS_TO_VERB)))
        if each.lower not in acting.ADVERBS
    ]
    return (
        text[word.end : word.end + 1] == " "
        and bool(following)
        and acting.is_deed(following[0], contests=True)
        and not _is_plural(*following[:2])
    )


def _is_plural(word: str, following: str = "") -> bool:
    """Return whether a verb's form is a plural by what follows it: brush fires forced, house prices in.

    >>> _is_plural("fires", "forced"), _is_plural("fires", "the"), _is_plural("says", "in")
    (True, False, False)
    """
    return (
        word.endswith("s")
        and word not in vocabulary.SPEECH
        and (
            following in _AFTER_A_NOUN
            or following in lexicon.words("function_words", "auxiliary")
            or any(form.tense == "past" for form in lexicon.verb_forms(following))
        )
    )
