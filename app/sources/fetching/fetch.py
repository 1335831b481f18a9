"""Fetch a page by its link: robots.txt first, then the page, through redirects, each checked like the link itself."""

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime

import app
from app.errors import FetchError
from app.sources.fetching import robots
from app.sources.fetching.exchange import REDIRECTS, Bounds, ServerAnswer, ask
from app.sources.fetching.links import Link, follow, parse_link
from app.sources.fetching.network import Network, no_internet
from app.sources.fetching.pacing import Pacer

AGENT = "variorum"
"""The product that robots.txt may name."""

MAX_REDIRECTS = 5

ROBOTS_LIFETIME_SECONDS = 3600.0
"""How long a site's robots.txt is reused."""

MAX_SITES = 500
"""Sites whose robots.txt is remembered."""

_ROBOTS_BOUNDS = Bounds(size=512_000, seconds=10.0)
"""RFC 9309 asks for 500 KiB at least."""

_SAVE_IT = "Open it in your browser, save the page, and drop the file here, or paste its text."


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as it came."""

    address: str
    """Where it was in the end, after redirects."""
    content: bytes
    media_type: str
    """As the server declared it, with its parameters; may be empty."""
    fetched_at: datetime


class Fetcher:
    """Fetches pages. One serves all threads of a process, so that each host is asked at a pace of its own."""

    def __init__(
        self,
        *,
        network: Network | None = None,
        bounds: Bounds | None = None,
        pacer: Pacer | None = None,
        contact: str = "",
    ) -> None:
        """``contact`` is where those who run a site can read who asks; it is named with each request."""
        self._network = network or Network()
        self._bounds = bounds or Bounds()
        self._pacer = pacer or Pacer()
        self._lock = threading.Lock()
        self._robots: dict[tuple[str, str], tuple[float, robots.Rules]] = {}
        self._headers = {
            "User-Agent": f"Variorum/{app.__version__}{f' (+{contact})' if contact else ''}",
            "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
            "Accept-Language": "en,*;q=0.5",
        }

    @property
    def is_online(self) -> bool:
        """Whether any route leads out of this machine."""
        return self._network.is_there()

    def fetch(self, text: str) -> FetchedPage:
        """Return the page that the link ``text`` leads to. Raises FetchError, which says why there is none."""
        link = parse_link(text)
        if not self.is_online:
            raise no_internet()
        for _ in range(MAX_REDIRECTS + 1):
            self._heed_robots(link)
            self._pacer.wait(link.host)
            answer = ask(self._network, link, self._headers, self._bounds)
            if answer.status not in REDIRECTS:
                _refuse_failure(link, answer)
                return FetchedPage(link.url, answer.content, answer.media_type, datetime.now(UTC))
            if not answer.location:
                break
            link = follow(link, answer.location)
        raise FetchError(
            f"{link.host} redirects from one address to the next without end.",
            "Give the link of the page itself.",
        )

    def _heed_robots(self, link: Link) -> None:
        if not self._rules(link).allows(link.target):
            raise FetchError(
                f"{link.host} asks programs not to fetch this page (robots.txt), so it was not fetched.",
                _SAVE_IT,
            )

    def _rules(self, link: Link) -> robots.Rules:
        site = (link.scheme, link.host)
        with self._lock:
            until, rules = self._robots.get(site, (0.0, robots.EVERYTHING))
        if time.monotonic() < until:
            return rules
        rules = self._read_robots(Link(link.scheme, link.host, "/robots.txt"))
        with self._lock:
            if len(self._robots) >= MAX_SITES:
                self._robots.clear()
            self._robots[site] = (time.monotonic() + ROBOTS_LIFETIME_SECONDS, rules)
        return rules

    def _read_robots(self, link: Link) -> robots.Rules:
        host = link.host
        for _ in range(MAX_REDIRECTS + 1):
            answer = ask(self._network, link, self._headers, _ROBOTS_BOUNDS)
            if answer.status in REDIRECTS and answer.location:
                link = follow(link, answer.location)
                continue
            if answer.status >= 500:
                raise FetchError(
                    f"{host} does not say now whether programs may fetch its pages "
                    f"(robots.txt: {answer.status}), so this one was not fetched.",
                    f"Try again later. {_SAVE_IT}",
                )
            if answer.status != 200:
                return robots.EVERYTHING
            return robots.read_robots(answer.content.decode("utf-8", "replace"), AGENT)
        return robots.EVERYTHING


def _refuse_failure(link: Link, answer: ServerAnswer) -> None:
    status = answer.status
    if 200 <= status < 300 and answer.content:
        return
    match status:
        case 404 | 410:
            raise FetchError(
                f"{link.host} has no page at this address ({status}).",
                "Check the link; perhaps a web archive has a copy.",
            )
        case 401 | 402 | 403 | 407 | 451:
            raise FetchError(
                f"{link.host} does not give this page to programs, or not without a subscription ({status}).",
                _SAVE_IT,
            )
        case 429 | 503:
            raise FetchError(
                f"{link.host} is getting too many requests just now ({status}).",
                f"Try again later. {_SAVE_IT}",
            )
        case _ if 200 <= status < 300:
            raise FetchError(f"{link.host} sent an empty page.", _SAVE_IT)
        case _:
            raise FetchError(f"{link.host} could not answer ({status}).", f"Try again later. {_SAVE_IT}")
