"""A comparison page's choices of view, and the addresses that lead to each of its places."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from urllib.parse import urlencode

from app import permalinks
from app.collation.findings.registry import KINDS
from app.collation.model import FindingKind

Layout = Literal["side", "inline"]
Show = Literal["all", "changes"]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """What a reader chose of the comparison; it lives in the query string, in one order."""

    layout: Layout = "side"
    show: Show = "all"
    typography: bool = False
    kinds: tuple[FindingKind, ...] = ()
    """The kinds of finding that are listed and marked, in the pages' order; where none is chosen, all but the quiet."""
    listed: int = 1
    """Where one kind is listed alone: a finding (from 1) of the stretch of the list that is shown."""
    start: int = 1
    """A row (from 1) of the part of a long comparison that is shown."""
    pins: str = ""
    """The pins, in canonical form, that the comparison was made around: no choice of view, but in every link to it."""
    unknown: bool = False
    """Whether the address names an unknown kind of finding; no link repeats it."""

    @property
    def draws_typography(self) -> bool:
        """Whether typographic differences are drawn in the text."""
        return self.typography or "typography" in self.kinds

    @property
    def query(self) -> str:
        """The query string with its question mark; empty if everything has its default.

        >>> ComparisonView().query, ComparisonView(layout="inline", start=301, pins="3-4,7x9").query
        ('', '?pins=3-4,7x9&view=inline&from=301')
        >>> ComparisonView(kinds=("number", "date")).query
        '?kind=number,date'
        """
        chosen: list[tuple[str, str]] = [("pins", self.pins)] if self.pins else []
        if self.layout != "side":
            chosen.append(("view", self.layout))
        if self.show != "all":
            chosen.append(("show", self.show))
        if self.typography:
            chosen.append(("typography", "shown"))
        if self.kinds:
            chosen.append(("kind", ",".join(self.kinds)))
        if self.listed > 1:
            chosen.append(("listed", str(self.listed)))
        if self.start > 1:
            chosen.append(("from", str(self.start)))
        return f"?{urlencode(chosen, safe=',')}" if chosen else ""

    def query_with(self, **more: str) -> str:
        """Return ``query`` with further parameters behind it.

        >>> ComparisonView().query_with(of="b3"), ComparisonView(layout="inline").query_with()
        ('?of=b3', '?view=inline')
        """
        added = urlencode(more)
        return f"{self.query}&{added}" if self.query and added else self.query or f"?{added}" * bool(added)


def view_from(query: Mapping[str, str]) -> ComparisonView:
    """Return the view that a query string asks for; unknown values give the default.

    >>> view_from({"view": "inline", "from": "12"}) == ComparisonView("inline", start=12)
    True
    >>> view_from({"view": "sideways", "from": "-3"}) == ComparisonView()
    True
    >>> asked = view_from({"kind": "date,gossip,number,date"})
    >>> asked.kinds, asked.unknown
    (('number', 'date'), True)
    """
    wanted = {name.strip() for name in query.get("kind", "").split(",")} - {""}
    return ComparisonView(
        layout="inline" if query.get("view") == "inline" else "side",
        show="changes" if query.get("show") == "changes" else "all",
        typography=query.get("typography") == "shown",
        kinds=tuple(kind for kind in KINDS if kind in wanted),
        listed=_counting(query.get("listed", "")),
        start=_counting(query.get("from", "")),
        unknown=not wanted.issubset(KINDS),
    )


def _counting(value: str) -> int:
    """Return ``value`` as a number from 1; 1 if it is none."""
    return max(1, permalinks.number(value) or 1)


@dataclass(frozen=True, slots=True)
class Places:
    """Where each row of the comparison at ``path`` is found, from the part of it that is on the page."""

    path: str
    view: ComparisonView
    first: int
    """Number of the first row on the page."""
    last: int
    starts: Sequence[int]
    """Number of each part's first row, rising."""

    def of(self, row: int, finding: int | None = None) -> str:
        """Return the address of a row, or of a finding in it: a bare fragment if it is on this page."""
        anchor = f"#{permalinks.row_anchor(row, finding)}"
        return anchor if self.first <= row <= self.last else self.part(row) + anchor

    def part(self, row: int) -> str:
        """Return the address of the part of the comparison that holds ``row``."""
        place = bisect_right(self.starts, row)
        return _part_address(self.path, self.view, self.starts[place - 1] if place else 1)

    def page(self, row: int, finding: int | None = None) -> str:
        """Return the address of the page of one row, or of one finding."""
        return permalinks.row_path(self.path, row, finding, self.view.pins)

    def page_in_list(self, row: int, finding: int) -> str:
        """Return the address of a finding's page, whose next and previous are of the chosen kinds alone."""
        address = self.page(row, finding)
        return f"{address}&kind={','.join(self.view.kinds)}" if self.view.kinds else address

    def by_hand(self, row: int, **parameters: str) -> str:
        """Return the page on which a row is paired by hand; ``parameters`` are added to its address."""
        return f"{permalinks.row_path(self.path, row)}/pair{replace(self.view, start=1).query_with(**parameters)}"


@lru_cache(maxsize=1_024)
def _part_address(path: str, view: ComparisonView, start: int) -> str:
    """Return the address of a part; a page has thousands of links to a few of them where many paragraphs moved."""
    return path + replace(view, start=start).query
