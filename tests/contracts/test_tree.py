"""What no tracked file may contain, and how long a file may be."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAX_LINES = 400
"""Generous on purpose: a file is split by subject, not by length."""

ELSEWHERE = re.compile(
    r"://[^/ ]*(?:py" r"pi|pythonhosted|npm" r"js)|(?:^|[^a-zA-Z.~])/(?:wor" r"k|roo" r"t|hom" r"e)/"
)
SILENCED_BARE = re.compile(
    r"#\s*(?:type:\s*ignore|no" r"qa|pragma: no cover)(?:\[[\w, -]+\]|:\s*[A-Z0-9, ]+)?\W*$"
)
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|NotImplemented" r"Error)\b")


def tracked(*patterns: str) -> list[Path]:
    """Return the files that git tracks or would add, except pictures, as paths from the top of the checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [
        Path(name) for name in listed.splitlines() if (ROOT / name).is_file() and not name.endswith(".png")
    ]


def lines_of(path: Path) -> list[str]:
    return (ROOT / path).read_text(encoding="utf-8", errors="replace").splitlines()


def matching_lines(pattern: re.Pattern[str], *where: str) -> list[str]:
    """Return the lines of tracked files in which ``pattern`` matches, each after its file's name."""
    return [f"{path}: {line}" for path in tracked(*where) for line in lines_of(path) if pattern.search(line)]


def test_no_file_names_a_machines_own_paths_or_a_package_registry() -> None:
    assert matching_lines(ELSEWHERE) == []


def test_a_silenced_check_gives_its_reason_beside_it() -> None:
    assert matching_lines(SILENCED_BARE, "*.py") == []


def test_nothing_is_marked_as_unfinished() -> None:
    assert (
        matching_lines(UNFINISHED, "app", "templates", "static/js", "static/css", "migrations", "tools") == []
    )


def test_no_file_is_too_long() -> None:
    lengths = {
        str(path): len(lines_of(path))
        for path in tracked("app", "static/js", "static/css", "templates")
        if path.suffix in {".py", ".html", ".js", ".css"}
    }
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}


def test_the_core_uses_no_random_numbers_and_no_hash_of_the_process() -> None:
    """The import rules forbid the modules; this test covers what numpy and the language itself offer."""
    assert (
        matching_lines(re.compile(r"\b(?:np|numpy)\.random\b|(?<![\w.])(?:hash|id)\("), "app/collation") == []
    )
