"""Names in a row that was put in other words: what its writer translated or transliterated is no other name there."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from app.collation import lexicon
from app.collation.findings.names.candidates import Name
from app.collation.findings.names.matching import sound
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage, overlap
from app.collation.findings.rule import FEW_CHANGES
from app.collation.model import SideName, Span
from app.collation.text.language import FUNCTION_WORDS

MAX_KEPT_SHARE = 0.75
"""The kept share of a row up to which its names may have been translated with it. On 80 pairs of a human's translation
and a machine's, a quarter of the name findings in such rows were another name."""

MIN_LIKENESS = 0.6
"""Levenshtein likeness of two spellings, as ``sound`` has them, that have the same consonants."""

MIN_CONSONANTS = 3
"""Consonants of the shortest name that is known by them."""

MIN_STEM_CHARS = 4
"""Letters of a place that its adjective shares."""

_VOWELS = re.compile("[aeiouwhj']")
_ADJECTIVE = re.compile(r"(?:sk(?:i|ij|iy|y|aya|aia|oye|oe|oy|ogo|om)?|ka)\Z")
"""How the languages of eastern Europe make an adjective of a place: Kakhovka, Kakhovsky."""


def is_rewritten(passage: Passage) -> bool:
    """Return whether a row was put in other words."""
    return passage.kept_share < MAX_KEPT_SHARE and len(passage.reworded) > FEW_CHANGES


def is_translated(base: Name, witness: Name) -> bool:
    """Return whether two names of such a row may be one: a body's in common words, or of the same consonants."""
    return (not (base.firm or witness.firm) and _is_body(base) and _is_body(witness)) or _are_spelled_alike(
        base.lacking, witness.lacking
    )


def _is_body(name: Name) -> bool:
    return any(word.lower in _BODIES for word in name.lacking)


def is_described(passage: Passage, name: Name, side: SideName) -> bool:
    """Return whether the other side has words in small letters, and nothing else, in the place of an abbreviation."""
    if not all(word.text.isupper() for word in name.lacking):
        return False
    other_side: SideName = "witness" if side == "base" else "base"
    for change in passage.reworded:
        span: Span = getattr(change, side)
        if overlap(span, name.span):
            own = _content(passage.text(side), span)
            instead = _content(passage.text(other_side), getattr(change, other_side))
            return (
                bool(instead)
                and all(name.span[0] <= word.start and word.end <= name.span[1] for word in own)
                and all(word.text.islower() for word in instead)
            )
    return False


def _content(text: str, span: Span) -> list[RowWord]:
    return [word for word in words(text, span) if word.lower not in FUNCTION_WORDS]


def _are_spelled_alike(base: Sequence[RowWord], witness: Sequence[RowWord]) -> bool:
    shorter, longer = sorted((base, witness), key=len)
    return all(any(_alike(word.text, other.text) for other in longer) for word in shorter)


def _alike(first: str, second: str) -> bool:
    first, second = lexicon.called(first).lower(), lexicon.called(second).lower()
    if first in _KNOWN and second in _KNOWN:
        return False
    stem = _ADJECTIVE.sub("", first)
    if len(stem) >= MIN_STEM_CHARS and stem == _ADJECTIVE.sub("", second):
        return True
    bones = _consonants(first)
    return (
        len(bones) >= MIN_CONSONANTS
        and bones == _consonants(second)
        and Levenshtein.normalized_similarity(sound(first), sound(second)) >= MIN_LIKENESS
    )


def _consonants(name: str) -> str:
    bare = _VOWELS.sub("", sound(name)).replace("ts", "s").replace("z", "s")
    return re.sub(r"(.)\1+", r"\1", bare)


_BODIES = lexicon.words("bodies", "in_name") | {
    word for (line,) in lexicon.rows("same_bodies") for word in line.split()
}
"""Words in the names of bodies and places."""

_KNOWN = lexicon.words("given_names", "male", "female")
"""Names that are never spellings of one another."""
