"""The relation of two texts, judged by what their alignment puts side by side.

Whether two texts are related, and how, is decided without the words that are masked as common to many articles. The
figures count the same paragraphs that a comparison of the two shows side by side, masked or not (docs/adr/0022).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rapidfuzz.distance import Prefix

from app.collation.alignment import align
from app.collation.model import AlignedRow
from app.collation.relation import Relation, RelationKind
from app.collation.relations.prefilter import may_share_a_paragraph, worth_aligning
from app.collation.relations.prepared_text import MIN_SHARED_RUN, PreparedText, prepare
from app.collation.relations.shared_quotations import (
    NONE_SHARED,
    QuotationCounts,
    SharedQuotations,
    quotations_in_rows,
    shared_quotations,
)
from app.collation.relations.shared_rows import (
    MIN_ROW_WORDS,
    SAME_CONTENT,
    SAME_SOURCE,
    PairedRow,
    SharedRow,
    shared_rows,
)
from app.collation.relations.standing_paragraphs import is_of_the_page
from app.collation.relations.topic import SAME_STORY, likeness
from app.collation.text.normalization import normal_form, without_commas

MIN_REUSED = 0.25
"""Share of the shorter text's unquoted words that must be in the other in the same order, paragraph by paragraph, for
one to have taken text of the other. On 1,144 news texts with known copies all but eight pairs have more; of the pairs
on one event the most is .30, and of 26,000 others three have more."""

MIN_REUSED_QUOTED = 0.4
"""The same share of all words, for articles that are nearly all quotation: no pair on one event has more than .31."""

NEARLY_ALL = 0.8
"""Share of a text's words, in shared paragraphs, from which nearly all of it is in the other."""

MAX_SAME_STORY_TRIED = 4
"""Texts, of several compared with one, that are tested for the same story in other words: a reader wants the nearest,
and a busy day has dozens on one subject. One test takes as long as a short comparison."""

MIN_SAME_WORDS = 0.75
"""Share of the words of shared paragraphs that are kept in the same order, from which the texts are near-duplicates
and not reworded: .84 between the repost and its source, some .65 between two translations."""

MIN_COMPARED_SHARE, MIN_COMPARED_SIMILARITY = 0.2, 0.35
"""Share of a text's words, in rows of this similarity, from which texts that a reader compares count as sharing them,
though they are too short or too little alike to be found among many. Pairs on one topic that share no text measured at
most .18, a real repost .99."""

RowT = TypeVar("RowT", bound=PairedRow)

Rows = Callable[[], Sequence[PairedRow]]


def relate(
    base: Sequence[str],
    witness: Sequence[str],
    base_boilerplate: Collection[int] = (),
    witness_boilerplate: Collection[int] = (),
    masked: frozenset[int] = frozenset(),
) -> Relation | None:
    """Return the relation of two texts, given as paragraphs, as seen from the base; None if there is none.

    ``masked`` holds fingerprints too common to be anybody's own text. Swapping the texts swaps the relation.

    >>> text = "The harbour of Varna was closed on Monday, when a storm of forty hours had broken its eastern wall."
    >>> relate([text], [text, "Ships wait in Burgas, and it may be weeks until they can be loaded."]).kind
    'contained'
    """
    return relate_prepared(prepare(base, base_boilerplate), prepare(witness, witness_boilerplate), masked)


def relate_prepared(
    base: PreparedText, witness: PreparedText, masked: frozenset[int] = frozenset()
) -> Relation | None:
    """Do what ``relate`` does, for prepared texts."""
    return _resolved(_examined(_Pair(base, witness), masked))


def relate_several(
    base: PreparedText, witnesses: Sequence[PreparedText], masked: frozenset[int] = frozenset()
) -> list[Relation | None]:
    """Do what ``relate`` does for one text and each of the others.

    Of those that share no text, the ``MAX_SAME_STORY_TRIED`` most alike in topic are tested for the same story.
    """
    outcomes: dict[tuple[tuple[str, ...], tuple[int, ...]], _Outcome] = {}
    for witness in witnesses:
        if (witness.whole, witness.indices) not in outcomes:  # copies come in dozens
            outcomes[witness.whole, witness.indices] = _examined(_Pair(base, witness), masked)
    alike = sorted(
        ((outcome.likeness, text) for text, outcome in outcomes.items() if isinstance(outcome, _Alike)),
        key=lambda pair: (-pair[0], pair[1]),
    )
    tried = {text for _, text in alike[:MAX_SAME_STORY_TRIED]}
    relations = {
        text: _resolved(outcome) if text in tried or not isinstance(outcome, _Alike) else None
        for text, outcome in outcomes.items()
    }
    return [relations[witness.whole, witness.indices] for witness in witnesses]


def relate_compared(
    base: PreparedText, witness: PreparedText, rows: Sequence[PairedRow], reworded: int
) -> Relation | None:
    """Return the relation of two texts that a reader compares, given the rows of their comparison.

    It is what ``relate`` returns where the rows are its alignment's; but texts too short to be related may share
    paragraphs too. ``reworded`` is the number of findings about quotations.
    """
    pair = _Pair(base, witness, rows, reworded)
    relation = _resolved(_examined(pair, frozenset()))
    if relation is None:
        close = [row for row in _two_sided(rows) if row.similarity >= MIN_COMPARED_SIMILARITY]
        if max(_containment(base, witness, close)) >= MIN_COMPARED_SHARE:
            return _reuse(pair, base, witness, shared_rows(base, witness, rows), everything=True)
    return relation


def firm_rows(base: PreparedText, witness: PreparedText, rows: Iterable[RowT]) -> list[RowT]:
    """Return the rows that are evidence of copying by themselves: those that count where not all rows together are."""
    return [row for row in rows if any(measured.firm for measured in shared_rows(base, witness, [row]))]


def same_words(base: Sequence[str], witness: Sequence[str]) -> bool:
    """Return whether paragraphs have the same words; capitals, commas, typography and breaks do not matter."""
    if base == witness:
        return True
    return same_form("".join(map(normal_form, base)), "".join(map(normal_form, witness)))


def same_form(base: str, witness: str) -> bool:
    """Return whether two texts in normal form are the same except for spaces and commas."""
    if base == witness:
        return True
    # Other characters where they first differ settle it.
    at = Prefix.similarity(base, witness)
    is_settled = base[at : at + 1].isalnum() and witness[at : at + 1].isalnum()
    return not is_settled and _unspaced(base) == _unspaced(witness)


def _unspaced(text: str) -> str:
    return "".join(without_commas(text).split())


class _Pair:
    """Two whole texts, and the rows of their alignment, computed on first use."""

    def __init__(
        self,
        base: PreparedText,
        witness: PreparedText,
        rows: Rows | Sequence[PairedRow] | None = None,
        reworded: int | None = None,
    ) -> None:
        self.base = base
        self.witness = witness
        self.reworded = reworded
        """The number of findings about quotations in the rows, where it is known."""
        self._rows = rows if callable(rows) else lambda: align(base.whole, witness.whole)
        self._known = None if callable(rows) else rows

    @property
    def rows(self) -> Sequence[PairedRow]:
        if self._known is None:
            self._known = self._rows()
        return self._known

    @property
    def is_aligned(self) -> bool:
        """Whether the rows are computed already, so that a quicker test would save nothing."""
        return self._known is not None

    def swapped(self) -> "_Pair":
        def rows() -> Sequence[PairedRow]:
            return [AlignedRow(row.witness, row.base, row.similarity) for row in self.rows]

        return _Pair(self.witness, self.base, rows() if self.is_aligned else rows, self.reworded)


@dataclass(frozen=True, slots=True)
class _Alike:
    """Two texts that share no text, and whose topics are alike."""

    pair: _Pair
    base: PreparedText
    witness: PreparedText
    likeness: float
    is_swapped: bool = False

    def relation(self) -> Relation | None:
        """Return that they tell the same story, if some of their paragraphs do."""
        rows = shared_rows(self.base, self.witness, self.pair.rows)
        relation = _same_story(self.pair, rows, self.likeness)
        return relation.swapped() if relation and self.is_swapped else relation


_Outcome = Relation | _Alike | None


def _resolved(outcome: _Outcome) -> Relation | None:
    return outcome.relation() if isinstance(outcome, _Alike) else outcome


def _examined(pair: _Pair, masked: frozenset[int]) -> _Outcome:
    """Return the relation of two texts, or whether they may tell the same story; the cheapest tests come first."""
    base, witness = pair.base, pair.witness
    if not (
        pair.is_aligned
        or worth_aligning(base.all, witness.all)
        or likeness(base.topic, witness.topic) >= SAME_STORY
    ):
        return None
    base, witness = base.without(masked), witness.without(masked)
    if not (base.terms and witness.terms):
        return None
    if (witness.forms, witness.whole, witness.indices) < (base.forms, base.whole, base.indices):
        outcome = _judged(pair.swapped(), witness, base)
        if isinstance(outcome, _Alike):
            return replace(outcome, is_swapped=True)
        return outcome.swapped() if outcome else None
    return _judged(pair, base, witness)


def _judged(pair: _Pair, base: PreparedText, witness: PreparedText) -> _Outcome:
    """Return what ``_examined`` does; ``base`` and ``witness`` are the pair's texts without what is masked."""
    may_copy = pair.is_aligned or _share_unquoted_text(base, witness)
    quoted = None
    if not may_copy:
        quoted = shared_quotations(base, witness)
        may_copy = _quote_nearly_everything(base, witness, quoted)
    if may_copy:
        measured = shared_rows(base, witness, pair.rows)
        close = [row for row in measured if row.similarity >= SAME_SOURCE]
        everything = bool(close) and (base.forms == witness.forms or _is_copied(base, witness, close))
        evidence = close if everything else [row for row in measured if row.firm]
        if evidence and not is_of_the_page(base, witness, evidence):
            return _reuse(pair, base, witness, measured, everything=everything)
    quoted = quoted or shared_quotations(base, witness)
    if quoted.shared:
        return _quotations_alone(pair, quoted)
    alike = likeness(base.topic, witness.topic)
    if alike < SAME_STORY:
        return None
    return _same_story(pair, measured, alike) if may_copy else _Alike(pair, base, witness, alike)


def _share_unquoted_text(base: PreparedText, witness: PreparedText) -> bool:
    """Return whether the alignment may find reuse of unquoted text: a paragraph in both, or texts alike in topic."""
    return worth_aligning(base.unquoted, witness.unquoted) and (
        may_share_a_paragraph(base, witness) or likeness(base.topic, witness.topic) >= SAME_STORY
    )


def _quote_nearly_everything(base: PreparedText, witness: PreparedText, quoted: SharedQuotations) -> bool:
    """Return whether so much of the texts is shared quotations that the alignment may find reuse all the same."""
    shorter = min(len(base.terms), len(witness.terms))
    return max(quoted.base_words, quoted.witness_words) >= MIN_REUSED_QUOTED / 2 * shorter


def _is_copied(base: PreparedText, witness: PreparedText, rows: Sequence[SharedRow]) -> bool:
    """Return whether all rows together are evidence of copying, though none of them may be by itself."""
    unquoted = min(sum(len(paragraph.unquoted) for paragraph in text.split) for text in (base, witness))
    words = min(base.word_count, witness.word_count)
    evidence = sum(row.evidence for row in rows)
    kept = sum(row.kept for row in rows)
    return evidence >= max(MIN_ROW_WORDS, MIN_REUSED * unquoted) or kept >= max(
        MIN_SHARED_RUN, MIN_REUSED_QUOTED * words
    )


def _reuse(
    pair: _Pair, base: PreparedText, witness: PreparedText, measured: Sequence[SharedRow], *, everything: bool
) -> Relation:
    """Return the relation of two texts that share ``everything`` that is side by side, or only the firm rows."""
    two_sided = _two_sided(pair.rows)
    if everything:
        counting = [row for row in two_sided if all(_counts(pair.base, pair.witness, [row]))]
        rows = measured
    else:
        rows = [row for row in measured if row.firm]
        unmasked = firm_rows(pair.base, pair.witness, two_sided)
        firm = {index for row in (*rows, *unmasked) for index in row.base}
        counting = [row for row in two_sided if not firm.isdisjoint(row.base)]
    in_witness, in_base = _containment(base, witness, counting)
    kept = sum(row.kept for row in rows)
    shorter = min(sum(row.base_words for row in rows), sum(row.witness_words for row in rows))
    kind: RelationKind
    if base.forms == witness.forms:
        kind = "same"
    elif min(in_witness, in_base) >= NEARLY_ALL:
        kind = "near-duplicate" if kept >= MIN_SAME_WORDS * shorter else "reworded"
    elif max(in_witness, in_base) >= NEARLY_ALL:
        kind = "contains" if in_base > in_witness else "contained"
    else:
        kind = "shares-paragraphs"
    base_shared, witness_shared = _counts(pair.base, pair.witness, counting)
    base_forms, witness_forms = pair.base.form_at, pair.witness.form_at
    verbatim = [
        row
        for row in counting
        if same_form("".join(map(base_forms, row.base)), "".join(map(witness_forms, row.witness)))
    ]
    base_verbatim, witness_verbatim = _counts(pair.base, pair.witness, verbatim)
    return _relation(
        pair,
        kind,
        resemblance=kept / (base.word_count + witness.word_count - kept),
        containment=(in_witness, in_base)
        if base is pair.base and witness is pair.witness
        else _containment(pair.base, pair.witness, counting),
        shared=(base_shared, witness_shared),
        verbatim=(base_verbatim, witness_verbatim),
        quotations=quotations_in_rows(
            [
                (
                    "\n".join(_paragraphs(pair.base, row.base)),
                    "\n".join(_paragraphs(pair.witness, row.witness)),
                )
                for row in two_sided
            ],
            pair.reworded,
        ),
    )


def _quotations_alone(pair: _Pair, quoted: SharedQuotations) -> Relation:
    # A quotation printed twice, whole and in part, counts twice.
    in_witness = min(1.0, quoted.base_words / pair.base.word_count)
    in_base = min(1.0, quoted.witness_words / pair.witness.word_count)
    return _relation(pair, "shares-quotation", containment=(in_witness, in_base), quotations=quoted)


def _same_story(pair: _Pair, measured: Sequence[SharedRow], alike: float) -> Relation | None:
    rows = [
        row
        for row in measured
        if row.similarity >= SAME_CONTENT and min(row.base_words, row.witness_words) >= MIN_SHARED_RUN
    ]
    shared = sum(len(row.base) for row in rows), sum(len(row.witness) for row in rows)
    return _relation(pair, "same-story", resemblance=alike, shared=shared) if rows else None


def _relation(
    pair: _Pair,
    kind: RelationKind,
    resemblance: float = 0.0,
    containment: tuple[float, float] = (0.0, 0.0),
    shared: tuple[int, int] = (0, 0),
    verbatim: tuple[int, int] = (0, 0),
    quotations: QuotationCounts = NONE_SHARED,
) -> Relation:
    return Relation(
        kind=kind,
        resemblance=round(resemblance, 6),
        base_in_witness=round(containment[0], 6),
        witness_in_base=round(containment[1], 6),
        base_paragraphs=len(pair.base.indices),
        witness_paragraphs=len(pair.witness.indices),
        base_shared=shared[0],
        witness_shared=shared[1],
        base_verbatim=verbatim[0],
        witness_verbatim=verbatim[1],
        quotations=quotations.shared,
        reworded=quotations.reworded,
    )


def _two_sided(rows: Iterable[RowT]) -> list[RowT]:
    return [row for row in rows if row.base and row.witness]


def _paragraphs(text: PreparedText, indices: Sequence[int]) -> list[str]:
    return [text.whole[index] for index in indices]


def _counts(base: PreparedText, witness: PreparedText, rows: Sequence[PairedRow]) -> tuple[int, int]:
    """Return how many paragraphs that count the rows hold of each text."""
    return (
        sum(index in base.by_index for row in rows for index in row.base),
        sum(index in witness.by_index for row in rows for index in row.witness),
    )


def _containment(base: PreparedText, witness: PreparedText, rows: Sequence[PairedRow]) -> tuple[float, float]:
    """Return the share of each text's words that are in these rows, 0 to 1."""
    base_words = sum(base.words_of(row.base) for row in rows)
    witness_words = sum(witness.words_of(row.witness) for row in rows)
    return base_words / base.word_count, witness_words / witness.word_count
