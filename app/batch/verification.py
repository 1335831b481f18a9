"""Verify the candidates of each text by comparing the texts, as the server does; the later of a pair verifies it.

Texts are verified in blocks of neighbours in the archive, to which each text that one of them needs is sent once, and
read once.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np

from app.batch.folder import schema
from app.batch.session import Frame, collect_rarely
from app.collation import relations
from app.collation.discovery import packing, ranking
from app.collation.relations import PreparedText, Relation

BLOCK_TEXTS = 1_024
"""Serials whose texts are verified together. With their candidates they are some 5,000 texts, 20 MB, of which those
that are still needed are prepared; of the longest 24 candidates of ``ranking.MAX_VERIFIED_CHARS`` in all, so 800 MB at
the very most. Of ten thousand made-up articles each text is sent to 3.5 blocks; to 5.7 if they have 256 serials."""

RELATION = {
    "kind": "string", "resemblance": "double", "base_in_witness": "double", "witness_in_base": "double",
    "base_paragraphs": "int", "witness_paragraphs": "int", "base_shared": "int", "witness_shared": "int",
    "base_verbatim": "int", "witness_verbatim": "int", "quotations": "int", "reworded": "int",
}  # fmt: skip
"""The fields of ``Relation``."""

RELATIONS = {"a": "string", "b": "string", "a_serial": "long", "b_serial": "long", **RELATION}
"""Two related articles, ``a`` the earlier one, and their relation as seen from it: it is the base."""


def verified(texts: Frame, candidates: Frame) -> Frame:
    """Return the relations of the texts with ``candidates`` to earlier ones."""
    from pyspark.sql import functions as f

    block = f"serial div {BLOCK_TEXTS} AS block"
    earlier = candidates.select(
        "serial", "masked", f.expr("filter(others, other -> other < serial)").alias("others")
    ).where("size(others) > 0")
    needed = (
        earlier.selectExpr(block, "explode(others) AS serial")
        .unionByName(earlier.selectExpr(block, "serial"))
        .distinct()
    )
    sent = needed.join(texts.select("serial", "id", "paragraphs", "furniture", "prints"), "serial")
    chosen = earlier.selectExpr(block, "serial", "others", "masked")
    return (
        chosen.groupBy("block")
        .cogroup(sent.groupBy("block"))
        .applyInArrow(lambda chosen, texts: _verified(chosen, texts), schema(RELATIONS))
    )


def _verified(chosen: Any, texts: Any) -> Any:
    collect_rarely()
    columns = (chosen.column(name).to_pylist() for name in ("serial", "others", "masked"))
    wanted = sorted(zip(*columns, strict=True), key=lambda row: row[0])
    block = _Block(texts, Counter(used for serial, others, _ in wanted for used in (serial, *others)))
    related: list[tuple[str, str, int, int, Relation]] = []
    for serial, candidates, masked in wanted:
        counted = [block.chars_counted[other] for other in candidates]
        others = candidates[: ranking.within_bounds(block.chars_counted[serial], counted)]
        hidden = frozenset(masked)
        verified = relations.relate_several(
            block.text(serial), [block.text(other, hidden) for other in others], hidden
        )
        related += [
            (block.names[other], block.names[serial], other, serial, relation.swapped())
            for other, relation in zip(others, verified, strict=True)
            if relation
        ]
        block.release((serial, *candidates))
    return _table(related)


class _Block:
    """The texts of a block, each prepared when it is first needed, and let go when it was needed for the last time."""

    def __init__(self, texts: Any, uses: Counter[int]) -> None:
        self._texts = texts.combine_chunks()
        self._uses = uses
        serials = self._texts.column("serial").to_pylist()
        self._rows = {serial: row for row, serial in enumerate(serials)}
        self.names: dict[int, str] = dict(zip(serials, self._texts.column("id").to_pylist(), strict=True))
        self.chars_counted: dict[int, int] = dict(zip(serials, chars_counted(self._texts), strict=True))
        """For how many code points each text counts."""
        self._prepared: dict[int, PreparedText] = {}

    def text(self, serial: int, masked: frozenset[int] = frozenset()) -> PreparedText:
        """Return a prepared text, which need not be searched for fingerprints that are ``masked`` if it has none."""
        if serial not in self._prepared:
            paragraphs, furniture = self._value(serial, "paragraphs"), self._value(serial, "furniture")
            self._prepared[serial] = relations.prepare(paragraphs, furniture)
        text = self._prepared[serial]
        if masked and masked.isdisjoint(packing.unpack(self._value(serial, "prints"))):
            text.spare(masked)
        return text

    def release(self, serials: Iterable[int]) -> None:
        """Release those of the texts that nothing needs any more."""
        for serial in serials:
            self._uses[serial] -= 1
            if not self._uses[serial]:
                self._prepared.pop(serial, None)

    def _value(self, serial: int, column: str) -> Any:
        return self._texts.column(column)[self._rows[serial]].as_py()


def chars_counted(texts: Any) -> list[int]:
    """Return for how many code points each text of a table counts, as on the server."""
    import pyarrow.compute

    paragraphs = texts.column("paragraphs").combine_chunks()
    lengths = pyarrow.compute.utf8_length(paragraphs.flatten()).to_numpy()
    owners = pyarrow.compute.list_parent_indices(paragraphs).to_numpy()
    sums = np.bincount(owners, lengths, len(paragraphs)).astype(np.int64).tolist()
    counts = np.bincount(owners, minlength=len(paragraphs)).tolist()
    return list(map(ranking.chars_counted, sums, counts))


def _table(related: list[tuple[str, str, int, int, Relation]]) -> Any:
    import pyarrow

    kinds = {
        "string": pyarrow.string(),
        "long": pyarrow.int64(),
        "int": pyarrow.int32(),
        "double": pyarrow.float64(),
    }
    columns: dict[str, Any] = {
        name: pyarrow.array([row[place] for row in related], kinds[kind])
        for place, (name, kind) in enumerate(list(RELATIONS.items())[:4])
    }
    for name, kind in RELATION.items():
        columns[name] = pyarrow.array([getattr(row[4], name) for row in related], kinds[kind])
    return pyarrow.table(columns)
