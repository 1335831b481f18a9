"""The most serious finding of a story in one line, as the library and the story's own page show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app import permalinks
from app.collation.findings.registry import KINDS, LOUD
from app.collation.model import FindingKind
from app.services.stories.library import WorstFinding
from app.web import formatting
from app.web.pages.shared.numbering import in_signs

MAX_COUNTS = 3
"""Kinds of finding that are counted, the most serious first."""


@dataclass(frozen=True, slots=True)
class WorstFindingView:
    """The most serious finding of a story in one line."""

    heading: str
    may_reverse: bool
    base_words: str
    witness_words: str
    place: str
    link: str
    """The finding's own page."""


def worst_finding_view(worst: WorstFinding) -> WorstFindingView:
    """Return the line of a finding."""
    finding = worst.finding
    heading = "May reverse the meaning" if finding.may_reverse else KINDS[finding.kind].heading
    comparison = permalinks.compare_path(worst.base, worst.witness)
    return WorstFindingView(
        heading=heading,
        may_reverse=finding.may_reverse,
        base_words=finding.base_words,
        witness_words=finding.witness_words,
        place=in_signs(finding.base_paragraphs or finding.witness_paragraphs),
        link=permalinks.row_path(comparison, finding.row, finding.number),
    )


def counts_by_kind(counts: Mapping[FindingKind, int]) -> tuple[str, ...]:
    """Return how many findings there are of the most serious kinds, in words."""
    words = [formatting.counted(counts[kind], *KINDS[kind].nouns) for kind in LOUD if counts.get(kind)]
    return tuple(words[:MAX_COUNTS])
