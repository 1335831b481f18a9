"""Print the rooms of ``app/`` with their modules, lines and imports: ``make rooms``.

A room is a folder of ``app/``. ``python tools/rooms.py FOLDER`` looks at another checkout, ``--summary`` prints the
closing table alone.
"""

import argparse
import ast
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

WIDTH = 110


class Module(NamedTuple):
    """A module of ``app/``."""

    name: str
    """Dotted; that of a package for its ``__init__.py``."""
    room: str
    """Dotted name of the folder."""
    lines: int
    tree: ast.Module


def read_modules(checkout: Path) -> dict[str, Module]:
    """Return the modules of ``app/`` by their dotted names."""
    modules = {}
    for path in sorted((checkout / "app").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        room = ".".join(path.parent.relative_to(checkout).parts)
        name = room if path.stem == "__init__" else f"{room}.{path.stem}"
        modules[name] = Module(name, room, len(source.splitlines()), ast.parse(source))
    return modules


def imported_names(module: Module) -> Iterator[str]:
    """Yield the dotted names that the module imports, at any level."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = module.room.split(".")
            base = ".".join(parents[: len(parents) - node.level + 1]) if node.level else ""
            source = ".".join(part for part in (base, node.module) if part)
            yield from (f"{source}.{alias.name}" for alias in node.names)


def import_arrows(modules: dict[str, Module]) -> set[tuple[str, str]]:
    """Return (importer, imported) for each pair of modules; an imported name counts as the module that defines it."""
    arrows = set()
    for module in modules.values():
        for name in imported_names(module):
            target = name if name in modules else name.rpartition(".")[0]
            if target in modules and target != module.name:
                arrows.add((module.name, target))
    return arrows


def room_arrows(modules: dict[str, Module]) -> Counter[tuple[str, str]]:
    """Return how many imports lead from one room to another."""
    rooms = ((modules[importer].room, modules[target].room) for importer, target in import_arrows(modules))
    return Counter(arrow for arrow in rooms if arrow[0] != arrow[1])


def layer_of(room: str) -> str:
    """Return the layer of a room: ``app.services``, and within web and db one folder further (``app.web.pages``)."""
    parts = room.split(".")
    return ".".join(parts[: 3 if parts[1:2] in (["web"], ["db"]) else 2])


def repeated_stems(modules: dict[str, Module]) -> dict[str, list[str]]:
    """Return the module names that occur more than once within a layer, with the rooms where they do."""
    rooms = defaultdict(list)
    for module in modules.values():
        if module.name != module.room:
            rooms[layer_of(module.room), module.name.rpartition(".")[2]].append(module.room)
    return {stem: places for (_, stem), places in sorted(rooms.items()) if len(places) > 1}


def mutual_imports(arrows: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs of rooms that import each other; a folder and one inside it are not such a pair."""
    return sorted(
        (one, other)
        for one, other in arrows
        if one < other and (other, one) in arrows and not other.startswith(f"{one}.")
    )


def print_rooms(modules: dict[str, Module]) -> None:
    """Print each room: its modules, how long they are, and which rooms it imports how often."""
    arrows = room_arrows(modules)
    for room in sorted({module.room for module in modules.values()}):
        inside = [module for module in modules.values() if module.room == room]
        stems = [module.name.rpartition(".")[2] for module in inside if module.name != room]
        lines = sum(module.lines for module in inside)
        print(f"{room.replace('.', '/')}/  {count(len(stems), 'module')}, {count(lines, 'line')}")
        targets = [
            f"{target.removeprefix('app.')}({n})"
            for (own, target), n in sorted(arrows.items())
            if own == room
        ]
        for label, words in (("", stems), ("imports ", targets)):
            if words:
                print(
                    textwrap.fill(
                        label + "  ".join(words), WIDTH, initial_indent="    ", subsequent_indent="    "
                    )
                )
    print()


def print_summary(modules: dict[str, Module]) -> None:
    """Print the closing table: the fullest folder, repeated names, imports between rooms."""
    files = [module for module in modules.values() if module.name != module.room]
    sizes = Counter(module.room for module in files)
    fullest, most = sizes.most_common(1)[0]
    longest = max(modules.values(), key=lambda module: module.lines)
    repeated = repeated_stems(modules)
    arrows = room_arrows(modules)
    mutual = mutual_imports(arrows)
    rows = (
        ("rooms", f"{len(sizes)}"),
        ("modules", f"{len(files)}, {count(sum(module.lines for module in modules.values()), 'line')}"),
        (
            "modules in a room",
            f"at most {most} ({fullest.replace('.', '/')}), {len(files) / len(sizes):.1f} on average",
        ),
        ("longest module", f"{count(longest.lines, 'line')} ({longest.name})"),
        ("names repeated within a layer", f"{len(repeated)} {' '.join(repeated)}".rstrip()),
        (
            "imports",
            f"{len(import_arrows(modules)):,} between modules, {sum(arrows.values())} of them between rooms",
        ),
        ("arrows between rooms", f"{len(arrows)}"),
        ("rooms that import each other", "; ".join(" and ".join(pair) for pair in mutual) or "none"),
    )
    width = max(len(label) for label, _ in rows)
    for label, figure in rows:
        print(f"{label:<{width}}  {figure}")


def count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def main(arguments: list[str]) -> int:
    """Print the rooms and the closing table; return exit code 0."""
    parser = argparse.ArgumentParser(
        description="Print the rooms of app/ with their modules, lines and imports."
    )
    parser.add_argument("checkout", nargs="?", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--summary", action="store_true", help="print the closing table alone")
    options = parser.parse_args(arguments)
    modules = read_modules(options.checkout)
    if not options.summary:
        print_rooms(modules)
    print_summary(modules)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
