"""The slot of a name: what is between the nearest words, before and after it, that both sides have."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from app.collation import lexicon
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage
from app.collation.lexicon import base_forms
from app.collation.model import SideName, Span
from app.collation.text.language import FUNCTION_WORDS
from app.collation.text.sentences import boundaries

MAX_CHARS_AROUND = 160
"""Code points before and after a name in which the words of its sentence are read."""

MAX_WORDS_AROUND = 8
"""Words of content before and after a name of which the kept share is counted."""

_FUNCTION = FUNCTION_WORDS | lexicon.words("function_words", "light", "determiner", "auxiliary")


class Slot(NamedTuple):
    """A name's place among what both sides have."""

    kept_share: float
    """The share, 0 to 1, of the words of content around the name in its sentence that the other side has there."""
    own: Sequence[str]
    """Words of content beside the name and up to the nearest kept ones that the other side's slot lacks."""
    other: Sequence[RowWord]
    """Words of content in the other side's slot that this one lacks."""
    place: Span
    """The other side's slot in its text."""
    is_bounded: bool
    """Whether there is a kept word, or the beginning or end of a sentence on both sides, before it and after it."""


def slot_of(passage: Passage, span: Span, side: SideName) -> Slot:
    """Return the slot of the name at ``span`` of one side."""
    text, other_side = passage.text(side), _other(side)
    start, end = _sentence(text, span)
    before = [word for word in words(text, (start, span[0])) if _is_content(word)]
    after = [word for word in words(text, (span[1], end)) if _is_content(word)]
    near = [*before[-MAX_WORDS_AROUND:], *after[:MAX_WORDS_AROUND]]
    kept = {word.span: place for word in near if (place := _kept_at(passage, word, side))}
    left = next((word for word in reversed(before) if word.span in kept), None)
    right = next((word for word in after if word.span in kept), None)
    other_text = passage.text(other_side)
    around = passage.other_side(span, side)
    other_start, other_end = _sentence(other_text, around)
    place = (
        kept[left.span][1] if left else min(other_start, around[0]),
        kept[right.span][0] if right else max(other_end, around[1]),
    )
    own_gap = [
        word
        for word in (*before, *after)
        if (left is None or word.start > left.start) and (right is None or word.end < right.end)
    ]
    other_gap = (
        [word for word in words(other_text, place) if _is_content(word)] if place[0] < place[1] else []
    )
    own_left, other_left = _unmatched(own_gap, other_gap)
    return Slot(
        len(kept) / len(near) if near else 1.0,
        [word.lower for word in own_left],
        other_left,
        place,
        (left is not None or right is not None) and place[0] <= place[1],
    )


def _other(side: SideName) -> SideName:
    return "witness" if side == "base" else "base"


def _sentence(text: str, span: Span) -> Span:
    first, last = max(0, span[0] - MAX_CHARS_AROUND), min(len(text), span[1] + MAX_CHARS_AROUND)
    start = max(boundaries(text, first, span[0]), default=first)
    return min(start, span[0]), next((at for at in boundaries(text, span[1], last)), last)


def _kept_at(passage: Passage, word: RowWord, side: SideName) -> Span | None:
    """Return where the other side has a word at its place, or None."""
    place = passage.other_side(word.span, side)
    same = place[1] - place[0] == word.end - word.start
    return place if same and passage.text(_other(side))[slice(*place)].lower() == word.text.lower() else None


def _is_content(word: RowWord) -> bool:
    return word.lower not in _FUNCTION


def _unmatched(own: Sequence[RowWord], other: Sequence[RowWord]) -> tuple[list[RowWord], list[RowWord]]:
    left, remaining = [], list(other)
    for word in own:
        match = next((each for each in remaining if _is_one(word.lower, each.lower)), None)
        if match is None:
            left.append(word)
        else:
            remaining.remove(match)
    return left, remaining


@lru_cache(maxsize=1 << 12)
def _is_one(first: str, second: str) -> bool:
    return first == second or not base_forms(first).isdisjoint(base_forms(second))
