"""Precision, recall and F1 of rows, links, moves and marked words against gold."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from app.collation.model import Change, RowKind, Span

WORD = re.compile(r"[$€£¥]?\w+(?:[-'’.,:/]\w+)*%?|[^\w\s]")
"""A unit that is counted: a whole word, number or name with its currency or per cent sign; else one mark.
White space is not counted."""

TokenRun = tuple[int, int] | None
"""Half-open ``(first, end)`` in tokens; None if the side has none."""

Edit = tuple[TokenRun, TokenRun]
"""The tokens an edit touches in the base and in the witness."""

Sides = tuple[list[Span], list[Span]]
"""The token spans of the base and of the witness."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts behind one figure; they add up over documents.

    >>> tally = Tally(hits=3, given=4, wanted=6)
    >>> tally.precision, tally.recall, tally.f1
    (0.75, 0.5, 0.6)
    """

    hits: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.hits + other.hits, self.given + other.given, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Share of the answers that are right, 0 to 1; 0 if there are none."""
        return self.hits / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found, 0 to 1; 0 if there is none."""
        return self.hits / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Twice the hits over all answers and gold, 0 to 1."""
        return 2 * self.hits / (self.given + self.wanted) if self.given + self.wanted else 0.0


class Placed(Protocol):
    """A row of gold or of an answer: the paragraphs that it holds, and whether it moved."""

    @property
    def kind(self) -> RowKind: ...
    @property
    def moved(self) -> bool: ...
    @property
    def base(self) -> tuple[int, ...]: ...
    @property
    def witness(self) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True)
class RowScore:
    """The counts of one or more documents' rows."""

    links: Tally = Tally()
    """Pairs of a base and a witness paragraph: those that share a row, against those that share text."""
    rows: Tally = Tally()
    """Whole rows: the same paragraphs on both sides."""
    moved: Tally = Tally()
    """Whole rows, among those that are moved."""

    def __add__(self, other: "RowScore") -> "RowScore":
        return RowScore(self.links + other.links, self.rows + other.rows, self.moved + other.moved)


def score_rows(given: Iterable[Placed], gold: Iterable[Placed], links: Iterable[tuple[int, int]]) -> RowScore:
    """Return the counts of one document's rows against its gold rows and links."""
    given, gold = list(given), list(gold)
    linked = {(base, witness) for row in given for base in row.base for witness in row.witness}
    return RowScore(
        links=_tally(linked, set(links)),
        rows=_tally({(row.base, row.witness) for row in given}, {(row.base, row.witness) for row in gold}),
        moved=_tally(
            {(row.base, row.witness) for row in given if row.moved},
            {(row.base, row.witness) for row in gold if row.moved},
        ),
    )


def found_by_kind(given: Iterable[Placed], gold: Iterable[Placed]) -> dict[str, Tally]:
    """Return the counts by kind; a hit is the same paragraphs under the same kind. Moved rows are also a kind."""
    answers, wanted = _with_kinds(given), _with_kinds(gold)
    hits = Counter(key[0] for key in answers & wanted)
    totals = (Counter(key[0] for key in answers), Counter(key[0] for key in wanted))
    return {
        name: Tally(hits[name], totals[0][name], totals[1][name]) for name in sorted(totals[0] | totals[1])
    }


def is_partition(given: Iterable[Placed], base_count: int, witness_count: int) -> bool:
    """Return whether each paragraph is in exactly one row, on its own side."""
    given = list(given)
    return sorted(index for row in given for index in row.base) == list(range(base_count)) and sorted(
        index for row in given for index in row.witness
    ) == list(range(witness_count))


@dataclass(frozen=True, slots=True)
class WordScore:
    """The counts of one or more pairs' marked words."""

    tokens: Tally = Tally()
    """Tokens marked as changed, on both sides."""
    edits: Tally = Tally()
    """Whole edits: exactly the same tokens on both sides."""
    typography: Tally = Tally()
    """Whole edits, among those marked as typographic."""

    def __add__(self, other: "WordScore") -> "WordScore":
        return WordScore(
            self.tokens + other.tokens, self.edits + other.edits, self.typography + other.typography
        )


def score_words(
    base: str,
    witness: str,
    given: Sequence[Change],
    markings: Iterable[Sequence[Change]],
    *,
    together: bool = True,
) -> WordScore:
    """Return the counts of one pair against the marking that agrees best, by edits and then by tokens.

    Where the two were not laid side by side (not ``together``), their tokens count as marked, and nothing as an edit.
    """
    spans = (token_spans(base), token_spans(witness))
    scores = (_against(spans, given, gold, together) for gold in markings)
    return max(scores, key=lambda score: (score.edits.hits, score.tokens.hits))


def token_spans(text: str) -> list[Span]:
    """Return the spans of the text's tokens, in code points.

    >>> [text[start:end] for text in ["U.S. growth: 2.5%!"] for start, end in token_spans(text)]
    ['U.S', '.', 'growth', ':', '2.5%', '!']
    """
    return [match.span() for match in WORD.finditer(text)]


def _tally(given: Set[object], gold: Set[object]) -> Tally:
    return Tally(len(given & gold), len(given), len(gold))


def _with_kinds(rows: Iterable[Placed]) -> set[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    keys = set()
    for row in rows:
        keys.add((str(row.kind), row.base, row.witness))
        if row.moved:
            keys.add(("moved", row.base, row.witness))
    return keys


def _against(spans: Sides, given: Sequence[Change], gold: Sequence[Change], together: bool) -> WordScore:
    edits = [change for change in given if together]
    return WordScore(
        tokens=_tally(_touched(spans, given), _touched(spans, gold)),
        edits=_tally(_edits(spans, edits), _edits(spans, gold)),
        typography=_tally(
            _edits(spans, [change for change in edits if change.typography]),
            _edits(spans, [change for change in gold if change.typography]),
        ),
    )


def _edits(spans: Sides, changes: Sequence[Change]) -> set[Edit]:
    """Return the tokens each change touches; one of white space alone touches none and is not counted."""
    changed = [change for change in changes if change.op != "equal"]
    edits = {(_run(spans[0], change.base), _run(spans[1], change.witness)) for change in changed}
    return edits - {(None, None)}


def _touched(spans: Sides, changes: Sequence[Change]) -> set[tuple[str, int]]:
    touched: set[tuple[str, int]] = set()
    for base, witness in _edits(spans, changes):
        touched.update(("base", index) for index in range(*(base or (0, 0))))
        touched.update(("witness", index) for index in range(*(witness or (0, 0))))
    return touched


def _run(spans: list[Span], part: Span) -> TokenRun:
    hit = [index for index, (start, end) in enumerate(spans) if start < part[1] and end > part[0]]
    return (hit[0], hit[-1] + 1) if hit else None
