"""The page of keys for scripts: those that there are, and the form that makes one."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import InvalidInputError
from app.services.operations.api_keys import MAX_NAME_CHARS, ApiKey
from app.web import formatting

SCOPES = {
    "read": "Read, also what editors alone see",
    "write": "Read, and add, edit and delete",
}
"""What a key may do, in words."""


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """What a key may do, to be chosen."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key in words."""

    name: str
    id: str
    scope: str
    made: str
    used: str
    revoke: str
    """Where it can be revoked; empty if it was."""


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key that was just made, and how to use it."""

    name: str
    key: str
    example: str


@dataclass(frozen=True, slots=True)
class KeysPage:
    """The keys, and the form that makes one."""

    keys: tuple[KeyView, ...]
    scopes: tuple[ScopeChoice, ...]
    name: str
    """As it was typed."""
    max_chars: int
    problem: str
    advice: str
    name_error: str
    made: MadeKey | None


@dataclass(frozen=True, slots=True)
class RevokePage:
    """The question whether to revoke a key."""

    key: KeyView


def keys_page(
    keys: Sequence[ApiKey],
    *,
    name: str = "",
    scope: str = "read",
    error: InvalidInputError | None = None,
    made: MadeKey | None = None,
) -> KeysPage:
    """Build the page, with what was typed and what is wrong with it, or with the key that was just made."""
    return KeysPage(
        keys=tuple(map(key_view, keys)),
        scopes=tuple(ScopeChoice(value, words, value == scope) for value, words in SCOPES.items()),
        name=name,
        max_chars=MAX_NAME_CHARS,
        problem=error.message if error else "",
        advice=error.advice if error else "",
        name_error=error.fields.get("name", "") if error else "",
        made=made,
    )


def key_view(key: ApiKey) -> KeyView:
    """Return a key in words."""
    made = f"Made on {formatting.day(key.made_at.date())}{f' by {key.who}' if key.who else ''}"
    used = f"Last used on {formatting.day(key.used_on)}" if key.used_on else "Not used yet"
    return KeyView(
        name=key.name,
        id=key.id,
        scope=SCOPES[key.scope],
        made=made,
        used=f"Revoked on {formatting.day(key.revoked_at.date())}" if key.revoked_at else used,
        revoke="" if key.revoked_at else f"/keys/{key.id}/revoke",
    )


def made_key(key: ApiKey, secret: str, base_url: str) -> MadeKey:
    """Return a key that was just made, with an example; ``base_url`` is the start of absolute links."""
    return MadeKey(key.name, secret, f'curl -H "Authorization: Bearer {secret}" {base_url}/api/v1/log')
