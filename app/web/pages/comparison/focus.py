"""A finding on a page of its own: both wordings, who said it, how to cite it, and where else it is printed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote, urlsplit

from app import permalinks
from app.collation.document import row_text
from app.collation.model import Comparison, Finding, Row, Side
from app.services.quotations.versions import QuotationVersions
from app.services.summaries import ArticleEntry
from app.web import formatting
from app.web.pages.comparison import summary
from app.web.pages.quotations.quotation import QuotationPage, quotation_page
from app.web.pages.shared import numbering
from app.web.pages.table.diff_segments import Segment
from app.web.pages.table.row_findings import ExcerptView, FindingView, passage_of
from app.web.pages.table.rows import Rows

MAX_CITED_CHARS = 600
"""Characters of a paragraph in a citation of it; the place says where the rest is."""

MAX_FRAGMENT_CHARS = 120
"""Characters of a text fragment; a browser finds a passage by its first and last words as well."""


@dataclass(frozen=True, slots=True)
class FindingSources:
    """What is stored beside the comparison that a finding's page shows."""

    base: ArticleEntry | None = None
    witness: ArticleEntry | None = None
    versions: QuotationVersions | None = None
    speakers: Mapping[tuple[str, int, int], str] = field(default_factory=dict)
    """Who is quoted, by the place of the quotation, for the page of a whole row."""


@dataclass(frozen=True, slots=True)
class WordingCard:
    """One text's wording, large."""

    letter: str
    role: str
    label: str
    publisher: str
    day: str
    title: str
    place: str
    words: tuple[Segment, ...]
    path: str
    """The paragraph in the article as it was compared."""
    live: str
    """The passage in the source's own page, by a text fragment; empty where no address is known."""
    site: str
    """The host of that page."""
    digest: str
    """SHA-256 of the text that was compared, its paragraphs joined by line feeds."""


@dataclass(frozen=True, slots=True)
class OtherFinding:
    """Another finding of the same paragraphs."""

    heading: str
    sentence: str
    link: str


@dataclass(frozen=True, slots=True)
class FindingFocus:
    """The finding that a page is about."""

    kind: str
    may_reverse: bool
    heading: str
    cards: tuple[WordingCard, ...]
    sentence: str
    """What the finding says where no wording shows it; else empty."""
    speaker: str
    matches: str
    more: str
    """How many further places of it differ, in words."""
    others: tuple[OtherFinding, ...]
    cite: str
    versions: QuotationPage | None
    versions_link: str


def finding_focus(
    comparison: Comparison, maker: Rows, row: Row, view: FindingView, sources: FindingSources, url: str
) -> FindingFocus:
    """Build what the page of a finding of ``row`` shows; ``url`` is its absolute link."""
    finding = row.findings[view.number - 1]
    base, witness = row_text(comparison.base, row.base), row_text(comparison.witness, row.witness)
    passage = passage_of(row, finding, base, witness)
    speaker = speaker_of(sources.versions)
    is_quotation = finding.kind == "quotation"
    cards = _cards(comparison, maker, row, finding, passage, sources) if passage else ()
    is_in_heading = bool(view.sentence) and not is_quotation
    return FindingFocus(
        kind=view.kind_name,
        may_reverse=view.may_reverse,
        heading=_heading(view, is_quotation, speaker),
        cards=cards,
        sentence="" if cards or is_in_heading else finding.says,
        speaker=speaker,
        matches=_matches(maker, row),
        more=view.more.removeprefix("and "),
        others=tuple(
            OtherFinding(other.heading, other.sentence, other.link)
            for other in (maker.finding(row, number) for number in maker.shown_numbers(row))
            if other.number != view.number
        ),
        cite=_cite(view.kind_name, speaker, cards, finding.says, url),
        versions=quotation_page(sources.versions)
        if sources.versions and sources.versions.articles > 1
        else None,
        versions_link=view.quotation,
    )


def _heading(view: FindingView, is_quotation: bool, speaker: str) -> str:
    if is_quotation:
        return f"{speaker} is quoted in two ways" if speaker else "One quotation, two wordings"
    words = view.sentence.removeprefix(f"{view.heading.lower()}: ")
    return words[:1].upper() + words[1:] if words else view.heading


def speaker_of(versions: QuotationVersions | None) -> str:
    """Return who is quoted, as far as it is known."""
    if versions is None:
        return ""
    return versions.requested.person or next(iter(versions.people), "")


def _cards(
    comparison: Comparison,
    maker: Rows,
    row: Row,
    finding: Finding,
    passage: ExcerptView,
    sources: FindingSources,
) -> tuple[WordingCard, ...]:
    numbers = (
        [maker.base_numbers[index] for index in row.base],
        [maker.witness_numbers[index] for index in row.witness],
    )
    sides = (
        ("A", "base", comparison.base, passage.base, numbers[0], row.base, sources.base),
        ("B", "witness", comparison.witness, passage.witness, numbers[1], row.witness, sources.witness),
    )
    return tuple(
        _card(letter, role, side, words, printed, indices, entry)
        for letter, role, side, words, printed, indices, entry in sides
        if words
    )


def _card(
    letter: str,
    role: str,
    side: Side,
    words: tuple[Segment, ...],
    printed: Sequence[str],
    indices: Sequence[int],
    entry: ArticleEntry | None,
) -> WordingCard:
    address = entry.url if entry and urlsplit(entry.url).scheme in ("http", "https") else ""
    anchor = {numbering.HEADLINE: "headline", numbering.FURNITURE: ""}.get(printed[0], f"p-{printed[0]}")
    return WordingCard(
        letter=letter,
        role=role,
        label=side.label,
        publisher=side.publisher or f"Publisher {formatting.NOT_STATED}",
        day=formatting.day(date.fromisoformat(side.published_on) if side.published_on else None),
        title=side.title or "Untitled",
        place=numbering.in_signs(printed),
        words=words,
        path=permalinks.text_path(side.revision) + (f"#{anchor}" if anchor else ""),
        live=address + text_fragment(summary.plain(words)) if address else "",
        site=(urlsplit(address).hostname or "").removeprefix("www."),
        digest=permalinks.text_digest(side.paragraphs),
    )


def text_fragment(words: str) -> str:
    """Return the fragment by which a browser finds a passage in a page: its text, or of a long one both its ends.

    >>> text_fragment("… put pressure on us, now …"), text_fragment("a-b")
    ('#:~:text=put%20pressure%20on%20us%2C%20now', '#:~:text=a%2Db')
    """
    plain = " ".join(words.removeprefix("… ").removesuffix(" …").split())
    if len(plain) <= MAX_FRAGMENT_CHARS:
        return f"#:~:text={_escaped(plain)}"
    parts = plain.split()
    return f"#:~:text={_escaped(' '.join(parts[:5]))},{_escaped(' '.join(parts[-5:]))}"


def _escaped(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")


def _matches(maker: Rows, row: Row) -> str:
    if not (row.base and row.witness):
        return ""
    places = f"{maker.short_place(row)} of A and {maker.witness_place(row)} of B"
    return f"{places}, {formatting.share(row.similarity)} alike"


def _cite(kind: str, speaker: str, cards: Sequence[WordingCard], says: str, url: str) -> str:
    """Return a sentence or two that can be pasted into a text, with both sources and the link."""
    lead = f"{kind}, {speaker}" if speaker else kind
    wordings = "; ".join(
        f"{card.publisher}, “{card.title}” ({card.day}), {card.place}: “{_bare(summary.plain(card.words))}”"
        for card in cards
    )
    return f"{lead}. {wordings or says}. Compared by Variorum: {url}"


def row_citation(comparison: Comparison, maker: Rows, row: Row, url: str) -> str:
    """Return a sentence that cites the paragraphs of ``row``: in which texts they are, where, in which words."""
    sides = (
        (comparison.base, row.base, maker.base_numbers),
        (comparison.witness, row.witness, maker.witness_numbers),
    )
    wordings = "; ".join(
        f"{side.publisher or f'Publisher {formatting.NOT_STATED}'}, “{side.title or 'Untitled'}”"
        f" ({formatting.day(date.fromisoformat(side.published_on) if side.published_on else None)}),"
        f" {numbering.in_signs([printed[index] for index in indices])}:"
        f" “{_bare(formatting.opening(row_text(side, indices), MAX_CITED_CHARS))}”"
        for side, indices, printed in sides
        if indices
    )
    return f"{wordings}. Compared by Variorum: {url}"


def _bare(words: str) -> str:
    return re.sub(r"\A[“\"]|[”\"]\Z", "", words.strip())
