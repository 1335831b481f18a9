"""What an evidence file is made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.collation.model import Comparison


@dataclass(frozen=True, slots=True)
class CaptureRecord:
    """The page or file that a text was read from."""

    id: str
    captured_at: datetime
    kind: str
    address: str
    file_name: str
    media_type: str
    sha256: str
    size: int
    language: str
    sources: Mapping[str, str]
    content: bytes | None = None
    """The bytes as they came; None where they do not go in."""


@dataclass(frozen=True, slots=True)
class TextRecord:
    """What is stored of one text beside its paragraphs."""

    number: int
    """Of the revision, from 1."""
    saved_at: datetime
    url: str
    captures: Sequence[CaptureRecord] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """All that an evidence file is made from."""

    comparison: Comparison
    compared_at: datetime
    base: TextRecord
    witness: TextRecord
    made_at: datetime
    program: str
    """The version of the program."""
    base_url: str
    """Start of the server's absolute links."""
    link: str
    """The comparison's absolute link, with its engine."""
    notes: Sequence[Mapping[str, Any]] = ()
    html: bytes | None = None
    """The comparison as one page that needs nothing else."""
    captures: Mapping[str, str] = field(init=False)
    """The name of each capture's member, by the capture's id."""

    def __post_init__(self) -> None:
        names = {
            capture.id: f"captures/{side}-{number}{_ending(capture)}"
            for side, record in (("base", self.base), ("witness", self.witness))
            for number, capture in enumerate(
                (each for each in record.captures if each.content is not None), 1
            )
        }
        object.__setattr__(self, "captures", names)


_ENDINGS = {
    "html": ".html", "xhtml": ".html", "singlefile": ".html", "pdf": ".pdf", "docx": ".docx", "odt": ".odt",
    "rtf": ".rtf", "eml": ".eml", "txt": ".txt", "md": ".md", "warc": ".warc", "wacz": ".wacz", "mhtml": ".mhtml",
}  # fmt: skip


def _ending(capture: CaptureRecord) -> str:
    media_type = capture.media_type.partition(";")[0].strip().lower()
    by_type = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf"}
    return _ENDINGS.get(capture.kind.lower()) or by_type.get(media_type, ".bin")
