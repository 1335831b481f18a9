"""Single-byte changes of an evidence file: how many are noticed and named (``python -m bench.evidence``)."""

import argparse
import random
import time
from collections import Counter

from app.evidence import archive, packing
from app.evidence.inspection import inspect
from tests.unit.evidence.evidence_files import seeds_contents


def main() -> int:
    """Change one byte at a time of the seeds' evidence file, at random places, and print what was reported."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=15)
    options = parser.parse_args()
    data = packing.packed(seeds_contents())
    members = inspect(data).members
    chance = random.Random(options.seed)
    counts: Counter[str] = Counter()
    begun = time.process_time()
    for _ in range(options.changes):
        at = chance.randrange(len(data))
        changed = bytearray(data)
        changed[at] ^= chance.randrange(1, 256)
        name, part = archive.place(members, at)
        faults = inspect(bytes(changed)).faults
        where = "inside a member" if part == "its content" else "in the zip's own records"
        counts[where] += 1
        counts[f"{where}, noticed"] += bool(faults)
        named = {fault.member for fault in faults} == {name} if part == "its content" else name in str(faults)
        counts[f"{where}, named"] += named
    spent = time.process_time() - begun
    print(f"{options.changes:,} single-byte changes of a file of {len(data):,} bytes, {len(members)} members")
    for where, count in sorted(counts.items()):
        print(f"{where}: {count:,}")
    print(f"processor time per change: {1000 * spent / options.changes:.2f} ms")
    missed = counts["inside a member"] - counts["inside a member, named"]
    return int(
        bool(missed)
        or any(
            counts[where] != counts[f"{where}, noticed"]
            for where in ("inside a member", "in the zip's own records")
        )
    )


if __name__ == "__main__":
    raise SystemExit(main())
