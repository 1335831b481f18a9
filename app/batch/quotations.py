"""The quotations of an archive, who says them, and which of them are versions of one.

A wording is the head of its versions, unless it is related to a more complete head; then it is a version of the most
complete such head, as in a library. Which wordings are compared differs a little: here a gram in more than
``MAX_HOLDERS_OF_A_GRAM`` wordings finds none, where a library reads its first holders.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from app.batch.folder import schema
from app.batch.groups import groups
from app.batch.session import Frame, collect_rarely
from app.collation.quotations.extraction import extract_quotations
from app.collation.quotations.versions import matching, stems

MAX_HOLDERS_OF_A_GRAM = 64
"""Wordings that may hold a gram that finds versions: one in more is a common phrase."""

MAX_COMPARED = 24
"""Wordings that each is compared with, those that share the most and rarest grams with it."""

PROFILES = "wording long, text string, length int, grams array<long>, stems binary, small binary, cut boolean"
"""A wording, and what it takes to see that most of those with a gram in common are no versions of it: its stems of
content and its small ones as numbers of 64 bits, and whether an ellipsis or a [bracket] may replace words in it."""

QUOTATIONS = {
    "serial": "long", "id": "string", "place": "int", "paragraph": "int", "start": "int", "end": "int",
    "text": "string", "speaker": "string", "person": "string", "cue": "string",
    "wording": "long", "length": "int", "grams": "array<long>",
}  # fmt: skip
"""A quotation: the article and where it begins there, who speaks, and the number of its wording; null if it is too
short to be a version of another."""

VERSIONS = "wording long, head long, kind string"
"""A wording, the most complete version of it, and how it is related to that: ``same``, ``part`` or ``reworded``; of the
head itself ``whole``."""


def extracted(texts: Frame) -> Frame:
    """Return the quotations of texts."""
    return texts.select("serial", "id", "paragraphs", "furniture").mapInArrow(_extracted, schema(QUOTATIONS))


def wordings(quotations: Frame) -> Frame:
    """Return each wording once, as it is printed first, as ``PROFILES``."""
    from pyspark.sql import functions as f

    first = f.min_by(f.struct("text", "length", "grams"), f.struct("serial", "place")).alias("first")
    known = quotations.where("wording IS NOT NULL").groupBy("wording").agg(first)
    return known.select("wording", "first.text", "first.length", "first.grams").mapInArrow(
        _profiled, PROFILES
    )


def related(known: Frame) -> Frame:
    """Return pairs of wordings that are versions of one (``one``, ``other``, ``kind``)."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    held = known.select("wording", f.explode("grams").alias("gram"))
    counts = held.groupBy("gram").count().where(f.col("count").between(2, MAX_HOLDERS_OF_A_GRAM))
    held = held.join(counts, "gram")
    shared = (
        held.withColumnRenamed("wording", "one")
        .join(held.select("gram", f.col("wording").alias("other")), "gram")
        .where("one != other")
        .groupBy("one", "other")
        .agg(f.round(f.sum(1 / f.col("count")), 6).alias("weight"))
    )
    nearest = Window.partitionBy("one").orderBy(f.desc("weight"), "other")
    compared = (
        shared.withColumn("rank", f.row_number().over(nearest))
        .where(f.col("rank") <= MAX_COMPARED)
        .select(f.least("one", "other").alias("one"), f.greatest("one", "other").alias("other"))
        .distinct()
    )
    # Few wordings that share a gram are versions: what rules them out is sent first, the texts of the others later.
    likely = _joined(known, compared, "stems", "small", "cut").mapInArrow(_likely, "one long, other long")
    return _joined(known, likely, "text").mapInArrow(_related, "one long, other long, kind string")


def _joined(known: Frame, pairs: Frame, *columns: str) -> Frame:
    """Return pairs of wordings with these columns of both."""
    for end in ("one", "other"):
        named = {"wording": end, **{column: f"{end}_{column}" for column in columns}}
        pairs = pairs.join(known.select(*named).withColumnsRenamed(named), end)
    return pairs


def versions(known: Frame, pairs: Frame) -> Frame:
    """Return the head of each wording that has versions, given the ``related`` pairs."""
    clusters = groups(pairs.select("one", "other")).withColumnsRenamed(
        {"serial": "wording", "first": "cluster"}
    )
    members = clusters.join(known.select("wording", "length"), "wording")
    # Under another name, or Spark cannot tell the columns of the two frames apart.
    edges = pairs.join(clusters.withColumnRenamed("wording", "one"), "one").selectExpr(
        "cluster AS edges_of", "one", "other", "kind"
    )
    by_cluster = members.groupBy("cluster").cogroup(edges.groupBy("edges_of"))
    return by_cluster.applyInArrow(lambda members, edges: _heads(members, edges), VERSIONS)


def _extracted(batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow

    kinds = {
        "long": pyarrow.int64(), "int": pyarrow.int32(), "string": pyarrow.string(),
        "array<long>": pyarrow.list_(pyarrow.int64()),
    }  # fmt: skip
    collect_rarely()
    columns = pyarrow.schema([(name, kinds[kind]) for name, kind in QUOTATIONS.items()])
    for batch in batches:
        rows = []
        for article in batch.to_pylist():
            quotations = extract_quotations(article["paragraphs"], article["furniture"])
            for place, quotation in enumerate(quotations):
                paragraph, start, end = quotation.places[0]
                known = quotation.known
                rows.append(
                    (
                        article["serial"], article["id"], place, paragraph, start, end, quotation.text,
                        quotation.speaker, quotation.person, quotation.cue,
                        known and known.digest, known and known.length, known and list(known.prints),
                    )
                )  # fmt: skip
        by_column = {name: [row[at] for row in rows] for at, name in enumerate(QUOTATIONS)}
        yield pyarrow.RecordBatch.from_pydict(by_column, schema=columns)


def _profiled(batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow

    collect_rarely()
    for batch in batches:
        profiles = list(map(stems.profile, batch.column("text").to_pylist()))
        packed = [
            pyarrow.array([_numbers(profile, small=small) for profile in profiles], pyarrow.binary())
            for small in (False, True)
        ]
        cut = pyarrow.array([profile.may_be_cut for profile in profiles], pyarrow.bool_())
        names = [*batch.schema.names, "stems", "small", "cut"]
        yield pyarrow.RecordBatch.from_arrays([*batch.columns, *packed, cut], names=names)


def _numbers(profile: stems.StemProfile, *, small: bool) -> bytes:
    """Return a number for each of a wording's small stems, or each of content; one that is there twice has two."""
    return b"".join(
        hashlib.blake2b(f"{stem} {time}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
        for stem, count in profile.stems.items()
        if (stems.weight_of(stem) < 1) == small
        for time in range(count)
    )


def _likely(batches: Iterator[Any]) -> Iterator[Any]:
    """Keep the pairs that ``matching.related`` may relate: it is called for those alone."""
    import pyarrow.compute

    collect_rarely()
    for batch in batches:
        columns = (
            batch.column(f"{end}_{name}").to_pylist()
            for name in ("stems", "small", "cut")
            for end in ("one", "other")
        )
        chosen = [_may_be_versions(*pair) for pair in zip(*columns, strict=True)]
        yield batch.filter(pyarrow.array(chosen, pyarrow.bool_())).select(["one", "other"])


def _may_be_versions(
    one: bytes, other: bytes, one_small: bytes, other_small: bytes, one_cut: bool, other_cut: bool
) -> bool:
    words, other_words = (
        (len(content) + len(few)) // 8 for content, few in ((one, one_small), (other, other_small))
    )
    weight = min(_weight(len(one) // 8, len(one_small) // 8), _weight(len(other) // 8, len(other_small) // 8))
    shared = _weight(_shared(one, other), _shared(one_small, other_small))
    return matching.may_be_versions(words, other_words, weight, shared, is_cut=one_cut or other_cut)


def _weight(content: int, small: int) -> float:
    return content + stems.SMALL_WORD_WEIGHT * small


def _shared(one: bytes, other: bytes) -> int:
    return len(set(memoryview(one).cast("q")) & set(memoryview(other).cast("q")))


def _related(batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow

    collect_rarely()
    for batch in batches:
        rows = []
        for pair in batch.to_pylist():
            # Compared in a fixed order, as in a library: the answer is the same either way round.
            relation = matching.related(*sorted((pair["one_text"], pair["other_text"])))
            if relation:
                rows.append((pair["one"], pair["other"], relation.kind))
        yield pyarrow.RecordBatch.from_pydict(
            {
                "one": pyarrow.array([row[0] for row in rows], pyarrow.int64()),
                "other": pyarrow.array([row[1] for row in rows], pyarrow.int64()),
                "kind": pyarrow.array([row[2] for row in rows], pyarrow.string()),
            }
        )


def _heads(members: Any, edges: Any) -> Any:
    import pyarrow

    rank = {
        wording: (-length, wording)
        for wording, length in zip(
            members.column("wording").to_pylist(), members.column("length").to_pylist(), strict=True
        )
    }
    near: dict[int, list[tuple[int, str]]] = {wording: [] for wording in rank}
    for edge in edges.to_pylist():
        near[edge["one"]].append((edge["other"], edge["kind"]))
        near[edge["other"]].append((edge["one"], edge["kind"]))
    heads: set[int] = set()
    rows = []
    for wording in sorted(rank, key=lambda wording: rank[wording]):
        above = [(rank[other], other, kind) for other, kind in near[wording] if other in heads]
        if above:
            _, head, kind = min(above)
            rows.append((wording, head, kind))
        else:
            heads.add(wording)
            rows.append((wording, wording, "whole"))
    return pyarrow.table(
        {
            "wording": pyarrow.array([row[0] for row in rows], pyarrow.int64()),
            "head": pyarrow.array([row[1] for row in rows], pyarrow.int64()),
            "kind": pyarrow.array([row[2] for row in rows], pyarrow.string()),
        }
    )
