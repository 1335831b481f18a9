"""The pages of many texts: one paragraph of a base in all its wordings, and the whole base as one text to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app import permalinks
from app.collation.model import Side, Span
from app.collation.synopsis import (
    Apparatus,
    VariantPlace,
    apparatus,
    apparatuses,
    phrase_place,
    version_groups,
)
from app.collation.text.numbering import FURNITURE, HEADLINE, printed_numbers
from app.errors import NotFoundError
from app.services.stories.synopsis import Synopsis
from app.services.summaries import ArticleEntry
from app.web import formatting
from app.web.formatting import counted
from app.web.pages.comparison.summary import isolated
from app.web.pages.shared.paging import Pager, pager_of_parts, part_holding
from app.web.pages.stories.story import called
from app.web.pages.stories.synopsis_frame import SynopsisChoice, SynopsisFrame, frame_of
from app.web.pages.stories.wordings import (
    TintedPiece,
    VersionGroupView,
    WordingPanel,
    group_view,
    panel,
    summary,
    tinted,
)
from app.web.synopsis_address import SORTS, SynopsisAddress

MAX_PARAGRAPHS = 120
"""Paragraphs of the base on one page; a news article has 20 to 60."""


@dataclass(frozen=True, slots=True)
class LackingView:
    """A text without the paragraph."""

    name: str
    day: str
    title: str
    link: str
    """Where the paragraph is in the comparison of the two."""
    by_hand: str
    """Where a reader can match it with another paragraph."""


@dataclass(frozen=True, slots=True)
class SynopsisPage:
    """What ``stories/synopsis.html`` shows: one paragraph."""

    frame: SynopsisFrame
    title: str
    description: str
    heading: str
    summary: str
    position: str
    """Which paragraph of how many, in signs."""
    earlier: str
    later: str
    """The neighbouring paragraphs; empty at either end."""
    all_path: str
    """The whole base as one text."""
    pieces: tuple[TintedPiece, ...]
    panel: WordingPanel | None
    """None where no text differs and no phrase is chosen."""
    remark: str
    """That the phrase is not in the paragraph; else empty."""
    groups: tuple[VersionGroupView, ...]
    lacking: tuple[LackingView, ...]
    sorts: tuple[SynopsisChoice, ...]
    show: SynopsisChoice
    """Whole paragraphs, or only where they differ."""


@dataclass(frozen=True, slots=True)
class TintedParagraph:
    """A paragraph of the base in the text to read."""

    number: str
    place: str
    """Its name for screen readers."""
    path: str
    """The paragraph with all its wordings."""
    is_headline: bool
    pieces: tuple[TintedPiece, ...]
    carriers: str
    """How many texts have it."""


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """What ``stories/reading.html`` shows: the whole base."""

    frame: SynopsisFrame
    title: str
    description: str
    summary: str
    paragraphs: tuple[TintedParagraph, ...]
    panel: WordingPanel | None
    remark: str
    pager: Pager | None


def synopsis_page(synopsis: Synopsis, address: SynopsisAddress) -> SynopsisPage:
    """Build the page of the paragraph that ``address`` names. Raises NotFoundError where there is none."""
    numbers = printed_numbers(synopsis.side)
    index = paragraph_index(synopsis.side, address.number)
    variants = apparatus(synopsis.compared, synopsis.side.paragraphs[index], index)
    names, entries = _names(synopsis)
    base = names.pop(synopsis.base.revision)
    chosen, remark = _chosen(variants, address)
    printed = [number for number in numbers if number != FURNITURE]
    position = printed.index(address.number)
    groups = version_groups(variants)
    if address.sort == "date":
        order = {revision: place for place, revision in enumerate(names)}
        groups = tuple(sorted(groups, key=lambda group: min(order[each.revision] for each in group.versions)))
    elif address.sort == "alike":
        groups = tuple(sorted(groups, key=lambda group: (-group.share, len(group.versions[0].differences))))
    # A text that only quotes the same words lacks nothing where it does not quote them.
    lacking = tuple(revision for revision in variants.lacking if revision in synopsis.members)
    variants = replace(variants, lacking=lacking)
    name = "Headline" if address.number == HEADLINE else f"Paragraph {address.number}"
    texts = 1 + len(variants.versions) + len(lacking)
    views = tuple(
        group_view(number, group, variants, entries, names, synopsis.members, address)
        for number, group in enumerate(groups, 1)
    )
    return SynopsisPage(
        frame=frame_of(synopsis, address, base, [each.revision for each in variants.versions]),
        title=f"{name} in {counted(texts, 'article')}",
        description=_description(variants, base),
        heading=f"{name} in {counted(texts, 'article')}",
        summary=summary(variants, base),
        position=_position(address.number, printed),
        earlier=address.of_paragraph(printed[position - 1]).path if position else "",
        later=address.of_paragraph(printed[position + 1]).path if position + 1 < len(printed) else "",
        all_path=address.of_all().path,
        pieces=tinted(variants, address.number, address, names, chosen),
        panel=panel(variants, chosen, address.number, address, base, names) if chosen else None,
        remark=remark,
        groups=views,
        lacking=tuple(_lacking(synopsis, revision, index, names, entries) for revision in lacking),
        sorts=tuple(
            SynopsisChoice(label, replace(address, sort=sort).path, address.sort == sort)
            for sort, label in SORTS.items()
        ),
        show=SynopsisChoice(
            "Show only what differs" if address.is_whole else "Show whole paragraphs",
            replace(address, is_whole=not address.is_whole).path,
            address.is_whole,
        ),
    )


def reading_page(synopsis: Synopsis, address: SynopsisAddress) -> ReadingPage:
    """Build the page of the whole base; of a very long one, a part."""
    numbers = printed_numbers(synopsis.side)
    own = [index for index, number in enumerate(numbers) if number != FURNITURE]
    part = part_holding(address.part, MAX_PARAGRAPHS, len(own))
    names, _ = _names(synopsis)
    base = names.pop(synopsis.base.revision)
    texts = {index: synopsis.side.paragraphs[index] for index in own[part.start : part.stop]}
    everything = {
        numbers[variants.index]: replace(
            variants, lacking=tuple(revision for revision in variants.lacking if revision in synopsis.members)
        )
        for variants in apparatuses(synopsis.compared, texts)
    }
    number, words, remark = _chosen_anywhere(everything, address)
    return ReadingPage(
        frame=frame_of(synopsis, address, base, [entry.revision for entry in synopsis.witnesses]),
        title=f"{synopsis.base.title}: all wordings",
        description=f"{base} beside {counted(len(synopsis.witnesses), 'article')}: every place where they differ.",
        summary=f"{isolated(base)} beside {counted(len(synopsis.witnesses), 'article')}. "
        "The darker the tint, the more articles differ, or the more seriously."
        if synopsis.witnesses
        else "",
        paragraphs=tuple(
            TintedParagraph(
                number=label,
                place="Headline" if label == HEADLINE else f"Paragraph {label}",
                path=address.of_paragraph(label).path,
                is_headline=label == HEADLINE,
                pieces=tinted(variants, label, address, names, words if label == number else None),
                carriers=_carried(variants) if synopsis.witnesses else "",
            )
            for label, variants in everything.items()
        ),
        panel=panel(everything[number], words, number, address, base, names) if words else None,
        remark=remark,
        pager=pager_of_parts(
            f"Paragraphs {part.start + 1:,} to {part.stop:,} of {len(own):,}",
            part,
            MAX_PARAGRAPHS,
            len(own),
            lambda start: replace(address, part=start, paragraph="", phrase="", start=None).path,
        ),
    )


def _carried(variants: Apparatus) -> str:
    """Return how many of the other texts have the paragraph, in few words."""
    have, count = len(variants.versions), len(variants.versions) + len(variants.lacking)
    if not have:
        return "only here"
    others = "other" if count == 1 else "others"
    return f"in {have} {others}" if have == count else f"in {have} of {count} {others}"


def paragraph_index(side: Side, number: str) -> int:
    """Return the index of the paragraph printed as ``number``. Raises NotFoundError where there is none."""
    numbers = printed_numbers(side)
    if number == FURNITURE or number not in numbers:
        count = sum(label not in (FURNITURE, HEADLINE) for label in numbers)
        raise NotFoundError(
            f"This text has no paragraph {number[:20]}.", f"Its paragraphs are numbered from 1 to {count}."
        )
    return numbers.index(number)


def _names(synopsis: Synopsis) -> tuple[dict[str, str], dict[str, ArticleEntry]]:
    """Return what each text is called and its entry, by revision: the base, then the others by date."""
    entries = [synopsis.base, *synopsis.witnesses]
    names = dict(zip((entry.revision for entry in entries), called(entries), strict=True))
    return names, {entry.revision: entry for entry in entries}


def _chosen(variants: Apparatus, address: SynopsisAddress) -> tuple[Span | None, str]:
    """Return the words whose wordings are shown, and a remark where the phrase is not there."""
    if address.phrase and (words := phrase_place(variants, address.phrase, address.start)):
        return words, ""
    worst = variants.worst.words if variants.worst else None
    return worst, f"“{address.phrase}” is not in this paragraph." if address.phrase else ""


def _chosen_anywhere(
    everything: Mapping[str, Apparatus], address: SynopsisAddress
) -> tuple[str, Span | None, str]:
    """Return the paragraph and the words whose wordings are shown, and a remark where the phrase is not there."""
    named = everything.get("H" if address.paragraph == "headline" else address.paragraph)
    if address.phrase and named and (words := phrase_place(named, address.phrase, address.start)):
        return address.paragraph, words, ""
    if address.phrase and not address.paragraph:
        for number, variants in everything.items():
            if words := phrase_place(variants, address.phrase):
                return number, words, ""
    remark = f"“{address.phrase}” is not in this part of the text." if address.phrase else ""
    places: list[tuple[VariantPlace, str]] = [
        (variants.worst, number) for number, variants in everything.items() if variants.worst
    ]
    if not places:
        return "", None, remark
    worst, number = min(places, key=lambda pair: pair[0].seriousness)
    return number, worst.words, remark


def _position(number: str, printed: Sequence[str]) -> str:
    if number == HEADLINE:
        return "Headline"
    return f"¶{number} of {sum(label != HEADLINE for label in printed)}"


def _lacking(
    synopsis: Synopsis,
    revision: str,
    index: int,
    names: Mapping[str, str],
    entries: Mapping[str, ArticleEntry],
) -> LackingView:
    comparison = next(each for each in synopsis.compared if each.witness.revision == revision)
    row = next((row for row in comparison.collation.rows if index in row.base), None)
    path = permalinks.compare_path(comparison.base.revision, revision)
    return LackingView(
        name=names[revision],
        day=formatting.day(entries[revision].published_on),
        title=entries[revision].title,
        link=f"{path}#{permalinks.row_anchor(row.number)}" if row else path,
        by_hand=f"{permalinks.row_path(path, row.number)}/pair" if row else path,
    )


def _description(variants: Apparatus, base: str) -> str:
    """Return what the preview of a shared link says: the most serious place in two wordings."""
    worst = variants.worst
    if not worst:
        return summary(variants, base)
    first, *others = variants.readings(worst.words)
    wording = f"“{others[0].text}”" if others and others[0].text else "left out"
    return f"{len(worst.differing)} of {worst.carriers} differ: {base} “{first.text}”, another {wording}."
