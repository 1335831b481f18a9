"""What two texts show about which came first: observations for and against each direction, never a verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.collation.model import Comparison
from app.collation.precedence import Observation, observations
from app.web.formatting import counted
from app.web.pages.comparison import summary
from app.web.pages.shared import numbering
from app.web.pages.shared.remembered import remembered


@dataclass(frozen=True, slots=True)
class SeenView:
    """One observation, and where it is seen."""

    says: str
    place: str
    """The paragraph where it is seen, as its number is printed; empty where it is of the whole."""
    link: str
    """The row where it is seen; empty where it is of the whole."""


@dataclass(frozen=True, slots=True)
class DirectionView:
    """The observations that speak for one direction."""

    heading: str
    seen: tuple[SeenView, ...]


@dataclass(frozen=True, slots=True)
class PrecedenceView:
    """What bears on who came first."""

    tally: str
    """How many clues favour which text, in one line."""
    directions: tuple[DirectionView, ...]
    """For the base, for the witness, for neither; a direction without any clue is listed, and empty."""


def precedence_view(comparison: Comparison, place: Callable[[int], str]) -> PrecedenceView | None:
    """Return the observations on ``comparison``, with row n at address ``place(n)``; None if there are none.

    There are none where the two share too little for one to come from the other.
    """
    seen = _observations(comparison)
    if not seen:
        return None
    base, witness = summary.name(comparison.base), summary.name(comparison.witness)
    for_base = [observation for observation in seen if observation.favours == "base"]
    for_witness = [observation for observation in seen if observation.favours == "witness"]
    for_neither = [observation for observation in seen if observation.favours is None]
    directions = [
        DirectionView(f"For {base} as the earlier text", _views(comparison, for_base, place)),
        DirectionView(f"For {witness} as the earlier text", _views(comparison, for_witness, place)),
    ]
    if for_neither:
        directions.append(DirectionView("For neither", _views(comparison, for_neither, place)))
    named = ((base, len(for_base)), (witness, len(for_witness)), ("neither", len(for_neither)))
    return PrecedenceView(_tally(named), tuple(directions))


_observations = remembered(observations)


def _views(
    comparison: Comparison, seen: Sequence[Observation], place: Callable[[int], str]
) -> tuple[SeenView, ...]:
    return tuple(
        SeenView(
            _said(comparison, observation), _printed(comparison, observation.row), place(observation.row)
        )
        if observation.row
        else SeenView(_said(comparison, observation), "", "")
        for observation in seen
    )


def _said(comparison: Comparison, observation: Observation) -> str:
    """Return the sentence of an observation; a name that runs from right to left takes nothing else along."""
    says = observation.says
    for label in dict.fromkeys((comparison.base.label, comparison.witness.label)):
        says = says.replace(label, summary.isolated(label))
    return says


def _printed(comparison: Comparison, number: int) -> str:
    """Return the paragraph of row ``number`` as the margin prints it: the base's, or the witness's alone."""
    row = comparison.collation.rows[number - 1]
    side, indices = (comparison.base, row.base) if row.base else (comparison.witness, row.witness)
    numbers = numbering.printed_numbers(side)
    return numbering.in_signs([numbers[index] for index in indices])


def _tally(named: Sequence[tuple[str, int]]) -> str:
    """Return how many observations favour whom; "neither" only if there are such.

    >>> _tally((("Newsweek", 2), ("The Daily", 0), ("neither", 1)))
    '2 clues that Newsweek is earlier, none for The Daily, 1 neutral'
    """
    (first, number), *others = named
    parts = [f"{counted(number, 'clue') if number else 'No clue'} that {first} is earlier"]
    parts += [
        f"{count:,} neutral" if name == "neither" else f"{count or 'none'} for {name}"
        for name, count in others
        if count or name != "neither"
    ]
    return ", ".join(parts)
