"""Settings, read from the environment under the prefix ``VARIORUM_`` (all are in docs/settings.md)."""

import ipaddress
import re
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

_SPAN = re.compile(r"[0-9]{1,6}[smhd]\Z")
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


def is_loopback(host: str) -> bool:
    """Return whether ``host``, a name or an address without port, reaches this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("[::1]"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    name = host.strip("[]").lower()
    if name in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _listed(listed: str) -> list[str]:
    """Return the parts of a list separated by commas."""
    return [part.strip() for part in listed.split(",") if part.strip()]


class Settings(BaseSettings):
    """What can be set from outside. Immutable; made once, in ``app.cli.main`` or a test, and passed on."""

    model_config = SettingsConfigDict(env_prefix="VARIORUM_", frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    database_url: str = ""
    """Empty: an SQLite file ``variorum.db`` in ``data_dir``."""
    data_dir: Path = Path("data")
    public_url: str = ""
    """Base of every absolute link, for example ``https://variorum.example.org``. Empty: the request's Host."""
    allowed_hosts: str = ""
    """Further host names that the program answers to, separated by commas."""
    edit_key: str = ""
    """Needed to add, edit or delete where the program can be reached from other machines."""
    trusted_proxies: str = "127.0.0.1,::1"
    """Addresses and networks, separated by commas, of proxies that are believed about the client and HTTPS."""
    client_requests: int = Field(default=50, ge=1)
    """Requests of one client that may be under way at once."""
    loopback_requests: int = Field(default=200, ge=1)
    """The same for the programs of this machine, which share one address."""
    key_requests: int = Field(default=600, ge=1)
    """Requests that a script may make with one key in a minute."""
    user_header: str = ""
    """The header in which a proxy that signs people in names them, for the log; empty: none is read."""
    user_header_from: str = Field(default="", validate_default=True)
    """Addresses and networks, separated by commas, on whose connections that header is read."""
    user_header_admits: bool = False
    """Whether a person named by that header may add, edit and delete without the edit key."""
    max_text: int = Field(default=2_000_000, ge=1_000)
    """Bytes of one article's text, as it arrives."""
    max_file: int = Field(default=20_000_000, ge=1_000)
    """Bytes of the files that one form brings, together, and of one fetched page."""
    fetch: Literal["", "on", "off"] = ""
    """Whether links are fetched for editors. Empty: where only this machine reaches the program."""
    keep_captures: int = Field(default=5_000_000, ge=0)
    """Compressed bytes up to which an added page or file is kept beside its text; 0 keeps none."""
    trash_days: int = Field(default=30, ge=1, le=3_650)
    """Days for which a deleted article can be put back."""
    watched: int = Field(default=50, ge=0)
    """Articles whose addresses may be looked at again daily; 0 switches watching off."""
    timestamp_url: str = ""
    """The server that evidence files are stamped by (RFC 3161). Empty: none is asked."""
    timestamp_certificate: str = Field(default="", validate_default=True)
    """A file with its authority's certificates, in PEM, against which its answers are checked."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes that serve on the one port."""
    page_cache: int = Field(default=64, ge=0, le=100_000)
    """Megabytes of rendered pages that each process keeps; 0 keeps none."""
    pictures: int = Field(default=64, ge=0, le=100_000)
    """Megabytes of share pictures that are kept in the data folder; 0 keeps none."""
    access_log: bool = False
    """Whether each request gets a line of JSON on standard error."""
    metrics: bool = False
    """Whether ``/metrics`` answers, in Prometheus' text form."""
    background: bool = True
    """Whether ``serve`` also works off the backlog; else ``reindex`` has to."""
    compare_ahead: bool = True
    """Whether the background work compares pairs that reuse one another's text before a reader asks."""
    backup_every: str = ""
    """How often ``serve`` makes a backup, such as 30m, 1h or 1d. Empty: never."""
    backup_keep: int = Field(default=24, ge=1)
    """How many of its backups ``serve`` keeps."""
    backup_dir: str = ""
    """The folder of these backups. Empty: ``backups`` in ``data_dir``."""

    @field_validator("public_url")
    @classmethod
    def _public_url_is_absolute(cls, value: str) -> str:
        value = value.rstrip("/")
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise ValueError("must be an absolute address such as https://variorum.example.org")
        return value

    @field_validator("edit_key", mode="before")
    @classmethod
    def _edit_key_can_be_typed(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        if any(0xDC80 <= ord(char) <= 0xDCFF for char in value):
            raise ValueError("is not text in UTF-8, so no browser could send it")
        if value != value.strip():
            raise ValueError("begins or ends with a blank, which nobody sees and no form sends; take it away")
        return value

    @field_validator("user_header")
    @classmethod
    def _user_header_is_a_header(cls, value: str) -> str:
        if value and not re.fullmatch(r"[A-Za-z0-9-]+", value):
            raise ValueError("must be the name of a header, such as X-Forwarded-User")
        return value

    @field_validator("trusted_proxies", "user_header_from")
    @classmethod
    def _proxies_are_addresses(cls, value: str) -> str:
        for proxy in _listed(value):
            try:
                ipaddress.ip_network(proxy)
            except ValueError:
                raise ValueError(
                    f"names {proxy}, which is no address and no network such as 10.0.0.0/8"
                ) from None
        return value

    @field_validator("backup_every")
    @classmethod
    def _backup_every_is_a_span(cls, value: str) -> str:
        if value and not (_SPAN.match(value) and int(value[:-1])):
            raise ValueError(
                "must be a number with s, m, h or d (seconds, minutes, hours or days), such as 1h"
            )
        return value

    @field_validator("timestamp_url")
    @classmethod
    def _timestamp_url_is_a_link(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc):
            raise ValueError(
                "must be an address such as https://timestamp.example.org/tsr, without a password"
            )
        return value

    @field_validator("timestamp_certificate")
    @classmethod
    def _timestamps_are_checked(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("timestamp_url") and not value:
            raise ValueError(
                "must name a file with the certificates of VARIORUM_TIMESTAMP_URL's authority, in PEM"
            )
        return value

    @property
    def backup_seconds(self) -> int | None:
        """Seconds from one backup to the next; None if ``serve`` makes none."""
        return (
            int(self.backup_every[:-1]) * _UNIT_SECONDS[self.backup_every[-1]] if self.backup_every else None
        )

    @property
    def pictures_dir(self) -> Path:
        """The folder of share pictures that were drawn."""
        return self.data_dir / "pictures"

    @property
    def backups(self) -> Path:
        """The folder of the backups that ``serve`` makes."""
        return Path(self.backup_dir) if self.backup_dir else self.data_dir / "backups"

    @field_validator("user_header_from")
    @classmethod
    def _user_header_comes_from_somewhere(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("user_header") and not _listed(value):
            raise ValueError(
                "must name the address of the proxy that sets VARIORUM_USER_HEADER, such as 127.0.0.1"
            )
        return value

    @field_validator("user_header_admits")
    @classmethod
    def _user_header_names_whom_it_admits(cls, value: bool, info: ValidationInfo) -> bool:
        if value and not info.data.get("user_header"):
            raise ValueError("needs VARIORUM_USER_HEADER, which names who is admitted")
        return value

    @cached_property
    def user_header_networks(self) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
        """On connections from where the user header is read."""
        return tuple(map(ipaddress.ip_network, _listed(self.user_header_from)))

    @cached_property
    def url(self) -> str:
        """The database's address, in SQLAlchemy's form."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'variorum.db').resolve()}"

    @cached_property
    def reachable_from_elsewhere(self) -> bool:
        """Whether others than this machine's own users can reach the program, by its own address or a proxy's name."""
        return not all(is_loopback(name) for name in self.host_names)

    @property
    def fetches(self) -> bool:
        """Whether links are fetched."""
        return self.fetch == "on" or (self.fetch == "" and not self.reachable_from_elsewhere)

    @property
    def watches(self) -> bool:
        """Whether addresses are looked at again daily."""
        return self.fetches and self.watched > 0

    @cached_property
    def host_names(self) -> frozenset[str]:
        """Host names, lower case and without port, that a request may name (IP addresses and localhost always may)."""
        named = {name.strip().lower() for name in self.allowed_hosts.split(",") if name.strip()}
        public_host = urlsplit(self.public_url).hostname
        return frozenset(named | {self.host.lower(), "localhost"} | ({public_host} if public_host else set()))
