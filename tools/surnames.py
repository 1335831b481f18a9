"""Builds app/collation/lexicon/surnames.tsv: ``python tools/surnames.py FILE``.

The file is the United States Census Bureau's list of surnames of 1990, ``dist.all.last``, which is in the public domain
and comes with the package names (``pip download --no-deps names==0.3.0``). The table is committed.
"""

import sys
from pathlib import Path

TABLES = Path(__file__).resolve().parent.parent / "app" / "collation" / "lexicon"

MAX_RANK = 20_000
"""The rarest surname taken, the commonest being 1: nine in ten people have one of these."""


def main() -> int:
    """Write the table; exit code 0."""
    common = set((TABLES / "common_words.tsv").read_text("utf-8").splitlines()[1:])
    small_words = {
        line.split("\t")[0] for line in (TABLES / "function_words.tsv").read_text("utf-8").splitlines()[1:]
    }
    ranked = [line.split() for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    surnames = {name.lower() for name, _, _, rank in ranked if int(rank) <= MAX_RANK}
    words = sorted((surnames & common) - small_words)
    (TABLES / "surnames.tsv").write_text("\n".join(("word", *words)) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
