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
        for i, j in sorted(pairs):
            self._link(0, i, j)
        # A further copy of a paragraph of the other side is a copy, not part of a row.
        self.leftovers = tuple(
            {one for one in alone if text.kin[one] < 0}
            for alone, text in zip(free(texts, pairs), (texts.base, texts.witness), strict=True)
        )

    def _link(self, side: int, one: int, other: int) -> None:
        self.linked[side].setdefault(one, []).append(other)
        self.linked[1 - side].setdefault(other, []).append(one)

    def run(self) -> None:
        """Attach until no leftover is contained in a neighbour's row."""
        newest: dict[tuple[int, int], int] = {}
        waiting: list[tuple[float, int, int, int, int]] = []

        def look(side: int, around: Iterable[int]) -> None:
            for one in around:
                if one in self.leftovers[side]:
                    share, host = self._best(side, one)
                    newest[side, one] = newest.get((side, one), 0) + 1
                    if share >= MIN_CONTAINED_SHARE and not is_furniture(self.texts, side, one):
                        base, witness = (host, one) if side else (one, host)
                        heappush(waiting, (-share, base, witness, side, newest[side, one]))

        for side in (0, 1):
            look(side, sorted(self.leftovers[side]))
        while waiting:
            _, base, witness, side, turn = heappop(waiting)
            one, host = (witness, base) if side else (base, witness)
            if one not in self.leftovers[side] or newest[side, one] != turn:
                continue
            self.leftovers[side].remove(one)
            self.pairs[base, witness] = 1
            self._link(side, one, host)
            beside = self.linked[1 - side][host]
            look(side, sorted({near for other in beside for near in _around(other)}))
            look(1 - side, sorted({near for other in self.linked[side][one] for near in _around(other)}))

    def _best(self, side: int, leftover: int) -> tuple[float, int]:
        """Return how much of a leftover is in the best host near it that absorbs it, and that host."""
        near = [neighbour for neighbour in _around(leftover) if neighbour in self.linked[side]]
        if not near:
            return -1.0, -1
        own, others = self.held[side], self.held[1 - side]
        whole, best = own.wholes[leftover], (-1.0, -1)
        for neighbour in near:
            lost = LOSS_PER_PARAGRAPH_BETWEEN * (abs(neighbour - leftover) - 1)
            for host in self.linked[side][neighbour]:
                pair = (host, leftover) if side else (leftover, host)
                if pair in self.texts.pins.apart:
                    continue
                beside = self.linked[1 - side][host]
                room = (others.length(host) - sum(map(own.length, beside))) / own.length(leftover)
                room = min(1.0, max(0.0, room))
                # The upper bound, as if nothing that both share occurred elsewhere in the row.
                most = self.seen.shared.item(pair) if self.seen else whole
                if round((most + most * room) / (2 * whole) - lost, 6) < MIN_CONTAINED_SHARE:
                    continue
                shared = own.of(leftover) & others.of(host)
                weight = own.weigh(shared)
                if round((weight + weight * room) / (2 * whole) - lost, 6) < MIN_CONTAINED_SHARE:
                    continue
                new = own.weigh(shared.difference(*(own.of(other) for other in beside)))
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
            for one in sorted(self.leftovers[side], reverse=True):
                form = text.forms[one]
                if (
                    len(form) > MIN_PART_LETTERS
                    or not form.endswith(LEAD_IN_ENDINGS)
                    or not any(map(str.isalpha, form))
                ):
                    continue
                if one + 1 in self.linked[side] and not is_furniture(self.texts, side, one):
                    host = min(self.linked[side][one + 1])
                    base, witness = (host, one) if side else (one, host)
                    if self.texts.may_stand(base, witness):
                        self.leftovers[side].remove(one)
                        self.pairs[base, witness] = 1
                        self._link(side, one, host)

    def _likeness(self, side: int, beside: list[int], host: int) -> float:
        """Return the similarity of a host and its counterparts: as of a row, but each gram counts once."""
        own, others = self.held[side], self.held[1 - side]
        grams, lengths = set[int]().union(*map(own.of, beside)), sum(map(own.length, beside))
        ratio = min(lengths, others.length(host)) / max(lengths, others.length(host))
        shared = own.weigh(grams & others.of(host))
        return shared / sqrt(own.weigh(grams) * others.wholes[host]) * sqrt(sqrt(ratio))


def _around(paragraph: int) -> range:
    return range(paragraph - MAX_DISTANCE, paragraph + MAX_DISTANCE + 1)


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
