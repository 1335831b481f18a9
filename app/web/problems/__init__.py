"""Failures under ``/api/v1``, as problem details (RFC 9457)."""

import json
import re
from collections.abc import Mapping, Sequence

from starlette.responses import Response

from app.errors import VariorumError

FOLDER = "/api/v1"
"""Where the API is whose failures are answered this way."""

MEDIA_TYPE = "application/problem+json"


API_KINDS: Mapping[str, int] = {
    "conflict": 409,
    "looks-the-same": 409,
    "precondition-failed": 412,
    "unsupported-media-type": 415,
    "not-json": 400,
}
"""The kinds of ``ProblemError``, each with its status."""


class ProblemError(VariorumError):
    """A failure that only the API has, such as a body that is not JSON; ``kind`` is one of ``API_KINDS``."""

    def __init__(
        self, kind: str, message: str, advice: str, more: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(message, advice)
        self.kind = kind
        self.more = more


def is_api(path: str) -> bool:
    """Return whether ``path`` is an address of the API.

    >>> is_api("/api/v1/articles"), is_api("/api/v1"), is_api("/api/compare/x"), is_api("/api/v10")
    (True, True, False, False)
    """
    return path == FOLDER or path.startswith(f"{FOLDER}/")


def kind_of(error: type[Exception]) -> str:
    """Return what the API calls a class of errors.

    >>> from app.errors import NotFoundError, StorageReadOnlyError
    >>> kind_of(NotFoundError), kind_of(StorageReadOnlyError)
    ('not-found', 'storage-read-only')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", error.__name__.removesuffix("Error")).lower()


def problem(
    status: int,
    kind: str,
    message: str,
    advice: str = "",
    errors: Sequence[Mapping[str, str]] = (),
    more: Mapping[str, object] | None = None,
) -> Response:
    """Return the answer that says what happened and what to do.

    ``errors`` names each value that was wrong; ``more`` holds what this kind of problem has besides.
    """
    body: dict[str, object] = {
        "type": f"{FOLDER}/problems#{kind}",
        "title": kind.replace("-", " ").capitalize(),
        "status": status,
        "detail": message,
    }
    if advice:
        body["advice"] = advice
    if errors:
        body["errors"] = list(errors)
    return Response(
        json.dumps(body | dict(more or {})),  # in ASCII: what a client sent may be no text
        status,
        {"Cache-Control": "no-store"},
        MEDIA_TYPE,
    )
