"""The most serious finding of a comparison in one line, and how the comparison ranks beside others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from app.collation.document import row_text
from app.collation.findings import findings
from app.collation.findings.registry import KINDS
from app.collation.highlights import excerpts
from app.collation.highlights.seriousness import STEPS, Seriousness, seriousness
from app.collation.model import Change, Comparison, Finding, FindingKind, Row
from app.collation.text import tokens
from app.collation.text.numbering import printed_numbers

MAX_WEIGHED = 1000
"""Findings that are weighed; of a comparison with more, those that the text has first."""

MAX_WORDS_CHARS = 90
"""Characters of either wording in the line."""

_STEP, _PLACE = 2_000_000, 1_000_000
"""What one step of seriousness, and being inside a quotation, add to a gravity: no weight of a change outdoes them."""

_OTHER_WORDS = tuple(STEPS).index("quotation")


@dataclass(frozen=True, slots=True)
class GravestFinding:
    """A finding in one line: where it is, and both wordings with no more context than makes them readable."""

    row: int
    number: int
    """In its row, from 1."""
    kind: FindingKind
    may_reverse: bool
    base_words: str
    witness_words: str
    base_paragraphs: tuple[str, ...]
    """Numbers as pages print them."""
    witness_paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeighedFindings:
    """What a list of comparisons says of one of them."""

    gravity: int
    """0 without a finding that matters; of two comparisons the higher one comes first."""
    counts: Mapping[FindingKind, int]
    """Findings by kind, without the quiet kinds and those in page extras."""
    gravest: GravestFinding | None


def weigh(comparison: Comparison) -> WeighedFindings:
    """Count the findings of ``comparison`` and find the most serious one."""
    base_extras, witness_extras = set(comparison.base.furniture), set(comparison.witness.furniture)
    counts: Counter[FindingKind] = Counter()
    leading: tuple[Seriousness, Row, int] | None = None
    weighed = 0
    for row in comparison.collation.rows:
        if base_extras.issuperset(row.base) and witness_extras.issuperset(row.witness):
            continue
        loud = [
            (number, finding)
            for number, finding in enumerate(row.findings, 1)
            if not KINDS[finding.kind].is_quiet
        ]
        if not loud:
            continue
        counts.update(finding.kind for _, finding in loud)
        if weighed >= MAX_WEIGHED:
            continue
        base, witness = row_text(comparison.base, row.base), row_text(comparison.witness, row.witness)
        for number, finding in loud[: MAX_WEIGHED - weighed]:
            grade = seriousness(base, witness, row.changes, finding, row.findings[:MAX_WEIGHED])
            if leading is None or grade < leading[0]:
                leading = grade, row, number
        weighed += len(loud)
    if leading is None:
        return WeighedFindings(0, dict(counts), None)
    grade, row, number = leading
    return WeighedFindings(_gravity(grade), dict(counts), _in_one_line(comparison, row, number, grade))


@dataclass(frozen=True, slots=True)
class GravestChange:
    """The gravest change to somebody's quoted words, in one line."""

    kind: FindingKind
    rule: str
    may_reverse: bool
    base_words: str
    witness_words: str


def gravest_change(base: str, witness: str, changes: Sequence[Change]) -> GravestChange | None:
    """Return the gravest change between two wordings of a quotation; None where none outweighs that it is reworded.

    ``changes`` lead from ``base`` to ``witness``, which are without their quotation marks.

    >>> from app.collation.diff import diff
    >>> base, witness = "We put pressure on the troops", "We put pressure from the troops"
    >>> change = gravest_change(base, witness, diff(base, witness).changes)
    >>> change.may_reverse, change.base_words, change.witness_words
    (True, 'pressure on', 'pressure from')
    """
    whole = Finding("quotation", (0, len(base)), (0, len(witness)), says="", rule="")
    inside = findings(base, witness, changes)[:MAX_WEIGHED]
    graded = [
        (seriousness(base, witness, changes, finding, (whole, *inside)), finding)
        for finding in (*inside, whole)
        if not KINDS[finding.kind].is_quiet
    ]
    grade, gravest = min(graded, key=itemgetter(0))
    if grade.place >= _OTHER_WORDS:
        return None
    words = in_few_words(base, witness, changes, gravest)
    return GravestChange(gravest.kind, gravest.rule, grade.may_reverse, *words)


def _gravity(grade: Seriousness) -> int:
    return (
        (len(STEPS) - grade.place) * _STEP
        + (not grade.is_outside_quotation) * _PLACE
        + min(max(0, -grade.lightness), _PLACE - 1)
    )


def _in_one_line(comparison: Comparison, row: Row, number: int, grade: Seriousness) -> GravestFinding:
    base, witness = row_text(comparison.base, row.base), row_text(comparison.witness, row.witness)
    finding = row.findings[number - 1]
    words = in_few_words(base, witness, row.changes, finding)
    base_numbers, witness_numbers = printed_numbers(comparison.base), printed_numbers(comparison.witness)
    return GravestFinding(
        row=row.number,
        number=number,
        kind=finding.kind,
        may_reverse=grade.may_reverse,
        base_words=words[0],
        witness_words=words[1],
        base_paragraphs=tuple(base_numbers[index] for index in row.base),
        witness_paragraphs=tuple(witness_numbers[index] for index in row.witness),
    )


def in_few_words(base: str, witness: str, changes: Sequence[Change], finding: Finding) -> tuple[str, str]:
    """Return both wordings of the place that shows ``finding`` best, each with the kept word before it.

    If one side has nothing there, the kept word after it is added: "did rule" beside "did not rule". ``changes``
    are a row's, between its texts ``base`` and ``witness``.
    """
    chosen = excerpts.excerpt(base, witness, changes, finding)
    differing = [
        index
        for index, change in enumerate(chosen.changes if chosen else ())
        if change.op != "equal" and not change.typography
    ]
    if chosen is None or not differing:
        return _shortened(base[slice(*finding.base)]), _shortened(witness[slice(*finding.witness)])
    first, last = chosen.changes[differing[0]], chosen.changes[differing[-1]]
    base_place = base[first.base[0] : last.base[1]]
    witness_place = witness[first.witness[0] : last.witness[1]]
    before = "".join(base[slice(*change.base)] for change in chosen.changes[: differing[0]])
    after = "".join(base[slice(*change.base)] for change in chosen.changes[differing[-1] + 1 :])
    lead = _last_word(before)
    one_sided = not (tokens.is_word(base_place) and tokens.is_word(witness_place))
    tail = _first_word(after) if one_sided or not lead else ""
    return _shortened(f"{lead}{base_place}{tail}"), _shortened(f"{lead}{witness_place}{tail}")


def _last_word(text: str) -> str:
    parts = tokens.split(text)
    places = [place for place, part in enumerate(parts) if tokens.is_word(part)]
    return "".join(parts[places[-1] :]) if places else ""


def _first_word(text: str) -> str:
    parts = tokens.split(text)
    places = [place for place, part in enumerate(parts) if tokens.is_word(part)]
    return "".join(parts[: places[0] + 1]) if places else ""


def _shortened(words: str) -> str:
    """Return ``words`` on one line, cut where they are too long for it.

    >>> _shortened("put  pressure on\\n"), len(_shortened("word " * 99)) <= MAX_WORDS_CHARS + 2
    ('put pressure on', True)
    """
    line = " ".join(words.split())
    if len(line) <= MAX_WORDS_CHARS:
        return line
    return f"{line[:MAX_WORDS_CHARS].rpartition(' ')[0] or line[:MAX_WORDS_CHARS]} …"
