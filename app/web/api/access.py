"""Who may use the API: a key is checked whenever one is sent, and writing needs permission."""

from anyio import to_thread
from fastapi import Depends, Request

from app.web import errors
from app.web.editing import edit_access, script_key


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


Writer = Depends(require_writer)
"""For ``dependencies=[Writer]``: the route changes something."""
