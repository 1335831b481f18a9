"""Print every figure beside its floor; exit with status 1 if one is below, or a paragraph was lost."""

import argparse
import sys

from tests.quality.gate import Extent, Measurement, digests, measure, pinned_digests, verdicts


def main() -> int:
    """Return 0 if every figure holds, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--sample", action="store_true", help="the sample that the tests run, and its floors")
    extent: Extent = "sample" if parser.parse_args().sample else "full"
    if digests() != pinned_digests():
        print("The data is not that for which the floors were set: see tests/quality/README.md.")
        return 1
    measurement = measure(extent)
    print(f"{'':28}{'precision':>10}{'recall':>10}{'F1':>10}{'floor':>10}")
    failed = bool(measurement.torn)
    for verdict in verdicts(measurement, extent):
        tally = verdict.tally
        print(
            f"{verdict.name:28}{tally.precision:10.4f}{tally.recall:10.4f}{verdict.value:10.4f}"
            f"{verdict.floor:10.4f}  {verdict.says}"
        )
        failed |= verdict.below
    print_parts(measurement)
    for name in measurement.torn:
        print(f"{name}: some paragraph does not stand in exactly one row")
    return int(failed)


def print_parts(measurement: Measurement) -> None:
    """Details behind the figures: rows of each kind, and whole edits under each heading of the marked pairs."""
    shown = ""
    for (name, part), tally in measurement.parts.items():
        if name != shown:
            print(f"\n{name}, by {'heading (whole edits)' if name == 'words' else 'kind of row'}")
            shown = name
        if tally.given or tally.wanted:
            shares = f"{tally.precision:10.4f}{tally.recall:10.4f}{tally.f1:10.4f}"
            print(f"  {part:26}{shares}{tally.wanted:10} wanted")
        else:
            print(f"  {part:26}   nothing to mark, and nothing marked")


if __name__ == "__main__":
    sys.exit(main())
