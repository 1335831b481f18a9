"""What is shown of an article before it is saved: its fields, each with where it came from, and its paragraphs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, Self

from app.collation.text import boilerplate, paragraphs
from app.permalinks import text_digest
from app.sources.model import Field, Reading

Kind = Literal["text", "extra", "dropped"]
"""What becomes of a paragraph: the article's text, a page extra, or left out."""

FIELDS = ("title", "publisher", "author", "published_on", "captured_at", "language", "address")
"""The fields that an editor may change, in the order of the page."""

_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that reverse the direction of the text after them, even outside the field that holds them."""

TYPED = "typed"
"""The source of what an editor typed."""


@dataclass(frozen=True, slots=True)
class PreviewBlock:
    """A paragraph, with what becomes of it."""

    text: str
    kind: Kind = "text"
    reason: str = ""
    """Why it was taken for an extra; may be empty."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how a copy is made in another process: long texts have thousands, a dataclass’s own way is slow."""
        return PreviewBlock, (self.text, self.kind, self.reason)


@dataclass(frozen=True, slots=True)
class Preview:
    """An article that was read and may be corrected. Nothing of it is checked yet."""

    stated: Mapping[str, Field] = field(default_factory=dict)
    """The fields by name; what is missing is not stated. ``captured_at`` is in UTC, such as 2024-02-05T10:00."""
    blocks: tuple[PreviewBlock, ...] = ()
    notes: tuple[str, ...] = ()
    format: str = ""
    encoding: str = ""
    captured_from: str = ""
    """What the capture is, such as ``WARC``; may be empty."""
    text_digest: str = ""
    """SHA-256 of the article's paragraphs as they were read."""
    rejoined: tuple[str, ...] = ()
    """The paragraphs of a hard-wrapped text with its lines joined; empty where there is nothing to choose."""

    def value(self, name: str) -> str:
        """Return what is stated in the field with this name, one of ``FIELDS``."""
        return self.stated[name].value if name in self.stated else ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of the article's text."""
        return tuple(block.text for block in self.blocks if block.kind == "text")

    def as_json(self) -> dict[str, Any]:
        """Return this preview as it is stored."""
        # Not by asdict, which copies deeply: 5,700 paragraphs took it .015 s, in the process that serves readers.
        return asdict(replace(self, blocks=(), rejoined=())) | {
            "blocks": [
                {"text": block.text, "kind": block.kind, "reason": block.reason} for block in self.blocks
            ],
            "rejoined": list(self.rejoined),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Return what ``as_json`` stored; an empty mapping is an empty preview."""
        if not stored:
            return cls()
        return cls(
            stated={name: Field(**pair) for name, pair in stored["stated"].items()},
            blocks=tuple(PreviewBlock(**block) for block in stored["blocks"]),
            notes=tuple(stored["notes"]),
            format=stored["format"],
            encoding=stored["encoding"],
            captured_from=stored["captured_from"],
            text_digest=stored["text_digest"],
            rejoined=tuple(stored["rejoined"]),
        )


def preview_of(reading: Reading, *, address: str = "", captured_at: datetime | None = None) -> Preview:
    """Return the preview of what was read; ``address`` and ``captured_at`` are those of its fetching, if it was."""
    stated = {name: getattr(reading, name) for name in FIELDS}
    if address and not stated["address"]:
        stated["address"] = Field(address, "address")
    if captured_at and not stated["captured_at"]:
        stated["captured_at"] = Field(captured_at.isoformat(), "fetched")
    stated["captured_at"] = replace(stated["captured_at"], value=stated["captured_at"].value[:16])
    stated = {
        name: replace(field, value=field.value.translate(_TURNING)) for name, field in stated.items() if field
    }
    return Preview(
        stated=stated,
        blocks=tuple(
            PreviewBlock(block.text, "extra" if block.is_extra else "text", block.reason)
            for block in reading.blocks
        ),
        notes=reading.notes,
        format=reading.format,
        encoding=reading.encoding,
        captured_from=reading.captured_from.value,
        text_digest=text_digest(reading.paragraphs),
    )


def with_typed(preview: Preview, typed: Mapping[str, str]) -> Preview:
    """Return ``preview`` with the fields as an editor typed them; one left as it was keeps its source."""
    changed = {
        name: Field(value, TYPED if value else "")
        for name, value in typed.items()
        if name in FIELDS and value != preview.value(name)
    }
    return replace(preview, stated={**preview.stated, **changed})


def with_kind(preview: Preview, index: int, kind: Kind) -> Preview:
    """Return ``preview`` with another use of the paragraph at ``index``; an index beyond the last changes nothing."""
    return _with_blocks(preview, index, [replace(block, kind=kind) for block in preview.blocks[index:][:1]])


def with_text(preview: Preview, index: int, text: str) -> Preview:
    """Return ``preview`` with the paragraph at ``index`` reworded: each line is a paragraph; none leaves it out."""
    lines = paragraphs.split(text)
    blocks = [replace(block, text=line) for block in preview.blocks[index:][:1] for line in lines]
    return _with_blocks(preview, index, blocks) if lines else with_kind(preview, index, "dropped")


def joined(preview: Preview, index: int) -> Preview:
    """Return ``preview`` with the paragraph at ``index`` and the next one of its kind made one."""
    blocks = preview.blocks
    if index >= len(blocks):
        return preview
    kind = blocks[index].kind
    following = next((place for place in range(index + 1, len(blocks)) if blocks[place].kind == kind), None)
    if following is None:
        return preview
    whole = replace(blocks[index], text=f"{blocks[index].text} {blocks[following].text}")
    return replace(
        preview, blocks=(*blocks[:index], whole, *blocks[index + 1 : following], *blocks[following + 1 :])
    )


def with_lines_rejoined(preview: Preview) -> Preview:
    """Return ``preview`` with the lines of a hard-wrapped text joined or, if they are, as they were."""
    if not preview.rejoined:
        return preview
    lines = tuple(block.text for block in preview.blocks)
    return replace(preview, blocks=_guessed(preview.value("title"), preview.rejoined), rejoined=lines)


def _guessed(title: str, lines: Sequence[str]) -> tuple[PreviewBlock, ...]:
    headline = paragraphs.headline(title, lines)
    extras = set(boilerplate.guess(lines, headline))
    return tuple(
        PreviewBlock(line, "extra" if index in extras else "text")
        for index, line in enumerate(lines)
        if index != headline
    )


def _with_blocks(preview: Preview, index: int, blocks: Sequence[PreviewBlock]) -> Preview:
    return replace(preview, blocks=(*preview.blocks[:index], *blocks, *preview.blocks[index + 1 :]))


def numbers(preview: Preview) -> Iterator[str]:
    """Yield what numbers each paragraph: 1, 2, 3 ... for the text, ``+`` for an extra, ``–`` for what is left out."""
    number = 0
    for block in preview.blocks:
        number += block.kind == "text"
        yield {"text": str(number), "extra": "+", "dropped": "–"}[block.kind]
