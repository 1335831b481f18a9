"""Who makes a change: whom a proxy that signs people in names, or else the name that a reader gave once."""

import hashlib
import ipaddress

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.errors import InvalidInputError, UnclearSenderError
from app.services.edit_log import UNNAMED, Actor
from app.settings import Settings
from app.web import urls
from app.web.clients.client_address import PEER
from app.web.editing import script_key

COOKIE = "variorum_name"
COOKIE_AGE = 365 * 24 * 3600
"""Seconds for which a name that a reader gave is remembered."""

MAX_NAME_CHARS = 100
"""Code points of a name: the longest addresses of people are shorter."""


def actor(request: Request, settings: Settings) -> Actor:
    """Return who makes a change by ``request``, and how we know.

    A script's key counts most, and the proxy's word more than the reader's.
    """
    if (key := script_key.known_key(request)) is not None:
        return Actor(key.name, "key")
    if name := signed_in(request, settings):
        return Actor(name, "proxy")
    name = _given_name(request, settings)
    return Actor(name, "name") if name else UNNAMED


def signed_in(request: Request, settings: Settings) -> str:
    """Return whom the proxy says that it signed in; empty where it names nobody.

    The header is read only on connections from the addresses in ``VARIORUM_USER_HEADER_FROM``; from anywhere else it
    counts for nothing. Raises UnclearSenderError where it comes twice, or holds what is no name: one of the two may be
    the client's own.
    """
    if not (settings.user_header and _is_from_proxy(request, settings)):
        return ""
    wanted = settings.user_header.lower().encode("ascii")
    values = [value for name, value in request.scope["headers"] if name == wanted]
    if len(values) > 1:
        raise UnclearSenderError(
            f"This request says twice who sent it, in {settings.user_header}, so nothing was done.",
            "Whoever runs the proxy has to let it replace what a client sends, as docs/deployment.md shows.",
        )
    if not values:
        return ""
    try:
        return checked_name(values[0].decode("utf-8"))
    except (UnicodeDecodeError, InvalidInputError):
        raise UnclearSenderError(
            f"What the proxy says of who sent this, in {settings.user_header}, is no name, so nothing was done.",
            f"A name has at most {MAX_NAME_CHARS} characters, in UTF-8, all of which can be seen.",
        ) from None


def check_signed_in(request: Request, settings: Settings) -> None:
    """Raise UnclearSenderError where ``signed_in`` does; the answer is then made as if the header were not there."""
    try:
        signed_in(request, settings)
    except UnclearSenderError:
        refused = settings.user_header.lower().encode("ascii")
        request.scope["headers"] = [pair for pair in request.scope["headers"] if pair[0] != refused]
        raise


def checked_name(typed: str) -> str:
    """Return a name without white space at its ends; empty where it was left empty.

    Raises InvalidInputError for what is too long, and for characters that nobody sees, such as those that turn the
    direction of writing: a name has to look like what it is.
    """
    name = typed.strip()
    if len(name) > MAX_NAME_CHARS or not name.isprintable():
        raise InvalidInputError(
            "This name cannot be kept, so nothing was saved.",
            "",
            {"editor": f"A name has at most {MAX_NAME_CHARS} characters, all of which can be seen."},
        )
    return name


def unnamed(request: Request, settings: Settings) -> str | None:
    """Return an empty name if the editor has to be asked for one, else None."""
    return "" if actor(request, settings).known == "nobody" else None


def actor_or(request: Request, settings: Settings, typed: str) -> Actor:
    """Return who sent a form: by the name ``typed`` in it, if one was, else ``actor``. Raises InvalidInputError."""
    name = checked_name(typed)
    return Actor(name, "name") if name else actor(request, settings)


def saved(request: Request, settings: Settings, typed: str | None, path: str) -> Response:
    """Redirect to ``path`` after a form was accepted, and keep the name that was ``typed`` in it."""
    response = RedirectResponse(path, status_code=303)
    if typed:
        remember_name(request, response, settings, typed)
    return response


def remember_name(request: Request, response: Response, settings: Settings, name: str) -> None:
    """Let ``response`` keep ``name`` in a signed cookie; an empty one is forgotten."""
    if not name:
        forget_name(response)
        return
    response.set_cookie(
        COOKIE,
        _signer(settings).dumps(name),
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="lax",
        secure=urls.base_url(request).startswith("https:"),
    )


def forget_name(response: Response) -> None:
    """Let ``response`` remove the name from this browser."""
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")


def _given_name(request: Request, settings: Settings) -> str:
    try:
        name = _signer(settings).loads(request.cookies.get(COOKIE, ""), max_age=COOKIE_AGE)
    except BadSignature:
        return ""
    return name if isinstance(name, str) else ""


def _is_from_proxy(request: Request, settings: Settings) -> bool:
    peer = request.scope.get(PEER)
    try:
        address = ipaddress.ip_address(peer[0] if peer else "")
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in settings.user_header_networks)


def _signer(settings: Settings) -> URLSafeTimedSerializer:
    """Signs with a key derived from the edit key, as the edit cookie is signed."""
    secret = hashlib.sha256(b"variorum name cookie\0" + settings.edit_key.encode()).digest()
    return URLSafeTimedSerializer(secret, salt="variorum-name")
