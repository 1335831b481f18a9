"""The pins in a request's address."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from app import permalinks
from app.collation.model import Pins
from app.web.templating import see_other


def pinned(request: Request) -> tuple[Pins, Response | None]:
    """The pins that the request's ``pins`` names, and the way to the canonical address where they stand otherwise.

    So each comparison has one address. Raises InvalidInputError for what are no pins.
    """
    named = request.query_params.getlist("pins")
    pins = permalinks.parse_pins(",".join(named))
    canonical = permalinks.pins_text(pins)
    if named == ([canonical] if canonical else []):
        return pins, None
    others = [(name, value) for name, value in request.query_params.multi_items() if name != "pins"]
    query = urlencode([("pins", canonical)] * bool(canonical) + others, safe=",")
    return pins, see_other(request.url.path + f"?{query}" * bool(query))
