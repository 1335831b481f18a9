"""What a comparison's address asks for: which texts, which row, made around which pins."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from app import permalinks
from app.collation.model import Pins
from app.errors import NotFoundError
from app.web.pages.comparison.view import ComparisonView, view_from
from app.web.templating import see_other


def pins(request: Request) -> tuple[Pins, Response | None]:
    """The pins that the request's ``pins`` names, and the way to the canonical address where they stand otherwise.

    So each comparison has one address. Raises InvalidInputError for what are no pins.
    """
    named = request.query_params.getlist("pins")
    found = permalinks.parse_pins(",".join(named))
    canonical = permalinks.pins_text(found)
    if named == ([canonical] if canonical else []):
        return found, None
    others = [(name, value) for name, value in request.query_params.multi_items() if name != "pins"]
    query = urlencode([("pins", canonical)] * bool(canonical) + others, safe=",")
    return found, see_other(request.url.path + f"?{query}" * bool(query))


def view(request: Request) -> ComparisonView:
    """The choices of view that the request names; kinds of finding may stand in one ``kind`` or in several."""
    query = request.query_params
    return view_from(dict(query) | {"kind": ",".join(query.getlist("kind"))})


def check_ids(base: str, witness: str) -> None:
    """Returns nothing; raises NotFoundError unless both have the form of a revision's id."""
    if not (permalinks.is_id(base) and permalinks.is_id(witness)):
        raise NotFoundError(
            "This is not a comparison’s address.", "It may be incomplete: copy the whole link and try again."
        )


def counted(value: str, what: str) -> int:
    """``value`` as a number counting from 1; raises NotFoundError where it is none."""
    if not (value.isascii() and value.isdecimal() and len(value) < 9):
        raise NotFoundError(f"There is no such {what}.", f"A {what} is named by its number, counting from 1.")
    return int(value)
