"""Where a revision's text came from, and whether its address is watched: a part of the article's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.services.articles.origin import Capture, Origin
from app.web import formatting

KINDS = {
    "link": "Fetched",
    "watch": "Found by watching",
    "text": "Pasted",
    "file": "From a file",
}
"""How a text came, in words; any other kind names what holds it, such as a WARC."""


SOURCES = {
    "JSON-LD": "from the page’s JSON-LD",
    "Open Graph": "from the page’s Open Graph",
    "page header": "from the page’s header",
    "byline": "from the byline",
    "page": "from the page itself",
    "file": "from the file’s properties",
    "e-mail": "from the e-mail",
    "capture": "from the capture",
    "address": "from the link",
    "text": "guessed from the text",
    "before": "from the revision before",
    "typed": "typed",
    "fetched": "when it was fetched",
}
"""Where a field came from, in words."""

FIELD_KINDS = {
    "title": ("Title", "text"),
    "publisher": ("Publisher", "text"),
    "author": ("Author", "text"),
    "published_on": ("Published", "date"),
    "captured_at": ("Captured (UTC)", "datetime-local"),
    "language": ("Language", "text"),
    "address": ("Address", "url"),
}
"""What each field of an article is called and how its input is typed."""

LABELS = {name: label for name, (label, _) in FIELD_KINDS.items()}
"""What each field is called."""


@dataclass(frozen=True, slots=True)
class CaptureView:
    """One page or file that the revision was read from."""

    says: str
    """How and when it came, in words."""
    address: str
    """Empty where none is known or it is no link."""
    host: str
    file_name: str
    sha256: str
    """Empty for a pasted text."""
    download: str
    """The address of its bytes; empty where they are not kept."""
    size: str
    fields: str
    """Where the fields came from, in words; may be empty."""


@dataclass(frozen=True, slots=True)
class WatchView:
    """How the article's address is watched."""

    is_on: bool
    says: str


@dataclass(frozen=True, slots=True)
class OriginView:
    """Where the revision that is shown came from."""

    captures: tuple[CaptureView, ...]
    watch: WatchView | None
    """None where addresses are not watched, or this article has none."""


def origin_view(origin: Origin, revision: str, *, address: str, can_watch: bool) -> OriginView:
    """Return the view for the ``revision`` that is shown, of an article at ``address``."""
    return OriginView(
        tuple(_capture(each) for each in origin.captures if each.revision == revision),
        _watch(origin, address, can_watch),
    )


def found_by_watching(origin: Origin) -> frozenset[int]:
    """Return the numbers of the revisions that were found by watching the address."""
    return frozenset(each.number for each in origin.captures if each.kind == "watch")


def _capture(capture: Capture) -> CaptureView:
    how = KINDS.get(capture.kind, f"From a {capture.kind} capture")
    is_link = urlsplit(capture.address).scheme in ("http", "https")
    return CaptureView(
        says=f"{how}, {formatting.moment(capture.captured_at)}",
        address=capture.address if is_link else "",
        host=(urlsplit(capture.address).hostname or "") if is_link else "",
        file_name=capture.file_name,
        sha256=capture.sha256,
        download=f"/captures/{capture.id}" if capture.is_kept else "",
        size=formatting.megabytes(capture.size),
        fields=_fields(capture.sources),
    )


def _fields(sources: Mapping[str, str]) -> str:
    """Say where the fields came from, those from one source together.

    >>> _fields({"title": "JSON-LD", "author": "typed", "publisher": "JSON-LD"})
    'Title, publisher from the page’s JSON-LD; author typed'
    """
    by_source: dict[str, list[str]] = {}
    for name in LABELS:
        if name in sources and name != "captured_at":
            by_source.setdefault(sources[name], []).append(LABELS[name].lower())
    parts = [
        f"{', '.join(names)} {SOURCES.get(source, f'from {source}')}" for source, names in by_source.items()
    ]
    words = "; ".join(parts)
    return words[:1].upper() + words[1:]


def _watch(origin: Origin, address: str, can_watch: bool) -> WatchView | None:
    if not can_watch or urlsplit(address).scheme not in ("http", "https"):
        return None
    watch = origin.watch
    if watch is None:
        return WatchView(False, "")
    if watch.is_over:
        return WatchView(True, f"No longer watched: the last checks all failed. {watch.outcome}")
    if watch.looked_at is None:
        return WatchView(True, "Checked daily, for the first time tomorrow.")
    return WatchView(
        True, f"Checked daily, last on {formatting.moment(watch.looked_at)}. {watch.outcome}".strip()
    )
