r"""Two texts as one sequence of runs: what both have, what only the base has, what only the witness has.

A paragraph ends with a line feed. Without the runs of the witness the sequence is the base, without those of the base
the witness, to the character: whatever no run of both covers is in a run of its own. Runs of both come from the equal
words of rows; of rows that cross one another, those with the most characters in one order.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from app.collation.model import Comparison, Finding, Row, Side

Whose = Literal["both", "base", "witness"]


class TextRun(NamedTuple):
    """A run of text that both have, or one of them."""

    whose: Whose
    text: str


class _Anchor(NamedTuple):
    """Equal characters: where they begin in each text, and how many they are."""

    base: int
    witness: int
    length: int


class Variants(NamedTuple):
    """The runs of a comparison, and where each text's characters are in them."""

    runs: tuple[TextRun, ...]
    base: "_Offsets"
    witness: "_Offsets"

    def place_of(self, row: Row, finding: Finding) -> tuple[int, int]:
        """Return where a finding begins and ends, in characters of all runs together.

        Of a row that moved it is where the base's words are, or the witness's if the base has none.
        """
        spans = []
        for offsets, indices, span in (
            (self.base, row.base, finding.base),
            (self.witness, row.witness, finding.witness),
        ):
            if indices and span[1] > span[0]:
                first, last = offsets.in_text(indices, span[0]), offsets.in_text(indices, span[1] - 1)
                spans.append((offsets.in_runs(first), offsets.in_runs(last) + 1))
        if not spans:
            offsets, indices = (self.base, row.base) if row.base else (self.witness, row.witness)
            start = offsets.in_runs(offsets.in_text(indices, 0))
            return start, start + 1
        if len(spans) == 2 and not row.moved:
            return min(spans[0][0], spans[1][0]), max(spans[0][1], spans[1][1])
        return spans[0]

    def place_of_row(self, row: Row) -> tuple[int, int]:
        """Return where a row begins and ends, in characters of all runs together; of one that moved, the base's."""
        places = []
        for offsets, indices in ((self.base, row.base), (self.witness, row.witness)):
            if indices:
                end = offsets.end_of(indices[-1])
                places.append((offsets.in_runs(offsets.in_text(indices, 0)), offsets.in_runs(end - 1) + 1))
        if len(places) == 2 and not row.moved:
            return min(places[0][0], places[1][0]), max(places[0][1], places[1][1])
        return places[0]


class _Offsets:
    """Converts a row's offsets on one side to positions in the whole text, and these to positions in the runs."""

    def __init__(self, side: Side, runs: Sequence[TextRun], whose: Whose) -> None:
        self._starts = list(accumulate((len(text) + 1 for text in side.paragraphs), initial=0))
        self._runs: list[tuple[int, int]] = []
        own = total = 0
        for run in runs:
            if run.whose in ("both", whose):
                self._runs.append((own, total))
                own += len(run.text)
            total += len(run.text)

    def in_text(self, indices: Sequence[int], offset: int) -> int:
        """Return where a row's character ``offset`` is in the text whose paragraphs end with line feeds."""
        for index in indices[:-1]:
            length = self._starts[index + 1] - self._starts[index]
            if offset < length:
                return self._starts[index] + offset
            offset -= length
        return self._starts[indices[-1]] + offset

    def end_of(self, index: int) -> int:
        """Return where a paragraph ends in the text, before its line feed."""
        return self._starts[index + 1] - 1

    def in_runs(self, position: int) -> int:
        """Convert a position in the text into one in all runs together, in characters."""
        own, total = self._runs[bisect_right(self._runs, position, key=lambda run: run[0]) - 1]
        return total + position - own


def variants(comparison: Comparison, *, shared_breaks: bool = True) -> Variants:
    """Return the runs of a comparison, neighbours of one kind joined; the last ends with a line feed of both texts.

    Without ``shared_breaks``, no line feed of both is all that divides two runs of one text: it is one of each text's.
    """
    joined = _joined(_runs(comparison))
    runs = tuple(joined if shared_breaks else _without_lone_breaks(joined))
    return Variants(
        runs, _Offsets(comparison.base, runs, "base"), _Offsets(comparison.witness, runs, "witness")
    )


class TextPlace(NamedTuple):
    """What the two texts have at one place; the same where both have it."""

    base: str
    witness: str
    is_shared: bool


def places(runs: Iterable[TextRun]) -> Iterator[TextPlace]:
    """Yield the places of joined runs: what only one text has is beside what only the other has there."""
    base = witness = ""
    for run in runs:
        if run.whose == "base":
            base = run.text
        elif run.whose == "witness":
            witness = run.text
        else:
            if base or witness:
                yield TextPlace(base, witness, is_shared=False)
            yield TextPlace(run.text, run.text, is_shared=True)
            base = witness = ""


def text_of(runs: Iterable[TextRun], whose: Whose) -> str:
    """Return one of the two texts again."""
    return "".join(run.text for run in runs if run.whose in ("both", whose))


def _runs(comparison: Comparison) -> list[TextRun]:
    base, witness = (
        "".join(f"{paragraph}\n" for paragraph in side.paragraphs)
        for side in (comparison.base, comparison.witness)
    )
    runs: list[TextRun] = []
    at_base = at_witness = 0
    for anchor in _in_one_order(_anchors(comparison)):
        runs.append(TextRun("base", base[at_base : anchor.base]))
        runs.append(TextRun("witness", witness[at_witness : anchor.witness]))
        at_base, at_witness = anchor.base + anchor.length, anchor.witness + anchor.length
        runs.append(TextRun("both", base[anchor.base : at_base]))
    return runs + _end(runs, base[at_base:], witness[at_witness:])


def _end(runs: list[TextRun], base: str, witness: str) -> list[TextRun]:
    """Return the runs after the last of both, so that the last line feed of both texts is one.

    What each has after the last line feed of both begins with that line feed, instead of ending with its own.
    """
    if not base and not witness:
        return []
    last = runs[-1].text if runs else ""
    if last.endswith("\n"):
        runs[-1] = TextRun("both", last[:-1])
        base, witness = f"\n{base}", f"\n{witness}"
    return [TextRun("base", base[:-1]), TextRun("witness", witness[:-1]), TextRun("both", "\n")]


def _without_lone_breaks(runs: Iterable[TextRun]) -> Iterator[TextRun]:
    """Yield joined runs; a shared line feed between two runs of the same text becomes one in each text's own."""
    groups: list[tuple[str, str, str]] = []
    """What only the base has, what only the witness has, and what both have after that."""
    base = witness = ""
    for run in runs:
        if run.whose != "both":
            base, witness = (run.text, witness) if run.whose == "base" else (base, run.text)
            continue
        both = run.text
        while groups and groups[-1][2] == "\n" and _meet(groups, base, witness):
            base_before, witness_before, _ = groups.pop()
            base, witness = f"{base_before}\n{base}", f"{witness_before}\n{witness}"
        groups.append((base, witness, both))
        base = witness = ""
    is_start = True
    for base, witness, both in groups:
        yield from _in_order(base, witness, is_start=is_start)
        yield TextRun("both", both)
        is_start = both.endswith("\n")


def _meet(groups: Sequence[tuple[str, str, str]], base: str, witness: str) -> bool:
    """Return whether the last run of the last group is of the same text as the first after its line feed."""
    is_start = len(groups) == 1 or groups[-2][2].endswith("\n")
    before = _in_order(groups[-1][0], groups[-1][1], is_start=is_start)
    after = _in_order(base, witness, is_start=True)
    return bool(before and after) and before[-1].whose == after[0].whose


def _in_order(base: str, witness: str, *, is_start: bool) -> list[TextRun]:
    """Return what each text alone has at a place, the base's first; at a paragraph's start whole paragraphs first."""
    cuts = (base.rfind("\n") + 1, witness.rfind("\n") + 1) if is_start else (0, 0)
    if not witness[: cuts[1]] or not base[cuts[0] :]:
        cuts = (0, 0)  # nothing is between the two parts of one text
    runs = (
        TextRun("base", base[: cuts[0]]),
        TextRun("witness", witness[: cuts[1]]),
        TextRun("base", base[cuts[0] :]),
        TextRun("witness", witness[cuts[1] :]),
    )
    return [run for run in runs if run.text]


def _joined(runs: Iterable[TextRun]) -> Iterator[TextRun]:
    """Yield ``runs`` without empty ones; where nothing of both is between them, the base's come first, in one."""
    alone: dict[Whose, list[str]] = {"base": [], "witness": []}
    both: list[str] = []
    for run in runs:
        if not run.text:
            continue
        if run.whose == "both":
            yield from (TextRun(whose, "".join(parts)) for whose, parts in alone.items() if parts)
            alone = {"base": [], "witness": []}
            both.append(run.text)
            continue
        if both:
            yield TextRun("both", "".join(both))
            both = []
        alone[run.whose].append(run.text)
    if both:
        yield TextRun("both", "".join(both))


def _anchors(comparison: Comparison) -> Iterator[_Anchor]:
    """Yield the equal characters of all rows that did not move, each row's end included as a shared one."""
    base_starts, witness_starts = (
        list(accumulate((len(text) + 1 for text in side.paragraphs), initial=0))
        for side in (comparison.base, comparison.witness)
    )
    for row in comparison.collation.rows:
        if row.moved or not row.base or not row.witness:
            continue
        base = _Places(row.base, base_starts)
        witness = _Places(row.witness, witness_starts)
        for change in row.changes:
            if change.op == "equal":
                yield from _pieces(
                    base, witness, change.base[0], change.witness[0], change.base[1] - change.base[0]
                )
        yield _Anchor(base_starts[row.base[-1] + 1] - 1, witness_starts[row.witness[-1] + 1] - 1, 1)


class _Places:
    """Where the characters of one side of a row are in its text."""

    def __init__(self, indices: Sequence[int], starts: Sequence[int]) -> None:
        self._in_row = list(accumulate((starts[index + 1] - starts[index] for index in indices), initial=0))
        self._in_text = [starts[index] for index in indices]

    def at(self, offset: int) -> tuple[int, int]:
        """Return the place of ``offset`` in the text, and how many characters of the row follow it without a gap."""
        paragraph = min(bisect_right(self._in_row, offset), len(self._in_text)) - 1
        return self._in_text[paragraph] + offset - self._in_row[paragraph], self._in_row[
            paragraph + 1
        ] - offset


def _pieces(base: _Places, witness: _Places, start: int, other: int, length: int) -> Iterator[_Anchor]:
    """Yield equal characters of a row, cut at the ends of paragraphs on either side: the next one may be elsewhere."""
    while length > 0:
        (at_base, base_left), (at_witness, witness_left) = base.at(start), witness.at(other)
        piece = min(length, base_left, witness_left)
        yield _Anchor(at_base, at_witness, piece)
        start, other, length = start + piece, other + piece, length - piece


def _in_one_order(anchors: Iterable[_Anchor]) -> list[_Anchor]:
    """Return the anchors with the most characters that are in the same order in both texts.

    The heaviest increasing subsequence, by a tree of the best sums up to each place (Fenwick 1994).
    """
    by_base = sorted(anchors)
    places = sorted({anchor.witness for anchor in by_base})
    best: list[tuple[int, int]] = [(0, -1)] * (len(places) + 1)
    before = [-1] * len(by_base)
    for number, anchor in enumerate(by_base):
        place = bisect_left(places, anchor.witness)
        weight, before[number] = _best_up_to(best, place)
        sum_here = (weight + anchor.length, number)
        place += 1
        while place < len(best):
            best[place] = max(best[place], sum_here, key=lambda entry: entry[0])
            place += place & -place
    chosen = []
    number = _best_up_to(best, len(places))[1]
    while number >= 0:
        chosen.append(by_base[number])
        number = before[number]
    return chosen[::-1]


def _best_up_to(best: Sequence[tuple[int, int]], place: int) -> tuple[int, int]:
    weight, number = 0, -1
    while place > 0:
        if best[place][0] > weight:
            weight, number = best[place]
        place -= place & -place
    return weight, number
