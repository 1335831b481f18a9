"""Builds app/collation/lexicon/first_names.tsv: ``python tools/first_names.py FOLDER``.

The folder is faker/providers/person of the package Faker (MIT; ``pip download --no-deps Faker==40.63.0``, unpacked).
The table is committed, so that the program does not need the package.
"""

import ast
import re
import sys
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "app" / "collation" / "lexicon" / "first_names.tsv"

_LATIN = re.compile(r"[A-Za-zÀ-ɏ][a-zÀ-ɏ]{2,}")


def first_names(module: str) -> set[str]:
    """Return the first names in Latin letters that a locale's module lists, in small letters."""
    return {
        part.value.lower()
        for node in ast.walk(ast.parse(module))
        if isinstance(node, ast.Assign) and any("first_name" in ast.unparse(name) for name in node.targets)
        for part in ast.walk(node.value)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and _LATIN.fullmatch(part.value)
    }


def main() -> int:
    """Write the table; exit code 0."""
    modules = [path.read_text("utf-8") for path in sorted(Path(sys.argv[1]).glob("*_*/__init__.py"))]
    names = set().union(*map(first_names, modules))
    TABLE.write_text("\n".join(("word", *sorted(names))) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
