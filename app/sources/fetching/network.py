"""The network for fetching: it resolves names and opens connections. Tests substitute their own."""

import socket
import threading
from collections.abc import Sequence

from app.errors import FetchError
from app.sources.fetching.addresses import is_public

LOOKUP_SECONDS = 8.0
"""How long a name may take to be looked up; the system's own patience can be minutes."""

CONNECT_SECONDS = 8.0
"""How long each address of a host may take to answer."""

MAX_ADDRESSES = 4
"""Addresses of a host that are tried."""

_ELSEWHERE = (
    (socket.AF_INET, ("192.0.2.1", 9)),
    (socket.AF_INET6, ("2001:db8::1", 9, 0, 0)),
)


class Network:
    """The machine's own network. No proxy that the environment names is used."""

    def is_there(self) -> bool:
        """Return whether any route leads out of this machine. Sends nothing."""
        for family, address in _ELSEWHERE:
            try:
                with socket.socket(family, socket.SOCK_DGRAM) as probe:
                    probe.connect(address)  # a datagram's socket only chooses its route here
                    return True
            except OSError:
                continue
        return False

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """Return the distinct addresses of ``host``. Raises OSError."""
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(entry[4][0]) for entry in entries))

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        """Return a connection to ``address``, which is no name. Raises OSError."""
        return socket.create_connection((address, port), timeout=seconds)

    def ends(self, connection: socket.socket) -> tuple[str, str]:
        """Return this end's address and the other's, as the connection itself says."""
        return str(connection.getsockname()[0]), str(connection.getpeername()[0])


def connect_safely(network: Network, host: str, port: int) -> socket.socket:
    """Return a connection to ``host`` whose other end is a public address.

    The name is looked up once, every address is checked, and the connection is made to a checked address and not to the
    name, which might mean another one by then; at last the address is checked that is really connected to. Raises
    FetchError.
    """
    addresses = _look_up(network, host, port)
    if not all(map(is_public, addresses)):
        raise _not_public(host)
    for address in addresses[:MAX_ADDRESSES]:
        try:
            connection = network.connect(address, port, CONNECT_SECONDS)
        except OSError:
            continue
        try:
            own, other = network.ends(connection)
        except OSError:
            connection.close()
            continue
        if own == other or not is_public(other):
            connection.close()
            raise _not_public(host)
        return connection
    raise FetchError(
        f"{host} does not answer.", "Look whether the page opens in your browser, and try again later."
    )


def _look_up(network: Network, host: str, port: int) -> Sequence[str]:
    answer: list[Sequence[str] | OSError] = []

    def ask() -> None:
        try:
            answer.append(network.resolve(host, port))
        except (OSError, UnicodeError) as error:
            answer.append(error if isinstance(error, OSError) else OSError(str(error)))

    if not network.is_there():
        raise no_internet()
    thread = threading.Thread(target=ask, daemon=True)  # the system's look-up cannot be cut short
    thread.start()
    thread.join(LOOKUP_SECONDS)
    match answer:
        case [socket.gaierror(errno=socket.EAI_NONAME)]:
            raise _no_such_host(host)
        case [OSError()] | []:
            raise FetchError(
                f"The name {host} could not be looked up.",
                "Perhaps there is no internet connection here. "
                "Open the page in your browser, save it, and drop the file here.",
            )
        case [addresses] if addresses and not isinstance(addresses, OSError):
            return addresses
    raise _no_such_host(host)


def _no_such_host(host: str) -> FetchError:
    # In a network cut off from the internet, the name server says this of every name.
    return FetchError(
        f"There is no host called {host}, or this machine has no internet connection.",
        "Check the link for a typing error. If the page opens in your browser, save it, and drop the file here.",
    )


def no_internet() -> FetchError:
    """Return the refusal where no route leads out."""
    return FetchError(
        "This machine has no internet connection, so no link can be fetched.",
        "Open the page in your browser, save it, and drop the file here, or paste its text.",
    )


def _not_public(host: str) -> FetchError:
    return FetchError(
        f"{host} is not on the public internet, so it was not fetched.",
        "Links to this machine and to private networks are never fetched. Save the page, and drop the file here.",
    )
