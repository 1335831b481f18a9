"""The layout of the house: rooms of limited size, unambiguous names, imports that point downwards."""

import ast
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

from tests.contracts.test_tree import ROOT, tracked

MAX_MODULES = 12
"""Files in one folder, not counting ``__init__.py``: as many as a reader takes in at a glance."""

LAYERS = (
    "app/cli",
    "app/collation",
    "app/sources",
    "app/exports",
    "app/services",
    "app/web/routes",
    "app/web/pages",
    "app/db/engine",
    "app/db/index",
    "app/db/queries",
    "app/db/tables",
)
"""Within each of these no two modules have the same name."""

REPEATED_STEMS = {
    "matching": "the same role in rooms beside one another: names, quantities, versions of quotations",
}
"""Names that may occur more than once within a layer, each with the reason."""


def modules(*folders: str) -> list[Path]:
    return [
        path
        for path in tracked(*folders)
        if path.suffix in {".py", ".html", ".css"} and path.stem != "__init__"
    ]


def repeated(paths: Iterable[Path]) -> dict[str, list[str]]:
    """Return the stems that several of the paths share, with these paths."""
    by_stem: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        by_stem[path.stem].append(str(path))
    return {stem: names for stem, names in by_stem.items() if len(names) > 1}


def test_no_folder_has_too_many_modules() -> None:
    counts: dict[str, int] = defaultdict(int)
    for path in modules("app", "templates", "static/css", "tests"):
        counts[str(path.parent)] += 1
    assert {folder: count for folder, count in counts.items() if count > MAX_MODULES} == {}


@pytest.mark.parametrize("layer", LAYERS)
def test_no_two_modules_of_a_layer_have_the_same_name(layer: str) -> None:
    assert repeated(path for path in modules(layer) if path.stem not in REPEATED_STEMS) == {}


def test_every_name_on_the_list_of_repeated_names_is_repeated() -> None:
    stems = {stem for layer in LAYERS for stem in repeated(modules(layer))}
    assert set(REPEATED_STEMS) <= stems


def test_no_two_public_classes_have_the_same_name() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for path in tracked("app"):
        if path.suffix == ".py":
            for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    homes[node.name].append(str(path))
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


def test_no_module_imports_itself_through_others() -> None:
    graph = grimp.build_graph("app", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the modules of a cycle


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = "import importlinter.cli as cli; cli.lint_imports_command(standalone_mode=True)"
    command = [sys.executable, "-c", program, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("app/collation/pipeline.py", "from app.permalinks import is_id"),
        ("app/collation/text/tokens.py", "import random"),
        ("app/sources/text.py", "from app.db.engine.base import Database"),
        ("app/db/queries/articles.py", "from app.services.articles import store"),
        ("app/services/stories/story.py", "from app.web import urls"),
        ("app/db/engine/base.py", "from app.db.engine.sqlite import SQLite"),
        ("app/web/routes/stories.py", "from app.db.queries import quotations"),
        ("app/web/routes/stories.py", "from app.db.tables.quotations import QuotationRow"),
        ("app/web/routes/stories.py", "from app.db.index import wordings"),
    ],
)
def test_a_forbidden_import_breaks_the_check(tmp_path: Path, module: str, line: str) -> None:
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / module
    planted.write_text(planted.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    checked = lint_imports(tmp_path)
    assert checked.returncode == 1, checked.stdout + checked.stderr
    assert "BROKEN" in checked.stdout
