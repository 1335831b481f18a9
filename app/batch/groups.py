"""Group the articles that are related, directly or through others."""

from collections.abc import Iterator
from typing import Any

from app.batch.session import Frame

PIECES_JOINED = 8
"""Pieces whose forests one worker joins."""


def groups(edges: Frame) -> Frame:
    """Return ``serial`` and ``first``, the least serial of its group, for each end of an edge (``one``, ``other``).

    Each worker reduces its edges to a spanning forest, which loses nothing; forests are joined, some at a time, until
    one is left. So no worker holds more than two numbers for each related article.
    """
    pieces = edges.rdd.getNumPartitions()
    while pieces > 1:
        pieces = -(-pieces // PIECES_JOINED)
        edges = edges.mapInArrow(_forest, "one long, other long").repartition(pieces)
    return edges.mapInArrow(_labels, "serial long, first long")


def _forest(batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow

    above: dict[int, int] = {}
    one, other = [], []
    for first, second in _edges(batches):
        if _joined(above, first, second):
            one.append(first)
            other.append(second)
    columns = {"one": pyarrow.array(one, pyarrow.int64()), "other": pyarrow.array(other, pyarrow.int64())}
    yield pyarrow.RecordBatch.from_pydict(columns)


def _labels(batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow

    above: dict[int, int] = {}
    for first, second in _edges(batches):
        _joined(above, first, second)
    serials = sorted(above)
    labels = [_root(above, serial) for serial in serials]
    columns = {
        "serial": pyarrow.array(serials, pyarrow.int64()),
        "first": pyarrow.array(labels, pyarrow.int64()),
    }
    yield pyarrow.RecordBatch.from_pydict(columns)


def _edges(batches: Iterator[Any]) -> Iterator[tuple[int, int]]:
    for batch in batches:
        yield from zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True)


def _joined(above: dict[int, int], one: int, other: int) -> bool:
    """Join two trees under the lesser root; return whether they were two.

    >>> above: dict[int, int] = {}
    >>> _joined(above, 5, 3), _joined(above, 3, 9), _joined(above, 9, 5), _root(above, 9)
    (True, True, False, 3)
    """
    first, second = sorted((_root(above, one), _root(above, other)))
    above[second] = first
    return first != second


def _root(above: dict[int, int], serial: int) -> int:
    root = serial
    while (higher := above.setdefault(root, root)) != root:
        root = higher
    while serial != root:
        above[serial], serial = root, above[serial]
    return root
