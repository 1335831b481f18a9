"""Keys for scripts, which count under ``/api/v1`` alone: ``Authorization: Bearer variorum_...``.

A key that is sent limits what the request may do, also where nobody needs one; one that does not work is refused, so
that a script never carries on as an anonymous reader without noticing.
"""

from starlette.requests import Request

from app.db.engine.base import Database
from app.errors import VariorumError
from app.services.operations import api_keys
from app.services.operations.api_keys import ApiKey
from app.settings import Settings
from app.web.clients.tally import ProcessTally
from app.web.problems import is_api

_KEY = "variorum.key"
"""Where a request's scope holds its key, once it was looked up."""

WINDOW_SECONDS = 60


class WrongKeyError(VariorumError):
    """A key that does not work."""


class KeyScopeError(VariorumError):
    """The error for a key that may not do this."""


class TooManyRequestsError(VariorumError):
    """More requests with one key in a minute than ``VARIORUM_KEY_REQUESTS``."""


def sent_key(request: Request) -> str | None:
    """Return the key that a request to the API was sent with, as it is written there; None where there is none.

    A key without “Bearer” before it counts as a wrong key: a script must not carry on as an anonymous reader.
    """
    # Every request asks: taking its whole address apart would be a sixth of what a kept page costs.
    if not is_api(request.scope["path"]):
        return None
    header = request.headers.get("authorization", "")
    scheme, _, key = header.partition(" ")
    if scheme.lower() == "bearer":
        return key.strip()
    return "" if api_keys.PREFIX in header else None


def key_of(request: Request) -> ApiKey | None:
    """Return the key of a request; None where none was sent. It is looked up and counted once a request.

    Raises WrongKeyError for one that does not work, and TooManyRequestsError. Reads the database.
    """
    if (sent := sent_key(request)) is None:
        return None
    key: ApiKey | None = request.scope.get(_KEY)
    if key is None:
        db: Database = request.app.state.storage.database()
        if (key := api_keys.find_key(db, sent)) is None:
            raise WrongKeyError(
                "This key does not work: it is incomplete, was revoked, or belongs to another server.",
                "Send it as it was shown, after “Bearer ” in the header Authorization, or have another made at /keys.",
            )
        accept(request, key)
    return key


def accept(request: Request, key: ApiKey) -> None:
    """Note the key of a request, once it was found to work, and count the request. Raises TooManyRequestsError."""
    settings: Settings = request.app.state.settings
    tally: ProcessTally = request.app.state.tally
    if tally.count_call(key.id, WINDOW_SECONDS) > settings.key_requests:
        raise TooManyRequestsError(
            f"This key made more than {settings.key_requests:,} requests in this minute.",
            f"Wait until the next one; the header Retry-After says how long. {_RAISE}",
        )
    request.scope[_KEY] = key


def known_key(request: Request) -> ApiKey | None:
    """Return the key of a request that was looked up before."""
    key: ApiKey | None = request.scope.get(_KEY)
    return key


_RAISE = "Whoever runs this program can set VARIORUM_KEY_REQUESTS higher."
