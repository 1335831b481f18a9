"""``python -m tests.cases [GROUP]``: a table of the groups, or the failures in groups whose names begin with GROUP."""

import sys
from collections import defaultdict

from tests.cases.cases import FOLDER, faults, read

prefix = sys.argv[1] if len(sys.argv) > 1 else ""
totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
for path in sorted(FOLDER.glob("*.jsonl")):
    for case in read(path):
        if not case.group.startswith(prefix):
            continue
        failing = faults(case)
        count = totals[case.group]
        count[0] += 1
        count[1] += not failing
        count[2] += bool(case.first_sight)
        if prefix and failing:
            print(f"{case.id} ({case.group}): {case.given}")
            for line in failing:
                print(f"  {line}")
print(f"{'group':30} cases  hold  at first sight")
for group, (cases, hold, first) in sorted(totals.items()):
    print(f"{group:30} {cases:5}  {hold:4}  {first:4}")
