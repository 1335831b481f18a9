"""The page of a quotation: who carried which wording, each beside the most complete one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app import permalinks
from app.collation.findings.registry import KINDS
from app.collation.highlights.gravest import gravest_change
from app.services.quotations.versions import PrintedQuotation, QuotationVersions, WordingGroup
from app.web import formatting
from app.web.formatting import opening
from app.web.pages.articles.article import part_path, place_of
from app.web.pages.shared.entry import PUBLISHER_NOT_STATED
from app.web.pages.shared.numbering import listed
from app.web.pages.table.diff_segments import Drawing, Segment
from app.web.synopsis_address import SynopsisAddress

MAX_TITLE_CHARS = 60
"""Characters of a quotation in a title."""

MAX_WEIGHED_CHARS = 15_000
"""Code points of wordings that are searched for what changed most, in the order of the page: 80 to 130 ms where nearly
every word counts (measured)."""

MAX_PREVIEW_PUBLISHERS = 5
"""Publishers that a preview names."""

HEADINGS = {
    "whole": "The most complete wording",
    "part": "A part of it, word for word",
    "reworded": "Reworded",
}
PART_REWORDED = "A part of it, reworded"


@dataclass(frozen=True, slots=True)
class CarrierView:
    """An article that carries the quotation in one wording."""

    publisher: str
    title: str
    day: str
    place: str
    """Its place, in words."""
    path: str
    """The paragraph, in the revision that prints it."""
    speaker: str
    """Who says it, as printed and as a person; empty where the article does not tell."""
    is_requested: bool
    """Whether the page was opened for this one."""
    earlier: str
    """Words for a quotation in an earlier revision; empty for the newest."""
    quotation_path: str
    compare_path: str
    """The comparison of the article that prints the most complete wording with this one; empty where they are one."""


@dataclass(frozen=True, slots=True)
class WordingView:
    """One wording."""

    number: int
    kind: str
    heading: str
    segments: tuple[Segment, ...]
    """Against the part of the most complete wording that it corresponds to."""
    before: bool
    """Whether the most complete wording has more before it, or after."""
    after: bool
    start: float
    """Where it lies in the most complete wording, in per cent, and how much of it it takes."""
    width: float
    lies: str
    """The same in words; empty where it takes all."""
    gravest: "GravestView | None"
    """None where nothing outweighs that it is worded differently."""
    carriers: tuple[CarrierView, ...]


@dataclass(frozen=True, slots=True)
class GravestView:
    """What changed most in a wording, in one line."""

    heading: str
    may_reverse: bool
    base_words: str
    witness_words: str


@dataclass(frozen=True, slots=True)
class PersonLink:
    """Somebody who says it, with the list of what else is quoted of them."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class QuotationPage:
    """What ``quotations/quotation.html`` shows."""

    title: str
    description: str
    path: str
    people: tuple[PersonLink, ...]
    summary: str
    note: str
    """Why there is nothing to compare; empty where there is."""
    cut: str
    """That not all are shown; empty where they are."""
    wordings: tuple[WordingView, ...]
    has_marks: bool
    paragraph: str
    """The paragraph that it was asked for in, in all its wordings; empty in an earlier revision."""


def quotation_page(versions: QuotationVersions) -> QuotationPage:
    """Build the page of the quotation in ``versions``."""
    whole = versions.whole
    room = MAX_WEIGHED_CHARS
    views = []
    for number, group in enumerate(versions.wordings, 1):
        gravest = None
        if group.kind == "reworded":
            room -= len(group.beside) + len(group.text)
            gravest = _gravest(group) if room >= 0 else None
        views.append(_wording(versions, number, group, gravest))
    return QuotationPage(
        title=f"“{opening(whole.text, MAX_TITLE_CHARS)}”",
        description=_description(versions),
        path=permalinks.quotation_path(versions.requested.id),
        people=tuple(PersonLink(name, quotations_path(speaker=name)) for name in versions.people),
        summary=_summary(versions),
        note=_note(versions),
        cut=f"Shown are the {formatting.counted(sum(len(view.carriers) for view in views), 'quotation')} stored first."
        if versions.is_cut
        else "",
        wordings=tuple(views),
        has_marks=len(views) > 1,
        paragraph=_paragraph(versions.requested),
    )


def _paragraph(quotation: PrintedQuotation) -> str:
    """Return the address of the quotation's paragraph in all its wordings; empty in an earlier revision."""
    entry = quotation.entry
    if entry.number != quotation.newest:
        return ""
    anchor, _, _ = place_of(quotation.places[0][0], quotation.headline, quotation.furniture)
    number = "H" if anchor == "headline" else anchor.removeprefix("p-")
    return SynopsisAddress(entry.article, entry.article, number=number).path


def quotations_path(speaker: str = "", reworded: bool = False, query: str = "", page: int = 1) -> str:
    """Return the address of the list of quotations with these choices.

    >>> quotations_path(), quotations_path("Ann Lee", reworded=True, page=2)
    ('/quotations', '/quotations?speaker=Ann+Lee&reworded=1&page=2')
    """
    chosen = [
        ("speaker", speaker),
        ("reworded", "1" * reworded),
        ("q", query),
        ("page", str(page) * (page > 1)),
    ]
    given = urlencode([(name, value) for name, value in chosen if value])
    return f"/quotations?{given}" if given else "/quotations"


def publisher(quotation: PrintedQuotation) -> str:
    """Return the name of the article's publisher."""
    return " ".join(quotation.entry.publisher.split()) or PUBLISHER_NOT_STATED


def publishers(carried: Sequence[PrintedQuotation]) -> Iterator[str]:
    """Yield each publisher once; the first words of the title stand in for one not stated."""
    seen = dict.fromkeys(
        quotation.entry.publisher or f"“{opening(quotation.entry.title, 40)}”" for quotation in carried
    )
    yield from seen


def _gravest(group: WordingGroup) -> GravestView | None:
    change = gravest_change(group.beside, group.text, group.changes)
    if change is None:
        return None
    return GravestView(
        heading="May reverse the meaning"
        if change.may_reverse
        else KINDS[change.kind].heading_of(change.rule),
        may_reverse=change.may_reverse,
        base_words=change.base_words,
        witness_words=change.witness_words,
    )


def _wording(
    versions: QuotationVersions, number: int, group: WordingGroup, gravest: GravestView | None
) -> WordingView:
    length = max(len(versions.whole.text), 1)
    start, end = group.base
    is_part = end - start < len(versions.whole.text)
    drawing = Drawing(group.beside, group.text, group.changes)
    first = versions.whole.carried[0].entry.revision
    return WordingView(
        number=number,
        kind=group.kind,
        heading=PART_REWORDED if is_part and group.kind == "reworded" else HEADINGS[group.kind],
        segments=drawing.inline(),
        before=start > 0,
        after=end < len(versions.whole.text),
        start=round(100 * start / length, 2),
        width=round(100 * (end - start) / length, 2),
        lies=_lies(start, end, len(versions.whole.text)) if is_part else "",
        gravest=gravest,
        carriers=tuple(_carrier(versions.requested, first, carried) for carried in group.carried),
    )


def _lies(start: int, end: int, length: int) -> str:
    """Return in words where a part lies.

    >>> _lies(0, 20, 100), _lies(40, 60, 100), _lies(80, 100, 100)
    ('20 % of it, at its beginning', '20 % of it, from its middle', '20 % of it, at its end')
    """
    where = "at its beginning" if start == 0 else "at its end" if end == length else "from its middle"
    return f"{formatting.share((end - start) / length)} of it, {where}"


def _carrier(chosen: PrintedQuotation, first: str, quotation: PrintedQuotation) -> CarrierView:
    entry = quotation.entry
    paragraph = quotation.places[0][0]
    anchor, place, start = place_of(paragraph, quotation.headline, quotation.furniture)
    return CarrierView(
        publisher=publisher(quotation),
        title=entry.title,
        day=formatting.day(entry.published_on),
        place=place,
        path=f"{part_path(permalinks.revision_path(entry.article, entry.number), start)}#{anchor}",
        speaker=_speaker(quotation),
        is_requested=quotation.id == chosen.id,
        earlier=f"in revision {entry.number}, which is not the newest"
        if entry.number != quotation.newest
        else "",
        quotation_path=permalinks.quotation_path(quotation.id),
        compare_path=permalinks.compare_path(first, entry.revision) if entry.revision != first else "",
    )


def _speaker(quotation: PrintedQuotation) -> str:
    """Return the speaker as printed, and the person meant where the words are not the name itself."""
    if not quotation.speaker:
        return ""
    if quotation.person and quotation.person not in quotation.speaker:
        return f"“{quotation.speaker}”: {quotation.person}"
    return f"“{quotation.speaker}”"


def _summary(versions: QuotationVersions) -> str:
    articles = formatting.counted(versions.articles, "article")
    carry = "carries" if versions.articles == 1 else "carry"
    if versions.articles == 1:
        return f"{articles} {carry} this quotation."
    count = len(versions.wordings)
    if count == 1:
        return f"{articles} {carry} this quotation, all in the same words."
    reworded = sum(group.kind == "reworded" for group in versions.wordings)
    parts = count - 1 - reworded
    kinds = [f"{reworded} {'differs' if reworded == 1 else 'differ'} from the fullest"] * bool(reworded)
    kinds += [f"{parts} {'has' if parts == 1 else 'have'} a part of it word for word"] * bool(parts)
    return f"{articles} {carry} this quotation in {count} wordings; {listed(kinds)}."


def _note(versions: QuotationVersions) -> str:
    if not versions.comparable:
        return "It is too short to compare: one or two words in quotation marks may be anybody’s."
    if versions.articles == 1:
        return "No other stored article prints a version of it."
    return ""


def _description(versions: QuotationVersions) -> str:
    carried = [quotation for wording_ in versions.wordings for quotation in wording_.carried]
    names = list(publishers(carried))
    shown = names[:MAX_PREVIEW_PUBLISHERS] + (
        [f"{len(names) - MAX_PREVIEW_PUBLISHERS} more"] if len(names) > MAX_PREVIEW_PUBLISHERS else []
    )
    lead = f"{listed(versions.people)}: " if versions.people else ""
    return f"{lead}{_summary(versions)} {listed(shown)}."
