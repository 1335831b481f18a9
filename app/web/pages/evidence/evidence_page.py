"""The pages of evidence files: what one of a comparison will hold, those made of it, and one by its digest."""

from collections.abc import Sequence
from dataclasses import dataclass

from app import permalinks
from app.collation.findings.registry import LOUD
from app.collation.model import Side
from app.services.articles.origin import Capture
from app.services.comparisons import StoredComparison
from app.services.evidence.kept_files import EvidenceFile
from app.web import formatting
from app.web.pages.articles.origin import KINDS
from app.web.pages.comparison.summary import name
from app.web.pages.shared.numbering import numbered_count
from app.web.pages.table.comparison_view import ComparisonView


@dataclass(frozen=True, slots=True)
class CaptureChoice:
    """A page or file that one of the texts was read from."""

    id: str
    says: str
    file_name: str
    size: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class CapturesOfText:
    """The captures of one text."""

    label: str
    captures: tuple[CaptureChoice, ...]


@dataclass(frozen=True, slots=True)
class EvidenceFileView:
    """An evidence file that was made."""

    name: str
    digest: str
    made: str
    size: str
    captures: str
    """How many captures are in it, in words; empty where there are none."""
    stamped: str
    """When a timestamp server saw it; empty without a timestamp."""
    path: str
    """The address of its own page."""
    may_download: bool
    may_stamp: bool


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """What ``evidence/page.html`` shows."""

    title: str
    back: str
    """The comparison's address."""
    action: str
    contents: tuple[str, ...]
    """What the file will hold, a line each."""
    texts: tuple[CapturesOfText, ...]
    """The captures that there are, by text; only texts that have any."""
    has_kept: bool
    """Whether the bytes of any of them are kept."""
    is_stored: bool
    files: tuple[EvidenceFileView, ...]


@dataclass(frozen=True, slots=True)
class EvidenceFilePage:
    """What ``evidence/file.html`` shows: one file, by its digest."""

    file: EvidenceFileView
    comparison: str


def evidence_page(
    stored: StoredComparison,
    path: str,
    captures: Sequence[Capture],
    notes: int,
    files: Sequence[EvidenceFile],
    *,
    is_editor: bool,
    stamps: bool,
) -> EvidencePage:
    """Build the page of the comparison at ``path``, which has so many public ``notes``."""
    comparison = stored.comparison
    query = ComparisonView(pins=permalinks.pins_text(comparison.pins)).query
    by_text = [
        CapturesOfText(
            side.label, tuple(_choice(each) for each in captures if each.revision == side.revision)
        )
        for side in (comparison.base, comparison.witness)
    ]
    counts = comparison.collation.summary.findings
    loud = sum(count for kind, count in counts.items() if kind in LOUD)
    quiet = sum(counts.values()) - loud
    contents = (
        f"{_text(comparison.base)}, and {_text(comparison.witness)}, as they were compared",
        "the comparison, as a page that works without a network and as JSON",
        f"{formatting.counted(loud, 'finding')} and {formatting.counted(quiet, 'difference')} of wording or typography "
        "alone, each with its words and their place in both texts",
        formatting.counted(notes, "public note") if notes else "no notes: none here is public",
        "where both texts came from, when, and which engine compared them",
        "a list of the SHA-256 of each part, and a description as RO-Crate",
    )
    return EvidencePage(
        title=f"Evidence file: {name(comparison.base)} and {name(comparison.witness)}",
        back=f"{path}{query}",
        action=f"{path}/evidence{query}",
        contents=contents,
        texts=tuple(text for text in by_text if text.captures),
        has_kept=any(capture.is_kept for text in by_text for capture in text.captures),
        is_stored=stored.stored,
        files=tuple(file_view(file, is_editor=is_editor, stamps=stamps) for file in files),
    )


def evidence_file_page(file: EvidenceFile, *, is_editor: bool, stamps: bool) -> EvidenceFilePage:
    """Build the page of one file."""
    return EvidenceFilePage(file_view(file, is_editor=is_editor, stamps=stamps), file.comparison_path)


def file_view(file: EvidenceFile, *, is_editor: bool, stamps: bool) -> EvidenceFileView:
    """Return what pages show of a file; captures in it are for editors, and so the whole of it."""
    return EvidenceFileView(
        name=file.name,
        digest=file.digest,
        made=f"{formatting.moment(file.made_at)}{f', {file.who}' if is_editor and file.who else ''}",
        size=_size(file.size),
        captures=formatting.counted(file.capture_count, "capture") if file.capture_count else "",
        stamped=formatting.moment(file.stamped_at) if file.stamped_at else "",
        path=f"/evidence/{file.digest}",
        may_download=is_editor or not file.capture_count,
        may_stamp=is_editor and stamps and not file.stamped_at,
    )


def _text(side: Side) -> str:
    return f"the text of {name(side)} ({formatting.extent(numbered_count(side), len(side.furniture))})"


def _choice(capture: Capture) -> CaptureChoice:
    how = KINDS.get(capture.kind, f"From a {capture.kind} capture")
    return CaptureChoice(
        id=capture.id,
        says=f"{how}, {formatting.moment(capture.captured_at)}",
        file_name=capture.file_name,
        size=_size(capture.size),
        is_kept=capture.is_kept,
    )


def _size(size: int) -> str:
    """Return a size in words.

    >>> _size(300), _size(311_000), _size(2_340_000)
    ('1 kB', '311 kB', '2.3 MB')
    """
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1_000)):,} kB"
