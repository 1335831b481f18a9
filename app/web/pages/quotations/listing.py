"""The list of quotations: by speaker, or those that most articles carry."""

from dataclasses import dataclass

from app import permalinks
from app.services.operations.backlog import Waiting
from app.services.quotations.listing import ListedQuotation, QuotationListing
from app.web import formatting
from app.web.formatting import opening
from app.web.pages.quotations.quotation import MAX_TITLE_CHARS, publishers, quotations_path
from app.web.pages.shared.backlog import WaitingPage, waiting_line
from app.web.pages.shared.numbering import listed
from app.web.pages.shared.paging import Pager, pager_of_pages

MAX_LISTED_CHARS = 320
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
    listing: QuotationListing, waiting: Waiting, *, reworded: bool, query: str
) -> QuotationsPage:
    """Build the page of ``listing``."""
    speaker = listing.speaker or ""
    heading = f"Quotations of {speaker}" if speaker else "Quotations"
    others = [name for name in listing.spellings if name != speaker]
    return QuotationsPage(
        title=heading,
        description=_description(listing, reworded),
        path=quotations_path(speaker, reworded, query, listing.page),
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
                person.name,
                f"{person.quotations:,}",
                quotations_path(person.name, reworded),
                person.name == speaker,
            )
            for person in listing.people
        ),
        entries=tuple(_entry(quotation) for quotation in listing.entries),
        nothing=_nothing(listing, reworded, query),
        pager=pager_of_pages(
            f"Page {listing.page}",
            listing.page,
            listing.more,
            lambda page: quotations_path(speaker, reworded, query, page),
        ),
        waiting=waiting_line(waiting, "quotations"),
    )


def _entry(quotation: ListedQuotation) -> ListedQuotationView:
    names = list(publishers(quotation.first))
    more = quotation.articles - len({carried.entry.article for carried in quotation.first})
    carriers = listed([*names, formatting.counted(more, "more article")] if more > 0 else names)
    wordings = formatting.counted(quotation.wordings, "wording") if quotation.wordings > 1 else ""
    return ListedQuotationView(
        text=opening(quotation.first[0].text, MAX_LISTED_CHARS),
        path=permalinks.quotation_path(quotation.first[0].id),
        people=listed(quotation.people) if quotation.people else "",
        articles=formatting.counted(quotation.articles, "article"),
        carriers=carriers,
        wordings=wordings,
        reworded=quotation.reworded > 0,
    )


def _nothing(listing: QuotationListing, reworded: bool, query: str) -> str:
    if listing.page > 1:
        return "The list ends before this page."
    if query:
        return "No quotation holds these words. Fewer words find more."
    if reworded:
        return "No quotation is worded in two ways yet: it takes two articles that quote one sentence differently."
    if listing.speaker:
        return "No quotation here is by this person."
    return "No stored article prints a quotation of three words or more."


def _description(listing: QuotationListing, reworded: bool) -> str:
    whose = f"What articles quote of {listing.speaker}" if listing.speaker else "What articles quote"
    kind = ", where they differ in the words" if reworded else ", and who carried which wording"
    first = f": “{opening(listing.entries[0].first[0].text, MAX_TITLE_CHARS)}”" if listing.entries else ""
    return f"{whose}{kind}{first}"
