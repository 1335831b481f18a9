"""One paragraph of the base in another text's version, taken from the comparison of the two."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.collation.document import row_text
from app.collation.findings.registry import KINDS
from app.collation.highlights import excerpts
from app.collation.highlights.seriousness import Step, direction_change, own_step
from app.collation.model import Change, Comparison, Finding, Op, Row, Span
from app.collation.text import tokens

MIN_SIMILARITY = 0.35
"""Similarity from which a paragraph beside the base's is a version of it: unrelated texts on the same topic have at
most .18 of their words in such rows, copies .99 (docs/quality.md)."""

MIN_KEPT_WORDS = 8
"""Words in one run from which a paragraph that is less similar still holds a part of the base's: two writers who quote
nobody seldom share so many (fingerprints are of five words in a window of eight)."""

MIN_ABSENT_WORDS = 6
"""Words left out at an end of the paragraph from which it is a fragment there: fewer are a rewording."""

STEP_WEIGHTS: dict[Step, int] = {
    "negation": 10,
    "opposite": 10,
    "exchange": 10,
    "direction": 10,
    "stage": 6,
    "number": 6,
    "date": 6,
    "name": 6,
    "quotation": 6,
    "certainty": 6,
    "tone": 4,
    "tense": 4,
    "gender": 4,
    "attribution": 2,
    "wording": 2,
    "typography": 0,
}
"""What a difference adds to the tint: a finding more than an attribution or another word for the same thing."""

QUOTED_WEIGHT = 3
"""What another word inside a reworded quotation adds, where something else in it tells the finding."""

FINDING_WEIGHT = 4
"""The weight from which a difference counts as a finding."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A change that a reader may care about: not typography, and not what a fragment leaves out."""

    words: Span
    """The words of the base paragraph that it changes, by their number; an insertion is next to the word before it."""
    base: Span
    """Code points of the base paragraph."""
    witness: Span
    """Code points of the version's text."""
    step: Step
    """How serious it is; ``wording`` where no finding names it."""
    weight: int

    @property
    def is_finding(self) -> bool:
        """Whether a finding other than an attribution names it."""
        return self.weight >= FINDING_WEIGHT


@dataclass(frozen=True, slots=True)
class Version:
    """One paragraph of the base as another text has it."""

    comparison: Comparison
    row: int
    """The row of the comparison that shows it, from 1."""
    paragraphs: tuple[int, ...]
    """The witness's paragraphs that hold it."""
    text: str
    changes: tuple[Change, ...]
    """From the base paragraph to ``text``, covering both."""
    present: Span
    """The words of the base paragraph, by number, that it has a wording of: not all of them if it is a fragment."""
    differences: tuple[Difference, ...]

    @property
    def revision(self) -> str:
        """The witness's revision."""
        return self.comparison.witness.revision

    @property
    def weight(self) -> int:
        """The weight of its most serious difference; 0 where it has none."""
        return max((difference.weight for difference in self.differences), default=0)


@lru_cache(maxsize=512)
def word_spans(text: str) -> tuple[Span, ...]:
    """Return where each word of ``text`` is, in code points.

    >>> word_spans("We put, in 1,000 words.")
    ((0, 2), (3, 6), (8, 10), (11, 16), (17, 22))
    """
    spans: list[Span] = []
    start = 0
    for token in tokens.split(text):
        if tokens.is_word(token):
            spans.append((start, start + len(token)))
        start += len(token)
    return tuple(spans)


def rows_of(comparison: Comparison, paragraphs: Collection[int]) -> dict[int, Row]:
    """Return the rows that hold these paragraphs of the base, by the paragraphs' indices; no row is looked at twice."""
    rows: dict[int, Row] = {}
    for row in comparison.collation.rows:
        rows.update((index, row) for index in row.base if index in paragraphs)
        if len(rows) == len(paragraphs):
            break
    return rows


def version_of(comparison: Comparison, index: int, row: Row | None) -> Version | None:
    """Return the version of the base's paragraph ``index``, from 0, in the other text; None where it has none.

    ``row`` holds the paragraph. One merely beside it in the table is no version: it must be similar, or keep a run of
    words.
    """
    if row is None or not row.witness:
        return None
    base, witness = row_text(comparison.base, row.base), row_text(comparison.witness, row.witness)
    offset = sum(len(comparison.base.paragraphs[other]) + 1 for other in row.base if other < index)
    paragraph = comparison.base.paragraphs[index]
    limits = (offset, offset + len(paragraph))
    clipped = _clipped(row.changes, limits)
    if row.similarity < MIN_SIMILARITY and _longest_kept(paragraph, clipped, offset) < MIN_KEPT_WORDS:
        return None
    words = word_spans(paragraph)
    present = _present(clipped, words, offset)
    shift = clipped[0].witness[0] if clipped else 0
    end = clipped[-1].witness[1] if clipped else 0
    return Version(
        comparison,
        row.number,
        _paragraphs(comparison, row, (shift, end)),
        witness[shift:end],
        tuple(_shifted(change, offset, shift) for change in clipped),
        present,
        tuple(_differences(row, base, witness, clipped, words, present, offset, shift)),
    )


def _clipped(changes: Sequence[Change], limits: Span) -> list[Change]:
    """Return the part of ``changes`` inside ``limits`` of the base; a replacement over an edge goes where it begins."""
    low, high = limits
    inside: list[Change] = []
    for index in excerpts.touching(changes, low, high):
        change = changes[index]
        start, end = change.base
        if start == end:
            inside.append(change)
            continue
        first, last = max(start, low), min(end, high)
        if first >= last:
            continue
        if (first, last) == change.base:
            inside.append(change)
        elif change.op == "equal":
            at = change.witness[0] + first - start
            inside.append(Change("equal", (first, last), (at, at + last - first)))
        else:
            witness = change.witness if start >= low else (change.witness[1], change.witness[1])
            op: Op = "replace" if witness[0] < witness[1] else "delete"
            inside.append(Change(op, (first, last), witness, change.typography))
    return inside


def _shifted(change: Change, base: int, witness: int) -> Change:
    """Return ``change`` counted from the paragraph's start, without the marks inside its words."""
    return Change(
        change.op,
        (change.base[0] - base, change.base[1] - base),
        (change.witness[0] - witness, change.witness[1] - witness),
        change.typography,
    )


def _longest_kept(paragraph: str, changes: Sequence[Change], offset: int) -> int:
    """Return the number of words in the longest run that both have; typography does not end it."""
    words = word_spans(paragraph)
    longest = run = 0
    for change in changes:
        if change.op != "equal" and not change.typography:
            run = 0
            continue
        first, last = _covered(words, (change.base[0] - offset, change.base[1] - offset))
        run += last - first
        longest = max(longest, run)
    return longest


def _covered(words: Sequence[Span], span: Span) -> Span:
    """Return the numbers of the words that share a character with ``span``."""
    first = bisect_right(words, span[0], key=lambda word: word[1])
    return first, max(first, bisect_left(words, span[1], key=lambda word: word[0]))


def _present(changes: Sequence[Change], words: Sequence[Span], offset: int) -> Span:
    """Return the words between what is left out at either end.

    What is left out reaches to the first kept word: the texts around a fragment are each other's, not a rewording.
    """

    def left_out(run: Sequence[Change]) -> int:
        deleted = changed = 0
        for change in run:
            first, last = _covered(words, (change.base[0] - offset, change.base[1] - offset))
            if change.op == "equal" and first < last:
                break
            deleted += (last - first) * (change.op == "delete")
            changed += last - first
        return changed if deleted >= MIN_ABSENT_WORDS else 0

    first = left_out(changes)
    return first, max(first, len(words) - left_out(changes[::-1]))


def _paragraphs(comparison: Comparison, row: Row, span: Span) -> tuple[int, ...]:
    """Return the witness's paragraphs that ``span`` of the row's text reaches into."""
    reached = []
    start = 0
    for index in row.witness:
        end = start + len(comparison.witness.paragraphs[index])
        if start < span[1] and span[0] < end:
            reached.append(index)
        start = end + 1
    return tuple(reached) or row.witness[:1]


def _differences(
    row: Row,
    base: str,
    witness: str,
    changes: Sequence[Change],
    words: Sequence[Span],
    present: Span,
    offset: int,
    shift: int,
) -> Sequence[Difference]:
    """Return the differences, in the order of the text."""
    loud = [finding for finding in row.findings if not KINDS[finding.kind].is_quiet]
    graded = [_Graded(row, base, witness, finding) for finding in loud]
    differences = []
    for change in changes:
        if change.op == "equal" or change.typography:
            continue
        span = (change.base[0] - offset, change.base[1] - offset)
        first, last = _covered(words, span)
        if (
            first == last
        ):  # an insertion, or a punctuation mark: it belongs to the word before it, or the first one
            before = bisect_right(words, span[0], key=lambda word: word[1]) - 1
            first = max(before, 0)
            last = min(first + 1, len(words))
            if span[0] == span[1] and _is_outside(first, present, words):
                continue
        first, last = max(first, present[0]), min(last, present[1])
        if first >= last:
            continue
        if change.op == "insert" and _is_own_text(change, changes, witness):
            continue
        step, weight = _grade(change, graded)
        at = (change.witness[0] - shift, change.witness[1] - shift)
        differences.append(Difference((first, last), span, at, step, weight))
    return differences


def _is_outside(word: int, present: Span, words: Sequence[Span]) -> bool:
    """Return whether text next to ``word`` is outside a fragment, or at the edge where the fragment is cut."""
    is_cut_after = present[1] < len(words) and word >= present[1] - 1
    return word < present[0] or is_cut_after


def _is_own_text(change: Change, changes: Sequence[Change], witness: str) -> bool:
    """Return whether an insertion at either end of the paragraph is too long to be a wording of it."""
    if change is not changes[0] and change is not changes[-1]:
        return False
    return len(word_spans(witness[slice(*change.witness)])) >= MIN_ABSENT_WORDS


class _Graded:
    """A finding, and which changes of its row tell it."""

    def __init__(self, row: Row, base: str, witness: str, finding: Finding) -> None:
        self.finding = finding
        self.step = own_step(finding)
        self.is_quotation = finding.kind == "quotation"
        self.steps: dict[Span, Step] = {}
        if self.is_quotation:
            shown = excerpts.excerpt(base, witness, row.changes, finding)
            telling = [_start(change) for change in shown.changes if change.op != "equal"] if shown else []
            self.steps = dict.fromkeys(telling, self.step)
            turned = direction_change(base, witness, row.changes, finding)
            if turned is not None:
                start = _start(row.changes[turned])
                self.steps |= dict.fromkeys([start, *(telling if start in telling else [])], "direction")

    def grade(self, change: Change) -> tuple[Step, int]:
        """Return what the finding makes of ``change``, which touches it."""
        if not self.is_quotation:
            return self.step, STEP_WEIGHTS[self.step]
        step = self.steps.get(_start(change))
        return (step, STEP_WEIGHTS[step]) if step else ("wording", QUOTED_WEIGHT)

    def touches(self, change: Change) -> bool:
        """Return whether ``change`` shares a character with the finding."""
        return _meets(change.base, self.finding.base) or _meets(change.witness, self.finding.witness)


def _start(change: Change) -> Span:
    """Return where a change begins on both sides, which identifies it, since an excerpt may cut its end."""
    return change.base[0], change.witness[0]


def _meets(first: Span, second: Span) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def _grade(change: Change, graded: Sequence[_Graded]) -> tuple[Step, int]:
    """Return the step and weight of a change: those of the most serious finding that it is part of."""
    best: tuple[Step, int] = ("wording", STEP_WEIGHTS["wording"])
    for finding in graded:
        if finding.touches(change):
            best = max(best, finding.grade(change), key=lambda grade: grade[1])
    return best
