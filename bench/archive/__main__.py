"""``make bench-archive``: all pairs of made-up archives on Spark, and what that takes, as Markdown tables.

Resumable: archives, jobs and the figures of each size stay in the folder that ``--keep`` names.
"""

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any

from bench.archive import made, measure
from bench.library import copies

SIZES = (10_000, 100_000, 1_000_000)

Figures = dict[str, Any]


def main() -> None:
    """Measure each size up to ``--articles`` that has not been measured yet, and print the tables of all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000, help="the largest size (10,000)")
    parser.add_argument(
        "--keep", type=Path, required=True, help="the folder of the archives and their figures"
    )
    parser.add_argument("--master", default="local[2]", help="where Spark runs (local[2])")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    for size in sorted({size for size in SIZES if size < options.articles} | {options.articles}):
        file = options.keep / f"spark-{size}.json"
        if not file.exists():
            file.write_text(json.dumps(_measured(options.keep, size, options.master), indent=1), "utf-8")
    figures = [json.loads(file.read_text("utf-8")) for file in options.keep.glob("spark-*.json")]
    print(tables(sorted(figures, key=lambda figure: figure["size"])))


def tables(figures: list[Figures]) -> str:
    """Return the tables: what was found, and the time and memory it took."""
    lines = [
        f"| articles | {' | '.join(copies.KINDS)} | pairs without a relation, an article |",
        f"|---:|{'---:|' * (len(copies.KINDS) + 1)}",
    ]
    for figure in figures:
        lines.append(_found(f"{figure['size']:,}", figure))
        lines += [
            _found(f"{figure['size']:,}: DuckDB, {fewest} fingerprints or more shared", joined)
            for fewest, joined in figure.get("duckdb", {}).items()
        ]
    joins: list[str] = []
    lines += [
        "",
        "| articles | minutes | processor, ms an article | Java's part | exponent | peak memory | shuffled | written |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for figure in figures:
        for fewest, joined in figure.get("duckdb", {}).items():
            milliseconds = joined["processor"] * 1000 / figure["size"]
            name = f"{figure['size']:,}: DuckDB, {fewest} or more"
            joins.append(f"| {name} | {joined['seconds'] / 60:.1f} | {milliseconds:.2f} |  |  |  |  |  |")
    for before, figure in zip([None, *figures], figures, strict=False):
        growth = _exponent(before, figure) if before else ""
        milliseconds, java = (figure[name] * 1000 / figure["size"] for name in ("processor", "java"))
        lines.append(
            f"| {figure['size']:,} | {figure['seconds'] / 60:.1f} | {milliseconds:.1f} | {java:.1f} | {growth} |"
            f" {figure['peak'] / 1024:.1f} GB | {figure['shuffled']:,} MB | {figure['written']:,.0f} MB |"
        )
    return "\n".join([*lines, *joins])


def _found(name: str, figure: Figures) -> str:
    recall = " | ".join(f"{figure['recall'][kind]:.2f}" for kind in copies.KINDS)
    return f"| {name} | {recall} | {figure['stray']:.3f} |"


def _exponent(before: Figures, after: Figures) -> str:
    """Return the power of the size with which processor time grew."""
    ratio = math.log(after["processor"] / before["processor"]) / math.log(after["size"] / before["size"])
    return f"{ratio:.2f}"


def _measured(keep: Path, size: int, master: str) -> Figures:
    archive, out, pairs = keep / f"news-{size}.jsonl.gz", keep / f"out-{size}", keep / f"pairs-{size}.jsonl"
    made.write(archive, size)
    command = [sys.executable, "-m", "app.batch", "pairs", str(archive), "--out", str(out)]
    taken = measure.run([*command, "--master", master, "--jsonl", str(pairs), "--all"])
    written = sum(file.stat().st_size for file in out.rglob("*") if file.is_file()) / 1_000_000
    return {
        "size": size,
        **taken,
        "written": written,
        **measure.judged(pairs, size),
        "duckdb": _duckdb(out, pairs, size),
    }


def _duckdb(out: Path, pairs: Path, size: int) -> dict[str, Figures]:
    from bench.archive import others

    taken = others.duckdb_pairs(out, pairs.with_name(f"duckdb-{size}.jsonl"))
    return {
        fewest: {**figures, **measure.judged(pairs.with_name(f"duckdb-{size}-{fewest}.jsonl"), size)}
        for fewest, figures in taken.items()
    }


if __name__ == "__main__":
    main()
