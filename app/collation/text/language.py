"""Whether a text is English, judged by its function words, for the rules that look up English words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from app.collation.lexicon import is_common, load
from app.collation.patterns import pattern
from app.collation.text.words import letter_runs

FUNCTION_WORDS = load.words("function_words", "binding")
"""English function words."""

MAX_CHARS_READ = 600
"""Characters of a text that are read: some hundred words, a third of them function words."""

MAX_CHARS_OF_A_HEADLINE = 120
"""Code points of a text that may be one headline, with too few words to tell its language by them alone."""

MIN_WORDS, MIN_LETTERS = 2, 4
"""Words of so many letters, in small letters, that it has at least to be told by them."""

MIN_ENGLISH = 0.15
"""Share of English function words from which a text is English if no other language has more of its own: news has .35
to .5 of them, headlines and lists have few."""

MIN_COMMON = 0.7
"""Share of English words of any kind from which it also is."""

# Function words of a language, some of which English has too.
_OTHERS = {language: words.split() for language, words in load.rows("binding_words")}
_BY_WORD = {
    word: frozenset(language for language, words in _OTHERS.items() if word in words)
    for words in _OTHERS.values()
    for word in words
}
_ACCENTED = re.compile(r"(?<![^\W\d_])[a-zß-öø-ÿ]*[ß-öø-ÿ\u0101-\u017f\u1ea1-\u1ef9][^\W\d_]*")
"""A word in small letters of which one is not English."""

_ELIDED = re.compile(r"(?<![^\W\d_])(?:[cdjlmnst]|qu)['’](?=[^\W\d_]{2})")
"""An article or preposition that lost its vowel, as in French or Italian: l'an, d'euros."""

_FOREIGN = _BY_WORD.keys() - FUNCTION_WORDS
"""Function words that English has not."""

MIN_FOREIGN = 2
"""Such words in small letters from which a short text is not in English, though English has all others: one may be of
a name."""

_OTHER_LETTERS = pattern("[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\ufeff\U00020000-\U0003ffff]")


def is_english(paragraphs: Iterable[str]) -> bool:
    """Return whether the first ``MAX_CHARS_READ`` characters of a text, given as its paragraphs, are English.

    >>> is_english(["He said that talks would go on."]), is_english(["Er sagte, die Gespräche gehen weiter."])
    (True, False)
    >>> is_english(["Le chantier naval a perdu 45 millions d'euros."]), is_english(["Coup d'etat fails in Niger"])
    (False, True)
    >>> is_english(["Kyiv hit by drones"]), is_english(["Man held over Dublin stabbing"]), is_english(["Киев атакован"])
    (True, True, False)
    """
    text = _beginning(paragraphs)
    words = letter_runs(text.lower())
    if 2 * len(_OTHER_LETTERS.findall(text)) > sum(map(len, words)):
        return False
    if _is_in_english_words(text):
        return True
    english = [word for word in words if word in FUNCTION_WORDS]
    if _is_of_another(text, words, english):
        return False
    return len(english) >= MIN_ENGLISH * len(words) or sum(map(is_common, words)) >= MIN_COMMON * len(words)


def _is_in_english_words(text: str) -> bool:
    """Return whether a short text is in English words but for its names, whatever other language has some of them too.

    A headline has few function words, and "man" and "over" are also those of others.
    """
    if len(text) > MAX_CHARS_OF_A_HEADLINE or _ACCENTED.search(text):
        return False
    small = [word for word in letter_runs(text) if word[0].islower() and len(word) > 1]
    if len(_ELIDED.findall(text)) + len(_FOREIGN.intersection(small)) >= MIN_FOREIGN:
        return False
    return len([word for word in small if len(word) >= MIN_LETTERS]) >= MIN_WORDS and all(
        map(is_common, small)
    )


def _is_of_another(text: str, words: Sequence[str], english: Sequence[str]) -> bool:
    """Return whether a language has more function words of its own in a text than English has of its own.

    Words in small letters with a letter that English lacks count as such, and so do vowels left out but for one: a
    coup d'etat is English.
    """
    accented = len(_ACCENTED.findall(text)) + max(0, len(_ELIDED.findall(text)) - 1)
    own = Counter(
        language for word in words if word not in FUNCTION_WORDS for language in _BY_WORD.get(word, ())
    )
    shared = Counter(language for word in english for language in _BY_WORD.get(word, ()))
    return accented > len(english) or any(
        own[language] + accented > len(english) - shared[language] for language in own | shared
    )


def likely_languages(paragraphs: Iterable[str]) -> frozenset[str]:
    """Return the language, other than English, whose function words a text begins with; several that are as likely.

    >>> sorted(likely_languages(["Er sagte, die Gespräche gehen nach der Wahl weiter."]))
    ['de']
    """
    words = letter_runs(_beginning(paragraphs).lower())
    counts = Counter(language for word in words for language in _BY_WORD.get(word, ()))
    most = max(counts.values(), default=0)
    return frozenset(language for language, count in counts.items() if count == most)


def _beginning(paragraphs: Iterable[str]) -> str:
    text = ""
    for paragraph in paragraphs:
        text += paragraph + "\n"
        if len(text) > MAX_CHARS_READ:
            break
    return text[:MAX_CHARS_READ]
