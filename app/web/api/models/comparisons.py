"""Comparisons, as their documents have them (docs/formats.md), and their findings."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.collation.model import FindingKind
from app.web.api.models.base import ApiModel, Id, Next
from app.web.api.models.records import NoteOut
from app.web.pages.findings.export import Line


class SideOut(BaseModel):
    """One of the two texts."""

    model_config = ConfigDict(extra="allow")

    revision: Id
    title: str
    paragraphs: list[str]
    headline: int | None = None
    furniture: list[int] = []


class RowOut(BaseModel):
    """Paragraphs side by side."""

    model_config = ConfigDict(extra="allow")

    row: int
    kind: Literal["same", "edited", "split", "merged", "regrouped", "omitted", "added"]
    base: list[int]
    witness: list[int]
    changes: list[dict[str, Any]]
    findings: list[dict[str, Any]] = []


class ComparisonOut(BaseModel):
    """A comparison document; docs/formats.md describes every field."""

    model_config = ConfigDict(extra="allow")

    format: Literal[1]
    engine: str
    base: SideOut
    witness: SideOut
    rows: list[RowOut]
    summary: dict[str, Any]


class FindingOut(ApiModel):
    """A finding, or a row that is in one text only or moved."""

    kind: FindingKind | Literal["omitted", "added", "moved"]
    row: int
    finding: int | None = Field(description="Its number in the row, from 1; null for a row.")
    furniture: bool = Field(description="Whether nothing in the row belongs to an article.")
    base_paragraphs: list[str] = Field(description="Numbers as pages print them: H, f, 1 and so on.")
    witness_paragraphs: list[str]
    base_words: str
    witness_words: str
    says: str
    rule: str
    link: str = Field(description="The page of its own.")
    notes: list[NoteOut]


class FindingsOut(ApiModel):
    """A part of a comparison’s findings, in the text’s order, and then of its one-sided and moved rows."""

    items: list[FindingOut]
    next: Next


def finding_out(line: Line, base: str) -> FindingOut:
    """Return a finding with the public notes on it."""
    return FindingOut(
        kind=line.kind,
        row=line.row,
        finding=line.finding,
        furniture=line.furniture,
        base_paragraphs=list(line.base_paragraphs),
        witness_paragraphs=list(line.witness_paragraphs),
        base_words=line.base_words,
        witness_words=line.witness_words,
        says=line.says,
        rule=line.rule,
        link=line.link,
        notes=[NoteOut.of(note, base) for note in line.notes],
    )
