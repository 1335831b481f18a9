"""Tell how strange words of a decoding are in a language: by its letters, and by which of them stand side by side."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from app.sources.encodings import languages

FOREIGN = 0.4
"""How strange a word is that is spelled as another language spells, 0 to 1, and at most one of Latin letters that are
all the language's own."""

LOAN = 0.25
"""The least share of that for a name or a loan whose letters are the language's own, but not their order."""


@lru_cache(20_000)
def strangeness(word: str, language: str) -> float:
    """Return the share of letter pairs beyond ASCII that a language has nowhere; 1 if any letter is none of its own.

    >>> strangeness("weiß", "de"), strangeness("weiá", "de"), strangeness("ßtre", "de")
    (0.0, 1, 1.0)
    """
    own, seen = languages.LETTERS.get(language, ""), languages.letter_pairs().get(language, frozenset())
    word = word.translate(languages.SIBLINGS) if language == "ro" else word
    if any(char > "\x7f" and char not in own for char in word):
        return 1
    pairs = [first + second for first, second in pairwise(f"_{word}_")]
    beyond = [pair for pair in pairs if not pair.isascii()]
    return sum(pair not in seen for pair in beyond) / len(beyond)


def cost(word: str, language: str, others: Iterable[str]) -> float:
    """Return how strange a word with letters beyond ASCII is in a text in ``language``, 0 to 1.

    A word that begins with a capital, and any in English, may be a name or a loan from one of the ``others``.
    """
    folded = word.lower()
    if language == "en" and folded in languages.ENGLISH_LOANS:
        return 0
    strange = strangeness(folded, language)
    is_own = all(char in languages.LETTERS.get(language, "") for char in folded if char > "\x7f")
    if is_own and any(char.isascii() for char in word):
        strange *= FOREIGN
    if is_own and language == "en" and strange:
        loan = min(strangeness(folded, other) for other in (language, *others))
        strange = FOREIGN * max(LOAN, min(1, 2 * loan))
    elif strange and (language == "en" or word[0] != word[0].lower()):
        loan = min((strangeness(folded, other) for other in others), default=1)
        strange = min(strange, FOREIGN * max(LOAN, loan) if is_own else FOREIGN + (1 - FOREIGN) * loan)
    return strange
