"""The map of the rooms, drawn for a small package."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[3] / "tools" / "rooms.py"

PACKAGE = {
    "app/__init__.py": "",
    "app/core/__init__.py": "",
    "app/core/words.py": "import re\n\n\ndef split(): ...\n",
    "app/core/rows.py": "from app.core.words import split\n",
    "app/web/__init__.py": "",
    "app/web/pages/__init__.py": "",
    "app/web/pages/library.py": "from app.core import rows, words\nfrom app.web.routes import library\n",
    "app/web/routes/__init__.py": "",
    "app/web/routes/library.py": "def page():\n    from app.web.pages.library import show\n",
    "app/web/routes/shared/library.py": "from .. import library\n",
}


@pytest.fixture
def rooms() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("rooms_tool", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name, source in PACKAGE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(source, encoding="utf-8")
    return tmp_path


def test_imports_are_counted_by_module_wherever_they_are_written(rooms: ModuleType, checkout: Path) -> None:
    assert rooms.import_arrows(rooms.read_modules(checkout)) == {
        ("app.core.rows", "app.core.words"),
        ("app.web.pages.library", "app.core.rows"),
        ("app.web.pages.library", "app.core.words"),
        ("app.web.pages.library", "app.web.routes.library"),
        ("app.web.routes.library", "app.web.pages.library"),
        ("app.web.routes.shared.library", "app.web.routes.library"),
    }


def test_rooms_that_import_each_other_are_named_but_not_a_folder_and_one_inside_it(
    rooms: ModuleType, checkout: Path
) -> None:
    arrows = rooms.room_arrows(rooms.read_modules(checkout))
    assert arrows["app.web.pages", "app.core"] == 2
    assert rooms.mutual_imports(arrows) == [("app.web.pages", "app.web.routes")]


def test_a_name_is_repeated_within_a_layer_not_across_layers(rooms: ModuleType, checkout: Path) -> None:
    repeated = rooms.repeated_stems(rooms.read_modules(checkout))
    assert repeated == {"library": ["app.web.routes", "app.web.routes.shared"]}


def test_the_closing_table_names_the_fullest_room(
    rooms: ModuleType, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rooms.main([str(checkout)]) == 0
    printed = capsys.readouterr().out
    assert "app/core/  2 modules, 5 lines" in printed
    assert "at most 2 (app/core)" in printed
