"""The addresses of style sheets and other static files, each with a hash of its content.

One style sheet a page: the files of ``static/css`` that it needs, joined in order, without comments and indentation.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app import resources

_EVERYWHERE = ("shared/tokens", "shared/base", "shared/layout")

SHEETS: dict[str, tuple[str, ...]] = {
    "plain": (),
    "forms": ("shared/relatives", "shared/forms"),
    "intake": ("shared/relatives", "shared/forms", "table/marks", "articles/intake", "articles/preview"),
    "notes": ("shared/forms", "notes/note"),
    "desk": ("shared/forms", "shared/desk", "exports/sharing"),
    "lists": ("shared/desk",),
    "history": ("shared/forms", "table/marks", "articles/history"),
    "exports": ("exports/sharing",),
    "library": ("shared/relatives", "stories/library", "stories/worst_finding", "stories/shelves"),
    "search": ("stories/library", "search/results"),
    "article": ("shared/relatives", "articles/article", "notes/note", "exports/sharing"),
    "story": (
        "shared/relatives",
        "comparison/precedence",
        "stories/worst_finding",
        "stories/story",
        "stories/matrix",
        "exports/sharing",
    ),
    "synopsis": ("table/marks", "comparison/strengths", "stories/wordings", "stories/synopsis"),
    "quotations": ("quotations/quotations",),
    "quotation": ("table/marks", "stories/worst_finding", "quotations/quotations"),
    "comparison": (
        "comparison/page",
        "comparison/bar",
        "exports/sharing",
        "table/overview",
        "table/rows",
        "table/marks",
        "comparison/strengths",
        "notes/note",
        "findings/cards",
        "findings/finding_page",
        "findings/finding_list",
        "comparison/precedence",
        "comparison/pins",
        "shared/print",
    ),
}
"""The files of each sheet after those that every page has, in the order in which they build on one another."""


_LOCAL_URL = re.compile(rb'url\("/static/([^"?]+)"\)')


@lru_cache(maxsize=256)
def _digest(path: Path, _modified: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """Return the address of the static file ``name``, with a hash of its content, so that it can be cached for ever."""
    path = resources.folder("static") / name
    return f"/static/{name}?v={_digest(path, path.stat().st_mtime_ns)}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet as it is served."""

    content: bytes
    compressed: bytes
    """The content under gzip."""
    version: str
    """Start of the content's SHA-256."""


def sheet(name: str) -> Sheet:
    """Return the sheet ``name``, made again once one of its files has changed. Raises KeyError for an unknown name."""
    folder = resources.folder("static") / "css"
    paths = [folder / f"{part}.css" for part in (*_EVERYWHERE, *SHEETS[name])]
    return _joined(tuple((path, path.stat().st_mtime_ns) for path in paths))


def stylesheet(name: str) -> str:
    """Return the address of the sheet ``name``, which changes with its content, so that it can be cached for ever."""
    return f"/static/sheets/{name}.css?v={sheet(name).version}"


_STRING = rb'("(?:[^"\\]|\\.)*")'
_GAP = re.compile(_STRING + rb"|/\*.*?\*/|\s+", re.DOTALL)
_AROUND_SIGN = re.compile(_STRING + rb"|\s*([{},;])\s*")


def minified(css: bytes) -> bytes:
    """Return a style sheet without comments and insignificant white space; strings stay as they are.

    >>> minified(b'a,\\nb { /* why */\\n  margin: 0 calc(1px + 2em);\\n  content: "a;  b";\\n}\\n').decode()
    'a,b{margin: 0 calc(1px + 2em);content: "a;  b"}'
    """
    spaced = _GAP.sub(lambda match: match[1] or b" ", css)
    joined = _AROUND_SIGN.sub(lambda match: match[1] or match[2], spaced)
    return joined.replace(b";}", b"}").strip()


@lru_cache(maxsize=2 * len(SHEETS))
def _joined(files: tuple[tuple[Path, int], ...]) -> Sheet:
    written = b"\n".join(path.read_bytes().strip() for path, _ in files) + b"\n"
    content = _LOCAL_URL.sub(lambda url: f'url("{asset(url[1].decode())}")'.encode(), minified(written))
    return Sheet(content, gzip.compress(content, mtime=0), hashlib.sha256(content).hexdigest()[:12])
