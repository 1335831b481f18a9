"""The list of quotations: by speaker, or those that most articles carry."""

from dataclasses import dataclass

from app import permalinks
from app.services.operations.backlog import Waiting
from app.services.quotations.listing import ListedQuotation, QuotationListing
from app.web import formatting
from app.web.formatting import opening
from app.web.pages.quotations.quotation import OPENING, publishers, quotations_path
from app.web.pages.shared.backlog import WaitingPage, waiting_line
from app.web.pages.shared.numbering import listed
from app.web.pages.shared.paging import Pager, pager_of_pages

SHOWN = 320
"""Characters of a quotation that the list shows."""


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """Somebody who is quoted."""

    name: str
    count: str
    path: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ListedQuotationView:
    """One quotation, in its most complete wording."""

    text: str
    path: str
    people: str
    articles: str
    carriers: str
    """The first publishers, and how many articles more."""
    wordings: str
    """How many wordings there are; empty where it is one."""
    reworded: bool


@dataclass(frozen=True, slots=True)
class QuotationsPage:
    """What ``quotations/listing.html`` shows."""

    title: str
    description: str
    path: str
    heading: str
    spelled: str
    """Other spellings of the speaker's name; may be empty."""
    speaker: str
    query: str
    reworded: bool
    all_path: str
    reworded_path: str
    everybody_path: str
    """The same list of everybody's quotations; empty where it is that."""
    people: tuple[SpeakerView, ...]
    entries: tuple[ListedQuotationView, ...]
    nothing: str
    """Why the list is empty, and what to do."""
    pager: Pager | None
    waiting: WaitingPage | None
    """That articles are still to be looked through; None where none is."""


def quotations_page(
    found: QuotationListing, waiting: Waiting, *, reworded: bool, query: str
) -> QuotationsPage:
    """The page of the list in ``found``."""
    speaker = found.speaker or ""
    heading = f"Quotations of {speaker}" if speaker else "Quotations"
    others = [name for name in found.spellings if name != speaker]
    return QuotationsPage(
        title=heading,
        description=_description(found, reworded),
        path=quotations_path(speaker, reworded, query, found.page),
        heading=heading,
        spelled=f"Also spelled {listed(others)}." if others else "",
        speaker=speaker,
        query=query,
        reworded=reworded,
        all_path=quotations_path(speaker, False, query),
        reworded_path=quotations_path(speaker, True, query),
        everybody_path=quotations_path("", reworded, query) if speaker else "",
        people=tuple(
            SpeakerView(
                one.name,
                f"{one.quotations:,}",
                quotations_path(one.name, reworded),
                one.name == speaker,
            )
            for one in found.people
        ),
        entries=tuple(_entry(one) for one in found.entries),
        nothing=_nothing(found, reworded, query),
        pager=pager_of_pages(
            f"Page {found.page}",
            found.page,
            found.more,
            lambda page: quotations_path(speaker, reworded, query, page),
        ),
        waiting=waiting_line(waiting, "quotations"),
    )


def _entry(one: ListedQuotation) -> ListedQuotationView:
    names = list(publishers(one.first))
    more = one.articles - len({carried.entry.article for carried in one.first})
    carriers = listed([*names, formatting.counted(more, "more article")] if more > 0 else names)
    wordings = formatting.counted(one.wordings, "wording") if one.wordings > 1 else ""
    return ListedQuotationView(
        text=opening(one.first[0].text, SHOWN),
        path=permalinks.quotation_path(one.first[0].id),
        people=listed(one.people) if one.people else "",
        articles=formatting.counted(one.articles, "article"),
        carriers=carriers,
        wordings=wordings,
        reworded=one.reworded > 0,
    )


def _nothing(found: QuotationListing, reworded: bool, query: str) -> str:
    if found.page > 1:
        return "The list ends before this page."
    if query:
        return "No quotation holds these words. Fewer words find more."
    if reworded:
        return "No quotation stands here in other words: it takes two articles that quote one sentence differently."
    if found.speaker:
        return "Nothing that is quoted here is this person’s."
    return "No stored article prints a quotation of three words or more."


def _description(found: QuotationListing, reworded: bool) -> str:
    whose = f"What articles quote of {found.speaker}" if found.speaker else "What articles quote"
    kind = ", where they differ in the words" if reworded else ", and who carried which wording"
    first = f": “{opening(found.entries[0].first[0].text, OPENING)}”" if found.entries else ""
    return f"{whose}{kind}{first}"
