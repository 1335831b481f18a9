"""The backlog line: articles are still being compared, so that a page is not complete yet."""

from dataclasses import dataclass
from typing import Literal

from app.services.operations.backlog import MAX_COUNTED, Waiting, WorkerState

Place = Literal["library", "story", "article", "quotations"]
"""The page that shows the line."""

_GROWS: dict[Place, str] = {
    "library": "this page fills as it goes on",
    "story": "this story may grow as it goes on",
    "article": "what is listed here may grow as it goes on",
    "quotations": "this list fills as it goes on",
}
_GOES_ON: frozenset[WorkerState] = frozenset({"idle", "working", "elsewhere"})
_STOPPED = "That has stopped: whoever runs this program finds the reason in its log."


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """The line, which a page shows and polls while anything is pending."""

    place: Place
    says: str
    done: bool
    """Whether the backlog is now empty: shown to those who saw the line before."""


def waiting_line(waiting: Waiting, place: Place) -> WaitingPage | None:
    """Return the line for such a page; None if nothing pending would change it."""
    quotations = place == "quotations"
    count = waiting.to_quote if quotations else waiting.to_compare
    if not count:
        return _pairs_line(waiting, place) if waiting.pairs and place in ("library", "story") else None
    number = f"{count:,}" if count < MAX_COUNTED else f"More than {MAX_COUNTED:,}"
    whose = f"{number} of {waiting.articles:,} articles"
    still = "is still" if count == 1 else "are still"
    says = f"{whose} {still} to be compared with the others"
    if quotations:
        says = f"{whose} {still} to be looked through for quotations"
    says += f"; {_GROWS[place]}." if waiting.doing in _GOES_ON else "."
    return WaitingPage(place, f"{says} {_STOPPED}" if waiting.doing == "failed" else says, done=False)


def _pairs_line(waiting: Waiting, place: Place) -> WaitingPage:
    """Return the line that says how many pairs of a known relation are still to be laid side by side."""
    number = f"{waiting.pairs:,}" if waiting.pairs < MAX_COUNTED else f"More than {MAX_COUNTED:,}"
    is_one = waiting.pairs == 1
    says = f"{number} {'pair of articles that shares text is' if is_one else 'pairs of articles that share text are'}"
    says += " still to be searched for changes"
    says += "; findings appear as it goes on." if waiting.doing in _GOES_ON else "."
    return WaitingPage(place, f"{says} {_STOPPED}" if waiting.doing == "failed" else says, done=False)


def refreshed_line(waiting: Waiting, place: Place) -> WaitingPage:
    """Return the line for a page that has one already: the progress so far, or that nothing is pending any more."""
    says = (
        "are looked through for quotations now"
        if place == "quotations"
        else "are compared with one another now"
    )
    return waiting_line(waiting, place) or WaitingPage(place, f"All articles {says}.", done=True)
