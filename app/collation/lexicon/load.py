"""The files of words beside this module, read when they are first asked for (README.md tells their sources)."""

from importlib import resources


def table(name: str) -> list[str]:
    """The lines of one file.

    >>> "arise arose arisen" in table("verbs.txt")
    True
    """
    return resources.files(__package__).joinpath(name).read_text("utf-8").splitlines()
