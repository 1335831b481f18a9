"""The list of notes: of all, of a comparison, of a story, or of an article."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from app.services.notes import EditorNote
from app.web.pages.notes.note_form import NoteChoice
from app.web.pages.notes.note_view import STATUSES, NoteView, note_view
from app.web.pages.shared.paging import Pager, pager_of_pages

NOTES_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class NoteQuery:
    """Which notes a list shows, as its address says."""

    comparison: str = ""
    """Two revision ids, as in a comparison's address."""
    story: str = ""
    article: str = ""
    status: str = ""
    page: int = 1

    @property
    def path(self) -> str:
        """The address of this list."""
        chosen = {
            name: str(value) for name, value in asdict(self).items() if value and (name, value) != ("page", 1)
        }
        return f"/notes?{urlencode(chosen)}" if chosen else "/notes"


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note in the list, with the words that it is about."""

    note: NoteView
    base_words: str
    witness_words: str


@dataclass(frozen=True, slots=True)
class NotesPage:
    """A page of notes, the last written first."""

    scope: str
    """Whose notes they are, in words; empty for all."""
    query: NoteQuery
    entries: tuple[NoteEntry, ...]
    statuses: tuple[NoteChoice, ...]
    pager: Pager | None
    is_editor: bool


def notes_page(notes: Sequence[EditorNote], query: NoteQuery, *, is_editor: bool) -> NotesPage:
    """Build the page of these notes, of which there may be one more than a page holds."""
    scope = (
        "of one comparison" * bool(query.comparison)
        or "of one story" * bool(query.story)
        or "of one article" * bool(query.article)
    )
    return NotesPage(
        scope=scope,
        query=query,
        entries=tuple(
            NoteEntry(note_view(note, may_write=is_editor), note.base_words, note.witness_words)
            for note in notes[:NOTES_PER_PAGE]
        ),
        statuses=tuple(
            NoteChoice(value, name, value == query.status) for value, name in (("", "All"), *STATUSES.items())
        ),
        pager=pager_of_pages(
            "", query.page, len(notes) > NOTES_PER_PAGE, lambda page: replace(query, page=page).path
        ),
        is_editor=is_editor,
    )
