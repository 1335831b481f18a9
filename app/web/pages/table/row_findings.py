"""A row's findings in words, each with the few words of both texts that tell it best."""

from collections.abc import Sequence
from dataclasses import dataclass

from app import permalinks
from app.collation.findings.registry import KINDS
from app.collation.highlights import excerpts
from app.collation.model import Finding, FindingKind, Row, Span
from app.web.formatting import counted
from app.web.pages.table.diff_segments import Drawing, Segment

MAX_NOTES_PER_ROW = 40
"""Findings described in full below one row; the others are marked in its text and counted."""


MAX_PASSAGE_WORDS = 9
"""Kept words on each side of what a finding tells, on its own page: both wordings fit a phone's first screen."""


@dataclass(frozen=True, slots=True)
class ExcerptView:
    """The few words that show a finding best, drawn three ways, with an ellipsis where the text goes on."""

    base: tuple[Segment, ...]
    witness: tuple[Segment, ...]
    inline: tuple[Segment, ...]
    places: frozenset[tuple[Span, Span]]
    """The changes drawn, by their spans in the base and in the witness."""
    more: int
    """Further places of the same finding that differ."""


@dataclass(frozen=True, slots=True)
class Step:
    """A finding's place among those that a reader steps through, and the links to its neighbours."""

    position: int
    """Counting from 1 over the whole comparison, in the order of the text."""
    total: int
    earlier: str
    later: str
    """Addresses, each empty at its end."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding as a page shows it."""

    anchor: str
    """The fragment that names it, for example ``row-7-2``."""
    number: int
    """Counting from 1 inside its row."""
    kind: FindingKind
    heading: str
    says: str
    excerpt: ExcerptView | None
    link: str
    """The page of its own."""
    is_current: bool
    """Whether the page was opened for this finding."""
    step: Step | None = None
    """Its place among the findings of the view; None if it is not one of them."""
    quotation: str = ""
    """For a quotation, the way to all of its versions; empty for others."""
    sentence: str = ""
    """The sentence below the heading; empty for a quotation, whose words say it all."""
    more: str = ""
    """How many further places of it differ, in words; empty where none does."""
    is_shown_above: bool = False
    """Whether an earlier finding of the row shows the same words, so that they need not be there twice."""
    may_reverse: bool = False
    speaker: str = ""
    """Who is quoted, as far as it is known."""

    @property
    def kind_name(self) -> str:
        """Its kind in words; that a quotation is reworded goes without saying where it may be reversed."""
        return "Quotation" if self.may_reverse and self.kind == "quotation" else self.heading

    @property
    def title(self) -> str:
        """Its kind in words, and that it may reverse the meaning."""
        return f"{self.kind_name} · may reverse the meaning" if self.may_reverse else self.heading


def listed(row: Row, chosen: Sequence[FindingKind] = ()) -> tuple[tuple[int, Finding], ...]:
    """Return the findings of ``row`` that the list holds, each with its number in the row, from 1.

    Those of the ``chosen`` kinds, where a reader chose any; else all but the quiet ones.
    """
    if not row.findings:
        return ()
    return tuple(
        (number, finding)
        for number, finding in enumerate(row.findings, 1)
        if (finding.kind in chosen if chosen else not KINDS[finding.kind].is_quiet)
    )


def loud(row: Row, chosen: Sequence[FindingKind] = ()) -> tuple[tuple[int, Finding], ...]:
    """Return the listed findings that are marked in the text too: all but the quiet ones."""
    return tuple(numbered for numbered in listed(row, chosen) if not KINDS[numbered[1].kind].is_quiet)


def shown_numbers(row: Row, chosen: Sequence[FindingKind] = ()) -> tuple[int, ...]:
    """Return the numbers, from 1, of the findings shown below ``row``: the loud ones, ``NOTES`` at most."""
    return tuple(number for number, _ in loud(row, chosen)[:MAX_NOTES_PER_ROW])


def finding_view(
    row: Row,
    number: int,
    base: str,
    witness: str,
    link: str,
    focus: int | None = None,
    step: Step | None = None,
    quotation: str = "",
    speaker: str = "",
    *,
    may_reverse: bool = False,
) -> FindingView:
    """Return the view of finding ``number`` (from 1) of ``row``, with texts ``base`` and ``witness``; ``link`` is its
    page.

    ``quotation`` leads to the versions of the quotation that it is about, and ``speaker`` says it.
    """
    finding = row.findings[number - 1]
    excerpt = excerpt_of(row, finding, base, witness)
    return FindingView(
        anchor=permalinks.row_anchor(row.number, number),
        number=number,
        kind=finding.kind,
        heading=KINDS[finding.kind].heading_of(finding.rule),
        says=finding.says,
        excerpt=excerpt,
        link=link,
        is_current=number == focus,
        step=step,
        quotation=quotation,
        sentence="" if finding.kind == "quotation" else finding.says,
        more=more_places(excerpt, " inside the quotation" if finding.kind == "quotation" else ""),
        may_reverse=may_reverse,
        speaker=speaker,
    )


def excerpt_of(row: Row, finding: Finding, base: str, witness: str) -> ExcerptView | None:
    """Return the words that show ``finding`` best; None if no change lies inside it."""
    chosen = excerpts.excerpt(base, witness, row.changes, finding)
    return _drawn(chosen, Drawing(base, witness, chosen.changes)) if chosen else None


def passage_of(row: Row, finding: Finding, base: str, witness: str) -> ExcerptView | None:
    """Return the same words with more of the sentence, where what tells the finding is marked ``in-excerpt``."""
    chosen = excerpts.excerpt(base, witness, row.changes, finding)
    wide = excerpts.excerpt(base, witness, row.changes, finding, MAX_PASSAGE_WORDS, is_wide=True)
    if chosen is None or wide is None:
        return None
    telling = {(change.base, change.witness) for change in chosen.changes if change.op != "equal"}
    return _drawn(wide, Drawing(base, witness, wide.changes, [finding], telling=telling))


def _drawn(chosen: excerpts.Excerpt, drawing: Drawing) -> ExcerptView:
    return ExcerptView(
        base=_elided(drawing.side("base"), chosen),
        witness=_elided(drawing.side("witness"), chosen),
        inline=_elided(drawing.inline(), chosen),
        places=frozenset((change.base, change.witness) for change in chosen.changes if change.op != "equal"),
        more=chosen.more,
    )


def more_places(excerpt: ExcerptView | None, where: str = "") -> str:
    """Return how many places differ beside those of ``excerpt``, in words; empty where none does."""
    return f"and {counted(excerpt.more, 'more place')}{where}" if excerpt and excerpt.more else ""


def _elided(segments: Sequence[Segment], chosen: excerpts.Excerpt) -> tuple[Segment, ...]:
    before = (Segment("… "),) if chosen.cut_before else ()
    after = (Segment(" …"),) if chosen.cut_after else ()
    return (*before, *segments, *after)
