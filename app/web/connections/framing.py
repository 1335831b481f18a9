"""Reading HTTP/1.1 within bounds: a body may come in chunks, but not in too many, nor with long extensions."""

from typing import Any

import h11

MIN_PIECES, BYTES_PER_PIECE = 10_000, 100
"""Pieces in which a body of any size may come, and the bytes that let it come in one more. Each takes some 10 us, so
that one of 12 MB in pieces of one byte would take a minute; programs send some thousand bytes in each."""


MAX_FRAMING_BYTES = 1_000_000
"""Bytes that may come beside a body's own, apart from as many again: the sizes of its chunks, and notes on them."""


class BoundedReader(h11.Connection):
    """The server's side of a connection. A body in too many pieces, or wordy ones, is no request that it can read."""

    def __init__(self, max_incomplete_event_size: int) -> None:
        super().__init__(h11.SERVER, max_incomplete_event_size)
        # Of the request that is being read, or was read last:
        self._pieces = 0
        self._body_bytes = 0
        self._bytes = 0

    def receive_data(self, data: bytes) -> None:
        """Take what came."""
        self._bytes += len(data)
        super().receive_data(data)

    def next_event(self) -> Any:
        """Return what came next. Raises h11.RemoteProtocolError for what is not HTTP, or no body within bounds."""
        event = super().next_event()
        if isinstance(event, h11.Data):
            self._pieces += 1
            self._body_bytes += len(event.data)
            if self._pieces > MIN_PIECES + self._body_bytes // BYTES_PER_PIECE:
                raise h11.RemoteProtocolError("the body comes in too many pieces")
            if self._bytes > 2 * self._body_bytes + MAX_FRAMING_BYTES:
                raise h11.RemoteProtocolError("more comes beside the body than is in it")
        elif isinstance(event, h11.Request):
            self._pieces = self._body_bytes = 0
            self._bytes = len(self.trailing_data[0])
        return event
