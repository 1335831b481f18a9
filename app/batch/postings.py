"""Which texts hold a fingerprint or a word: sorted in buckets by key, and sent to the texts that hold it.

Keys travel in packets, some hundred thousand pairs in one value, so that Spark moves bytes and numpy sorts them: a
twentieth of the work of a row for each pair. A bucket holds a bounded number of pairs; a key in a million texts takes
16 MB of one bucket, and of its holders the first ``copies.MAX_HOLDERS`` are sent on, once to each part of the archive.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.batch.session import Frame
from app.collation.discovery import copies, packing, ranking

Numbers = NDArray[np.int64]

PAIRS_PER_BUCKET = 4_000_000
"""Pairs of key and text sorted at once: 64 MB, and some 200 MB while they are sorted."""

PAIRS_PER_PACKET = 1_000_000
"""Pairs that a worker collects before it sends them to their buckets."""

PART_TEXTS = 4_096
"""Serials whose candidates are chosen together: holders are sent to a part once, however many of its texts want
them."""

KEYS_COUNTED_AT_ONCE = 16
"""Fingerprints whose holders are looked at together when groups of copies are counted."""

PACKETS = "bucket int, keys binary, serials binary"
LISTS = "bucket int, keys binary, counts binary, serials binary"
MESSAGES = "part long, kind string, keys binary, counts binary, serials binary"
FREQUENT = "bucket int, frequent binary"


@dataclass(frozen=True, slots=True)
class Lists:
    """Keys, ascending, each with the texts that hold it, ascending."""

    keys: Numbers
    counts: Numbers
    serials: Numbers

    @property
    def starts(self) -> Numbers:
        """Where the holders of each key begin."""
        return np.cumsum(self.counts) - self.counts

    def at(self, places: Numbers, most: int) -> "Lists":
        """Return the keys at these places with the first ``most`` holders of each."""
        counts = np.minimum(self.counts[places], most)
        return Lists(self.keys[places], counts, self.serials[spans(self.starts[places], counts)])


def spans(starts: Numbers, lengths: Numbers) -> Numbers:
    """Return the indices from each start on, as many as its length.

    >>> spans(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))


def gathered(keys: Numbers, serials: Numbers) -> Lists:
    """Return the pairs as lists.

    >>> gathered(np.array([7, 5, 7]), np.array([2, 1, 1]))
    Lists(keys=array([5, 7]), counts=array([1, 2]), serials=array([1, 1, 2]))
    """
    order = np.lexsort((serials, keys))
    keys, serials = keys[order], serials[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.zeros(0, dtype=np.int64)
    return Lists(keys[starts], np.diff(np.r_[starts, len(keys)]), serials)


def bucket_count(pairs: int, at_least: int) -> int:
    """Return into how many buckets so many pairs are divided."""
    return max(at_least, -(-pairs // PAIRS_PER_BUCKET))


def packets(texts: Frame, column: str, buckets: int) -> Frame:
    """Return pairs of key and serial, packed by bucket; ``column`` is ``prints`` or ``words``."""
    return texts.select("serial", column).mapInArrow(partial(_packets, buckets), PACKETS)


def lists(sent: Frame) -> Frame:
    """Return for each bucket the keys that several texts hold, with all that hold them."""
    return sent.groupBy("bucket").applyInArrow(lambda table: _lists(table), LISTS)


def holders_to_count(held: Frame, allowed: int) -> Frame:
    """Return the texts (``bucket``, ``serial``) whose fingerprints must be known to count groups of copies."""
    return held.mapInArrow(partial(_to_count, allowed), "bucket int, serial long")


def frequent(held: Frame, prints: Frame, allowed: int) -> Frame:
    """Return for each bucket the fingerprints in more than ``allowed`` groups of copies.

    ``prints`` holds, by bucket, the fingerprints of the texts that ``holders_to_count`` asks for.
    """
    return (
        held.groupBy("bucket")
        .cogroup(prints.groupBy("bucket"))
        .applyInArrow(lambda held, prints: _frequent(allowed, held, prints), FREQUENT)
    )


def print_messages(held: Frame, known: Frame, first: int) -> Frame:
    """Return who holds each fingerprint, for each part with a holder that is ``first`` or later.

    A frequent one has no holders there.
    """
    return (
        held.groupBy("bucket")
        .cogroup(known.groupBy("bucket"))
        .applyInArrow(lambda held, known: _print_messages(first, held, known), MESSAGES)
    )


def word_messages(sent: Frame, first: int) -> Frame:
    """Return who holds each word that is not frequent, for each part with a holder that is ``first`` or later."""
    return sent.groupBy("bucket").applyInArrow(lambda table: _word_messages(first, table), MESSAGES)


def array(value: Any) -> Numbers:
    """Return the numbers in a packet's value."""
    return np.frombuffer(value.as_buffer() if value.is_valid else b"", dtype=np.int64)


def column_arrays(table: Any, name: str) -> list[Numbers]:
    """Return the numbers of each packet in a column."""
    return [array(value) for chunk in table.column(name).chunks for value in chunk]


def as_lists(table: Any) -> Lists:
    """Return the one bucket in a table, or nothing if it has none."""
    columns = ("keys", "counts", "serials")
    arrays = ((column_arrays(table, name) or [np.zeros(0, dtype=np.int64)])[0] for name in columns)
    return Lists(*arrays)


def _packets(buckets: int, batches: Iterator[Any]) -> Iterator[Any]:
    keys: list[Numbers] = []
    serials: list[Numbers] = []
    waiting = 0
    for batch in batches:
        for serial, value in zip(batch.column(0).to_pylist(), batch.column(1), strict=True):
            packed = value.as_buffer().to_pybytes()
            numbers = (
                packing.unpack_array(packed)
                if batch.schema.names[1] == "prints"
                else np.frombuffer(packed, dtype=np.int64)
            )
            keys.append(numbers)
            serials.append(np.full(len(numbers), serial, dtype=np.int64))
            waiting += len(numbers)
        if waiting >= PAIRS_PER_PACKET:
            yield _packed(buckets, np.concatenate(keys), np.concatenate(serials))
            keys, serials, waiting = [], [], 0
    if waiting:
        yield _packed(buckets, np.concatenate(keys), np.concatenate(serials))


def _packed(buckets: int, keys: Numbers, serials: Numbers) -> Any:
    import pyarrow

    bucket = keys % buckets
    order = np.argsort(bucket, kind="stable")
    numbers, starts = np.unique(bucket[order], return_index=True)
    cuts = starts[1:]
    return pyarrow.RecordBatch.from_pydict(
        {
            "bucket": pyarrow.array(numbers, pyarrow.int32()),
            "keys": [piece.tobytes() for piece in np.split(keys[order], cuts)],
            "serials": [piece.tobytes() for piece in np.split(serials[order], cuts)],
        }
    )


def _bucket(table: Any) -> Lists:
    return gathered(*(np.concatenate(column_arrays(table, name)) for name in ("keys", "serials")))


def _lists(table: Any) -> Any:
    import pyarrow

    lists = _bucket(table)
    several = lists.at(np.flatnonzero(lists.counts > 1), len(lists.serials))
    return pyarrow.table(
        {
            "bucket": pyarrow.array([table.column("bucket")[0].as_py()], pyarrow.int32()),
            "keys": [several.keys.tobytes()],
            "counts": [several.counts.tobytes()],
            "serials": [several.serials.tobytes()],
        }
    )


def _to_count(allowed: int, batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow

    for batch in batches:
        for row in range(batch.num_rows):
            table = pyarrow.Table.from_batches([batch.slice(row, 1)])
            lists = as_lists(table)
            many = lists.at(np.flatnonzero(lists.counts > allowed), copies.MAX_HOLDERS)
            serials = np.unique(many.serials)
            bucket = np.full(len(serials), table.column("bucket")[0].as_py(), dtype=np.int32)
            yield pyarrow.RecordBatch.from_pydict({"bucket": bucket, "serial": serials})


def _frequent(allowed: int, held: Any, prints: Any) -> Any:
    import pyarrow

    lists = as_lists(held)
    packed = dict(zip(prints.column("serial").to_pylist(), prints.column("prints").to_pylist(), strict=True))
    many = np.flatnonzero(lists.counts > allowed)
    starts = lists.starts
    holders = {
        int(lists.keys[place]): tuple(
            lists.serials[
                starts[place] : starts[place] + min(lists.counts[place], copies.MAX_HOLDERS)
            ].tolist()
        )
        for place in many.tolist()
    }
    # Lines of one outlet have the same holders: beside one another, they are counted once.
    order = sorted(holders, key=lambda key: (holders[key], key))
    too_common = []
    for start in range(0, len(order), KEYS_COUNTED_AT_ONCE):
        some = {key: holders[key] for key in order[start : start + KEYS_COUNTED_AT_ONCE]}
        texts = {
            serial: packed[serial] for serials in some.values() for serial in serials if serial in packed
        }
        counts = copies.count_groups(some, texts, allowed)
        too_common += [key for key, count in counts.items() if count > allowed]
    bucket = held.column("bucket")[0].as_py() if held.num_rows else prints.column("bucket")[0].as_py()
    return pyarrow.table(
        {
            "bucket": pyarrow.array([bucket], pyarrow.int32()),
            "frequent": [np.sort(np.array(too_common, dtype=np.int64)).tobytes()],
        }
    )


def _print_messages(first: int, held: Any, known: Any) -> Any:
    lists = as_lists(held)
    common = np.concatenate([np.zeros(0, dtype=np.int64), *column_arrays(known, "frequent")])
    hidden = np.isin(lists.keys, common)
    return _messages("print", lists, first, np.where(hidden, 0, copies.MAX_HOLDERS))


def _word_messages(first: int, table: Any) -> Any:
    lists = _bucket(table)
    rare = lists.at(np.flatnonzero(lists.counts <= ranking.MAX_HOLDERS_OF_A_RARE_WORD), len(lists.serials))
    return _messages("word", rare, first, np.full(len(rare.keys), ranking.MAX_HOLDERS_OF_A_RARE_WORD))


def _messages(kind: str, lists: Lists, first: int, most: Numbers) -> Any:
    """Return for each part the keys that its texts hold, each with its first holders, at most as many as ``most``."""
    import pyarrow

    places = np.repeat(np.arange(len(lists.keys)), lists.counts)
    new = lists.serials >= first
    parts = lists.serials[new] // PART_TEXTS
    # Parts first, then keys; each pair once.
    order = np.lexsort((places[new], parts))
    parts, places = parts[order], places[new][order]
    once = np.r_[True, (parts[1:] != parts[:-1]) | (places[1:] != places[:-1])] if len(parts) else []
    parts, places = parts[once], places[once]
    numbers, starts = np.unique(parts, return_index=True)
    by_part = np.split(places, starts[1:]) if len(numbers) else []
    sent = []
    for wanted in by_part:
        counts = np.minimum(lists.counts[wanted], most[wanted])
        serials = lists.serials[spans(lists.starts[wanted], counts)]
        sent.append((lists.keys[wanted].tobytes(), counts.tobytes(), serials.tobytes()))
    keys, counts_sent, serials_sent = (
        (list(column) for column in zip(*sent, strict=True)) if sent else ([], [], [])
    )
    return pyarrow.table(
        {
            "part": pyarrow.array(numbers, pyarrow.int64()),
            "kind": pyarrow.array([kind] * len(numbers), pyarrow.string()),
            "keys": pyarrow.array(keys, pyarrow.binary()),
            "counts": pyarrow.array(counts_sent, pyarrow.binary()),
            "serials": pyarrow.array(serials_sent, pyarrow.binary()),
        }
    )


def merged(messages: Sequence[Lists]) -> Lists:
    """Return the messages of several buckets as one message; no key is in two of them."""
    if not messages:
        return Lists(*(np.zeros(0, dtype=np.int64) for _ in range(3)))
    keys, counts, serials = (
        np.concatenate([getattr(message, name) for message in messages])
        for name in ("keys", "counts", "serials")
    )
    order = np.argsort(keys, kind="stable")
    starts = np.cumsum(counts) - counts
    return Lists(keys[order], counts[order], serials[spans(starts[order], counts[order])])
