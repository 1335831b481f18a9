"""Released migrations never change: databases have run them. (``tests/golden`` does the same for released engines.)

``released.sha256`` pins those of the release named in its first line. To release, set ``app.__version__`` and run
``python -m tests.contracts.test_released``, which writes the pins.
"""

import hashlib
from pathlib import Path

import app
from tests.contracts.test_tree import ROOT

PINS = Path(__file__).with_name("released.sha256")
"""A SHA-256 and a file name a line, as ``sha256sum`` prints them."""


def current_digests() -> dict[str, str]:
    """Return the digests of every migration in this checkout, by file name."""
    paths = sorted((ROOT / "migrations" / "versions").glob("[0-9]*.py"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def pinned_release() -> tuple[str, dict[str, str]]:
    """Return the version for which the pins were written, and the digests by name."""
    heading, *lines = PINS.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("  ", 1) for line in lines)
    return heading.removeprefix("# "), {name: value for value, name in pairs}


def changes_since(pins: dict[str, str], current: dict[str, str]) -> list[str]:
    """Return the pinned names whose digest has changed or that are gone."""
    return [name for name, value in pins.items() if current.get(name) != value]


def test_a_pinned_file_that_changed_or_went_is_named() -> None:
    assert changes_since({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "x", "d": "4"}) == ["b", "c"]


def test_nothing_that_was_released_has_changed() -> None:
    changed = changes_since(pinned_release()[1], current_digests())
    assert changed == [], "A released migration stays as it is: add another one."


if __name__ == "__main__":
    rows = [f"{value}  {name}\n" for name, value in current_digests().items()]
    PINS.write_text("".join([f"# {app.__version__}\n", *rows]), encoding="utf-8")
