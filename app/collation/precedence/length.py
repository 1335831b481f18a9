"""How much of each text stands in the other, and where one of them stops."""

from collections.abc import Iterator

from app.collation.precedence.sided import Facing, Observation

APART = 0.15
"""How much further apart the two containments stand before it is worth telling: about one paragraph in seven."""

MOSTLY = 0.6
"""The share of a text that must stand in the other before it can be called a part of it."""

LAST = 2
"""Paragraphs that must be missing at the end: one alone is often a call or a note that was not seen as furniture."""


def stands_inside(way: Facing) -> Iterator[Observation]:
    """That nearly all of one text stands in the other, and much less the other way round."""
    if way.mine_in_theirs >= MOSTLY and way.mine_in_theirs - way.theirs_in_mine >= APART:
        mine, theirs = way.mine.label, way.theirs.label
        says = (
            f"{way.mine_in_theirs:.0%} of {mine} stands in {theirs}, and {way.theirs_in_mine:.0%} of {theirs} "
            f"in {mine}: a shortened copy looks like this; so does one that {theirs} added to."
        )
        yield Observation(way.other, "extent", says)


def stops_early(way: Facing) -> Iterator[Observation]:
    """That one text ends at a place in the other after which the other goes on alone."""
    if not way.own or way.mine_in_theirs < MOSTLY:
        return
    end = next((pair for pair in way.rows if way.own[-1] in pair[1]), None)
    if end is None or not end[2]:
        return
    row, _, theirs = end
    paired = {index for _, mine, others in way.rows if mine for index in others}
    last = max(theirs)
    missing = [index for index in way.their_own if index > last]
    if len(missing) >= LAST and not paired.intersection(missing):
        says = (
            f"{way.mine.label} stops where {way.theirs.label} goes on: "
            f"the last {len(missing)} paragraphs are only in {way.theirs.label}."
        )
        yield Observation(way.other, "stops-early", says, row.number)
