"""Surnames that are words as well: Cook told the panel, the envoy met King."""

import re
from collections.abc import Sequence
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

_OF_A_PERSON = re.compile(r" and (?:his|her)\b|,? (?:who|whose)\b|, (?:aged )?[1-9]\d,")
"""What follows a person's name: Cook and his brother; Cook, who; Cook, 45, ..."""

_SAME_VERB = re.compile(r"(?: [a-z]+){1,3}(?![^\W_])")
"""The verb after a name, with its auxiliaries."""

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
        return _OF_A_PERSON.match(text, word.end) is not None or (
            does_something(text, word) and not _is_plural_of_people(word.lower)
        )
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


def _is_plural_of_people(word: str) -> bool:
    """Return whether a word is the plural of one for people, which begins a sentence without an article: divers."""
    singular = word.removesuffix("s")
    return singular != word and not singular.endswith("s") and lexicon.is_person(singular)


def replaces_another(text: str, word: RowWord, other: str) -> bool:
    """Return whether a word at the start of a sentence replaces another surname before the same verb.

    No other noun in the singular begins a sentence without an article, but for a stuff.

    >>> base, witness = "Stone was sacked.", "Rose was sacked."
    >>> replaces_another(base, words(base, (0, 5))[0], witness), replaces_another(base, words(base, (0, 5))[0], base)
    (True, False)
    """
    if not (word.text.istitle() and _may_be_surname(word.lower)):
        return False
    if not _OPENS.search(text, max(0, word.start - 6), word.start):
        return False
    rest = _SAME_VERB.match(text, word.end)
    if rest is None or not _is_deed(rest[0].split()):
        return False
    return any(
        _may_be_surname(match[1].lower())
        and match[1].removesuffix("s") != word.text.removesuffix("s")
        and not (match[1].endswith("s") and word.text.endswith("s"))
        and _OPENS.search(other, max(0, match.start() - 6), match.start())
        for match in re.finditer(rf"(?<![^\W_])([A-Z][a-z]+)(?={re.escape(rest[0])})", other)
    )


def _may_be_surname(word: str) -> bool:
    return word in every() or (word.endswith("s") and word.removesuffix("s") in every())


def _is_deed(following: Sequence[str]) -> bool:
    """Return whether the verb in some words, after its auxiliaries, tells what people do or have done to them."""
    auxiliaries = lexicon.words("function_words", "auxiliary")
    at = next((at for at, word in enumerate(following) if word not in auxiliaries), 0)
    main = following[at].strip(".,")
    if at == 0 and _is_plural(*following[:2]):
        return False  # brown bears have
    return any(acting.is_deed(f"{form.verb}s", contests=True) for form in lexicon.verb_forms(main))


def does_something(text: str, word: RowWord) -> bool:
    """Return whether a verb for something that people do follows a word, adverbs aside: Cook also told us."""
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
