"""The box for a link, a text or files, from which articles are brought in."""

from dataclasses import dataclass

from app.errors import VariorumError
from app.web.formatting import megabytes

MAX_LINKS = 50
"""Links that may be brought at once."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """The article that was saved just before."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class BoxView:
    """The box itself, wherever it is shown."""

    text: str = ""
    """What was typed in it."""
    address: str = ""
    """The address that a text or file brought here is from; empty where none is known."""
    fetches: bool = True
    """Whether links are fetched."""
    is_online: bool = True
    """Whether any route leads out of this machine; without one no link can be fetched now."""
    max_files: str = ""
    """How much files may have together, in words."""
    max_bytes: int = 0


@dataclass(frozen=True, slots=True)
class BoxPage:
    """The page that asks for what is to be brought in."""

    box: BoxView
    bookmarklet: str
    saved: SavedView | None = None
    problem: str = ""
    advice: str = ""
    needs_key: bool = False


def box_view(*, fetches: bool, is_online: bool, max_file: int, text: str = "", address: str = "") -> BoxView:
    """Return the box with what was typed in it."""
    return BoxView(text, address, fetches, is_online, megabytes(max_file), max_file)


def box_page(
    box: BoxView,
    base_url: str,
    *,
    saved: SavedView | None = None,
    error: VariorumError | None = None,
    needs_key: bool = False,
) -> BoxPage:
    """Return the page around ``box``; ``base_url`` is where this program is reached."""
    bookmarklet = f"javascript:location.href='{base_url}/articles/new?url='+encodeURIComponent(location.href)"
    return BoxPage(
        box,
        bookmarklet,
        saved,
        error.message if error else "",
        error.advice if error else "",
        needs_key,
    )
