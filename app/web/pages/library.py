"""What the library page shows: every article, newest first, and for each what is most like it."""

from dataclasses import dataclass

from app.services.articles import LibraryEntry
from app.services.articles import LibraryPage as StoredPage
from app.web import wording
from app.web.pages.entry import AlikeView, EntryView, alike_views, entry_view


@dataclass(frozen=True, slots=True)
class ShelfView:
    """One article of the library."""

    entry: EntryView
    alike: tuple[AlikeView, ...]


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """A page of the library."""

    total: str
    shelves: tuple[ShelfView, ...]
    number: int
    pages: int
    deleted: bool
    """Whether the reader comes from deleting an article."""

    @property
    def newer(self) -> str:
        """The address of the page before this one; empty on the first."""
        return _path(self.number - 1) if self.number > 1 else ""

    @property
    def older(self) -> str:
        """The address of the page after this one; empty on the last."""
        return _path(self.number + 1) if self.number < self.pages else ""


def library_page(stored: StoredPage, deleted: bool = False) -> LibraryPage:
    """The page that shows ``stored``."""
    return LibraryPage(
        total=wording.counted(stored.total, "article"),
        shelves=tuple(_shelf(entry) for entry in stored.entries),
        number=stored.page,
        pages=stored.pages,
        deleted=deleted,
    )


def _shelf(stored: LibraryEntry) -> ShelfView:
    return ShelfView(entry_view(stored.article), alike_views(stored.article, stored.alike))


def _path(number: int) -> str:
    return "/" if number == 1 else f"/?page={number}"
