"""Tell a file's format by its content; its name and declared type count only between kinds of plain text."""

import re

_HTML = re.compile(
    rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<title[\s>]|<(?:p|div|article|meta|h1)[\s>]",
    re.IGNORECASE,
)
_SNIFFED_BYTES = 4096


def format_of(content: bytes, file_name: str = "", declared_type: str = "") -> str:
    """Return the name of the format, as ``Reading.format`` has it.

    >>> format_of(b"<!DOCTYPE html><p>He came."), format_of(b"He came."), format_of(b"# A visit", "visit.md")
    ('html', 'text', 'markdown')
    """
    head = content[:_SNIFFED_BYTES].replace(b"\0", b"")
    if _HTML.search(head):
        return "html"
    if file_name.lower().endswith((".md", ".markdown")) or "markdown" in declared_type:
        return "markdown"
    return "text"
