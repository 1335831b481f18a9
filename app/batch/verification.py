"""Verify the candidates of each text by the texts themselves, as the server does: the later of two looks.

Texts are verified in blocks of neighbours in the archive, to which each text that one of them needs is sent once, and
read once.
"""

from typing import Any

from app.batch.folder import schema
from app.batch.session import Frame
from app.collation import relations
from app.collation.discovery import packing, ranking
from app.collation.relations import Relation

BLOCK_TEXTS = 256
"""Serials whose texts are verified together. With their candidates they are some thousand texts, 10 MB; of the longest
texts 24 candidates of ``ranking.MAX_VERIFIED_CHARS`` in all, so 200 MB at the very most."""

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
    columns = ("serial", "id", "paragraphs", "furniture")
    rows = zip(*(texts.column(name).to_pylist() for name in columns), strict=True)
    by_serial = {serial: (name, paragraphs, furniture) for serial, name, paragraphs, furniture in rows}
    prepared = {
        serial: relations.prepare(paragraphs, furniture)
        for serial, (_, paragraphs, furniture) in by_serial.items()
    }
    prints = dict(zip(texts.column("serial").to_pylist(), texts.column("prints").to_pylist(), strict=True))
    own = {serial: frozenset(packing.unpack(packed)) for serial, packed in prints.items()}
    lengths = {serial: sum(map(len, paragraphs)) for serial, (_, paragraphs, _) in by_serial.items()}
    related: list[tuple[str, str, int, int, Relation]] = []
    wanted = zip(*(chosen.column(name).to_pylist() for name in ("serial", "others", "masked")), strict=True)
    for serial, others, masked in sorted(wanted, key=lambda row: row[0]):
        others = others[: ranking.within_bounds(lengths[serial], [lengths[other] for other in others])]
        hidden = frozenset(masked)
        for other in others:
            if hidden and hidden.isdisjoint(own[other]):
                prepared[other].spare(hidden)
        found = relations.relate_several(prepared[serial], [prepared[other] for other in others], hidden)
        related += [
            (by_serial[other][0], by_serial[serial][0], other, serial, relation.swapped())
            for other, relation in zip(others, found, strict=True)
            if relation
        ]
    return _table(related)


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
