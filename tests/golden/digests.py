"""Digests of whole comparison documents: the engine's version must change whenever one of them does."""

import hashlib
import json
from itertools import permutations
from pathlib import Path

from app.collation import document, pipeline
from tests.golden.example import BASE, WITNESS
from tests.golden.seeds import sides

FILE = Path(__file__).parent / "digests.json"
"""SHA-256 of documents by engine version, then by pair."""


def kept() -> dict[str, dict[str, str]]:
    """The digests that were kept, by engine version."""
    found: dict[str, dict[str, str]] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    return found


def made() -> dict[str, str]:
    """The digests of what the engine makes now: the five seeds in every pair and order, and a small example."""
    seeds = sides()
    pairs = {f"{one}..{other}": (seeds[one], seeds[other]) for one, other in permutations(sorted(seeds), 2)}
    pairs["example"] = (BASE, WITNESS)
    return {
        name: hashlib.sha256(document.dumps(pipeline.compare(*pair)).encode("utf-8")).hexdigest()
        for name, pair in pairs.items()
    }
