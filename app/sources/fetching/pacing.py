"""Limit requests to each host to one every few seconds, whoever asks."""

import threading
import time

HOST_SECONDS = 2.0
"""Between two requests to one host."""

MAX_HOSTS = 1_000
"""Hosts that are remembered."""


class Pacer:
    """Lets requests to each host go one at a time, ``seconds`` apart."""

    def __init__(self, seconds: float = HOST_SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._free_at: dict[str, float] = {}

    def wait(self, host: str) -> None:
        """Wait for this request's turn at ``host``."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._free_at.pop(host, 0.0))
            self._free_at[host] = turn + self._seconds
            if len(self._free_at) > MAX_HOSTS:
                self._free_at = {name: free for name, free in self._free_at.items() if free > now}
        if turn > now:
            time.sleep(turn - now)
