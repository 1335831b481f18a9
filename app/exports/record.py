"""The data that a comparison's files are written from: its document, and what else is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app import permalinks
from app.collation.findings.registry import KINDS
from app.collation.lexicon import months
from app.collation.model import Comparison, Finding, Row, Side
from app.collation.relation import Relation
from app.collation.text.numbering import printed_numbers

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class TextSource:
    """Where one text of a comparison is found."""

    link: str = ""
    """The absolute link to this very revision; empty where it is not known."""
    url: str = ""
    """The address of the article elsewhere; empty if none is stated."""
    number: int | None = None
    """The revision's number."""
    saved_at: datetime | None = None
    """When the revision was saved (UTC)."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A public note by an editor, on a row or on a finding (from 1) in it."""

    row: int
    finding: int | None
    text: str
    status: str
    who: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class ComparisonExport:
    """A comparison as it is exported."""

    comparison: Comparison
    link: str = ""
    """The absolute link to the comparison by this engine, with its pins: it shows the same for ever."""
    base: TextSource = field(default_factory=TextSource)
    witness: TextSource = field(default_factory=TextSource)
    digest: str = ""
    """SHA-256 of the comparison document, in hexadecimal."""
    made_at: datetime | None = None
    """When the comparison was stored (UTC); None if it is not stored."""
    read_on: date | None = None
    """The day on which it is read, for its citation."""
    remarks: Sequence[Remark] = ()

    @property
    def sides(self) -> tuple[tuple[Side, TextSource], tuple[Side, TextSource]]:
        """The two texts, each with where it is found."""
        return (self.comparison.base, self.base), (self.comparison.witness, self.witness)

    @property
    def title(self) -> str:
        """What the comparison is called."""
        return f"{self.comparison.base.label} compared with {self.comparison.witness.label}"

    def place_link(self, row: int, finding: int | None = None) -> str:
        """Return the absolute link to the page of a row, or of a finding in it; empty where no link is known."""
        path, _, query = self.link.partition("?")
        return permalinks.row_path(path, row, finding, query.removeprefix("pins=")) if path else ""


class ExportedRows:
    """What files say of each row and finding: its paragraphs' names, whether it is page extras, the notes on it.

    Made once for each file, since a long comparison has thousands of rows.
    """

    def __init__(self, export: ComparisonExport) -> None:
        base, witness = export.comparison.base, export.comparison.witness
        self._base, self._witness = printed_numbers(base), printed_numbers(witness)
        self._base_extras, self._witness_extras = frozenset(base.furniture), frozenset(witness.furniture)
        self._remarks: dict[tuple[int, int | None], list[Remark]] = {}
        for remark in export.remarks:
            self._remarks.setdefault((remark.row, remark.finding), []).append(remark)

    def in_base(self, row: Row) -> str:
        """Return the names of a row's paragraphs in the base."""
        return paragraph_names(self._base, row.base)

    def in_witness(self, row: Row) -> str:
        """Return the names of a row's paragraphs in the witness."""
        return paragraph_names(self._witness, row.witness)

    def is_extras(self, row: Row) -> bool:
        """Return whether nothing in a row belongs to an article."""
        return self._base_extras.issuperset(row.base) and self._witness_extras.issuperset(row.witness)

    def remarks_on(self, row: int, finding: int | None = None) -> list[Remark]:
        """Return the notes on a finding, or on a row itself."""
        return self._remarks.get((row, finding), [])


@dataclass(frozen=True, slots=True)
class ArticleExport:
    """An article in one revision, as it is exported. What is not stated is empty."""

    article: str
    number: int
    title: str
    publisher: str
    author: str
    published_on: str
    """ISO date."""
    url: str
    link: str
    """The absolute link to this revision here."""
    saved_at: datetime | None = None
    """When it was saved (UTC)."""
    read_on: date | None = None
    paragraphs: tuple[str, ...] = ()
    headline: int | None = None
    furniture: tuple[int, ...] = ()
    text: str = ""
    """As it was submitted."""
    import_id: str = ""
    """What an import called it; empty if none did."""


@dataclass(frozen=True, slots=True)
class SharedText:
    """Two articles of a story that share text."""

    base: str
    """Ids of articles."""
    witness: str
    relation: Relation
    """As seen from the base."""
    link: str
    """The absolute link to their comparison."""


@dataclass(frozen=True, slots=True)
class StoryExport:
    """A story as it is exported: its articles without their texts, and what each two share."""

    story: str
    title: str
    link: str
    articles: tuple[ArticleExport, ...]
    relations: tuple[SharedText, ...]


def day(value: date | str | None) -> str:
    """Return a date in words; empty where there is none.

    >>> day("2024-02-05"), day(date(2024, 2, 5)), day("")
    ('5 February 2024', '5 February 2024', '')
    """
    if not value:
        return ""
    value = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{value.day} {months()[value.month - 1].name} {value.year}"


def moment(value: datetime) -> str:
    """Return a time (UTC) in words."""
    return f"{day(value)}, {value:%H:%M} UTC"


def heading(finding: Finding) -> str:
    """Return what heads a finding: "Number differs", "Quotation reworded"."""
    return KINDS[finding.kind].heading_of(finding.rule)


def is_loud(finding: Finding) -> bool:
    """Return whether a finding is of a kind that is shown without being asked for."""
    return not KINDS[finding.kind].is_quiet


def paragraph_names(numbers: Sequence[str], indices: Sequence[int]) -> str:
    """Return paragraphs by the ``numbers`` printed beside them.

    >>> paragraph_names(("H", "1", "2", "f"), (0,)), paragraph_names(("H", "1", "2", "f"), (1, 2))
    ('headline', '¶1, ¶2')
    """
    names = {"H": "headline", "f": "page extras"}
    shown = dict.fromkeys(names.get(numbers[index], f"¶{numbers[index]}") for index in indices)
    return ", ".join(shown)
