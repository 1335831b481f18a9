"""Rewrite the expected output of golden tests: ``python -m tests.golden.regenerate [--release]``

It records the digests of the current engine version and prints the example in docs/formats.md anew. The block of a
released engine is never rewritten: raise ``pipeline.ENGINE`` first. ``--release`` declares the current engine released.
"""

import json
import sys

from app.collation.pipeline import ENGINE
from tests.golden import digests, example


def main(arguments: list[str]) -> int:
    """Return 0 when all was written, 1 when ``pipeline.ENGINE`` must be raised first."""
    blocks, block, released = digests.recorded(), digests.computed(), digests.released()
    if ENGINE in released and blocks.get(ENGINE) != block:
        sys.stderr.write(
            f"Engine {ENGINE} is released, and its output has changed: raise pipeline.ENGINE first.\n"
        )
        return 1
    blocks[ENGINE] = block
    digests.FILE.write_text(json.dumps(blocks, indent=1, sort_keys=True) + "\n", "utf-8")
    example.PAGE.write_text(example.reprinted(example.PAGE.read_text("utf-8")), "utf-8")
    if "--release" in arguments and ENGINE not in released:
        with digests.RELEASED.open("a", encoding="utf-8") as file:
            file.write(f"{ENGINE} {digests.of_block(block)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
