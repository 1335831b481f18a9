"""Where templates, static files, migrations and seeds are: in the checkout, else inside the installed package."""

from pathlib import Path
from typing import Literal

Folder = Literal["templates", "static", "migrations", "seeds"]

_PACKAGE = Path(__file__).resolve().parent


def folder(name: Folder) -> Path:
    """Return the folder ``name``: the checkout's where there is one, else the copy that the wheel carries.

    A checkout has a ``pyproject.toml`` beside the package.
    """
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    return _PACKAGE / "_bundled" / name
