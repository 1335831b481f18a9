"""What a comparison's address asks for: which texts, which row, made around which pins."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request
from starlette.responses import Response

from app import permalinks
from app.collation import pipeline
from app.collation.model import Comparison, Pins
from app.db.engine.base import Database
from app.errors import NotFoundError
from app.services import comparisons
from app.services.comparisons import StoredComparison
from app.services.edit_log import Actor
from app.web import etags
from app.web.delivery import kept
from app.web.dependencies import DatabaseDep
from app.web.errors import CanonicalAddressError
from app.web.pages.table.comparison_view import ComparisonView, view_from
from app.web.problems import FOLDER

COMPARISON = "/compare/{base}..{witness}"
"""The first comparison made of the pair."""
COMPARISON_BY_ENGINE = "/compare/{base}..{witness}/engine/{engine}"
"""The comparison that one engine made."""


@dataclass(frozen=True, slots=True)
class ComparisonAddress:
    """The comparison that a request names, and how it is to be shown."""

    request: Request
    db: Database
    base: str
    witness: str
    engine: str | None
    """None for the first comparison made of the pair."""
    pins: Pins
    moved_to: str = ""
    """The canonical address to redirect to, once the rest of the request proved valid; empty if it is this one."""

    @property
    def path(self) -> str:
        """The comparison's path, without its pins."""
        return permalinks.compare_path(self.base, self.witness, self.engine)

    @property
    def view(self) -> ComparisonView:
        """The choices of view in the query; kinds of finding may be in one ``kind`` or in several."""
        query = self.request.query_params
        return view_from(dict(query) | {"kind": ",".join(query.getlist("kind"))})

    @property
    def row(self) -> int:
        """The row's number, from 1; raises NotFoundError where the address has no number there."""
        return counted(self.request.path_params["number"], "row")

    def stored(self, keeper: Actor | None = None) -> StoredComparison:
        """Return the comparison; with ``keeper``, an editor, also one around pins or of an unrelated pair is stored.

        Raises CanonicalAddressError where it is answered at another address.
        """
        if self.moved_to:
            raise CanonicalAddressError(self.moved_to)
        return comparisons.open_or_make(
            self.db, self.base, self.witness, self.engine, self.pins, keeper=keeper
        )

    def keep_path(self, stored: StoredComparison) -> str:
        """Return where an editor has the comparison kept as it is; empty if it is stored."""
        query = ComparisonView(pins=permalinks.pins_text(self.pins)).query
        return "" if stored.stored else f"{permalinks.compare_path(self.base, self.witness)}/keep{query}"

    def page(self, make: Callable[[StoredComparison], Response], *content: str) -> Response:
        """Answer with the page that ``make`` returns, or 304; ``content`` is what the page depends on besides."""

        def tag_of(digest: str, is_stored: bool) -> str:
            return etags.page_tag(self.request, digest, str(is_stored), pipeline.ENGINE, *content)

        return self._answer(make, tag_of)

    def document(self, make: Callable[[Comparison], Response]) -> Response:
        """Answer with the document that ``make`` returns, or 304; it depends on the comparison alone."""
        return self._answer(
            lambda stored: make(stored.comparison), lambda digest, is_stored: etags.content_tag(digest)
        )

    def _answer(
        self, make: Callable[[StoredComparison], Response], tag_of: Callable[[str, bool], str]
    ) -> Response:
        """Answer 304 to a reader who has it already, at the cost of one small read; else make the answer and tag it."""
        if "If-None-Match" in self.request.headers and not self.moved_to:
            digest = comparisons.digest(self.db, self.base, self.witness, self.engine, self.pins)
            if digest and (unchanged := etags.unchanged(self.request, tag_of(digest, True))):
                return unchanged
        stored = self.stored()
        if stored.stored:
            kept.keep(self.request)
        tag = tag_of(stored.digest, stored.stored)
        return etags.unchanged(self.request, tag) or etags.tagged(make(stored), tag)


def counted(value: str, what: str) -> int:
    """Return ``value`` as a number counting from 1; raises NotFoundError where it is none."""
    if (number := permalinks.number(value)) is None:
        raise NotFoundError(f"There is no such {what}.", f"A {what} is named by its number, counting from 1.")
    return number


def _address(request: Request, db: DatabaseDep, base: str, witness: str) -> ComparisonAddress:
    """Parse a comparison's address.

    Raises NotFoundError unless it names two revision ids, InvalidInputError for what are no pins, and
    CanonicalAddressError where the pins are written in another form, so that each comparison has one address. The API
    reports other errors first.
    """
    if not (permalinks.is_id(base) and permalinks.is_id(witness)):
        raise NotFoundError(
            "This is not a comparison’s address.", "It may be incomplete: copy the whole link and try again."
        )
    written = request.query_params.getlist("pins")
    pins = permalinks.parse_pins(",".join(written))
    canonical = [permalinks.pins_text(pins)] if pins else []
    moved_to = ""
    if written != canonical and request.method == "GET":  # what is sent would be lost on the way
        others = [(name, value) for name, value in request.query_params.multi_items() if name != "pins"]
        query = urlencode([("pins", value) for value in canonical] + others, safe=",")
        moved_to = f"{request.url.path}?{query}" if query else request.url.path
        if not request.url.path.startswith(FOLDER):
            raise CanonicalAddressError(moved_to)
    return ComparisonAddress(request, db, base, witness, request.path_params.get("engine"), pins, moved_to)


AddressDep = Annotated[ComparisonAddress, Depends(_address)]
