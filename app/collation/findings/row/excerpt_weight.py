"""Weigh a quotation's edits, and describe the weightiest in few words."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from app.collation import lexicon
from app.collation.model import Span
from app.collation.text import normalization
from app.collation.text.words import WORD

MAX_EXCERPT_CHARS = 60
"""Characters of each side that a finding repeats; the page marks the rest in place."""

MAX_REMEMBERED_CHARS = 100
"""Of an edit whose words are remembered: each finding of a row, and each view of it, weighs the row's edits anew."""

MAX_ONE_SIDED_WEIGHT = 4
"""The most that words on one side alone weigh: a reader learns more from a rewording than from an omission."""

# Words whose exchange turns a sentence round: whether at all, who acts on whom, how far.
_TURNING = lexicon.words("function_words", "turning")
_LIGHT = lexicon.words("function_words", "light")
_WORD = re.compile(rf"(?:[^\W\d_]\.){{2,}}|{WORD}")
"""A word, or an abbreviation with its last point."""


class WeighedEdit(NamedTuple):
    """A difference: its span on either side, one of them perhaps empty."""

    base: Span
    witness: Span


class _EditGroup(NamedTuple):
    """Edits described together: the span that covers them, the first and the last of them."""

    hull: WeighedEdit
    first: WeighedEdit
    last: WeighedEdit


def quote(text: str) -> str:
    """Return ``text`` in quotation marks, on one line, cut at a word if it is long.

    >>> quote("put  pressure\\non "), quote("word " * 20)
    ('“put pressure on”', '“word word word word word word word word word word word word…”')
    """
    line = " ".join(text.split())
    if len(line) > MAX_EXCERPT_CHARS:
        head = line[: MAX_EXCERPT_CHARS + 1]
        line = (head.rsplit(" ", 1)[0] if " " in head else head[:MAX_EXCERPT_CHARS]).rstrip(" ,;:") + "…"
    return f"“{line}”"


def describe(edits: Sequence[WeighedEdit], base: str, witness: str) -> tuple[str, str]:
    """Return the rule and the sentence for a quotation with these ``edits``, of which it repeats the weightiest.

    ``base`` and ``witness`` are the texts inside the marks; the edits' offsets count into these.
    """
    groups = _group(edits, base)
    best = groups[0]
    if len(groups) > 1:
        best = max(
            groups,
            key=lambda group: (weight(group.hull, base, witness), *(-at for at in sum(group.hull, ()))),
        )
    rest = len(groups) - 1
    also = f", and in {rest} other {'place' if rest == 1 else 'places'}" if rest else ""
    rule = "quotation-reworded"
    if not any(_words(base, edit.base) for edit in edits) or not any(
        _words(witness, edit.witness) for edit in edits
    ):
        rule = "quotation-cut"
    elif not _is_two_sided(best.first, base, witness):
        # "put pressure on" and "put forward pressure from" read better than what begins with the added word.
        both = WeighedEdit(
            _from_word_before(base, best.hull.base), _from_word_before(witness, best.hull.witness)
        )
        best = best._replace(hull=both)
    base_words, witness_words = _bare(base, best.hull.base), _bare(witness, best.hull.witness)
    if base_words and witness_words and rule == "quotation-reworded":
        return rule, f"reworded inside quotation marks: {quote(base_words)} → {quote(witness_words)}{also}"
    return rule, f"inside quotation marks on one side only: {quote(base_words or witness_words)}{also}"


def _group(edits: Sequence[WeighedEdit], base: str) -> list[_EditGroup]:
    """Join edits with at most one kept word between them, as long as a finding can repeat them whole."""
    groups: list[_EditGroup] = []
    for edit in edits:
        if groups:
            first, last = groups[-1].first, groups[-1].last
            hull = WeighedEdit((first.base[0], edit.base[1]), (first.witness[0], edit.witness[1]))
            short = max(hull.base[1] - hull.base[0], hull.witness[1] - hull.witness[0]) <= MAX_EXCERPT_CHARS
            if short and len(_words(base, (last.base[1], edit.base[0]))) <= 1:
                groups[-1] = _EditGroup(hull, first, edit)
                continue
        groups.append(_EditGroup(edit, edit, edit))
    return groups


def weight(edit: WeighedEdit, base: str, witness: str) -> int:
    """Weigh an edit: words that reverse a sentence weigh most, then content words, then variants of one word."""
    base_words, witness_words = _words(base, edit.base), _words(witness, edit.witness)
    both = _side_weight(base_words, witness_words) + _side_weight(witness_words, base_words)
    return both if base_words and witness_words else min(both, MAX_ONE_SIDED_WEIGHT)


def _side_weight(words: Sequence[str], others: Sequence[str]) -> int:
    initials = "".join(word[0] for word in words)
    if any(other.replace(".", "") in (initials, initials.removeprefix("t")) for other in others):
        return 0  # an abbreviation beside its long form: the U.S., the United States
    weight = 0
    for word in words:
        if word in others:
            continue
        if word in _TURNING:
            weight += 3
        elif word not in _LIGHT:
            weight += 1 if any(word[:4] == other[:4] for other in others) else 2
    return weight


def _is_two_sided(edit: WeighedEdit, base: str, witness: str) -> bool:
    return bool(_bare(base, edit.base) and _bare(witness, edit.witness))


def _words(text: str, span: Span) -> Sequence[str]:
    part = text[slice(*span)]
    return _remembered_words(part) if len(part) <= MAX_REMEMBERED_CHARS else _words_of(part)


def _words_of(part: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(normalization.normal_form(part))) if part and not part.isspace() else ()


_remembered_words = lru_cache(maxsize=1 << 12)(_words_of)


def _bare(text: str, span: Span) -> str:
    """Return the text of a span without the punctuation at its ends; empty if it holds no word."""
    words = list(_WORD.finditer(text, *span))
    return text[words[0].start() : words[-1].end()] if words else ""


def _from_word_before(text: str, span: Span) -> Span:
    before = text[: span[0]].rstrip()
    return (len(before) - len(before.rsplit(None, 1)[-1]) if before else span[0]), span[1]
