"""``python -m tests.quality.standing`` prints the trial's figures; status 1 if any two articles were related."""

import sys

from tests.quality.standing.trial import SIZES, copied_paragraphs, trial

MAX_PAIRS = 28
"""Pairs of articles compared for each paragraph and size."""


def main() -> int:
    """Print the trial's figures; return 1 if any two articles were called related."""
    failed = 0
    for size in SIZES:
        compared, related = 0, []
        for pairs, false in trial(size, MAX_PAIRS):
            compared += pairs
            related += false
        print(f"{size:3} articles, {compared:5} pairs: {len(related)} called reuse")
        for each in related:
            print(f"  {each.kind} ({', '.join(each.places)}): {each.paragraph[:80]}")
        failed += len(related)
    copied = copied_paragraphs()
    print(f"a paragraph of an article put into another: {copied.hits} of {copied.wanted} found")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
