"""Who may add, edit and delete: everybody on this machine's own loopback; elsewhere, who has typed the edit key.

A typed key begins a *session*, whose id the signed cookie holds. It ends after ``COOKIE_AGE``, for good when the reader
lets the browser forget the key (a copy of the cookie ends with it), and together with all others by a new edit key.

A setting can also admit whom a proxy names (``app.web.editing.identity``).
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum
from time import time

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from app.db.engine.base import Database
from app.errors import VariorumError
from app.services.edit_log import Actor
from app.services.operations import edit_sessions
from app.settings import Settings
from app.web import urls
from app.web.clients.client_address import client_of
from app.web.clients.tally import ProcessTally
from app.web.editing import identity, script_key

COOKIE = "variorum_edit"
COOKIE_AGE = 30 * 24 * 3600
"""Seconds for which a typed key is remembered."""

COOKIE_KEPT = COOKIE_AGE + 7 * 24 * 3600
"""Seconds for which a browser keeps the cookie: a form that was open when its session ended is known by it, and keeps
what was typed."""

OPEN_FORMS = frozenset({"/edit-key", "/edit-key/forget"})
"""Where anybody may send a form."""

WRONG_KEYS = 5
"""Wrong keys that one client may try within ``WRONG_KEYS_WINDOW`` seconds before it has to wait."""
WRONG_KEYS_WINDOW = 60.0


class Editing(StrEnum):
    """Whether a visitor may add, edit and delete."""

    FREE = "free"
    """Nobody but this machine's own users reaches the program: no key is asked for."""
    ALLOWED = "allowed"
    """The visitor has typed the edit key, or was named by a proxy that may admit editors."""
    NEEDS_KEY = "needs-key"
    OFF = "off"
    """The program can be reached from elsewhere and has no edit key: nobody may."""

    @property
    def may(self) -> bool:
        """Whether adding, editing and deleting are open to the visitor."""
        return self in (Editing.FREE, Editing.ALLOWED)


@dataclass(frozen=True, slots=True)
class EditSession:
    """What a cookie with our signature says."""

    id: str
    begun_at: float
    """Seconds since 1970. It may be in the future, if the clock was set back; then the session has just begun."""

    @property
    def is_over(self) -> bool:
        """Whether the key was typed too long ago."""
        return time() - self.begun_at > COOKIE_AGE


def session(request: Request, settings: Settings) -> EditSession | None:
    """Return the session of the visitor's cookie, however old; None without a cookie that bears our signature."""
    try:
        content, signed_at = _signer(settings).loads(request.cookies.get(COOKIE, ""), return_timestamp=True)
    except BadData:
        return None
    return EditSession(content, signed_at.timestamp()) if isinstance(content, str) else None


def state(request: Request, settings: Settings) -> Editing:
    """Return whether the visitor who sent ``request`` may edit; of a script with a key, whether it may read as they do.

    Raises an error for a key that does not work (``app.web.editing.script_key``).
    """
    if script_key.key_of(request) is not None:
        return Editing.ALLOWED
    if not settings.reachable_from_elsewhere:
        return Editing.FREE
    if settings.user_header_admits and identity.signed_in(request, settings):
        return Editing.ALLOWED
    if not settings.edit_key:
        return Editing.OFF
    signed = session(request, settings)
    if signed is None or signed.is_over or _has_ended(request, signed):
        return Editing.NEEDS_KEY
    return Editing.ALLOWED


def keeper(request: Request, settings: Settings) -> Actor | None:
    """Return the editor whose click on one of our own links this is, else None.

    A comparison that an editor makes is stored at a GET: a link on another site's page must not do that.
    """
    is_own_link = request.headers.get("sec-fetch-site", "none") in ("same-origin", "none")
    may = is_own_link and state(request, settings).may
    return identity.actor(request, settings) if may else None


def state_before_body(request: Request, settings: Settings) -> Editing:
    """Return ``state`` as known before the body is read: any session of ours is enough.

    A session may have expired after the form was opened: then the input is kept, and the key is requested. A script's
    key is looked up by the route.
    """
    if script_key.sent_key(request) is not None:
        return Editing.ALLOWED
    if not settings.reachable_from_elsewhere:
        return Editing.FREE
    if settings.user_header_admits and identity.signed_in(request, settings):
        return Editing.ALLOWED
    if not settings.edit_key:
        return Editing.OFF
    return Editing.NEEDS_KEY if session(request, settings) is None else Editing.ALLOWED


def _has_ended(request: Request, signed: EditSession) -> bool:
    try:
        db: Database = request.app.state.storage.database()
        return edit_sessions.has_ended(db, signed.id)
    except VariorumError:  # the page that is being made says what is wrong with the database
        return True


def is_key(typed: str, settings: Settings) -> bool:
    """Return whether ``typed`` is the edit key, compared in a time that does not depend on where they differ."""
    return bool(settings.edit_key) and hmac.compare_digest(typed.encode(), settings.edit_key.encode())


def remember(request: Request, response: Response, settings: Settings) -> None:
    """Let ``response`` set the cookie that says the edit key was typed."""
    response.set_cookie(
        COOKIE,
        _signer(settings).dumps(secrets.token_urlsafe(edit_sessions.ID_BYTES)),
        max_age=COOKIE_KEPT,
        httponly=True,
        samesite="lax",
        secure=urls.base_url(request).startswith("https:"),
    )


def forget(response: Response) -> None:
    """Let ``response`` remove the cookie."""
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")


def _signer(settings: Settings) -> URLSafeTimedSerializer:
    """Signs with a key derived from the edit key, so that a new edit key ends every cookie."""
    secret = hashlib.sha256(b"variorum edit cookie\0" + settings.edit_key.encode()).digest()
    return URLSafeTimedSerializer(secret, salt="variorum-edit")


class WrongKeys:
    """Wrong keys counted by client, over all serving processes: a guesser has to wait, and nobody else does."""

    def __init__(self, tally: ProcessTally) -> None:
        self._tally = tally

    def must_wait(self, address: str) -> bool:
        """Return whether too many wrong keys were typed at ``address`` just now."""
        return self._tally.tries(client_of(address), WRONG_KEYS_WINDOW) >= WRONG_KEYS

    def count(self, address: str) -> None:
        """Count one wrong key typed at ``address``."""
        self._tally.add_try(client_of(address))
