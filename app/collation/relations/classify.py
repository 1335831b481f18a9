"""Which relation two texts have, by what the alignment sets side by side."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from app.collation.relations.prefilter import may_hold_a_part, worth_aligning
from app.collation.relations.prepared_text import RUN, Prepared, prepared
from app.collation.relations.relation import Relation, RelationKind
from app.collation.relations.shared_quotations import NOTHING_QUOTED, SharedQuotations, shared_quotations
from app.collation.relations.shared_rows import LIKE, PARAGRAPH, SharedRow, shared_rows
from app.collation.relations.topic import SAME_STORY, likeness

REUSED = 0.25
"""Of the shorter text's words outside quotation marks, the share that stands in the other in the same order, paragraph
beside paragraph, from which one took text of the other. On 1,144 news texts with known copies all but eight pairs have
more; of the pairs on one event the most is .30, and of 26,000 others three have more."""

QUOTED_WHOLE = 0.4
"""The same share of all words, for articles that are nearly all quotation: no pair on one event has more than .31."""

WHOLE = 0.8
"""Share of a text's words, in paragraphs that the other holds too, from which nearly all of it stands there."""

TOLD_ALIKE = 4
"""Texts, of several beside one, that are asked whether they tell its story in their own words: a reader wants the
nearest, and a busy day has dozens on one subject. One question takes as long as a short comparison."""

SAME_WORDS = 0.75
"""Of the words of shared paragraphs, the share kept in the same order from which the texts are near-duplicates and not
reworded: .84 between the repost and its source, some .65 between two translations."""


def relate(
    base: Sequence[str],
    witness: Sequence[str],
    base_furniture: Collection[int] = (),
    witness_furniture: Collection[int] = (),
    masked: frozenset[int] = frozenset(),
) -> Relation | None:
    """The relation of two texts, given as their paragraphs, told from the base; None where nothing is worth telling.

    ``masked`` are fingerprints too common to count: what they stand for is nobody's own text. The texts the other way
    round have the same relation, swapped.

    >>> told = "The harbour of Varna was closed on Monday, when a storm of forty hours had broken its eastern wall."
    >>> relate([told], [told, "Ships wait in Burgas, and it may be weeks until they can be loaded."]).kind
    'contained'
    """
    return relate_prepared(prepared(base, base_furniture), prepared(witness, witness_furniture), masked)


def relate_prepared(
    base: Prepared, witness: Prepared, masked: frozenset[int] = frozenset()
) -> Relation | None:
    """What ``relate`` gives, for texts that were made ready."""
    looked = _looked(base, witness, masked)
    return looked.relation() if isinstance(looked, _Alike) else looked


def relate_several(
    base: Prepared, witnesses: Sequence[Prepared], masked: frozenset[int] = frozenset()
) -> list[Relation | None]:
    """What ``relate`` gives for one text and each of the others; of those without shared text, for the most alike.

    Of these the ``TOLD_ALIKE`` that are most alike in their subject are asked whether they tell the same story.
    """
    looked: dict[tuple[str, ...], Relation | _Alike | None] = {}
    for witness in witnesses:
        if witness.paragraphs not in looked:  # copies come in dozens
            looked[witness.paragraphs] = _looked(base, witness, masked)
    alike = sorted(
        ((one.likeness, text) for text, one in looked.items() if isinstance(one, _Alike)),
        key=lambda pair: (-pair[0], pair[1]),
    )
    asked = {text for _, text in alike[:TOLD_ALIKE]}
    told: dict[tuple[str, ...], Relation | None] = {}
    for text, one in looked.items():
        if isinstance(one, _Alike):
            told[text] = one.relation() if text in asked else None
        else:
            told[text] = one
    return [told[witness.paragraphs] for witness in witnesses]


def _looked(base: Prepared, witness: Prepared, masked: frozenset[int]) -> "Relation | _Alike | None":
    """The relation of two texts, or that they may tell the same story; by the quickest looks first."""
    if not worth_aligning(base.all, witness.all) and likeness(base.subject, witness.subject) < SAME_STORY:
        return None
    base, witness = base.without(masked), witness.without(masked)
    if not (base.terms and witness.terms):
        return None
    if (witness.forms, witness.paragraphs) < (base.forms, base.paragraphs):
        turned = _relation(witness, base)
        if isinstance(turned, _Alike):
            return replace(turned, turned=True)
        return turned.swapped() if turned else None
    return _relation(base, witness)


@dataclass(frozen=True, slots=True)
class _Alike:
    """Two texts that share no text, and whose subjects are alike."""

    base: Prepared
    witness: Prepared
    likeness: float
    turned: bool = False

    def relation(self) -> Relation | None:
        """That they tell the same story, where some of their paragraphs do."""
        rows = shared_rows(self.base, self.witness)
        found = _same_story(self.base, self.witness, rows, self.likeness)
        return found.swapped() if found and self.turned else found


def _relation(base: Prepared, witness: Prepared) -> Relation | _Alike | None:
    quoted = shared_quotations(base, witness)
    alike = likeness(base.subject, witness.subject)
    if not _may_copy(base, witness, quoted, alike):
        if quoted.shared:
            return _told(base, witness, "shares-quotation", quoted=quoted)
        return _Alike(base, witness, alike) if alike >= SAME_STORY else None
    told = shared_rows(base, witness)
    rows = [row for row in told if row.similarity >= LIKE]
    if base.forms != witness.forms and not _is_reuse(base, witness, rows):
        rows = [row for row in rows if row.firm]
    if rows:
        return _of_rows(base, witness, rows, quoted)
    if quoted.shared:
        return _told(base, witness, "shares-quotation", quoted=quoted)
    return _same_story(base, witness, told, alike) if alike >= SAME_STORY else None


def _same_story(
    base: Prepared, witness: Prepared, told: Sequence[SharedRow], alike: float
) -> Relation | None:
    rows = [row for row in told if min(row.base_words, row.witness_words) >= RUN]
    return _told(base, witness, "same-story", rows=rows, resemblance=alike) if rows else None


def _may_copy(base: Prepared, witness: Prepared, quoted: SharedQuotations, alike: float) -> bool:
    """Whether the alignment may find reuse: what two texts only quote alike is known without it.

    They share text outside quotation marks, or quote so much of the same that it is nearly all there is; and where
    they are not alike in their subject, a paragraph of one may stand in the other.
    """
    mostly = max(quoted.base_words, quoted.witness_words) >= QUOTED_WHOLE / 2 * min(
        len(base.terms), len(witness.terms)
    )
    return mostly or (
        worth_aligning(base.unquoted, witness.unquoted)
        and (alike >= SAME_STORY or may_hold_a_part(base, witness))
    )


def _is_reuse(base: Prepared, witness: Prepared, rows: Sequence[SharedRow]) -> bool:
    """Whether all rows together tell of copying, though none of them may by itself."""
    own = min(sum(len(paragraph.own) for paragraph in text.split) for text in (base, witness))
    words = min(base.words, witness.words)
    telling = sum(row.telling for row in rows)
    kept = sum(row.kept for row in rows)
    return telling >= max(PARAGRAPH, REUSED * own) or kept >= max(RUN, QUOTED_WHOLE * words)


def _of_rows(
    base: Prepared, witness: Prepared, rows: Sequence[SharedRow], quoted: SharedQuotations
) -> Relation:
    """The relation of two texts that share these rows."""
    base_words, witness_words = sum(row.base_words for row in rows), sum(row.witness_words for row in rows)
    kept = sum(row.kept for row in rows)
    there, here = base_words / base.words, witness_words / witness.words
    kind: RelationKind
    if base.forms == witness.forms:
        kind = "same"
    elif min(there, here) >= WHOLE:
        kind = "near-duplicate" if kept >= SAME_WORDS * min(base_words, witness_words) else "reworded"
    elif max(there, here) >= WHOLE:
        kind = "contains" if here > there else "contained"
    else:
        kind = "shares-paragraphs"
    return _told(
        base,
        witness,
        kind,
        rows=rows,
        quoted=quoted,
        resemblance=kept / (base.words + witness.words - kept),
        shares=(there, here),
    )


def _told(
    base: Prepared,
    witness: Prepared,
    kind: RelationKind,
    rows: Sequence[SharedRow] = (),
    quoted: SharedQuotations = NOTHING_QUOTED,
    resemblance: float = 0.0,
    shares: tuple[float, float] | None = None,
) -> Relation:
    """The relation with what it rests on, counted."""
    if shares is None:
        # What is quoted twice, whole and in part, counts twice.
        there, here = quoted.base_words / base.words, quoted.witness_words / witness.words
        shares = min(1.0, there), min(1.0, here)
    return Relation(
        kind=kind,
        resemblance=round(resemblance, 6),
        base_in_witness=round(shares[0], 6),
        witness_in_base=round(shares[1], 6),
        base_paragraphs=len(base.paragraphs),
        witness_paragraphs=len(witness.paragraphs),
        base_shared=sum(len(row.base) for row in rows),
        witness_shared=sum(len(row.witness) for row in rows),
        verbatim=sum(min(len(row.base), len(row.witness)) for row in rows if row.verbatim),
        quotations=quoted.shared,
        reworded=quoted.reworded,
    )
