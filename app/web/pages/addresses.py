"""A comparison page's choices of view, and the addresses that lead to each of its places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode

from app import permalinks
from app.collation.model import FindingKind
from app.web.pages import kinds

Layout = Literal["side", "inline"]
Show = Literal["all", "changes"]


@dataclass(frozen=True, slots=True)
class View:
    """What a reader chose of the comparison; it lives in the query string, in one order."""

    layout: Layout = "side"
    show: Show = "all"
    typography: bool = False
    kind: FindingKind | None = None
    """The one kind of finding that is listed and marked; every kind but the quiet ones where none is chosen."""
    start: int = 1
    """A row (from 1) of the part of a long comparison that is shown."""
    pins: str = ""
    """The pins, in canonical form, that the comparison was made around: no choice of view, but in every link to it."""

    @property
    def draws_typography(self) -> bool:
        """Whether typographic differences are drawn in the text."""
        return self.typography or self.kind == "typography"

    @property
    def query(self) -> str:
        """The query string with its question mark, empty where everything is as it is by default.

        >>> View().query, View(layout="inline", start=301, pins="3-4,7x9").query
        ('', '?pins=3-4,7x9&view=inline&from=301')
        """
        chosen: list[tuple[str, str]] = [("pins", self.pins)] if self.pins else []
        if self.layout != "side":
            chosen.append(("view", self.layout))
        if self.show != "all":
            chosen.append(("show", self.show))
        if self.typography:
            chosen.append(("typography", "shown"))
        if self.kind:
            chosen.append(("kind", self.kind))
        if self.start > 1:
            chosen.append(("from", str(self.start)))
        return f"?{urlencode(chosen, safe=',')}" if chosen else ""

    def query_with(self, **more: str) -> str:
        """``query`` with further parameters behind it.

        >>> View().query_with(of="b3"), View(layout="inline").query_with()
        ('?of=b3', '?view=inline')
        """
        added = urlencode(more)
        return f"{self.query}&{added}" if self.query and added else self.query or f"?{added}" * bool(added)


def view_from(query: Mapping[str, str]) -> View:
    """The view that a query string asks for; what it does not know it takes as the default.

    >>> view_from({"view": "inline", "from": "12", "typography": "shown"})
    View(layout='inline', show='all', typography=True, kind=None, start=12, pins='')
    >>> view_from({"view": "sideways", "kind": "gossip", "from": "-3"})
    View(layout='side', show='all', typography=False, kind=None, start=1, pins='')
    """
    start = query.get("from", "")
    return View(
        layout="inline" if query.get("view") == "inline" else "side",
        show="changes" if query.get("show") == "changes" else "all",
        typography=query.get("typography") == "shown",
        kind=next((kind for kind in kinds.ORDER if kind == query.get("kind")), None),
        start=max(1, int(start)) if start.isascii() and start.isdigit() and len(start) < 9 else 1,
    )


@dataclass(frozen=True, slots=True)
class Places:
    """Where each row of the comparison at ``path`` is found, from the part of it that is on the page."""

    path: str
    view: View
    first: int
    """Number of the first row on the page."""
    last: int
    starts: Sequence[int]
    """Number of each part's first row, rising."""

    def of(self, row: int, finding: int | None = None) -> str:
        """The address of a row, or a finding in it: a mere fragment where it stands on this page."""
        anchor = f"#{permalinks.row_anchor(row, finding)}"
        return anchor if self.first <= row <= self.last else self.part(row) + anchor

    def part(self, row: int) -> str:
        """The address of the part of the comparison that holds ``row``."""
        start = max((start for start in self.starts if start <= row), default=1)
        return self.path + replace(self.view, start=start).query

    def page(self, row: int, finding: int | None = None) -> str:
        """The page of a row's, or a finding's, own."""
        return permalinks.row_path(self.path, row, finding, self.view.pins)

    def by_hand(self, row: int, **asked: str) -> str:
        """The page on which a row is paired by hand; ``asked`` are further parameters of its address."""
        return f"{permalinks.row_path(self.path, row)}/pair{replace(self.view, start=1).query_with(**asked)}"
