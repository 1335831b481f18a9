"""What editors leave behind: notes, and the log of changes."""

from datetime import datetime
from typing import Self

from pydantic import Field

from app.services.edit_log import LoggedChange
from app.services.notes import EditorNote, Status
from app.web.api.models.base import ApiModel, Id, Next


class NoteOut(ApiModel):
    """A note by an editor."""

    id: Id
    link: str = Field(description="Where it was written.")
    base: Id = Field(description="The revision that it is about, or the comparison’s base.")
    witness: Id | None = Field(description="Null for a note on a paragraph of one text.")
    place: str = Field(description="Paragraphs as pages print them.")
    row: int = Field(description="From 1; 0 for a paragraph of one text.")
    finding: int | None
    kind: str = Field(description="Of the finding; empty for a row or a paragraph.")
    base_words: str
    witness_words: str
    status: Status
    text: str
    public: bool
    who: str = Field(description="Whoever wrote it first; empty if no name was given.")
    written_at: datetime
    changed_at: datetime
    version: int = Field(description="Counts its wordings, from 1.")

    @classmethod
    def of(cls, note: EditorNote, base: str) -> Self:
        """Return a stored note; ``base`` is the start of absolute links."""
        return cls(
            id=note.id,
            link=base + note.link,
            base=note.base,
            witness=note.witness,
            place=note.place,
            row=note.row,
            finding=note.finding,
            kind=note.kind,
            base_words=note.base_words,
            witness_words=note.witness_words,
            status=note.status,
            text=note.text,
            public=note.is_public,
            who=note.who,
            written_at=note.made_at,
            changed_at=note.changed_at,
            version=note.version,
        )


class NotesOut(ApiModel):
    """A part of the notes that the request may see."""

    items: list[NoteOut]
    next: Next


class ChangeOut(ApiModel):
    """An entry of the log of changes."""

    id: int
    at: datetime
    who: str = Field(description="Empty if no name was given.")
    known: str = Field(description="How that name is known: proxy, name, key, account, program, nobody.")
    action: str
    article: str = Field(description="Empty where the change is of none.")
    revision: str
    number: int
    witness: str | None = Field(description="The other revision, of a comparison or of a note on one.")
    pins: str
    title: str
    before: str | None = Field(description="SHA-256 of what was there before; null where nothing was.")
    after: str | None
    is_there: bool = Field(description="Whether it is still stored.")

    @classmethod
    def of(cls, change: LoggedChange) -> Self:
        """Return an entry of the log."""
        return cls.model_validate({name: getattr(change, name) for name in cls.model_fields})


class ChangesOut(ApiModel):
    """A part of the log, the last change first."""

    items: list[ChangeOut]
    next: Next
