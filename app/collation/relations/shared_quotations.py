"""Quotations that two texts share: in the rows of an alignment, or wherever they are.

Where texts share paragraphs, their quotations are compared row by row, as the findings of a comparison are. Where they
share quotations alone, whole or in part, the same or reworded, these are looked for in the whole of both texts.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.collation import diff
from app.collation.findings.document_context import NO_TEXTS
from app.collation.findings.quantities.house_style import differs_in_style_alone
from app.collation.findings.row.passage import Passage
from app.collation.findings.rule import RowContext
from app.collation.findings.rules.wordings import quotation
from app.collation.quotations.compared import ComparedQuotation, agree, compared_quotations
from app.collation.relations.lcs import kept_words
from app.collation.relations.prepared_text import (
    MIN_QUOTED_WORDS,
    MIN_SHARED_RUN,
    PreparedQuotation,
    PreparedText,
    Words,
    WordSequence,
    has_shared_run,
)

MIN_KEPT_SHARE = 0.6
"""Share of the shorter quotation's words that must be in the other in the same order, and close together, for the two
to be one."""

MAX_STRETCH = 1.5
"""Times the length of the shorter quotation within which its words must be in the longer one."""

MAX_COMPARED = 6
"""Quotations that one is compared with, those first that share most pairs of words: a bound for very long texts."""

MAX_COMPARED_IN_ROW = 24
"""Quotations of either side of a row that are compared beyond those of equal words: a bound for very long rows."""

MAX_WINDOWS = 512
"""Places of the longer quotation, evenly spread, at which the shorter one is looked for, at most."""

MAX_HOLDERS = 64
"""Quotations of one text that may hold a pair of words for it to count; a pair that more hold identifies none."""


@dataclass(frozen=True, slots=True)
class QuotationCounts:
    """How many quotations two texts share."""

    shared: int = 0
    reworded: int = 0
    """Of those shared, how many are not the same in both texts."""


@dataclass(frozen=True, slots=True)
class SharedQuotations(QuotationCounts):
    """Quotations shared wherever they are, and how many words of each text these are."""

    base_words: int = 0
    witness_words: int = 0


NONE_SHARED = SharedQuotations()


def quotations_in_rows(rows: Sequence[tuple[str, str]], reworded: int | None = None) -> QuotationCounts:
    """Count the quotations that both sides of the rows hold, given the rows' texts.

    Reworded are those for which a comparison has a finding; ``reworded`` is their number where it is known already.
    The others differ in no more than spelling and house style: defence and defense, 50 and fifty.
    """
    unchanged = with_finding = 0
    for base, witness in rows:
        base_quotations = compared_quotations(base)
        witness_quotations = (
            base_quotations
            if base == witness
            else compared_quotations(witness, base_quotations)
            if base_quotations
            else []
        )
        if not witness_quotations:
            continue
        same = (
            len(base_quotations)
            if base_quotations is witness_quotations
            else _count_unchanged(base_quotations, witness_quotations)
        )
        unchanged += same
        if reworded is None and base != witness and same < min(len(base_quotations), len(witness_quotations)):
            row = RowContext(Passage(base, witness, diff.diff(base, witness).changes), NO_TEXTS)
            with_finding += len(quotation.RULE.find(row)) if quotation.RULE.applies_to(row) else 0
    with_finding = with_finding if reworded is None else reworded
    return QuotationCounts(unchanged + with_finding, with_finding)


def _count_unchanged(
    base_quotations: Sequence[ComparedQuotation], witness_quotations: Sequence[ComparedQuotation]
) -> int:
    """Return how many quotations of the one side the other holds in the same words, spelling and style apart."""
    left = Counter(each.words for each in base_quotations) & Counter(
        each.words for each in witness_quotations
    )
    same = left.total()
    rest: list[list[ComparedQuotation]] = []
    for side in (base_quotations, witness_quotations):
        paired = left.copy()
        rest.append([])
        for each in side:
            if paired[each.words]:
                paired[each.words] -= 1
            else:
                rest[-1].append(each)
    others = rest[1][:MAX_COMPARED_IN_ROW]
    for each in rest[0][:MAX_COMPARED_IN_ROW]:
        match = next((at for at, other in enumerate(others) if _is_unchanged(each, other)), None)
        if match is not None:
            del others[match]
            same += 1
    return same


def _is_unchanged(base: ComparedQuotation, witness: ComparedQuotation) -> bool:
    return agree(base.words, witness.words) or differs_in_style_alone(base.text, witness.text)


def shared_quotations(base: PreparedText, witness: PreparedText) -> SharedQuotations:
    """Count the quotations that both texts hold anywhere, and the words of each text in them.

    A quotation of the base counts once, with the counterpart that shares most of its words; one that the other text
    prints word for word without quotation marks counts too.
    """
    witness_quotations, equal = witness.quotations, witness.quotation_places
    shared = reworded = longest = 0
    base_words: list[int] = []
    matched: set[int] = set()
    unmatched: list[PreparedQuotation] = []
    for ours in base.quotations:
        words = ours.words
        near = [equal[words]] if words in equal else _nearest(ours, witness)
        kept, best = max(
            ((_kept_nearby(words, witness_quotations[index].words), -index) for index in near), default=(0, 0)
        )
        if not near or kept < _min_kept(words, witness_quotations[-best].words):
            unmatched.append(ours)
            continue
        shared += 1
        reworded += not _is_part(words, witness_quotations[-best].words)
        longest = max(longest, kept)
        base_words.append(len(words))
        matched.add(-best)
    loose = [theirs for index, theirs in enumerate(witness_quotations) if index not in matched]
    shared_ngrams = base.all.shared_ngrams(witness.all) if unmatched or loose else frozenset()
    in_witness = [length for ours in unmatched if (length := _printed(ours, witness.all, shared_ngrams))]
    in_base = [length for theirs in loose if (length := _printed(theirs, base.all, shared_ngrams))]
    if longest < MIN_SHARED_RUN and not in_witness and not in_base:
        return NONE_SHARED
    return SharedQuotations(
        shared=shared + len(in_witness) + len(in_base),
        reworded=reworded,
        base_words=sum(base_words) + sum(in_witness) + sum(in_base),
        witness_words=sum(len(witness_quotations[index].words) for index in matched)
        + sum(in_witness)
        + sum(in_base),
    )


def _nearest(quotation: PreparedQuotation, text: PreparedText) -> list[int]:
    """Return the indices of a text's quotations that may be this one, those that share most pairs of words."""
    by_pair = text.quotations_by_pair
    holders = [by_pair[pair] for pair in by_pair.keys() & quotation.pairs]
    if not holders:
        return []
    votes = Counter(index for indices in holders if len(indices) <= MAX_HOLDERS for index in indices)
    nearest = sorted(votes, key=lambda index: (-votes[index], index))[:MAX_COMPARED]
    holds = quotation.vocabulary.__contains__
    # No more words can be kept in order than are shared in any order.
    return [
        index
        for index in nearest
        if sum(map(holds, text.quotations[index].words))
        >= _min_kept(quotation.words, text.quotations[index].words)
    ]


def _min_kept(base: Words, witness: Words) -> float:
    """Return how many words two quotations must share to be one."""
    return max(MIN_QUOTED_WORDS, MIN_KEPT_SHARE * min(len(base), len(witness)))


def _kept_nearby(base: Words, witness: Words) -> int:
    """Return how many words two quotations keep in order within ``MAX_STRETCH`` of the shorter one."""
    shorter, longer = sorted((base, witness), key=len)
    step = max(1, len(shorter) // 4, len(longer) // MAX_WINDOWS)
    window = max(int(MAX_STRETCH * len(shorter)), 2 * step)
    starts = range(0, max(1, len(longer) - window + step), step)
    return max(kept_words(shorter, longer[start : start + window]) for start in starts)


def _is_part(base: Words, witness: Words) -> bool:
    """Return whether one of two quotations is word for word in the other."""
    shorter, longer = sorted((base, witness), key=len)
    return f" {' '.join(shorter)} " in f" {' '.join(longer)} "


def _printed(quotation: PreparedQuotation, text: WordSequence, shared: frozenset[int]) -> int:
    """Return the length of the longest part of a quotation that ``text`` prints word for word, or 0.

    ``shared`` holds the n-grams of both texts, by which most quotations are ruled out.
    """
    if not has_shared_run(quotation.ngrams, shared):
        return 0
    words = quotation.words
    run = longest = 0
    for at in range(len(words) - MIN_SHARED_RUN + 1):
        run = run + 1 if f" {' '.join(words[at : at + MIN_SHARED_RUN])} " in text.joined else 0
        longest = max(longest, run)
    return longest + MIN_SHARED_RUN - 1 if longest else 0
