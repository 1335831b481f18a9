"""File names that every system accepts, made from titles that may hold anything."""

import re
import unicodedata
from urllib.parse import quote

MAX_CHARS = 60
"""Characters of a name before its suffix: whole on every screen, and far below what file systems take in UTF-8."""

_NOT_IN_NAMES = re.compile(r"[^\w]+")


def file_name(*words: str, fallback: str, suffix: str) -> str:
    """Return the name of a file about ``words``: letters and digits of any script, joined by hyphens.

    It begins neither with a dot nor with what a shell takes for an option, and names no folder and no device: it has
    a prefix where it is a single word. ``fallback`` serves where nothing remains.

    >>> file_name("Newsweek", "“Chinese defense chief…”", fallback="x", suffix="docx")
    'newsweek-chinese-defense-chief.docx'
    >>> file_name("../../CON", fallback="x", suffix="html"), file_name("…", fallback="abc", suffix="tei.xml")
    ('text-con.html', 'text-abc.tei.xml')
    """
    plain = unicodedata.normalize("NFKC", " ".join(word[: 4 * MAX_CHARS] for word in words))
    parts = [part.strip("_") for part in _NOT_IN_NAMES.split(plain.casefold())]
    name = "-".join(filter(None, parts))[:MAX_CHARS].strip("-") or fallback
    return f"{name if '-' in name else f'text-{name}'}.{suffix}"


def disposition(name: str) -> str:
    """Return the header that has a browser save a file under ``name`` (RFC 6266), with a name in ASCII for old ones.

    >>> print(disposition("été-1.csv"))
    attachment; filename="ete-1.csv"; filename*=UTF-8''%C3%A9t%C3%A9-1.csv
    """
    if name.isascii():
        return f'attachment; filename="{name}"'
    stem, _, suffix = name.partition(".")
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    plain = re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9-]", "", plain)).strip("-") or "variorum"
    return f"attachment; filename=\"{plain}.{suffix}\"; filename*=UTF-8''{quote(name)}"
