"""The few words of a row that show one of its findings best, for a reader who reads only one line."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.collation.findings.row.excerpt_weight import WeighedEdit, weight
from app.collation.model import Change, Finding, Span
from app.collation.text import tokens
from app.collation.text.sentences import END_MARKS

CONTEXT_WORDS = 4
"""Words kept on each side of the place: "continue to put ... pressure from the Chinese side" needs four to be read."""

MAX_PASSED_CHARS = 30
"""Characters of another change, on either side, beyond which a wide excerpt goes on."""

GAP_WORDS = 1
"""Changes with so few kept words between them read as one place, as in what a quotation's finding says of it."""

MAX_PLACE_CHARS = 160
"""Characters of one side of a place; a longer one is cut, since an excerpt is there to be read at a glance."""

_MAX_CHARS_SEARCHED = 120
"""Characters in which the context is looked for, so that a long paragraph costs no more than a short one."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A window into a row: the changes from its first word to its last, the outer ones clipped to it."""

    changes: tuple[Change, ...]
    cut_before: bool
    """Whether the finding, or the sentence around it, begins earlier."""
    cut_after: bool
    more: int
    """How many further places of the same finding differ."""


def excerpt(
    base: str,
    witness: str,
    changes: Sequence[Change],
    finding: Finding,
    words: int = CONTEXT_WORDS,
    is_wide: bool = False,
) -> Excerpt | None:
    """Return the place inside ``finding`` that weighs most, with words around it; None where the texts agree there.

    ``changes`` are the row's, over its texts ``base`` and ``witness``. A quotation's excerpt stays inside its marks.
    At most ``words`` kept words are on each side; where it ``is_wide``, they go on beyond other short changes of the
    sentence.

    >>> kept, after = Change("equal", (0, 4), (0, 4)), Change("equal", (6, 12), (8, 14))
    >>> changes = [kept, Change("replace", (4, 6), (4, 8)), after]
    >>> finding = Finding("quotation", (0, 12), (0, 14), says="", rule="")
    >>> cut = excerpt("push on them", "push from them", changes, finding)
    >>> [change.op for change in cut.changes], cut.more
    (['equal', 'replace', 'equal'], 0)
    """
    whole = finding.kind == "quotation"
    inside = [index for index in _near(changes, finding) if _tells(changes[index], finding)]
    if not inside:
        return None
    inside = [index for index in inside if _has_word(base, witness, changes[index])] or inside
    places = _places(base, witness, changes, inside)
    weights = [weight(_hull(changes[first], changes[last]), base, witness) for first, last in places]
    best = max(range(len(places)), key=lambda place: (weights[place], -place))
    first, last = places[best]
    limits = (finding.base, finding.witness) if whole else ((0, len(base)), (0, len(witness)))
    before = _context(base, witness, changes, first - 1, limits, False, words, is_wide)
    after = _context(base, witness, changes, last + 1, limits, True, words, is_wide)
    window = tuple(_shortened(change) for change in (*before, *changes[first : last + 1], *after))
    return Excerpt(
        changes=window,
        cut_before=_starts_later(window[0], limits),
        cut_after=_ends_earlier(window[-1], limits),
        more=len(places) - 1,
    )


def touching(changes: Sequence[Change], start: int, end: int) -> range:
    """Return the indices of the ``changes`` whose span in the base, even an empty one, meets ``start`` to ``end``."""
    first = bisect_left(changes, start, key=lambda change: change.base[1])
    return range(first, bisect_right(changes, end, key=lambda change: change.base[0]))


def _near(changes: Sequence[Change], finding: Finding) -> range:
    """Return the indices of all changes that can touch ``finding``, and few more."""
    base = touching(changes, *finding.base)
    first = bisect_left(changes, finding.witness[0], key=lambda change: change.witness[1])
    last = bisect_right(changes, finding.witness[1], key=lambda change: change.witness[0])
    return range(min(base.start, first), max(base.stop, last))


def _tells(change: Change, finding: Finding) -> bool:
    if change.op == "equal" or change.typography:
        return False
    return _overlap(change.base, finding.base) or _overlap(change.witness, finding.witness)


def _has_word(base: str, witness: str, change: Change) -> bool:
    return tokens.is_word(base[slice(*change.base)]) or tokens.is_word(witness[slice(*change.witness)])


def _overlap(first: Span, second: Span) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def _hull(first: Change, last: Change) -> WeighedEdit:
    return WeighedEdit((first.base[0], last.base[1]), (first.witness[0], last.witness[1]))


def _places(
    base: str, witness: str, changes: Sequence[Change], inside: Sequence[int]
) -> list[tuple[int, int]]:
    """Return the first and last index of each group of ``inside`` changes at most ``GAP_WORDS`` kept words apart."""
    places = [(inside[0], inside[0])]
    for earlier, later in pairwise(inside):
        gap = base[changes[earlier].base[1] : changes[later].base[0]]
        short = len(gap) <= _MAX_CHARS_SEARCHED and sum(map(tokens.is_word, tokens.split(gap))) <= GAP_WORDS
        start = places[-1][0]
        length = max(
            changes[later].base[1] - changes[start].base[0],
            changes[later].witness[1] - changes[start].witness[0],
        )
        if short and length <= MAX_PLACE_CHARS and not any(mark in gap for mark in END_MARKS | {"\n"}):
            places[-1] = (start, later)
        else:
            places.append((later, later))
    return places


def _context(
    base: str,
    witness: str,
    changes: Sequence[Change],
    index: int,
    limits: tuple[Span, Span],
    ahead: bool,
    max_words: int,
    is_wide: bool,
) -> tuple[Change, ...]:
    """Return the words next to a place, at most ``max_words`` kept ones, inside ``limits``.

    Typographic changes count as kept, so that a curly quote does not end the context. Any other change ends it, unless
    it ``is_wide`` and the change is short and inside the sentence.
    """
    run: list[Change] = []
    words = 0
    step = 1 if ahead else -1
    while 0 <= index < len(changes) and words < max_words:
        change = changes[index]
        if (
            change.op != "equal"
            and not change.typography
            and not (is_wide and _is_passed(base, witness, change))
        ):
            break
        if change.op == "equal" or change.typography:
            clipped = _clipped(base, witness, change, limits, ahead, max_words - words)
        else:
            clipped = change if _is_within(change, limits) else None
        if clipped is None:
            break
        run.append(clipped)
        words += sum(map(tokens.is_word, tokens.split(base[slice(*clipped.base)])))
        if (clipped.base, clipped.witness) != (change.base, change.witness):
            break
        index += step
    while run and run[-1].op != "equal" and not run[-1].typography:
        run.pop()
    return tuple(run) if ahead else tuple(reversed(run))


def _is_passed(base: str, witness: str, change: Change) -> bool:
    """Return whether a wide excerpt may go on beyond ``change``."""
    sides = base[slice(*change.base)], witness[slice(*change.witness)]
    ends = all(not END_MARKS.isdisjoint(side.rstrip()[-1:]) for side in sides)
    return not ends and all(len(side) <= MAX_PASSED_CHARS for side in sides)


def _is_within(change: Change, limits: tuple[Span, Span]) -> bool:
    sides = zip((change.base, change.witness), limits, strict=True)
    return all(limit[0] <= span[0] and span[1] <= limit[1] for span, limit in sides)


def _clipped(
    base: str, witness: str, change: Change, limits: tuple[Span, Span], ahead: bool, words: int
) -> Change | None:
    """Return the part of an equal change inside ``limits`` and within ``words`` words of the place."""
    (base_low, base_high), (witness_low, witness_high) = limits
    if change.op != "equal":
        fits = change.base[0] >= base_low and change.base[1] <= base_high
        fits = fits and change.witness[0] >= witness_low and change.witness[1] <= witness_high
        return change if fits else None
    start = max(0, base_low - change.base[0], witness_low - change.witness[0])
    end = min(change.base[1] - change.base[0], base_high - change.base[0], witness_high - change.witness[0])
    if start >= end:
        return None
    text = base[change.base[0] + start : change.base[0] + end]
    length = _first_words(text, words) if ahead else _last_words(text, words)
    if not length:
        return None
    start, end = (start, start + length) if ahead else (end - length, end)
    return change._replace(
        base=(change.base[0] + start, change.base[0] + end),
        witness=(change.witness[0] + start, change.witness[0] + end),
    )


def _first_words(text: str, words: int) -> int:
    """Return the length of the beginning of ``text`` that holds ``words`` words; a newline ends it."""
    parts = tokens.split(text[:_MAX_CHARS_SEARCHED])
    if len(text) > _MAX_CHARS_SEARCHED:
        parts = parts[:-1]
    return _length(parts, words, ahead=True)


def _last_words(text: str, words: int) -> int:
    parts = tokens.split(text[-_MAX_CHARS_SEARCHED:])
    if len(text) > _MAX_CHARS_SEARCHED:
        parts = parts[1:]
    return _length(list(reversed(parts)), words, ahead=False)


def _length(parts: Sequence[str], words: int, ahead: bool) -> int:
    """Return the length of ``parts`` up to ``words`` words; it stops at the end of a sentence and before a newline."""
    length = count = 0
    for part in parts:
        if "\n" in part or count == words or (part in END_MARKS and not ahead):
            break
        length += len(part)
        count += tokens.is_word(part)
        if part in END_MARKS:
            break
    return length


def _shortened(change: Change) -> Change:
    """Return ``change`` cut to ``MAX_PLACE_CHARS`` characters a side."""
    base = (change.base[0], min(change.base[1], change.base[0] + MAX_PLACE_CHARS))
    witness = (change.witness[0], min(change.witness[1], change.witness[0] + MAX_PLACE_CHARS))
    return (
        change
        if (base, witness) == (change.base, change.witness)
        else change._replace(base=base, witness=witness, within=())
    )


def _starts_later(first: Change, limits: tuple[Span, Span]) -> bool:
    return first.base[0] > limits[0][0] or first.witness[0] > limits[1][0]


def _ends_earlier(last: Change, limits: tuple[Span, Span]) -> bool:
    return last.base[1] < limits[0][1] or last.witness[1] < limits[1][1]
