"""British and American spellings of one English word: a different house style does not count as rewording."""

import re

from app.collation.lexicon import load

MIN_LETTERS = 6
"""Letters of the shortest word in which ``our`` or ``ise`` reads as ``or`` or ``ize``: in colour, not in four."""

_ENDINGS = (
    ("our", re.compile(r"(?<=.{3})our"), "or"),
    ("is", re.compile(r"(?<=.{3})is(?=e|es|ed|ing|ation|ations|er|ers)"), "iz"),
    ("ys", re.compile(r"(?<=al)ys(?=e|es|ed|ing|er|ers)"), "yz"),
)
_DOUBLED = re.compile(
    r"(travel|cancel|label|model|fuel|signal|level|counsel|quarrel|channel|total|tunnel|duel|jewel|marvel|rival|equal)"
    r"l(?=ed|ing|er|ist)"
)
_PAIRS = dict(load.rows("spellings"))


def common(word: str) -> str:
    """Return one form for all spellings of a lower-case word; other words unchanged.

    >>> common("neighbours"), common("organisation"), common("travelled"), common("centres"), common("four")
    ('neighbors', 'organization', 'traveled', 'centers', 'four')
    """
    if word in _PAIRS:
        return _PAIRS[word]
    if word.endswith("s") and word[:-1] in _PAIRS:
        return _PAIRS[word[:-1]] + "s"
    if len(word) < MIN_LETTERS:
        return word
    for letters, ending, replacement in _ENDINGS:
        if letters in word:  # much quicker than trying the pattern
            word = ending.sub(replacement, word)
    return _DOUBLED.sub(r"\1", word) if "ll" in word else word


def same(first: str, second: str) -> bool:
    """Return whether two lower-case words are the same or spellings of the same.

    >>> same("colour", "color"), same("four", "for")
    (True, False)
    """
    return first == second or common(first) == common(second)
