"""The OpenAPI document of the API, made from its routes."""

import json
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

import app
from app.web.api.bodies import SENT
from app.web.api.models.base import ProblemOut
from app.web.problems import MEDIA_TYPE

_DESCRIPTION = """\
Everything that the pages show, for programs. Lists come in parts: follow `next`, or the header `Link`, until there is
none. Every answer has an ETag: send it back in `If-None-Match`, and an unchanged one costs a 304. A failure is a
problem (RFC 9457) with what happened in `detail` and what to do in `advice`. Reading what everybody may read needs no
key; where a server has an edit key, writing and what is for editors need a key from its page /keys, as
`Authorization: Bearer variorum_...`."""

_PROBLEMS: Mapping[int, str] = {
    400: "The request cannot be read.",
    401: "The key is wrong, or was revoked.",
    403: "This is for editors, or the key may not do it.",
    404: "There is nothing at this address.",
    409: "Something else was saved meanwhile, or looks the same.",
    412: "It no longer matches the ETag in If-Match, or is there though If-None-Match says it is not.",
    415: "The body is not declared as JSON.",
    413: "This is too large.",
    422: "A value is not what is taken here.",
    429: "The key has made too many requests in this minute.",
    503: "Not available just now.",
}


def document(routes: Sequence[BaseRoute]) -> bytes:
    """Return the OpenAPI document of ``routes``, as JSON."""
    described = get_openapi(
        title="Variorum",
        version=app.__version__,
        description=_DESCRIPTION,
        routes=routes,
        separate_input_output_schemas=False,
    )
    schemas: dict[str, Any] = described.setdefault("components", {}).setdefault("schemas", {})
    schemas["ProblemOut"] = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schemas["ProblemOut"].pop("$defs", {}))
    for model in SENT:
        schemas[model.__name__] = model.model_json_schema(ref_template="#/components/schemas/{model}")
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    described["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    described["security"] = [{}, {"key": []}]
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            _describe_failures(operation, path, method)
    text = json.dumps(described, ensure_ascii=False)
    # Models end in Out, as values on their way out do; a client's own classes need not.
    return re.sub(r'(?<=/schemas/)(\w+)Out"|"(\w+)Out"(?=: \{)', _without_suffix, text).encode()


def _without_suffix(match: re.Match[str]) -> str:
    return f'{match[1]}"' if match[1] else f'"{match[2]}"'


def _describe_failures(operation: dict[str, Any], path: str, method: str) -> None:
    """Say how an operation fails: with a problem, whatever the reason."""
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    responses: dict[str, Any] = operation["responses"]
    statuses = [401, 403, 422, 429, 503]
    statuses += [404] * ("{" in path)
    statuses += [400, 409, 412, 413, 415] * (method != "get")
    for status in statuses:
        responses[str(status)] = {"description": _PROBLEMS[status], "content": problem}
    responses["default"] = {"description": "Any other failure.", "content": problem}
    if method == "get" and any(parameter["name"] == "pins" for parameter in operation.get("parameters", ())):
        responses["303"] = {"description": "The pins are written in another form."}
    if method == "get":
        responses["304"] = {"description": HTTPStatus.NOT_MODIFIED.phrase}
