"""Quotations reworded inside their quotation marks.

A quotation is compared with its counterpart on the other side word by word, in normal form: typography, case and
punctuation do not count, an ellipsis stands for words left out, and [brackets] are the quoter's. If the other side
has the same words outside its marks, or in two pairs of marks with the speaker named between them, the marks moved and
nothing was reworded.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from app.collation import diff
from app.collation.findings.quantities.house_style import differs_in_style_alone
from app.collation.findings.row.excerpt_weight import WeighedEdit, describe
from app.collation.findings.row.passage import Passage, clip
from app.collation.findings.rule import Kind, RowContext, Rule
from app.collation.model import Finding, Span
from app.collation.quotations.compared import ComparedQuotation, agree, compared_quotations, runs, words

MIN_DICE_IN_PLACE = 0.25
"""Dice's coefficient of the words from which two quotations in the same place are one, reworded. Both marks in the
same place suffice without it: a quotation of three words may have lost all of them."""

MIN_DICE_ELSEWHERE = 0.5
"""The same, for quotations in different places of the row, and for broken ones."""

MAX_PAIRS = 4096
"""Possible pairs above which only quotations in the same place are tried: a bound for very long rows."""

MAX_PAIRS_IN_PLACE = 64
"""Pairs that are tried for one of these."""

MAX_CHARS_AROUND = 400
"""Characters before and after a quotation in which words are looked for that its marks include on the other side."""


class _Pair(NamedTuple):
    base: ComparedQuotation
    witness: ComparedQuotation
    in_place: bool


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each reworded quotation, its spans from mark to mark on both sides."""
    passage = row.passage
    quoted = compared_quotations(passage.base)
    if not quoted:
        return []
    base, witness = _unequal(quoted, compared_quotations(passage.witness, quoted))
    if not base or not witness:
        return []
    findings = []
    for pair in _pairs(passage, base, witness):
        edits = _edits(passage, pair)
        if edits and not differs_in_style_alone(
            pair.base.text, pair.witness.text, accents=not row.texts.english
        ):
            rule, says = describe(edits, pair.base.text, pair.witness.text)
            findings.append(Finding("quotation", pair.base.span, pair.witness.span, says, rule))
    return findings


def _unequal(
    base: Sequence[ComparedQuotation], witness: Sequence[ComparedQuotation]
) -> tuple[list[ComparedQuotation], list[ComparedQuotation]]:
    """Return what is left when quotations of the same words have been paired."""
    waiting: dict[tuple[str, ...], list[ComparedQuotation]] = {}
    for quotation in witness:
        waiting.setdefault(quotation.words, []).append(quotation)
    left: list[ComparedQuotation] = []
    for quotation in base:
        alike = waiting.get(quotation.words)
        if alike:
            alike.pop(0)
        else:
            left.append(quotation)
    return left, sorted((q for rest in waiting.values() for q in rest), key=lambda q: q.span)


def _pairs(passage: Passage, base: list[ComparedQuotation], witness: list[ComparedQuotation]) -> list[_Pair]:
    """Pair each quotation with its counterpart, the most alike first."""
    candidates: list[tuple[float, int, int, _Pair]] = []
    in_place = _in_place(passage, base, witness)
    everywhere = len(base) * len(witness) <= MAX_PAIRS
    every = (
        [(i, j) for i in range(len(base)) for j in range(len(witness))] if everywhere else sorted(in_place)
    )
    for i, j in every:
        pair = _Pair(base[i], witness[j], (i, j) in in_place)
        alike = _dice(pair.base, pair.witness)
        marked = pair.in_place and _same_marks(passage, pair)
        if alike >= (MIN_DICE_IN_PLACE if pair.in_place else MIN_DICE_ELSEWHERE) or marked:
            candidates.append(_ranked(alike + marked / 20 + pair.in_place / 2, pair))
    if everywhere:
        broken = [_Pair(run, quotation, False) for run in runs(base) for quotation in witness]
        broken += [_Pair(quotation, run, False) for quotation in base for run in runs(witness)]
        for pair in broken:
            alike = _dice(pair.base, pair.witness)
            if alike >= MIN_DICE_ELSEWHERE:
                candidates.append(_ranked(alike + 1 / 2, pair))
    return _chosen(candidates)


def _in_place(
    passage: Passage, base: Sequence[ComparedQuotation], witness: Sequence[ComparedQuotation]
) -> set[tuple[int, int]]:
    """Return the pairs, by index, of which one is where the other would be, carried over to its side."""
    if not base or not witness:
        return set()
    pairs: set[tuple[int, int]] = set()
    starts, ends = (
        [quotation.inner[0] for quotation in witness],
        [quotation.inner[1] for quotation in witness],
    )
    for i, quotation in enumerate(base):
        start, end = passage.on_witness(quotation.inner)
        pairs.update(
            (i, j) for j in range(bisect_right(ends, start), bisect_left(starts, end))[:MAX_PAIRS_IN_PLACE]
        )
    starts, ends = [quotation.inner[0] for quotation in base], [quotation.inner[1] for quotation in base]
    for j, quotation in enumerate(witness):
        start, end = passage.on_base(quotation.inner)
        pairs.update(
            (i, j) for i in range(bisect_right(ends, start), bisect_left(starts, end))[:MAX_PAIRS_IN_PLACE]
        )
    return pairs


def _ranked(alike: float, pair: _Pair) -> tuple[float, int, int, _Pair]:
    base_start, witness_start = pair.base.span[0], pair.witness.span[0]
    return -round(alike, 6), base_start + witness_start, abs(base_start - witness_start), pair


def _chosen(candidates: list[tuple[float, int, int, _Pair]]) -> list[_Pair]:
    """Choose the best pairs, none of which shares a quotation with another, in the base's order."""
    pairs: list[_Pair] = []
    taken_base: set[int] = set()
    taken_witness: set[int] = set()
    for _, _, _, pair in sorted(candidates, key=lambda candidate: candidate[:3]):
        if taken_base.isdisjoint(pair.base.parts) and taken_witness.isdisjoint(pair.witness.parts):
            taken_base.update(pair.base.parts)
            taken_witness.update(pair.witness.parts)
            pairs.append(pair)
    return sorted(pairs, key=lambda pair: pair.base.span)


def _dice(first: ComparedQuotation, second: ComparedQuotation) -> float:
    return (
        2 * len(first.bag & second.bag) / (len(first.bag) + len(second.bag))
        if first.bag or second.bag
        else 0.0
    )


def _same_marks(passage: Passage, pair: _Pair) -> bool:
    """Return whether both marks of the one are, in the changes, those of the other."""
    base, witness = pair.base, pair.witness
    return all(
        passage.on_witness(mark) == counterpart and passage.on_base(counterpart) == mark
        for mark, counterpart in ((base.opener, witness.opener), (base.closer, witness.closer))
    )


def _edits(passage: Passage, pair: _Pair) -> list[WeighedEdit]:
    """Return where the words inside the marks differ, as offsets into both ``text``; empty if they agree."""
    base, witness, in_place = pair
    if agree(base.words, witness.words):
        return []
    if _has_marks_moved(passage.base, base, witness.words) or _has_marks_moved(
        passage.witness, witness, base.words
    ):
        return []
    if in_place:
        edits = [
            WeighedEdit(_relative_to(change.base, base.inner), _relative_to(change.witness, witness.inner))
            for change in passage.reworded_in(base.inner, witness.inner)
        ]
    else:
        edits = [
            WeighedEdit(change.base, change.witness)
            for change in diff.diff(base.text, witness.text).changes
            if change.op != "equal" and not change.typography
        ]
    return [
        edit
        for edit in edits
        if not agree(words(base.text[slice(*edit.base)]), words(witness.text[slice(*edit.witness)]))
    ]


def _has_marks_moved(text: str, quotation: ComparedQuotation, longer: Sequence[str]) -> bool:
    """Return whether ``longer`` is the quotation's words and those just outside its marks: the marks moved."""
    more = len(longer) - len(quotation.words)
    if more <= 0:
        return False
    start, end = quotation.span
    for lead in range(more + 1):
        tail = lead + len(quotation.words)
        if longer[lead:tail] == quotation.words:
            before, after = (
                words(text[max(0, start - MAX_CHARS_AROUND) : start]),
                words(text[end : end + MAX_CHARS_AROUND]),
            )
            return longer[:lead] == before[len(before) - lead :] and longer[tail:] == after[: more - lead]
    return False


def _relative_to(span: Span, inner: Span) -> Span:
    start, end = clip(span, inner)
    return start - inner[0], end - inner[0]


RULE = Rule(
    kind="quotation",
    names=("quotation-reworded", "quotation-cut"),
    find=find,
)
KIND = Kind(
    rules=(RULE,),
    heading="Quotation reworded",
    plural="Quotations",
    nouns=("quotation", "quotations"),
    headings={"quotation-cut": "Quotation cut or extended"},
    is_named_when_absent=True,
    looked_for="Other words between the quotation marks of one quotation, or words between them on one side only.",
    ignored=(
        "Marks, case, punctuation, and British or American spelling; words that an ellipsis leaves out or a "
        "[bracket] puts in; marks that moved while the words stayed; a quotation broken by the words that "
        "name its speaker."
    ),
    reported=(
        ("“The Ukrainian army is ready,” he said.", "“The Ukraine army is ready,” he said."),
        (
            "He saw “issues of common interest,” he said.",
            "He saw “issues of common concern”, he said.",
            "reworded inside quotation marks: “interest” → “concern”",
        ),
        (
            "“They continue to put pressure on the Chinese side,” he said.",
            "“They continue to put forward pressure from the Chinese side,” he said.",
            "reworded inside quotation marks: “put pressure on” → “put forward pressure from”",
        ),
        (
            "“We do support them,” he said.",
            "“We do not support them,” he said.",
            "inside quotation marks on one side only: “not”",
        ),
        (
            "“The strikes killed our men near the river last night,” he said.",
            "“The raids killed our men near the bridge last night,” he said.",
            "reworded inside quotation marks: “strikes” → “raids”, and in 1 other place",
        ),
        # Quoted in different marks, and in a sentence turned round.
        (
            'The envoy told them: "This deal is dead for good."',
            "« This deal is nearly dead for good », the envoy told them.",
            "inside quotation marks on one side only: “nearly”",
        ),
        # Every word of a short quotation exchanged, in the same place.
        (
            "The defense ties have “taken a hit” since then.",
            "The defense ties have “been affected” since then.",
            "reworded inside quotation marks: “taken a hit” → “been affected”",
        ),
    ),
    not_reported=(
        ("“The dam holds 12 percent less water,” she said.", "“The dam holds 12% less water,” she said."),
        ("“We lost nineteen goats in the flood,” he said.", "“We lost 19 goats in the flood,” he said."),
        ("“Our co-operation with R&D goes on,” he said.", "“Our cooperation with R & D goes on,” he said."),
        ("“The long-term plan is dead,” she said.", "“The long term plan is dead,” she said."),
        (
            "“They raised $4 million in a week,” he said.",
            "“They raised 4 million dollars in a week,” he said.",
        ),
        # The same words, whatever the marks, the case and the punctuation.
        ('He said: "We agree with them."', "“We agree with them,” he said."),
        ("He said “we agree with them”.", "He stated, “We agree with them.”"),
        ("“We agree. With them,” he said loudly.", "“We agree – with them,” he said."),
        ('They call it a "long-term" plan.', "They have called it a «long‑term» plan."),
        # Words changed around the marks only.
        ("She called it “a disaster” on Monday.", "On Monday she spoke of “a disaster”."),
        # The marks moved, were removed or added; the words are the same.
        ("He spoke of “a new and better world” again.", "He spoke of a new and “better world” once more."),
        ("He spoke of “a better world” again.", "He spoke of a better world once more."),
        ("He spoke of a better world again.", "He spoke of “a better world” once more."),
        ("He heard of a “new type of virus” here.", "He has heard of “a new type of virus” here."),
        ("He called it “the worst of all” ideas he had.", "He calls it “the worst of all ideas” he had."),
        # House style: British and American.
        (
            "“Our neighbours’ defence programme is organised well,” he said.",
            "“Our neighbors’ defense program is organized well,” he said then.",
        ),
        # One quotation, broken by the words that name its speaker, here and not there.
        (
            "“We agree with them on all of it,” he said. “We always have, and we shall.”",
            "“We agree with them on all of it. We always have, and we shall,” he said.",
        ),
        ("“We agree,” she said, “as we always have.”", "She said: “We agree as we always have.”"),
        # Two quotations in the other order.
        ("“Never,” he said, and then “always”.", "“Always,” she heard him say, then “never”."),
        # What the quoter left out or put in, and says so.
        ("“We will, God willing, win this war,” he said.", "“We will … win this war,” he said then."),
        ("“We will win this war,” he said.", "“… win this war,” he said then."),
        (
            "“We support you on the issue,” he said.",
            "“We [China] support you [Russia] on the issue,” he added.",
        ),
        ("“They support you on the issue,” he said.", "“[The Chinese] support you on the issue,” he added."),
        ("“We will win [...] this war,” he said.", "“We will win, God willing, this war,” he said then."),
        # One quotation after another in a rewritten sentence, none reworded.
        (
            "He praised “strong ties” and “deep trust” at length.",
            "At length “strong ties” and “deep trust” were praised.",
        ),
    ),
)
