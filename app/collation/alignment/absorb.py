"""Leftovers absorbed by a neighbour's row: pieces of splits and merges that no clause proved.

A short line that leads into the next ("And again:") says little that the other side would have to repeat; it joins
the row of the line it leads into.
"""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from math import sqrt

from app.collation.alignment.clauses import MIN_PART_LETTERS, AlignedText, TextPair
from app.collation.alignment.score_grid import Pairs, ScoreGrid
from app.collation.alignment.unaligned import free, is_furniture

MIN_CONTAINED_SHARE = 0.1
"""Least share of a leftover found in a paragraph on the other side of the row it joins: the mean of what nothing else
in the row shares with that paragraph, and of all that it shares, scaled by the room left beside the others. Chosen on
news pairs and simplified encyclopedia articles together; .09 to .13 do nearly as well."""
LOSS_PER_PARAGRAPH_BETWEEN = 0.2
"""Share a row loses for each paragraph between it and the leftover; .15 to .3 do as well."""
MIN_HOST_SIMILARITY = 0.2
"""A row less similar than this absorbs nothing: in texts that share only their topic a long paragraph would swallow
one leftover after another."""
MAX_DISTANCE = 2
"""Farthest a leftover may be from a paragraph of the row it joins: one boilerplate line may have come between."""
LEAD_IN_ENDINGS = (",", ";", ":", "-", "،", "؛", "、")
"""Endings, in normal form, of a line that leads into the next."""


def attach(texts: TextPair, pairs: Pairs, seen: ScoreGrid | None) -> None:
    """Link leftovers with the paragraph of a neighbour's row that contains them, best first, then those that lead in.

    A grid of the whole texts, if there is one, shows quickly how little most pairs share.
    """
    attaching = Absorption(texts, pairs, seen)
    attaching.run()
    attaching.lead_in()


class Absorption:
    """State of the absorption: side 0 is the base, side 1 the witness."""

    def __init__(self, texts: TextPair, pairs: Pairs, seen: ScoreGrid | None) -> None:
        self.texts, self.pairs, self.seen = texts, pairs, seen
        wholes, half = texts.grams.paragraph_weights.tolist(), len(texts.base.forms)
        self.held = (
            _GramSets(texts.base, texts, 0, wholes[:half]),
            _GramSets(texts.witness, texts, texts.grams.base_units, wholes[half:]),
        )
        self.linked: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
        self.rows: tuple[dict[int, _Row], dict[int, _Row]] = ({}, {})
        """What a paragraph of either side is linked with, put together on first use."""
        for i, j in sorted(pairs):
            self._link(0, i, j)
        # A further copy of a paragraph of the other side is a copy, not part of a row.
        self.leftovers = tuple(
            {leftover for leftover in alone if text.kin[leftover] < 0}
            for alone, text in zip(free(texts, pairs), (texts.base, texts.witness), strict=True)
        )

    def _link(self, side: int, paragraph: int, counterpart: int) -> None:
        for at, one, other in ((side, paragraph, counterpart), (1 - side, counterpart, paragraph)):
            self.linked[at].setdefault(one, []).append(other)
            if (row := self.rows[at].get(one)) is not None:
                row.add(self.held[1 - at], other)

    def _row(self, side: int, paragraph: int) -> "_Row":
        """Return what a linked paragraph is linked with; a paragraph may have thousands of counterparts."""
        row = self.rows[side].get(paragraph)
        if row is None:
            row = self.rows[side][paragraph] = _Row()
            for counterpart in self.linked[side][paragraph]:
                row.add(self.held[1 - side], counterpart)
        return row

    def run(self) -> None:
        """Attach until no leftover is contained in a neighbour's row."""
        newest: dict[tuple[int, int], int] = {}
        waiting: list[tuple[float, int, int, int, int]] = []

        def look(side: int, around: Iterable[int]) -> None:
            for paragraph in around:
                if paragraph in self.leftovers[side]:
                    share, host = self._best(side, paragraph)
                    newest[side, paragraph] = newest.get((side, paragraph), 0) + 1
                    if share >= MIN_CONTAINED_SHARE and not is_furniture(self.texts, side, paragraph):
                        base, witness = (host, paragraph) if side else (paragraph, host)
                        heappush(waiting, (-share, base, witness, side, newest[side, paragraph]))

        for side in (0, 1):
            look(side, sorted(self.leftovers[side]))
        while waiting:
            _, base, witness, side, turn = heappop(waiting)
            paragraph, host = (witness, base) if side else (base, witness)
            if paragraph not in self.leftovers[side] or newest[side, paragraph] != turn:
                continue
            self.leftovers[side].remove(paragraph)
            self.pairs[base, witness] = 1
            self._link(side, paragraph, host)
            beside = self.linked[1 - side][host]
            look(side, sorted({near for linked in beside for near in _around(linked)}))
            look(
                1 - side,
                sorted({near for linked in self.linked[side][paragraph] for near in _around(linked)}),
            )

    def _best(self, side: int, leftover: int) -> tuple[float, int]:
        """Return how much of a leftover is in the best host near it that absorbs it, and that host."""
        near = [neighbour for neighbour in _around(leftover) if neighbour in self.linked[side]]
        if not near:
            return -1.0, -1
        grams, host_grams = self.held[side], self.held[1 - side]
        whole, best = grams.wholes[leftover], (-1.0, -1)
        for neighbour in near:
            lost = LOSS_PER_PARAGRAPH_BETWEEN * (abs(neighbour - leftover) - 1)
            for host in self.linked[side][neighbour]:
                pair = (host, leftover) if side else (leftover, host)
                if pair in self.texts.pins.apart:
                    continue
                # Upper bounds, as if nothing that both share occurred elsewhere in the row: few hosts pass the first.
                most = self.seen.shared.item(pair) if self.seen else whole
                if round(most / whole - lost, 6) < MIN_CONTAINED_SHARE:
                    continue
                beside = self._row(1 - side, host)
                room = (host_grams.length(host) - beside.length) / grams.length(leftover)
                room = min(1.0, max(0.0, room))
                if round((most + most * room) / (2 * whole) - lost, 6) < MIN_CONTAINED_SHARE:
                    continue
                shared = grams.of(leftover) & host_grams.of(host)
                weight = grams.weigh(shared)
                at_most = round((weight + weight * room) / (2 * whole) - lost, 6)
                if at_most < MIN_CONTAINED_SHARE or at_most < best[0]:
                    continue
                new = grams.weigh(shared - beside.grams)
                rank = (round((new + weight * room) / (2 * whole) - lost, 6), -host)
                if (
                    rank > best
                    and rank[0] >= MIN_CONTAINED_SHARE
                    and self._likeness(side, beside, host) >= MIN_HOST_SIMILARITY
                ):
                    best = rank
        return best[0], -best[1]

    def lead_in(self) -> None:
        """Link short leftovers that lead into the next paragraph with that paragraph's counterpart."""
        for side, text in enumerate((self.texts.base, self.texts.witness)):
            for leftover in sorted(self.leftovers[side], reverse=True):
                form = text.forms[leftover]
                if (
                    len(form) > MIN_PART_LETTERS
                    or not form.endswith(LEAD_IN_ENDINGS)
                    or not any(map(str.isalpha, form))
                ):
                    continue
                if leftover + 1 in self.linked[side] and not is_furniture(self.texts, side, leftover):
                    host = min(self.linked[side][leftover + 1])
                    base, witness = (host, leftover) if side else (leftover, host)
                    if self.texts.may_stand(base, witness):
                        self.leftovers[side].remove(leftover)
                        self.pairs[base, witness] = 1
                        self._link(side, leftover, host)

    def _likeness(self, side: int, beside: "_Row", host: int) -> float:
        """Return the similarity of a host and its counterparts: as of a row, but each gram counts once."""
        if beside.likeness is None:
            side_grams, host_grams = self.held[side], self.held[1 - side]
            lengths = beside.length, host_grams.length(host)
            ratio = min(lengths) / max(lengths)
            shared = side_grams.weigh(beside.grams & host_grams.of(host))
            beside.likeness = shared / sqrt(beside.weight * host_grams.wholes[host]) * sqrt(sqrt(ratio))
        return beside.likeness


def _around(paragraph: int) -> range:
    return range(paragraph - MAX_DISTANCE, paragraph + MAX_DISTANCE + 1)


class _Row:
    """All paragraphs of one side that are linked with one of the other: each gram counts once."""

    def __init__(self) -> None:
        self.grams: set[int] = set()
        self.length = 0
        self.weight: float = 0
        self.likeness: float | None = None
        """To the paragraph that they are linked with; None while it was not asked for since they were joined."""

    def add(self, held: "_GramSets", paragraph: int) -> None:
        grams = held.of(paragraph)
        self.length += held.length(paragraph)
        self.weight += held.weigh(grams - self.grams)
        self.grams |= grams
        self.likeness = None


class _GramSets:
    """Grams of a side's paragraphs, read on first use."""

    def __init__(self, text: AlignedText, texts: TextPair, shift: int, wholes: Sequence[float]) -> None:
        self.text, self.shift, self.grams, self.wholes = text, shift, texts.grams, wholes
        """The weight of each paragraph's grams."""
        self.known: dict[int, set[int]] = {}

    def of(self, paragraph: int) -> set[int]:
        if paragraph not in self.known:
            first, last = (int(unit) + self.shift for unit in self.text.starts[paragraph : paragraph + 2])
            self.known[paragraph] = set(self.grams.of(first, last).tolist())
        return self.known[paragraph]

    def length(self, paragraph: int) -> int:
        return len(self.text.forms[paragraph])

    def weigh(self, held: set[int]) -> float:
        """Return the weight of some grams: whole numbers, so the order of a set does not matter."""
        return sum(map(self.grams.each_weight.__getitem__, held))
