"""Sentences of a reworded row, paired by their words, one of them with its clauses in the order of the other.

The changes of a row keep its order. Of a sentence whose end was put first, most words count as deleted in one place and
inserted in another, and what was altered in it is lost among them.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.reworked import FUNCTION
from app.collation.model import Span

MAX_SENTENCES = 8
"""Sentences of a row on either side that are paired."""

MAX_CHARS = 400
"""Code points of a sentence."""

MIN_SHARED = 4
"""Words of content that two sentences share, at least."""

MIN_SHARED_WORDS = 0.6
"""The share of the words of content of two sentences that both have, by which they are one sentence."""

MIN_GAIN = 2
"""Shared words that come into order, at least, where two clauses are put in the order of the other sentence."""

MIN_WORDS_OF_A_CLAUSE = 2
"""Shared words of a clause that is moved."""

MAX_MOVES = 2
"""Clauses of a sentence that are moved."""

MAX_SHARED = 60
"""Words that two sentences share, of which one is put in the other's order; in print they are fewer."""

MAX_BREAKS = 12
"""Places where the order of two sentences breaks. With more, as where all words are shuffled, no clause was moved as a
whole; the time to look for one grows with their square. Of a thousand sentences in our cases none had more than 10."""

MAX_KEY = 5
"""Letters by which words are the same in two forms: decide, decision."""

_MARKS = " ,;:.\n\u00a0"


class ClausePiece(NamedTuple):
    """A part of a turned sentence, with its place there and in the sentence as printed."""

    turned: Span
    printed: Span


class SentencePair(NamedTuple):
    """Two sentences in one order, with the pieces of the one that was turned."""

    base: str
    witness: str
    base_pieces: Sequence[ClausePiece]
    witness_pieces: Sequence[ClausePiece]
    base_span: Span
    """The sentence in the row's text."""
    witness_span: Span
    is_turned: bool


def pairs(passage: Passage) -> Iterator[SentencePair]:
    """Yield the sentences of a row that share most of their words, each with one of the other side at most."""
    sides = [
        [
            (sentence.span, _content(sentence.text, sentence.span[0]))
            for sentence in passage.sentences(side)[:MAX_SENTENCES]
            if len(sentence.text) <= MAX_CHARS
        ]
        for side in ("base", "witness")
    ]
    ranked = sorted(
        (-alike, own[0] + other[0], abs(own[0] - other[0]), own, other, own_words, other_words)
        for own, own_words in sides[0]
        for other, other_words in sides[1]
        if (alike := _likeness(own_words, other_words)) >= MIN_SHARED_WORDS
    )
    taken: set[tuple[int, Span]] = set()
    for *_, own, other, own_words, other_words in ranked:
        if (0, own) in taken or (1, other) in taken:
            continue
        taken |= {(0, own), (1, other)}
        base, witness = passage.base[slice(*own)], passage.witness[slice(*other)]
        whole = [ClausePiece((0, len(base)), own)], [ClausePiece((0, len(witness)), other)]
        if (len(witness), witness) < (len(base), base):
            turned = _turned(passage.witness, other, other_words, own_words)
            if turned:
                yield SentencePair(base, turned[0], whole[0], turned[1], own, other, is_turned=True)
                continue
        else:
            turned = _turned(passage.base, own, own_words, other_words)
            if turned:
                yield SentencePair(turned[0], witness, turned[1], whole[1], own, other, is_turned=True)
                continue
        yield SentencePair(base, witness, *whole, own, other, is_turned=False)


def _content(text: str, start: int) -> Mapping[str, RowWord]:
    """Return the words of content of a sentence that occur in it once, by what two forms of one have in common."""
    content: dict[str, RowWord] = {}
    twice = set()
    for word in words(text, (0, len(text))):
        if word.lower in FUNCTION:
            continue
        key = word.lower.removesuffix("'s")[:MAX_KEY]
        if key in content:
            twice.add(key)
        content[key] = word._replace(start=word.start + start, end=word.end + start)
    return {key: word for key, word in content.items() if key not in twice}


def _likeness(own: Mapping[str, RowWord], other: Mapping[str, RowWord]) -> float:
    shared = len(own.keys() & other.keys())
    return 2 * shared / (len(own) + len(other)) if shared >= MIN_SHARED else 0.0


def _turned(
    text: str, span: Span, own: Mapping[str, RowWord], other: Mapping[str, RowWord]
) -> tuple[str, list[ClausePiece]] | None:
    """Return a sentence with its clauses in the order of the other; None if they are."""
    ranks = {key: rank for rank, key in enumerate([key for key in other if key in own])}
    shared: list[tuple[RowWord, int]] = []
    for key, word in own.items():
        if key in ranks and not (shared and _are_one_name(shared[-1][0], word)):
            shared.append((word, ranks[key]))
    order = list(range(len(shared)))
    shared_ranks = [rank for _, rank in shared]
    if len(shared) > MAX_SHARED or len(_breaks(shared_ranks)) > MAX_BREAKS:
        return None
    for _ in range(MAX_MOVES):
        better = _with_one_moved(order, shared_ranks)
        if better is None:
            break
        order = better
    if order == sorted(order):
        return None
    cuts = [0]
    cuts += [at for at in range(1, len(order)) if order[at] != order[at - 1] + 1]
    runs = [order[at:end] for at, end in zip(cuts, [*cuts[1:], len(order)], strict=True)]
    starts = {run[0]: _start(text, span, shared, run[0]) for run in runs}
    bounds = sorted([*starts.values(), span[1]])
    pieces: list[ClausePiece] = []
    turned = ""
    for run in runs:
        start = starts[run[0]]
        start, end = _bare(text, start, bounds[bounds.index(start) + 1])
        part = text[start:end]
        if start == span[0] and pieces and part.split(None, 1)[0].lower() in FUNCTION:
            part = part[0].lower() + part[1:]
        if turned:
            turned += " "
        else:
            part = part[:1].upper() + part[1:] if len(part[:1].upper()) == 1 else part
        pieces.append(ClausePiece((len(turned), len(turned) + len(part)), (start, end)))
        turned += part
    return turned + ".", pieces


def _are_one_name(word: RowWord, following: RowWord) -> bool:
    """Return whether two words are next to each other and have capitals, so that they move together."""
    return following.start - word.end == 1 and word.text[0].isupper() and following.text[0].isupper()


def _bare(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    start += len(part) - len(part.lstrip(_MARKS))
    return start, max(start, end - (len(part) - len(part.rstrip(_MARKS))))


def _start(text: str, span: Span, shared: Sequence[tuple[RowWord, int]], at: int) -> int:
    """Return where the clause begins of which the shared word ``at`` is the first."""
    if not at:
        return span[0]
    before, first = shared[at - 1][0], shared[at][0]
    comma = max(text.rfind(sign, before.end, first.start) for sign in (", ", "; ", ": "))
    if comma >= 0:
        return comma + 1
    between = words(text, (before.end, first.start))
    return next((word.start for word in between if word.lower in FUNCTION), first.start)


def _with_one_moved(order: list[int], ranks: Sequence[int]) -> list[int] | None:
    """Return the order with two neighbouring clauses exchanged, if many more words then come in the other's order.

    A clause begins and ends where the order breaks.
    """
    size = len(order)
    now = _in_order([ranks[at] for at in order])
    if size - now < MIN_GAIN:
        return None
    best, best_gain = None, now + MIN_GAIN - 1
    least = MIN_WORDS_OF_A_CLAUSE
    breaks = _breaks([ranks[at] for at in order])
    for cut in (at for at in breaks if least <= at <= size - least):
        candidates = [order[cut:] + order[:cut]]
        candidates += [order[:at] + order[cut:] + order[at:cut] for at in breaks if at <= cut - least]
        candidates += [order[cut:at] + order[:cut] + order[at:] for at in breaks if at >= cut + least]
        for candidate in candidates:
            gain = _in_order([ranks[at] for at in candidate])
            if gain > best_gain:
                best, best_gain = candidate, gain
    return best


def _breaks(ranks: Sequence[int]) -> list[int]:
    """Return the places before which a word of the other sentence is passed over or its order is left."""
    return [at for at in range(1, len(ranks)) if ranks[at] != ranks[at - 1] + 1]


def _in_order(ranks: Sequence[int]) -> int:
    """Return how many of the numbers rise, at most."""
    tails: list[int] = []
    for rank in ranks:
        place = bisect_left(tails, rank)
        tails[place : place + 1] = [rank]
    return len(tails)
