"""Choose the candidates of each text, in the order in which the server verifies them."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from app.batch import postings
from app.batch.postings import PART_TEXTS, Lists, Numbers
from app.batch.session import Frame, collect_rarely
from app.collation.discovery import packing, ranking

CANDIDATES = "serial long, others array<long>, prints array<int>, words array<int>, masked array<long>"
"""A text, its candidates, best first, how many fingerprints and rare words each shares, and the text's own fingerprints
that are too common to count."""


def candidates(texts: Frame, messages: Frame, total: int) -> Frame:
    """Return the candidates of each of the ``texts``; ``total`` is how many texts there are in all."""
    own = texts.selectExpr(f"serial div {PART_TEXTS} AS part", "serial", "prints", "words", "word_order")
    return (
        own.groupBy("part")
        .cogroup(messages.groupBy("part"))
        .applyInArrow(lambda texts, messages: _chosen(total, texts, messages), CANDIDATES)
    )


def _chosen(total: int, texts: Any, messages: Any) -> Any:
    import pyarrow

    collect_rarely()
    by_print, by_word = (_lists(messages, kind) for kind in ("print", "word"))
    rows = []
    columns = ("serial", "prints", "words", "word_order")
    for serial, prints, words, order in zip(
        *(texts.column(name).to_pylist() for name in columns), strict=True
    ):
        looked_up = np.array(ranking.looked_up(packing.unpack(prints)), dtype=np.int64)
        held = _found(by_print, looked_up)
        masked = held[by_print.counts[held] == 0]
        holders = {key: tuple(n for n in several if n != serial) for key, several in _each(by_print, held)}
        rare = _rarest(by_word, np.frombuffer(words, dtype=np.int64), np.frombuffer(order, dtype=np.uint16))
        best = ranking.ranked(
            holders, [several for _, several in _each(by_word, rare)], len(looked_up), total, serial
        )
        if best:
            rows.append((serial, best, by_print.keys[masked].tolist()))
    return pyarrow.table(
        {
            "serial": pyarrow.array([serial for serial, _, _ in rows], pyarrow.int64()),
            "others": pyarrow.array(
                [[c.serial for c in best] for _, best, _ in rows], pyarrow.list_(pyarrow.int64())
            ),
            "prints": pyarrow.array(
                [[c.prints for c in best] for _, best, _ in rows], pyarrow.list_(pyarrow.int32())
            ),
            "words": pyarrow.array(
                [[c.words for c in best] for _, best, _ in rows], pyarrow.list_(pyarrow.int32())
            ),
            "masked": pyarrow.array([masked for _, _, masked in rows], pyarrow.list_(pyarrow.int64())),
        }
    )


def _lists(messages: Any, kind: str) -> Lists:
    kinds = messages.column("kind").to_pylist()
    columns = [postings.column_arrays(messages, name) for name in ("keys", "counts", "serials")]
    return postings.merged(
        [Lists(*row) for given, *row in zip(kinds, *columns, strict=True) if given == kind]
    )


def _found(lists: Lists, keys: Numbers) -> Numbers:
    """Return the places in ``lists`` of those of the ``keys`` that it has, in their order."""
    if not len(lists.keys):
        return np.zeros(0, dtype=np.int64)
    at = np.minimum(np.searchsorted(lists.keys, keys), len(lists.keys) - 1)
    holders: Numbers = at[lists.keys[at] == keys]
    return holders


def _each(lists: Lists, places: Numbers) -> Iterator[tuple[int, list[int]]]:
    """Yield the key and the holders at each place that has any."""
    chosen = lists.at(places, 1 << 40)
    flat, at = chosen.serials.tolist(), 0
    for key, count in zip(chosen.keys.tolist(), chosen.counts.tolist(), strict=True):
        if count:
            yield key, flat[at : at + count]
        at += count


def _rarest(lists: Lists, words: Numbers, alphabetical: Any) -> Numbers:
    """Return the places of a text's rarest words, as ``ranking.rarest`` chooses them."""
    checked = words[: len(alphabetical)]
    at = np.minimum(np.searchsorted(lists.keys, checked), max(len(lists.keys) - 1, 0))
    known = np.flatnonzero(lists.keys[at] == checked) if len(lists.keys) else np.zeros(0, dtype=np.int64)
    known = known[: ranking.MAX_WORDS_LOOKED_UP]
    order = np.lexsort((alphabetical[known], lists.counts[at[known]]))
    return at[known[order]][: ranking.MAX_RARE_WORDS]
