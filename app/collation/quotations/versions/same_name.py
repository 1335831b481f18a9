"""Decide whether two names in different articles are spellings of one person's name."""

import unicodedata

from rapidfuzz.distance import Indel

from app.collation import lexicon
from app.collation.text import normalization

MAX_EXTRA_LETTERS = 2
"""Letters that may be more in one spelling or fewer in the other: Wenbin and Wengbin, Zelensky and Zelenskyy."""

MIN_PART_LETTERS = 5
"""Letters from which a part of a name may be spelled in two ways: Dong and Tong are two."""

_SUFFIXES = lexicon.words("name_parts", "suffix")


def same_name(name: str, other_name: str) -> bool:
    """Return whether ``name`` and ``other_name``, full names without titles, may name one person.

    Case, accents, hyphens, initials in the middle and "Jr." do not count. One part may be spelled in two ways when the
    others are the same; a letter in place of another is another name (Brown, Braun).

    >>> same_name("Wang Wenbin", "Wang Wengbin"), same_name("Ronald R. Fieldstone", "Ronald Fieldstone")
    (True, True)
    >>> same_name("Ann Lee", "Anna Lee"), same_name("Li Wei", "Li Wen")
    (False, False)
    """
    first, second = parts(name), parts(other_name)
    if first == second:
        return bool(first)
    if len(first) != len(second):
        return False
    differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(differing) == 1 and _spelled_alike(*differing[0])


def _spelled_alike(first: str, second: str) -> bool:
    # Indel counts a letter put for another as two steps; equal lengths are that, or letters that changed places.
    return (
        min(len(first), len(second)) >= MIN_PART_LETTERS
        and len(first) != len(second)
        and Indel.distance(first, second) <= MAX_EXTRA_LETTERS
    )


def parts(name: str) -> tuple[str, ...]:
    """Return the parts of a name that count, folded; two spellings of a name differ in at most one of them.

    >>> parts("José R. Pérez-Lee Jr.")
    ('jose', 'perez', 'lee')
    """
    plain = "".join(
        sign
        for sign in unicodedata.normalize("NFD", normalization.normal_form(name))
        if not unicodedata.combining(sign)
    )
    words = plain.replace("-", " ").replace("'", "").split()
    return tuple(
        part
        for place, part in enumerate(words)
        if part.rstrip(".") not in _SUFFIXES
        and not (0 < place < len(words) - 1 and len(part.rstrip(".")) == 1)
    )
