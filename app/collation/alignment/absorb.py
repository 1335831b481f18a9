"""Leftovers that are part of what a neighbour's row holds: the pieces of splits and merges that no clause proved.

A short line that leads into the next ("And again:") says little that the other side would have to repeat; it stands
where the line stands that it leads into.
"""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from math import sqrt

from app.collation.alignment.clauses import PART, AlignedText, TextPair
from app.collation.alignment.score_grid import Pairs, ScoreGrid
from app.collation.alignment.unaligned import free, is_furniture

CONTAINED = 0.1
"""A leftover joins a row when so much of it stands in a paragraph of the other side there: the mean of what nothing
else in the row tells already, and of all that it shares with it as far as that paragraph has room for it beside the
others. Chosen on news pairs and simplified encyclopedia articles together; .09 to .13 do nearly
as well."""
FARTHER = 0.2
"""What a row loses for each paragraph that stands between it and the leftover; .15 to .3 do as well."""
LIKELY = 0.2
"""A row less alike than this takes nothing in: in texts that share only their topic a long paragraph would swallow
one after the other."""
NEAR = 2
"""How far from a row's paragraph, counted in paragraphs, a leftover may stand to join it: one boilerplate line may
have come between."""
LEADING = (",", ";", ":", "-", "،", "؛", "、")
"""How the normal form of a line ends that leads into the next."""


def attach(texts: TextPair, pairs: Pairs, seen: ScoreGrid | None) -> None:
    """Link leftovers with what holds them in a neighbour's row, the best contained first, then those that lead in.

    A view of the whole texts, where there is one, tells soon of most pairs how little they share.
    """
    attaching = Attaching(texts, pairs, seen)
    attaching.run()
    attaching.lead_in()


class Attaching:
    """The state of that: side 0 is the base, side 1 the witness."""

    def __init__(self, texts: TextPair, pairs: Pairs, seen: ScoreGrid | None) -> None:
        self.texts, self.pairs, self.seen = texts, pairs, seen
        wholes, half = texts.grams.paragraph_weights.tolist(), len(texts.base.forms)
        self.held = (
            _Held(texts.base, texts, 0, wholes[:half]),
            _Held(texts.witness, texts, texts.grams.base_units, wholes[half:]),
        )
        self.linked: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
        for i, j in sorted(pairs):
            self._link(0, i, j)
        # A further copy of a paragraph that stands on the other side is that, not a part of some row.
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
                    if share >= CONTAINED and not is_furniture(self.texts, side, one):
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
        """How much of a leftover stands in the best host near it that takes it in, and that host."""
        near = [neighbour for neighbour in _around(leftover) if neighbour in self.linked[side]]
        if not near:
            return -1.0, -1
        own, others = self.held[side], self.held[1 - side]
        whole, best = own.wholes[leftover], (-1.0, -1)
        for neighbour in near:
            lost = FARTHER * (abs(neighbour - leftover) - 1)
            for host in self.linked[side][neighbour]:
                pair = (host, leftover) if side else (leftover, host)
                if pair in self.texts.pins.apart:
                    continue
                beside = self.linked[1 - side][host]
                room = (others.length(host) - sum(map(own.length, beside))) / own.length(leftover)
                room = min(1.0, max(0.0, room))
                # More it could not be, were nothing of what both share told elsewhere.
                most = self.seen.shared.item(pair) if self.seen else whole
                if round((most + most * room) / (2 * whole) - lost, 6) < CONTAINED:
                    continue
                shared = own.of(leftover) & others.of(host)
                weight = own.weigh(shared)
                if round((weight + weight * room) / (2 * whole) - lost, 6) < CONTAINED:
                    continue
                new = own.weigh(shared.difference(*(own.of(other) for other in beside)))
                rank = (round((new + weight * room) / (2 * whole) - lost, 6), -host)
                if rank > best and rank[0] >= CONTAINED and self._likeness(side, beside, host) >= LIKELY:
                    best = rank
        return best[0], -best[1]

    def lead_in(self) -> None:
        """Link short leftovers that lead into the next paragraph with what that stands beside."""
        for side, text in enumerate((self.texts.base, self.texts.witness)):
            for one in sorted(self.leftovers[side], reverse=True):
                form = text.forms[one]
                if len(form) > PART or not form.endswith(LEADING) or not any(map(str.isalpha, form)):
                    continue
                if one + 1 in self.linked[side] and not is_furniture(self.texts, side, one):
                    host = min(self.linked[side][one + 1])
                    base, witness = (host, one) if side else (one, host)
                    if self.texts.may_stand(base, witness):
                        self.leftovers[side].remove(one)
                        self.pairs[base, witness] = 1
                        self._link(side, one, host)

    def _likeness(self, side: int, beside: list[int], host: int) -> float:
        """How alike a host is to those that stand beside it: as in a row, but each gram counts once."""
        own, others = self.held[side], self.held[1 - side]
        told, lengths = set[int]().union(*map(own.of, beside)), sum(map(own.length, beside))
        ratio = min(lengths, others.length(host)) / max(lengths, others.length(host))
        shared = own.weigh(told & others.of(host))
        return shared / sqrt(own.weigh(told) * others.wholes[host]) * sqrt(sqrt(ratio))


def _around(paragraph: int) -> range:
    return range(paragraph - NEAR, paragraph + NEAR + 1)


class _Held:
    """The grams of a side's paragraphs, read when first asked for."""

    def __init__(self, text: AlignedText, texts: TextPair, shift: int, wholes: Sequence[float]) -> None:
        self.text, self.shift, self.grams, self.wholes = text, shift, texts.grams, wholes
        """What each paragraph's grams weigh."""
        self.known: dict[int, set[int]] = {}

    def of(self, paragraph: int) -> set[int]:
        if paragraph not in self.known:
            first, last = (int(unit) + self.shift for unit in self.text.starts[paragraph : paragraph + 2])
            self.known[paragraph] = set(self.grams.of(first, last).tolist())
        return self.known[paragraph]

    def length(self, paragraph: int) -> int:
        return len(self.text.forms[paragraph])

    def weigh(self, held: set[int]) -> float:
        """The weight of some grams: whole numbers, so that the order of a set does not matter."""
        return sum(map(self.grams.each_weight.__getitem__, held))
