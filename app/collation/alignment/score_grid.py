"""Scores of a stretch of both texts: the chain through its clauses, and a second look into the gaps of that chain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.collation.alignment import similarity
from app.collation.alignment.clauses import TextPair
from app.collation.alignment.dynamic_program import Bead, heaviest
from app.collation.alignment.similarity import SCORE_SCALE, Floats, runs, windows
from app.collation.text.ngrams import Whole

SHAPES = ((1, 1), (1, 2), (2, 1))
"""Numbers of clauses that may belong together: translators join and split sentences, seldom more than two. (Larger
shapes found no more in news or Bibles.)"""

MIN_SCORE = round(0.16 * SCORE_SCALE)
"""Least similarity of clauses that belong together. Chosen on half of the news pairs; .12 to .18 do nearly as well."""
MIN_SCORE_IN_A_GAP = round(0.09 * SCORE_SCALE)
"""The same between two beads of the chain, where position supports a pair."""
RISE_PER_GAP_PAIR = round(0.02 * SCORE_SCALE)
"""Increase of that minimum for each further paragraph pair in the gap: position means less in a wide one."""
LOSS_PER_BOUNDARY = round(0.09 * SCORE_SCALE)
"""Score a bead loses for each paragraph boundary inside it."""
OWN_PARTS = 3
"""A clause pair's score is three parts its own similarity and one part its paragraphs': short sentences mislead."""

MAX_COPIES_APART = 8
"""How many copies further on a copy of a line may still pair in order: a text that repeats one line a thousand times
would have a million pairs of it."""

MAX_BEADS_PER_UNIT = 24
"""Beads from a clause that the chain is looked for in, where a stretch has more of them for each clause of both sides:
those that gain most, from each side. Lines of a list that differ only in a number all resemble each other."""

Pairs = dict[tuple[int, int], int]
"""Paragraph pairs (base, witness) that belong together, with their weight: letters of both sides times similarity in
millionths."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive paragraphs of the base beside consecutive paragraphs of the witness, the ends excluded."""

    base: slice
    witness: slice


@dataclass(frozen=True, slots=True)
class ScoreGrid:
    """Every possible bead of a stretch, and how similar its paragraphs are."""

    beads: Whole
    """A column for each, by base end: base end, base start, witness start, witness end, score in millionths and
    letters."""
    base_owner: Whole
    """The paragraph of each clause, counted over the whole text."""
    witness_owner: Whole
    lengths: tuple[Whole, Whole]
    """Of each clause, in characters."""
    likeness: Floats
    """Similarity of its paragraphs, base x witness, in millionths; 0 if two must not share a row."""
    shared: Floats
    """Weight of the grams that its paragraphs share, base x witness; a gram counts for each pair of clauses that
    hold it."""


def view(texts: TextPair, stretch: Stretch) -> ScoreGrid:
    """Return every bead of a stretch, and how similar its paragraphs are."""
    base_starts = texts.base.starts[stretch.base.start : stretch.base.stop + 1]
    witness_starts = texts.witness.starts[stretch.witness.start : stretch.witness.stop + 1]
    base = slice(int(base_starts[0]), int(base_starts[-1]))
    witness = slice(int(witness_starts[0]), int(witness_starts[-1]))
    alike = similarity.likeness(texts.grams, base, witness)
    shared, likeness = alike.of_paragraphs(
        stretch.base, stretch.witness, base_starts[:-1] - base.start, witness_starts[:-1] - witness.start
    )
    base_kin, witness_kin = texts.base.kin[stretch.base], texts.witness.kin[stretch.witness]
    apart = base_kin[:, None] != witness_kin[None, :]
    if base_kin.max() >= 0 and witness_kin.max() >= 0:
        apart |= np.abs(_copies(base_kin)[:, None] - _copies(witness_kin)[None, :]) > MAX_COPIES_APART
    for i, j in texts.pins.apart:
        if stretch.base.start <= i < stretch.base.stop and stretch.witness.start <= j < stretch.witness.stop:
            apart[i - stretch.base.start, j - stretch.witness.start] = True
    for i, j in texts.pins.together:
        if stretch.base.start <= i < stretch.base.stop:
            apart[i - stretch.base.start, :] = True
        if stretch.witness.start <= j < stretch.witness.stop:
            apart[:, j - stretch.witness.start] = True
    likeness[apart] = 0.0
    base_owner, witness_owner = texts.base.owners[base], texts.witness.owners[witness]
    places = (base_owner[:, None] - stretch.base.start, witness_owner[None, :] - stretch.witness.start)
    of_paragraphs = likeness[places]
    # An equal paragraph belongs with an equal one alone, and as a whole.
    held = bool(apart.any()) or int(base_kin.max()) >= 0
    barred = (apart | (base_kin >= 0)[:, None])[places].astype(np.float64) if held else None
    edges = (np.diff(base_owner), np.diff(witness_owner))
    lengths = (
        texts.grams.lengths[alike.base].astype(np.int64),
        texts.grams.lengths[alike.witness].astype(np.int64),
    )
    by_shape: list[Whole] = []
    for a, b in SHAPES:
        if a > len(base_owner) or b > len(witness_owner):
            continue
        scores = (OWN_PARTS * alike.scores(a, b) + windows(of_paragraphs, a, b) / (a * b)) / (OWN_PARTS + 1)
        if a > 1:
            scores -= LOSS_PER_BOUNDARY * runs(edges[0], a - 1)[:, None]
        if b > 1:
            scores -= LOSS_PER_BOUNDARY * runs(edges[1], b - 1)[None, :]
        likely = scores > MIN_SCORE_IN_A_GAP
        if barred is not None:
            likely &= ~apart[places] if a == b == 1 else windows(barred, a, b) == 0
        firsts, facing = np.nonzero(likely)
        letters = runs(lengths[0], a)[firsts] + runs(lengths[1], b)[facing]
        sure = np.rint(scores[firsts, facing])
        beads = np.empty((6, len(firsts)), dtype=np.int64)
        for row, values in enumerate((firsts + a, firsts, facing, facing + b, sure, letters)):
            beads[row] = values
        by_shape.append(beads)
    return ScoreGrid(
        in_order(np.concatenate(by_shape, axis=1)),
        base_owner,
        witness_owner,
        lengths,
        likeness,
        shared,
    )


def in_order(beads: Whole) -> Whole:
    """Return beads by their base ends, those of one end in the order given."""
    ends = beads[0]
    # Numbers of 16 bits are sorted by counting.
    return beads[
        :, np.argsort(ends.astype(np.uint16) if ends.max(initial=0) < 1 << 16 else ends, kind="stable")
    ]


def _copies(kin: Whole) -> Whole:
    """Return for each paragraph with an equal which copy this is, from 0; for others 0."""
    if kin.max() < 0:
        return np.zeros_like(kin)
    order = np.argsort(kin, kind="stable")
    counted = np.empty_like(kin)
    counted[order] = np.arange(len(kin)) - np.searchsorted(kin[order], kin[order])
    counted[kin < 0] = 0
    return counted


def chain(seen: ScoreGrid) -> list[Bead]:
    """Return the beads of a stretch that belong together in order."""
    return _heaviest(seen.beads, MIN_SCORE, len(seen.witness_owner))


def _heaviest(beads: Whole, floor: int | Whole, witness_units: int) -> list[Bead]:
    gains = (beads[4] - floor) * beads[5]
    gaining = np.flatnonzero(gains > 0)
    units = witness_units + int(beads[0, gaining[-1]]) if len(gaining) else 0
    if len(gaining) > MAX_BEADS_PER_UNIT * units:
        _, base, witness, *_ = beads
        gain_most = _leading(base[gaining], gains[gaining]) | _leading(witness[gaining], gains[gaining])
        gaining = gaining[gain_most]
    beads, gains = beads[:, gaining], gains[gaining]
    chained = heaviest(beads[:4].T.tolist(), gains.tolist(), witness_units)
    return [Bead._make(bead) for bead in beads[:5, chained].T.tolist()]


def _leading(starts: Whole, gains: Whole) -> NDArray[np.bool_]:
    """Return which beads are among the first ``MAX_BEADS_PER_UNIT`` by gain of those that start at the same clause."""
    count = len(starts)
    losses = gains.max() - gains
    by_loss, by_place = int(losses.max()).bit_length(), count.bit_length()
    if int(starts.max()).bit_length() + by_loss + by_place < 64:
        # Packed into one number each, the beads are sorted in a fifth of the time.
        packed = np.sort((((starts << by_loss) | losses) << by_place) | np.arange(count))
        order = packed & ((1 << by_place) - 1)
    else:
        order = np.lexsort((losses, starts))  # stable: of equal gains the earlier bead
    sorted_starts = starts[order]
    leading = np.empty(count, dtype=bool)
    leading[order[:MAX_BEADS_PER_UNIT]] = True
    later = order[MAX_BEADS_PER_UNIT:]
    leading[later] = sorted_starts[MAX_BEADS_PER_UNIT:] != sorted_starts[:-MAX_BEADS_PER_UNIT]
    return leading


def vote(seen: ScoreGrid, beads: Sequence[Bead], pairs: Pairs) -> None:
    """Let each bead link the paragraphs of its clauses, with the weight of their letters times their similarity."""
    base_owner, witness_owner = seen.base_owner.tolist(), seen.witness_owner.tolist()
    base_lengths, witness_lengths = (side.tolist() for side in seen.lengths)
    for bead in beads:
        for i in range(bead.base, bead.base_end):
            for j in range(bead.witness, bead.witness_end):
                key = (base_owner[i], witness_owner[j])
                pairs[key] = pairs.get(key, 0) + (base_lengths[i] + witness_lengths[j]) * bead.score


def linking(seen: ScoreGrid, beads: Sequence[Bead], pairs: Pairs) -> list[Bead]:
    """Return the beads whose paragraphs are still linked."""
    base_owner, witness_owner = seen.base_owner.tolist(), seen.witness_owner.tolist()
    return [
        bead
        for bead in beads
        if any(
            (i, j) in pairs
            for i in base_owner[bead.base : bead.base_end]
            for j in witness_owner[bead.witness : bead.witness_end]
        )
    ]


def has_gaps(texts: TextPair, stretch: Stretch, laid: Sequence[Bead]) -> bool:
    """Return whether neighbours of the chain leave clauses of both sides of a stretch between them."""
    base, witness = texts.base.starts, texts.witness.starts
    base_units = int(base[stretch.base.stop] - base[stretch.base.start])
    witness_units = int(witness[stretch.witness.stop] - witness[stretch.witness.start])
    starts = [*((bead.base, bead.witness) for bead in laid), (base_units, witness_units)]
    ends = [(0, 0), *((bead.base_end, bead.witness_end) for bead in laid)]
    return any(base > i and witness > j for (base, witness), (i, j) in zip(starts, ends, strict=True))


def gaps(seen: ScoreGrid, laid: Sequence[Bead], moved: tuple[set[int], set[int]]) -> list[Bead]:
    """Return beads between neighbours of the chain, by the lower minimum; paragraphs linked elsewhere are left out."""
    base_owner, witness_owner = seen.base_owner.tolist(), seen.witness_owner.tolist()
    base_gap, witness_gap = [-1] * len(seen.base_owner), [-1] * len(seen.witness_owner)
    floors: list[int] = []
    i = j = 0
    ends = Bead(len(base_gap), len(base_gap), len(witness_gap), len(witness_gap), 0)
    for bead in (*laid, ends):
        if bead.base > i and bead.witness > j:
            base_gap[i : bead.base] = [len(floors)] * (bead.base - i)
            witness_gap[j : bead.witness] = [len(floors)] * (bead.witness - j)
            base_count = len(set(base_owner[i : bead.base]) - moved[0])
            witness_count = len(set(witness_owner[j : bead.witness]) - moved[1])
            floors.append(MIN_SCORE_IN_A_GAP + RISE_PER_GAP_PAIR * max(0, base_count * witness_count - 1))
        i, j = bead.base_end, bead.witness_end
    if not floors:
        return []
    for gap, owner, elsewhere in (
        (base_gap, base_owner, moved[0]),
        (witness_gap, witness_owner, moved[1]),
    ):
        for unit, paragraph in enumerate(owner):
            if paragraph in elsewhere:
                gap[unit] = -1
    base_array, witness_array, beads = np.array(base_gap), np.array(witness_gap), seen.beads
    wanted = base_array[beads[1]]
    inside = (wanted >= 0) & (base_array[beads[0] - 1] == wanted)
    inside &= (witness_array[beads[2]] == wanted) & (witness_array[beads[3] - 1] == wanted)
    # Gaps lie apart on both sides, so that one chain through all of them is the chains of each.
    return _heaviest(beads[:, inside], np.array(floors)[wanted[inside]], len(witness_gap))


def enclosed(seen: ScoreGrid, laid: Sequence[Bead]) -> Iterator[tuple[int, int]]:
    """Yield each unpaired paragraph between two that the chain ties to one paragraph, with that one.

    That one has clauses between its two ties that are tied to nothing: position and length say that they correspond
    to the paragraph between, though no words do.
    """
    base_owner, witness_owner = seen.base_owner.tolist(), seen.witness_owner.tolist()
    for before, after in pairwise(laid):
        if before.base_end < after.base and before.witness_end < after.witness:
            base, next_base = base_owner[before.base_end - 1], base_owner[after.base]
            witness, next_witness = witness_owner[before.witness_end - 1], witness_owner[after.witness]
            if base == next_base and next_witness - witness == 2:
                yield base, witness + 1
            elif witness == next_witness and next_base - base == 2:
                yield base + 1, witness
