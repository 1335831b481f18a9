"""Whether a text is English, judged by its function words, for the rules that look up English words."""

import re
from collections import Counter
from collections.abc import Iterable

from app.collation.lexicon import is_common, load
from app.collation.text.words import LETTERS_PATTERN

FUNCTION_WORDS = load.words("function_words", "binding")
"""English function words."""

MAX_CHARS_READ = 600
"""Characters of a text that are read: some hundred words, a third of them function words."""

ENOUGH_ENGLISH = 0.25
"""Share of English function words from which a text is English: news has .35 to .5 of them, other languages in Latin
letters under .1, since a few are spelled alike."""

MIN_ENGLISH = 0.15
"""Share from which it is English if no other language has more: headlines and lists have few function words."""

MIN_COMMON = 0.7
"""Share of English words of any kind from which it also is."""

# Function words of a language that English does not have.
_OTHERS = {language: words.split() for language, words in load.rows("binding_words")}
_BY_WORD = {
    word: frozenset(language for language, words in _OTHERS.items() if word in words)
    for words in _OTHERS.values()
    for word in words
}
_OTHER_LETTERS = re.compile("[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\ufeff\U00020000-\U0003ffff]")


def is_english(paragraphs: Iterable[str]) -> bool:
    """Return whether the first ``MAX_CHARS_READ`` characters of a text, given as its paragraphs, are English.

    >>> is_english(["He said that talks would go on."]), is_english(["Er sagte, die Gespräche gehen weiter."])
    (True, False)
    >>> is_english(["Kyiv hit by drones"]), is_english(["Киев атакован"])
    (True, False)
    """
    text = ""
    for paragraph in paragraphs:
        text += paragraph + "\n"
        if len(text) > MAX_CHARS_READ:
            break
    text = text[:MAX_CHARS_READ].lower()
    words = LETTERS_PATTERN.findall(text)
    english = len([word for word in words if word in FUNCTION_WORDS])
    if english >= ENOUGH_ENGLISH * len(words):
        return True
    if 2 * len(_OTHER_LETTERS.findall(text)) > sum(map(len, words)):
        return False
    others = Counter(language for word in words for language in _BY_WORD.get(word, ()))
    if english < max(others.values(), default=0):
        return False
    return english >= MIN_ENGLISH * len(words) or sum(map(is_common, words)) >= MIN_COMMON * len(words)
