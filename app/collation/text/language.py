"""Whether a text is English, as the rules that read words need it: told from the small words that bind the others."""

import re
from collections import Counter
from collections.abc import Iterable

from app.collation.diff.token_keys import FUNCTION_WORDS
from app.collation.lexicon import is_common

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
_OTHERS = {
    "de": "der die das und ist nicht den dem ein eine mit auf für von zu sich des im wird auch sie wurde nach bei",
    "fr": "le la les des est et une dans qui que pas pour sur par au avec du ce il elle sont aux cette été",
    "es": "el la los las y es en una que del por con para se su al como más fue ha lo pero",
    "it": "il di che la e un una per non è del della con sono si da gli nel alla ha le più anche",
    "pt": "o a os as e é em um uma que do da para com não se dos das por foi na no ao mais",
    "nl": "de het een en van is dat niet op te zijn voor met die er aan bij ook naar werd om maar",
    "sv": "och att det som en är på för av med den till inte har ett var om han från de",
    "da": "og at det som en er på for af med den til ikke har et var om han fra der de",
    "pl": "i w na z że się nie do to jest jak po za od dla przez oraz przy był która",
    "cs": "a v na se je že s do z to pro jako by o který za ale jsou po byl podle",
    "ro": "și în de la cu pe un o este nu că din care pentru mai sunt fost prin al",
    "tr": "ve bir bu da de için ile olarak olan çok daha gibi kadar sonra ne",
    "id": "yang di dan itu dengan untuk dari pada ini tidak akan dalam juga oleh ke",
    "vi": "và của là có không được cho trong một các người đã với này để những",
    "hu": "a az és hogy nem is egy meg de van volt csak mint már el ez",
    "fi": "ja on ei että se oli hän mutta ovat kun myös joka mukaan sen",
}
_BY_WORD = {
    word: frozenset(language for language, words in _OTHERS.items() if word in words.split())
    for words in _OTHERS.values()
    for word in words.split()
}
_WORD = re.compile(r"[^\W\d_]+")
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
    words = _WORD.findall(text)
    english = len([word for word in words if word in FUNCTION_WORDS])
    if english >= SURE * len(words):
        return True
    if 2 * len(_OTHER_LETTERS.findall(text)) > sum(map(len, words)):
        return False
    others = Counter(language for word in words for language in _BY_WORD.get(word, ()))
    if english < max(others.values(), default=0):
        return False
    return english >= ENOUGH * len(words) or sum(map(is_common, words)) >= COMMON * len(words)
