"""Who may use the API: a key is checked whenever one is sent, and writing needs permission and what is sent with it."""

from http import HTTPStatus

from anyio import to_thread
from fastapi import Depends, Request
from starlette.types import Message

from app.web import errors
from app.web.api.answers import precondition_failed
from app.web.delivery import conditions
from app.web.delivery.redrawing import receive_nothing
from app.web.editing import edit_access, script_key

_CONDITIONS = frozenset({b"if-match", b"if-none-match"})
_NOT_FOUND = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


async def checked_key(request: Request) -> None:
    """Refuse a key that does not work or was used too often, even where no key is needed."""
    if script_key.sent_key(request) is not None:
        await to_thread.run_sync(script_key.key_of, request)


def require_writer(request: Request) -> None:
    """Raise an error unless the request may write: by its key or, without one, by what its visitor may do on pages."""
    if (key := script_key.known_key(request)) is None:
        errors.refuse_editing(edit_access.state(request, request.app.state.settings))
    elif key.scope != "write":
        raise script_key.KeyScopeError(
            "This key may only read, so nothing was done.", "Have a key made at /keys that may also write."
        )


def may_write(request: Request) -> bool:
    """Return whether the request may write."""
    if (key := script_key.known_key(request)) is not None:
        return key.scope == "write"
    return edit_access.state(request, request.app.state.settings).may


async def require_conditions(request: Request, _: None = Depends(require_writer)) -> None:
    """Raise ProblemError where If-Match or If-None-Match forbids the change (RFC 9110, section 13.2.2).

    They are compared with the ETag that a GET of the address has now, weakly, since answers are compressed on their
    way. Where that finds nothing, the route says so.
    """
    headers = request.scope["headers"]
    wanted, unwanted = (conditions.sent(headers, name) for name in (b"if-match", b"if-none-match"))
    if not wanted and not unwanted:
        return
    status, tag = await _current(request)
    if status in _NOT_FOUND:
        return
    is_there = status == HTTPStatus.OK
    if wanted and not (is_there and conditions.names(wanted, tag)):
        raise precondition_failed()
    if unwanted and is_there and conditions.names(unwanted, tag):
        raise precondition_failed("If-None-Match")


async def _current(request: Request) -> tuple[int, bytes]:
    """Return the status and the ETag with which a GET of the request's address is answered now."""
    status, tag = 0, b""

    async def note(message: Message) -> None:
        nonlocal status, tag
        if message["type"] == "http.response.start":
            status, tag = message["status"], conditions.sent(message.get("headers", ()), b"etag")

    headers = [pair for pair in request.scope["headers"] if pair[0] not in _CONDITIONS]
    await request.app.route(
        {**request.scope, "method": "GET", "headers": headers, "query_string": b""}, receive_nothing, note
    )
    return status, tag


Writer = Depends(require_conditions)
"""For ``dependencies=[Writer]``: the route changes something, if its conditions are met."""
