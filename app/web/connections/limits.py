"""How many requests one client may have under way, and how long each part of one may take."""

from dataclasses import dataclass
from functools import lru_cache

from app.settings import is_loopback

_is_loopback = lru_cache(maxsize=1_024)(is_loopback)


@dataclass(frozen=True, slots=True)
class Limits:
    """What connections may take. Times are in seconds."""

    sockets: int = 500
    """Open at once, idle ones too: with the readers' files they stay below the usual 1,024 open files."""
    client_requests: int = 50
    """Requests of one client that are under way at once."""
    loopback_requests: int = 200
    """The same for this machine's own programs, which are many clients at one address."""
    head_seconds: float = 10
    """For the head of a request: from the connection for the first, from its first byte for a later one."""
    body_seconds: float = 20
    """For a request's body, and longer for as long as it keeps up ``body_rate``."""
    body_rate: int = 4_000
    """Bytes of a body that give it another second."""
    max_body_seconds: float = 300
    """For a body, however fast it comes."""
    stalled_seconds: float = 30
    """For a client that takes nothing of its answer."""
    max_unwanted_bytes: int = 64_000_000
    """Bytes of a body that are still taken in, and thrown away, after the request was answered: a browser shows the
answer only once all of its file is sent."""
    check_seconds: float = 1
    """Between two checks for connections that have taken too long."""

    def requests_of(self, client: str) -> int:
        """Return how many requests ``client``, an address, may have under way."""
        return self.loopback_requests if _is_loopback(client) else self.client_requests

    def body_allowance(self, received: int) -> float:
        """Return the seconds that a body may take after ``received`` bytes.

        >>> Limits().body_allowance(0), Limits().body_allowance(40_000), Limits().body_allowance(9_000_000)
        (20.0, 30.0, 300.0)
        """
        return float(min(self.body_seconds + received / self.body_rate, self.max_body_seconds))
