"""Quotations reworded inside their quotation marks.

A quotation is compared with its counterpart on the other side word by word, in normal form: typography, case and
punctuation do not count, an ellipsis stands for words left out, and [brackets] are the quoter's. Where the same words
stand on the other side but outside its marks, or in two pairs of marks with the speaker named between them, the marks
moved and nothing was reworded.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from app.collation import diff
from app.collation.findings.row.excerpt_weight import WeighedEdit, tell
from app.collation.findings.row.passage import Passage, clip
from app.collation.model import Finding, Span
from app.collation.quotations.compared import ComparedQuotation, agree, quoted, runs, words

ALIKE_IN_PLACE = 0.25
"""Dice's coefficient of the words from which two quotations in the same place are one, reworded. Both marks in the
same place suffice without it: a quotation of three words may have lost all of them."""

ALIKE_ELSEWHERE = 0.5
"""The same, for quotations that stand in different places of the row, and for broken ones."""

MANY = 4096
"""Above this number of possible pairs only quotations in the same place are tried: a bound for very long rows."""

NEAR = 64
"""And of these no more than so many for one quotation."""

OUTSIDE = 400
"""Characters before and after a quotation in which words are looked for that its marks took in on the other side."""


class _Pair(NamedTuple):
    base: ComparedQuotation
    witness: ComparedQuotation
    in_place: bool


def findings(passage: Passage) -> list[Finding]:
    """One finding a reworded quotation, its spans from mark to mark on both sides."""
    base = quoted(passage.base)
    witness = quoted(passage.witness, base) if base else []
    base, witness = _without_equals(base, witness)
    if not base or not witness:
        return []
    found = []
    for pair in _pairs(passage, base, witness):
        edits = _edits(passage, pair)
        if edits:
            rule, says = tell(edits, pair.base.text, pair.witness.text)
            found.append(Finding("quotation", pair.base.span, pair.witness.span, says, rule))
    return found


def _without_equals(
    base: list[ComparedQuotation], witness: list[ComparedQuotation]
) -> tuple[list[ComparedQuotation], list[ComparedQuotation]]:
    """What is left when quotations of the same words have been set beside each other."""
    waiting: dict[tuple[str, ...], list[ComparedQuotation]] = {}
    for other in witness:
        waiting.setdefault(other.words, []).append(other)
    left: list[ComparedQuotation] = []
    for one in base:
        alike = waiting.get(one.words)
        if alike:
            alike.pop(0)
        else:
            left.append(one)
    return left, sorted((q for rest in waiting.values() for q in rest), key=lambda q: q.span)


def _pairs(passage: Passage, base: list[ComparedQuotation], witness: list[ComparedQuotation]) -> list[_Pair]:
    """Each quotation with its counterpart, the most alike first."""
    candidates: list[tuple[float, int, int, _Pair]] = []
    in_place = _in_place(passage, base, witness)
    everywhere = len(base) * len(witness) <= MANY
    every = (
        [(i, j) for i in range(len(base)) for j in range(len(witness))] if everywhere else sorted(in_place)
    )
    for i, j in every:
        pair = _Pair(base[i], witness[j], (i, j) in in_place)
        alike = _dice(pair.base, pair.witness)
        marked = pair.in_place and _same_marks(passage, pair)
        if alike >= (ALIKE_IN_PLACE if pair.in_place else ALIKE_ELSEWHERE) or marked:
            candidates.append(_ranked(alike + marked / 20 + pair.in_place / 2, pair))
    if everywhere:
        broken = [_Pair(run, other, False) for run in runs(base) for other in witness]
        broken += [_Pair(one, run, False) for one in base for run in runs(witness)]
        for pair in broken:
            alike = _dice(pair.base, pair.witness)
            if alike >= ALIKE_ELSEWHERE:
                candidates.append(_ranked(alike + 1 / 2, pair))
    return _chosen(candidates)


def _in_place(
    passage: Passage, base: Sequence[ComparedQuotation], witness: Sequence[ComparedQuotation]
) -> set[tuple[int, int]]:
    """Pairs, by their places in the lists, of which one stands where the other would, carried over to its side."""
    if not base or not witness:
        return set()
    found: set[tuple[int, int]] = set()
    starts, ends = [one.inner[0] for one in witness], [one.inner[1] for one in witness]
    for i, one in enumerate(base):
        start, end = passage.on_witness(one.inner)
        found.update((i, j) for j in range(bisect_right(ends, start), bisect_left(starts, end))[:NEAR])
    starts, ends = [one.inner[0] for one in base], [one.inner[1] for one in base]
    for j, other in enumerate(witness):
        start, end = passage.on_base(other.inner)
        found.update((i, j) for i in range(bisect_right(ends, start), bisect_left(starts, end))[:NEAR])
    return found


def _ranked(alike: float, pair: _Pair) -> tuple[float, int, int, _Pair]:
    start, other = pair.base.span[0], pair.witness.span[0]
    return -round(alike, 6), start + other, abs(start - other), pair


def _chosen(candidates: list[tuple[float, int, int, _Pair]]) -> list[_Pair]:
    """The best pairs, none of which shares a quotation with another, in the base's order."""
    pairs: list[_Pair] = []
    taken_base: set[int] = set()
    taken_witness: set[int] = set()
    for _, _, _, pair in sorted(candidates, key=lambda candidate: candidate[:3]):
        if taken_base.isdisjoint(pair.base.parts) and taken_witness.isdisjoint(pair.witness.parts):
            taken_base.update(pair.base.parts)
            taken_witness.update(pair.witness.parts)
            pairs.append(pair)
    return sorted(pairs, key=lambda pair: pair.base.span)


def _dice(one: ComparedQuotation, other: ComparedQuotation) -> float:
    return 2 * len(one.bag & other.bag) / (len(one.bag) + len(other.bag)) if one.bag or other.bag else 0.0


def _same_marks(passage: Passage, pair: _Pair) -> bool:
    """Whether both marks of the one are, in the changes, those of the other."""
    one, other = pair.base, pair.witness
    return all(
        passage.on_witness(mark) == counterpart and passage.on_base(counterpart) == mark
        for mark, counterpart in ((one.opener, other.opener), (one.closer, other.closer))
    )


def _edits(passage: Passage, pair: _Pair) -> list[WeighedEdit]:
    """Where the words inside the marks differ, offsets counted into both ``text``; empty where they agree."""
    one, other, in_place = pair
    if agree(one.words, other.words):
        return []
    if _around(passage.base, one, other.words) or _around(passage.witness, other, one.words):
        return []
    if in_place:
        edits = [
            WeighedEdit(_inside(change.base, one.inner), _inside(change.witness, other.inner))
            for change in passage.reworded_in(one.inner, other.inner)
        ]
    else:
        edits = [
            WeighedEdit(change.base, change.witness)
            for change in diff.diff(one.text, other.text).changes
            if change.op != "equal" and not change.typography
        ]
    return [
        edit
        for edit in edits
        if not agree(words(one.text[slice(*edit.base)]), words(other.text[slice(*edit.witness)]))
    ]


def _around(text: str, one: ComparedQuotation, longer: Sequence[str]) -> bool:
    """Whether ``longer`` is the quotation's words with those that stand just outside its marks: these were moved."""
    more = len(longer) - len(one.words)
    if more <= 0:
        return False
    start, end = one.span
    for lead in range(more + 1):
        tail = lead + len(one.words)
        if longer[lead:tail] == one.words:
            before, after = words(text[max(0, start - OUTSIDE) : start]), words(text[end : end + OUTSIDE])
            return longer[:lead] == before[len(before) - lead :] and longer[tail:] == after[: more - lead]
    return False


def _inside(span: Span, inner: Span) -> Span:
    start, end = clip(span, inner)
    return start - inner[0], end - inner[0]
