"""Whether two texts share what they quote and little else: two outlets that quote one speaker copy nobody."""

from bisect import bisect_right
from collections.abc import Sequence

from app.collation import quotations
from app.collation.model import Comparison, Side, Span
from app.collation.reading.kept_quotations import SCANNED_CHARACTERS
from app.collation.text import tokens

RUN = 3
"""Words that stand in both texts one after the other before they count: shorter runs stand in any two on one topic."""

OWN_SHARE = 0.1
"""Of the words outside quotation marks, the share that two texts may have in common and still share quotations alone.
Measured on the five seeds: .04 at most where only quotations are shared, .69 between the repost and its source."""


def shared_quotations(comparison: Comparison) -> int:
    """How many quotations the two texts share, whole or in part, where these are nearly all that they share.

    0 where the texts share words of their own as well, or nothing at all, or are too long to look while a reader waits.
    """
    sides = (comparison.base, comparison.witness)
    if max(sum(map(len, side.paragraphs)) for side in sides) > SCANNED_CHARACTERS:
        return 0
    spans = [_quoted(side) for side in sides]
    shared: tuple[set[tuple[int, int]], set[tuple[int, int]]] = (set(), set())
    quoted = own = 0
    for row in comparison.collation.rows:
        if not (row.base and row.witness):
            continue
        placed = [_placed(*which) for which in zip(sides, (row.base, row.witness), spans, strict=True)]
        text = "\n".join(comparison.base.paragraphs[index] for index in row.base)
        for change in row.changes:
            run = text[slice(*change.base)]
            words = _words(run) if change.op == "equal" else 0
            if words < RUN:
                continue
            inside = 0
            for place, at in enumerate((change.base[0], change.witness[0])):
                here = 0
                first = bisect_right(placed[place], at, key=_end)
                for index in range(first, len(placed[place])):
                    start, end, quotation = placed[place][index]
                    if start >= at + len(run):
                        break
                    held = _words(run[max(0, start - at) : max(0, end - at)])
                    if held >= RUN:
                        shared[place].add(quotation)
                    here += held
                inside = max(inside, here)
            quoted += inside
            own += words - inside
    if quoted <= own:
        return 0
    narrated = min(_narrated(side, found) for side, found in zip(sides, spans, strict=True))
    return max(map(len, shared)) if own <= OWN_SHARE * narrated else 0


def _quoted(side: Side) -> dict[int, list[Span]]:
    """Where the quotations of each paragraph stand in it."""
    found: dict[int, list[Span]] = {}
    for quotation in quotations.find(side.paragraphs):
        found.setdefault(quotation.paragraph, []).append((quotation.start, quotation.end))
    return found


def _placed(
    side: Side, indices: Sequence[int], spans: dict[int, list[Span]]
) -> list[tuple[int, int, tuple[int, int]]]:
    """A row's quotations: where each starts and ends in the row's text, and what names it."""
    placed: list[tuple[int, int, tuple[int, int]]] = []
    at = 0
    for index in indices:
        placed += [(at + start, at + end, (index, start)) for start, end in spans.get(index, ())]
        at += len(side.paragraphs[index]) + 1
    return placed


def _end(placed: tuple[int, int, tuple[int, int]]) -> int:
    return placed[1]


def _narrated(side: Side, spans: dict[int, list[Span]]) -> int:
    """How many words of the article itself stand outside quotation marks."""
    furniture = frozenset(side.furniture)
    count = 0
    for index, paragraph in enumerate(side.paragraphs):
        if index not in furniture:
            inside = sum(_words(paragraph[slice(*span)]) for span in spans.get(index, ()))
            count += _words(paragraph) - inside
    return count


def _words(text: str) -> int:
    return sum(map(tokens.is_word, tokens.split(text)))
