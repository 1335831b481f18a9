"""``make attack``: hostile texts for some minutes, or all of them; a table of what was tried, and how it went."""

import argparse
import json
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

from bench.attack.shapes import LARGEST, SIZES, Shape, shapes
from bench.attack.texts import Outcome, attack, empty_database, growth


def main() -> int:
    """Attack with texts; exit code 1 where anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=6.0, help="how long (6)")
    parser.add_argument("--seed", type=int, default=1, help="which shapes come first (1)")
    parser.add_argument(
        "--full", action="store_true", help="every shape at every size, however long it takes"
    )
    parser.add_argument("--only", default="", help="shapes whose name holds this alone")
    parser.add_argument(
        "--keep", type=Path, help="a file of outcomes, one a line: a run goes on where the last ended"
    )
    chosen = parser.parse_args()
    todo = [shape for shape in shapes() if chosen.only in shape.name]
    Random(chosen.seed).shuffle(todo)
    sizes = (*SIZES, LARGEST) if chosen.full else SIZES
    ends = float("inf") if chosen.full or chosen.only else time.monotonic() + chosen.minutes * 60
    done = _kept(chosen.keep)
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(2) as pool:
        database = empty_database(Path(folder))
        for tried in pool.map(partial(_grown, sizes, database, ends, done), todo):
            outcomes += tried
            for outcome in tried:
                _report(outcome)
                _keep(chosen.keep, outcome)
            if len(tried) > 1 and (exponent := growth(tried)) > 1.5:
                print(f"  grows by {exponent:.2f}: {tried[0].shape.name}", flush=True)
    failed = [outcome for outcome in outcomes if any(outcome.faults())]
    if outcomes:
        worst = max((r for outcome in outcomes for r in outcome.requests), key=lambda r: r.seconds / r.limit)
        print("| tried | survived | worst, processor seconds | most memory |\n|---:|---:|---|---:|")
        print(
            f"| {len(outcomes)} | {len(outcomes) - len(failed)} | {worst.what}: {worst.seconds:.2f} "
            f"| {max(outcome.megabytes for outcome in outcomes):.0f} MB |"
        )
    return 1 if failed else 0


def _grown(
    sizes: tuple[int, ...], database: Path, ends: float, done: set[tuple[str, int]], shape: Shape
) -> list[Outcome]:
    """Attack with one shape, size by size, until one fails: a larger one only takes longer."""
    tried: list[Outcome] = []
    for size in sizes:
        if time.monotonic() > ends or (shape.name, size) in done:
            continue
        tried.append(attack(shape, size, database))
        if any(tried[-1].faults()):
            break
    return tried


def _report(outcome: Outcome) -> None:
    for fault in outcome.faults():
        print(f"{outcome.shape.name}, {outcome.size:,}: {fault}", flush=True)


def _kept(file: Path | None) -> set[tuple[str, int]]:
    if file is None or not file.exists():
        return set()
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return {(line["shape"], line["size"]) for line in lines}


def _keep(file: Path | None, outcome: Outcome) -> None:
    if file is None:
        return
    worst = outcome.worst
    line = {
        "shape": outcome.shape.name,
        "size": outcome.size,
        "worst": worst.what if worst else "",
        "seconds": round(worst.seconds, 3) if worst else 0,
        "megabytes": round(outcome.megabytes),
        "faults": list(outcome.faults()),
    }
    with file.open("a", encoding="utf-8") as output:
        output.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    sys.exit(main())
