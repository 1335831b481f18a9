"""Writes anew what golden tests compare with. ``python -m tests.golden.regenerate``

It keeps the digests of the engine's version and the example in docs/formats.md. Where this version's digests are
kept already and differ, the version has to change first; ``--unreleased`` says that nobody has documents of it yet.
"""

import json
import sys

from app.collation.pipeline import ENGINE
from tests.golden import digests, example


def main(arguments: list[str]) -> int:
    """0 when all was written, 1 when ``pipeline.ENGINE`` must be given another version first."""
    kept, made = digests.kept(), digests.made()
    if kept.get(ENGINE, made) != made and "--unreleased" not in arguments:
        sys.stderr.write(
            f"What engine {ENGINE} makes has changed: give pipeline.ENGINE another version first.\n"
        )
        return 1
    kept[ENGINE] = made
    digests.FILE.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")
    example.PAGE.write_text(example.reprinted(example.PAGE.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
