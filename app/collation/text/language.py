"""Whether a text is English, as the rules that read words need it: told from the small words that bind the others."""

import re
from collections import Counter
from collections.abc import Iterable

from app.collation.diff.token_keys import FUNCTION_WORDS
from app.collation.lexicon import is_common, load
from app.collation.text.words import LETTERS_PATTERN

LOOKED_AT = 600
"""Characters of a text that are looked at: some hundred words, of which a third bind others."""

SURE = 0.25
"""The share of English binding words from which a text is English: news has .35 to .5 of them, other languages in Latin
letters under .1, since a few are spelled alike."""

ENOUGH = 0.15
"""The share from which it is where no other language has more: headlines and lists bind little."""

COMMON = 0.7
"""The share of English words of any kind from which it is, too."""

# Words that bind others in a language and that English does not have.
_OTHERS = {language: words.split() for language, words in load.rows("binding_words")}
_BY_WORD = {
    word: frozenset(language for language, words in _OTHERS.items() if word in words)
    for words in _OTHERS.values()
    for word in words
}
_OTHER_LETTERS = re.compile("[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\ufeff\U00020000-\U0003ffff]")


def is_english(paragraphs: Iterable[str]) -> bool:
    """Whether a text, given as its paragraphs, is English as far as its first ``LOOKED_AT`` characters tell.

    >>> is_english(["He said that talks would go on."]), is_english(["Er sagte, die Gespräche gehen weiter."])
    (True, False)
    >>> is_english(["Kyiv hit by drones"]), is_english(["Киев атакован"])
    (True, False)
    """
    text = ""
    for paragraph in paragraphs:
        text += paragraph + "\n"
        if len(text) > LOOKED_AT:
            break
    text = text[:LOOKED_AT].lower()
    words = LETTERS_PATTERN.findall(text)
    english = len([word for word in words if word in FUNCTION_WORDS])
    if english >= SURE * len(words):
        return True
    if 2 * len(_OTHER_LETTERS.findall(text)) > sum(map(len, words)):
        return False
    others = Counter(language for word in words for language in _BY_WORD.get(word, ()))
    if english < max(others.values(), default=0):
        return False
    return english >= ENOUGH * len(words) or sum(map(is_common, words)) >= COMMON * len(words)
