"""Put together a reading from a document that is not a web page: its title, its paragraphs, its extras."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.collation.text import boilerplate, paragraphs
from app.errors import UnreadableFileError
from app.sources.bounds import MAX_PARAGRAPHS
from app.sources.model import Block, Field, Reading
from app.sources.text import proposed_title

TEXT, FILE = "text", "file"
"""Sources of a field: found in the text itself; stated by the file."""

NOTHING = Field()
_NO_TITLES = (
    "untitled",
    "microsoft word",
    "document",
    "unbenannt",
    "sans titre",
    "sin título",
    "ohne titel",
    "layout ",
)


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A paragraph of a document."""

    text: str
    kind: str = ""
    """``title`` or ``heading``; else why it is an extra, such as ``caption``; empty for a plain paragraph."""


def reading_of(kind: str, lines: Sequence[DocumentLine], title: Field = NOTHING, **stated: object) -> Reading:
    """Return a reading in the format ``kind``; ``title`` is what the file states, ``stated`` are other fields.

    Raises UnreadableFileError where there is no text.
    """
    if len(lines) > MAX_PARAGRAPHS:  # before each is looked at
        raise too_many_paragraphs()
    split = [replace(line, text=text) for line in lines for text in paragraphs.split(line.text)]
    if len(split) > MAX_PARAGRAPHS:
        raise too_many_paragraphs()
    if not any(any(char.isalnum() for char in line.text) for line in split):
        raise UnreadableFileError("There is no text in this file.", "Choose another, or paste the text.")
    texts = [line.text for line in split]
    title = _title(split, title)
    headline = paragraphs.headline(title.value, texts)
    guessed = boilerplate.guess(texts, headline)
    blocks = []
    for index, line in enumerate(split):
        if index == headline:
            continue
        reason = "" if line.kind in ("", "title", "heading") else line.kind
        reason = reason or ("page extra" if index in guessed else "")
        blocks.append(Block(line.text, bool(reason), reason))
    if not any(not block.is_extra for block in blocks):
        blocks = [Block(block.text) for block in blocks]
    return Reading(format=kind, blocks=tuple(blocks), title=title, **{"encoding": "", **stated})  # type: ignore[arg-type] # given by readers under test


def _title(lines: Sequence[DocumentLine], stated: Field) -> Field:
    texts = [line.text for line in lines]
    if stated.value and paragraphs.headline(stated.value, texts) is not None:
        return stated
    for kind in ("title", "heading"):
        marked = next((line.text for line in lines[:10] if line.kind == kind), "")
        if marked:
            return Field(" ".join(marked.split()), TEXT)
    if stated.value and not stated.value.lower().startswith(_NO_TITLES):
        return stated
    return Field(proposed_title(texts), TEXT)


def too_many_paragraphs() -> UnreadableFileError:
    """Return the error for a text with more paragraphs than are taken."""
    return UnreadableFileError(
        f"This has more than {MAX_PARAGRAPHS:,} paragraphs, as no article has.", "Bring it in parts."
    )
