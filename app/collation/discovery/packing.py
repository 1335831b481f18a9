"""Fingerprints in six bytes each, as an index keeps those of a text together."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

BYTES_PER_PRINT = 6
"""Bytes of a packed fingerprint, which has 48 bits."""


def pack(prints: Iterable[int]) -> bytes:
    """Return the fingerprints in six bytes each.

    >>> unpack(pack([1, 2**48 - 1]))
    [1, 281474976710655]
    """
    return b"".join(value.to_bytes(BYTES_PER_PRINT, "big") for value in prints)


def unpack(packed: bytes) -> list[int]:
    """Return the fingerprints that ``pack`` packed."""
    prints: list[int] = unpack_array(packed).tolist()
    return prints


def unpack_array(packed: bytes) -> NDArray[np.int64]:
    """Return the fingerprints that ``pack`` packed, as an array."""
    wide = np.zeros((len(packed) // BYTES_PER_PRINT, 8), dtype=np.uint8)
    wide[:, 8 - BYTES_PER_PRINT :] = np.frombuffer(packed, dtype=np.uint8).reshape(-1, BYTES_PER_PRINT)
    return wide.view(">i8").ravel().astype(np.int64)
