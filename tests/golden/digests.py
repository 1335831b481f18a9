"""Digests of whole comparison documents: the engine's version must change whenever one of them does."""

import hashlib
import json
from itertools import permutations
from pathlib import Path

from app.collation import document, pipeline
from tests.golden.example import BASE, WITNESS
from tests.golden.seeds import sides

Block = dict[str, str]
"""What one engine makes: the SHA-256 of its document for each pair of texts."""

FILE = Path(__file__).parent / "digests.json"
"""A block for each engine version."""

RELEASED = Path(__file__).parent / "released.txt"
"""The engines that a release carried, a line each: its version and the digest of its block."""


def recorded() -> dict[str, Block]:
    """Return the blocks in ``FILE``, by engine version."""
    blocks: dict[str, Block] = json.loads(FILE.read_text("utf-8"))
    return blocks


def released() -> dict[str, str]:
    """Return the digest of each released engine's block, by engine version."""
    lines = [line for line in RELEASED.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {version: digest for version, _, digest in (line.partition(" ") for line in lines)}


def computed() -> Block:
    """Return the digests of what the engine makes now: the seeds in every pair and order, and a small example."""
    seeds = sides()
    pairs = {
        f"{base}..{witness}": (seeds[base], seeds[witness])
        for base, witness in permutations(sorted(seeds), 2)
    }
    pairs["example"] = (BASE, WITNESS)
    return {name: _sha256(document.dumps(pipeline.compare(*pair))) for name, pair in pairs.items()}


def of_block(block: Block) -> str:
    """Return the digest of a whole block."""
    return _sha256(json.dumps(block, sort_keys=True))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
