"""Whether a text is English, judged by its function words, for the rules that look up English words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from app.collation.lexicon import is_common, load
from app.collation.patterns import pattern
from app.collation.text.words import LETTERS, letter_runs

FUNCTION_WORDS = load.words("function_words", "binding")
"""English function words."""

MAX_CHARS_READ = 600
"""Characters of a text that are read: some hundred words, a third of them function words."""

MAX_CHARS_OF_A_HEADLINE = 120
"""Code points of a text that may be one headline, with too few words to tell its language by them alone."""

MIN_WORDS, MIN_LETTERS = 2, 4
"""The least number of words in small letters, each of so many letters, that decide its language."""

MAX_CHARS_WITH_NAMES = 240
"""Code points of a text of which the names are looked for: in longer ones they weigh little."""

MAX_WORDS_AMONG_NAMES = 2
"""Words in small letters up to which one of such length will do: the others are names."""

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
"""A word in small letters, one of which is not an English letter."""

_ELIDED = re.compile(r"(?<![^\W\d_])(?:[cdjlmnst]|qu)['’](?=[^\W\d_]{2})")
"""An article or preposition that lost its vowel, as in French or Italian: l'an, d'euros."""

_FOREIGN = _BY_WORD.keys() - FUNCTION_WORDS
"""Function words that English has not."""

MIN_FOREIGN = 2
"""Such words in small letters from which a short text is not in English, though English has all others: one may be of
a name."""

_PARTICLES = load.words("name_parts", "particle") | frozenset(("las", "los", "les", "y"))
"""Small words inside a name: Rio de Janeiro, Ursula von der Leyen."""

_JOINED = re.compile(rf"{LETTERS}(?:-{LETTERS})*")

_OTHER_LETTERS = pattern("[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\ufeff\U00020000-\U0003ffff]")


def is_english(paragraphs: Iterable[str]) -> bool:
    """Return whether the first ``MAX_CHARS_READ`` characters of a text, given as its paragraphs, are English.

    >>> is_english(["He said that talks would go on."]), is_english(["Er sagte, die Gespräche gehen weiter."])
    (True, False)
    >>> is_english(["Le chantier naval a perdu 45 millions d'euros."]), is_english(["Coup d'etat fails in Niger"])
    (False, True)
    >>> is_english(["Kyiv hit by drones"]), is_english(["Man held over Dublin stabbing"]), is_english(["Киев атакован"])
    (True, True, False)
    >>> is_english(["Coup d'etat fails in Le Mans"]), is_english(["Le Mans au bord de la faillite"])
    (True, False)
    """
    text = _beginning(paragraphs)
    words = letter_runs(text.lower())
    if 2 * len(_OTHER_LETTERS.findall(text)) > sum(map(len, words)):
        return False
    opening, small = _beside_names(text) if len(text) <= MAX_CHARS_WITH_NAMES else ([], words)
    if _is_in_english_words(text, opening, small):
        return True
    english = [word for word in words if word in FUNCTION_WORDS]
    if _is_of_another(text, [*opening, *small], english):
        return False
    if len(english) < MIN_ENGLISH * len(words) or (english and _is_shared(english)):
        return sum(map(is_common, small or words)) >= MIN_COMMON * len(small or words)
    return True


def _is_shared(english: Sequence[str]) -> bool:
    """Return whether some other language also has all these words."""
    return (
        len(english) in Counter(language for word in english for language in _BY_WORD.get(word, ())).values()
    )


def _beside_names(text: str) -> tuple[list[str], list[str]]:
    """Return the first word of a text unless it belongs to a name, and all other lower-case words outside names.

    A name begins with a capital inside a sentence, or with a capitalised word before another; lower-case words between
    two capitalised ones belong to it.
    If the text is all in capitals, every word is returned.

    >>> _beside_names("La Paz police hold Ursula von der Leyen in Aix-en-Provence")
    ([], ['police', 'hold', 'in'])
    """
    words = _JOINED.findall(text)
    if not any(word[0].islower() for word in words):
        return [], letter_runs(text.lower())
    opening = [words[0].lower()] if words[0][0].isupper() and words[1:] and words[1][0].islower() else []
    small: list[str] = []
    inside: list[str] = []
    for word in words[len(opening) :]:
        if word[0].islower():
            inside.append(word)
        else:
            if inside and _PARTICLES.issuperset(inside):
                opening = opening if small else []
            else:
                small += inside
            inside = []
    return opening, small + inside


def _is_in_english_words(text: str, opening: Sequence[str], small: Sequence[str]) -> bool:
    """Return whether a text is short and all its words outside names are English, even if other languages share some.

    A headline has few function words, and some of them ("man", "over") are words of other languages too.
    """
    if not small or len(text) > MAX_CHARS_OF_A_HEADLINE or _ACCENTED.search(text):
        return False
    if len(_ELIDED.findall(text)) + len(_FOREIGN.intersection(small)) >= MIN_FOREIGN:
        return False
    if not all(is_common(word) for word in small if len(word) > 1):
        return False
    telling = [word for word in (*filter(is_common, opening), *small) if len(word) >= MIN_LETTERS]
    return len(telling) >= (MIN_WORDS if len(small) > MAX_WORDS_AMONG_NAMES else 1)


def _is_of_another(text: str, unnamed: Sequence[str], english: Sequence[str]) -> bool:
    """Return whether a language has more function words of its own, names apart, in a text than English has of its own.

    Words in small letters with a letter that English lacks count as such, and so do vowels left out but for one: a
    coup d'etat is English.
    """
    accented = len(_ACCENTED.findall(text)) + max(0, len(_ELIDED.findall(text)) - 1)
    own = Counter(
        language for word in unnamed if word not in FUNCTION_WORDS for language in _BY_WORD.get(word, ())
    )
    shared = Counter(language for word in english for language in _BY_WORD.get(word, ()))
    return accented > len(english) or any(
        own[language] + accented > len(english) - shared[language] for language in own | shared
    )


def likely_languages(paragraphs: Iterable[str]) -> frozenset[str]:
    """Return the languages other than English with the most function words in a text's beginning: several if tied.

    >>> sorted(likely_languages(["Er sagte, die Gespräche gehen nach der Wahl weiter."]))
    ['de']
    """
    words = letter_runs(_beginning(paragraphs).lower())
    counts = Counter(language for word in words for language in _BY_WORD.get(word, ()))
    most = max(counts.values(), default=0)
    return frozenset(language for language, count in counts.items() if count == most)


def languages_spelled_so(paragraphs: Iterable[str]) -> frozenset[str]:
    """Return the languages other than English in which most of a short text's letter pairs beyond a to z are usual.

    In a sentence or two these letters tell more than function words do. A text in plain letters may be in any language,
    so the answer is empty.

    >>> sorted(languages_spelled_so(["Powódź zalała sto gospodarstw."]))
    ['pl']
    """
    text = _beginning(paragraphs)
    if text.isascii() or len(text) > MAX_CHARS_WITH_NAMES:
        return frozenset()
    pairs = {
        pair
        for word in letter_runs(text.lower())
        for pair in map("".join, pairwise(f"_{word}_"))
        if not pair.isascii()
    }
    covered = {
        language: len(pairs.intersection(own.split()))
        for language, own in load.rows("letter_pairs")
        if language != "en"
    }
    most = max(covered.values(), default=0)
    return frozenset(
        language for language, count in covered.items() if count == most and count * 2 > len(pairs)
    )


def _beginning(paragraphs: Iterable[str]) -> str:
    text = ""
    for paragraph in paragraphs:
        text += paragraph + "\n"
        if len(text) > MAX_CHARS_READ:
            break
    return text[:MAX_CHARS_READ]
