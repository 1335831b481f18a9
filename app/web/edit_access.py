"""Who may add, edit and delete: everybody on this machine's own loopback; elsewhere, who has typed the edit key."""

import hashlib
import hmac
from enum import StrEnum
from threading import Lock
from time import monotonic

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from app.settings import Settings
from app.web import urls

COOKIE = "variorum_edit"
COOKIE_AGE = 30 * 24 * 3600
"""Seconds for which a typed key is remembered."""

WRONG_KEYS = 5
"""Wrong keys that one address may try within ``WRONG_KEYS_WINDOW`` seconds before it has to wait."""
WRONG_KEYS_WINDOW = 60.0
_MAX_ADDRESSES = 10_000


class Editing(StrEnum):
    """Whether a visitor may add, edit and delete."""

    FREE = "free"
    """Nobody but this machine's own users reaches the program: no key is asked for."""
    ALLOWED = "allowed"
    """The visitor has typed the edit key."""
    NEEDS_KEY = "needs-key"
    OFF = "off"
    """The program can be reached from elsewhere and has no edit key: nobody may."""

    @property
    def may(self) -> bool:
        """Whether adding, editing and deleting are open to the visitor."""
        return self in (Editing.FREE, Editing.ALLOWED)


def state(request: Request, settings: Settings) -> Editing:
    """Whether the visitor who sent ``request`` may edit."""
    if not settings.reachable_from_elsewhere:
        return Editing.FREE
    if not settings.edit_key:
        return Editing.OFF
    try:
        _signer(settings).loads(request.cookies.get(COOKIE, ""), max_age=COOKIE_AGE)
    except BadSignature:
        return Editing.NEEDS_KEY
    return Editing.ALLOWED


def is_key(typed: str, settings: Settings) -> bool:
    """Whether ``typed`` is the edit key, compared in a time that does not depend on where they differ."""
    return bool(settings.edit_key) and hmac.compare_digest(typed.encode(), settings.edit_key.encode())


def remember(request: Request, response: Response, settings: Settings) -> None:
    """Let ``response`` set the cookie that says the edit key was typed."""
    response.set_cookie(
        COOKIE,
        _signer(settings).dumps("edit"),
        max_age=COOKIE_AGE,
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
    """Wrong keys counted by address, in memory: a guesser has to wait, and nobody else does."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._tries: dict[str, list[float]] = {}

    def must_wait(self, address: str) -> bool:
        """Whether ``address`` has tried too many wrong keys just now."""
        with self._lock:
            return len(self._recent(address)) >= WRONG_KEYS

    def count(self, address: str) -> None:
        """Count one wrong key typed at ``address``."""
        with self._lock:
            recent = self._recent(address)
            if len(self._tries) >= _MAX_ADDRESSES:
                self._tries.clear()
            self._tries[address] = [*recent, monotonic()]

    def _recent(self, address: str) -> list[float]:
        since = monotonic() - WRONG_KEYS_WINDOW
        return [when for when in self._tries.get(address, ()) if when > since]
