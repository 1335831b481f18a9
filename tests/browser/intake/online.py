"""The program with an internet of one page server on this machine, whose port ``PAGE_SERVER`` names."""

import os
import socket
import sys
from collections.abc import Sequence

from app.cli.main import main
from app.sources.fetching.network import Network
from app.sources.fetching.pacing import Pacer

PUBLIC = "93.184.216.34"


def _is_there(self: Network) -> bool:
    return True


def _resolve(self: Network, host: str, port: int) -> Sequence[str]:
    return [PUBLIC]


def _connect(self: Network, address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(os.environ["PAGE_SERVER"])), timeout=seconds)


def _ends(self: Network, connection: socket.socket) -> tuple[str, str]:
    return "198.51.100.7", PUBLIC


def _wait(self: Pacer, host: str) -> None:
    """Do not wait between requests: the page server needs no consideration."""


if __name__ == "__main__":
    for kind, name, method in (
        (Network, "is_there", _is_there),
        (Network, "resolve", _resolve),
        (Network, "connect", _connect),
        (Network, "ends", _ends),
        (Pacer, "wait", _wait),
    ):
        setattr(kind, name, method)
    sys.exit(main())
