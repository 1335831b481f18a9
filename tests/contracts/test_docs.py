"""Whatever the documents name exists: links, paths, modules, commands, settings, the version."""

import pkgutil
import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

import app
from app.collation.model import FindingKind
from app.settings import Settings
from tests.contracts.test_tree import ROOT, tracked

DOCUMENTS = sorted(ROOT / path for path in tracked("*.md"))
LINK = re.compile(r"(?:\]\(|src=\")([^)\s\"]+)")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PATH = re.compile(
    r"(?<![\w./:-])(?:app|bench|docs|migrations|seeds|static|templates|tests|tools)/[\w./*-]*[\w*/]"
)
"""A path from the checkout's top, wherever a document names it: in backticks, in a drawing, in a command."""
DOTTED = re.compile(r"(?<![\w./-])(?:app|bench|tests)(?:\.[A-Za-z_]\w*)+")
PLACED = re.compile(r"`(\w+)` (?:in |\()`((?:app|static|tests|tools)/[\w/]+\.\w+)`")
"""A function, class or constant, and the file that it is said to be in."""
MAKE = re.compile(r"(?:`|^    )make ([a-z-]+)", re.MULTILINE)


def documents() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def anchors(document: Path) -> set[str]:
    """Return the fragments that link to a Markdown page's headings."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", document.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@documents()
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for link in LINK.findall(FENCED.sub("", document.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, fragment = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), f"{link} in {document.name}"
        assert not fragment or fragment in anchors(target), f"{link} in {document.name}"


@documents()
def test_every_path_that_is_named_exists(document: Path) -> None:
    """A module may be named without its ``.py``, and a folder's files by a ``*``."""
    paths = PATH.findall(document.read_text(encoding="utf-8"))
    assert [path for path in paths if not any(list(ROOT.glob(path + end)) for end in ("", ".py"))] == []


@documents()
def test_every_module_that_is_named_exists(document: Path) -> None:
    for name in set(DOTTED.findall(document.read_text(encoding="utf-8"))):
        try:
            pkgutil.resolve_name(name)
        except (ImportError, AttributeError):
            pytest.fail(f"{name} in {document.name}")


@documents()
def test_every_name_that_is_placed_in_a_file_is_there(document: Path) -> None:
    for name, path in PLACED.findall(document.read_text(encoding="utf-8")):
        assert re.search(rf"\b{name}\b", (ROOT / path).read_text(encoding="utf-8")), f"{name} in {path}"


@documents()
def test_every_make_command_that_is_named_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(MAKE.findall(document.read_text(encoding="utf-8"))) <= targets


def test_make_alone_lists_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^\.PHONY: ([a-z-]+)$", makefile, re.MULTILINE))
    described = set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    assert targets == described


def test_the_documented_settings_and_defaults_are_those_of_the_program() -> None:
    rows = re.findall(
        r"^\| `VARIORUM_(\w+)` \| (?:`([^`]*)`|empty) \| \S",
        (ROOT / "docs" / "settings.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    documented = {name.lower(): default for name, default in rows}
    assert documented == {name: str(field.default) for name, field in Settings.model_fields.items()}


@documents()
def test_every_setting_that_is_named_exists(document: Path) -> None:
    named = set(re.findall(r"VARIORUM_([A-Z_]+)", document.read_text(encoding="utf-8")))
    assert named <= {name.upper() for name in Settings.model_fields}


@documents()
def test_every_command_of_the_program_that_is_named_exists(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from app.cli.main import main

    for command in set(re.findall(r"(?:bin/|`)variorum ([a-z]+)", document.read_text(encoding="utf-8"))):
        with pytest.raises(SystemExit) as exit_info:
            main([command, "--help"])
        assert exit_info.value.code == 0, f"{command} in {document.name}"


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "adr"
    listed = set(LINK.findall((folder / "README.md").read_text(encoding="utf-8")))
    assert {path.name for path in folder.glob("[0-9]*.md")} <= listed


def test_the_changelog_has_a_section_for_this_version() -> None:
    assert f"## {app.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_required_package_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    pinned = {
        line.partition("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    }
    assert {re.split(r"[^\w-]", requirement, maxsplit=1)[0].lower() for requirement in requirements} <= pinned


def test_the_comparison_page_beside_others_counts_the_kinds_of_finding_there_are() -> None:
    document = (ROOT / "docs" / "comparison-page.md").read_text()
    assert f"[{len(get_args(FindingKind))} kinds](findings.md)" in document
