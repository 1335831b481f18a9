"""How much of each text is in the other, and where one of them stops."""

from collections.abc import Iterator

from app.collation.precedence.sided import Observation, Viewpoint

MIN_DIFFERENCE = 0.15
"""Difference between the two containments that is worth reporting: about one paragraph in seven."""

MIN_PART = 0.6
"""Share of a text that must be in the other for it to be a part of it."""

MIN_MISSING = 2
"""Paragraphs that must be missing at the end: a single one is often an appeal or a note not taken for boilerplate."""


def is_mostly_contained(view: Viewpoint) -> Iterator[Observation]:
    """Yield that nearly all of one text is in the other, and much less the other way round."""
    if view.mine_in_theirs >= MIN_PART and view.mine_in_theirs - view.theirs_in_mine >= MIN_DIFFERENCE:
        mine, theirs = view.mine.label, view.theirs.label
        says = (
            f"{view.mine_in_theirs:.0%} of {mine} appears in {theirs}, and {view.theirs_in_mine:.0%} of {theirs} "
            f"in {mine}: a shortened copy looks like this; so does one that {theirs} added to."
        )
        yield Observation(view.other, "extent", says)


def stops_early(view: Viewpoint) -> Iterator[Observation]:
    """Yield that one text ends where the other goes on with text of its own."""
    if not view.my_article or view.mine_in_theirs < MIN_PART:
        return
    end = next((triple for triple in view.rows if view.my_article[-1] in triple[1]), None)
    if end is None or not end[2]:
        return
    row, _, theirs = end
    paired = {index for _, mine, others in view.rows if mine for index in others}
    last = max(theirs)
    missing = [index for index in view.their_article if index > last]
    if len(missing) >= MIN_MISSING and not paired.intersection(missing):
        says = (
            f"{view.mine.label} stops where {view.theirs.label} goes on: "
            f"the last {len(missing)} paragraphs are only in {view.theirs.label}."
        )
        yield Observation(view.other, "stops-early", says, row.number)
