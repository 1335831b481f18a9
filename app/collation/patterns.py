"""Patterns that are compiled when they are first used: some take hundredths of a second, and a start needs none."""

import re
from collections.abc import Callable
from typing import Any, cast

import regex


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern of ``re``, which is compiled when it is first used.

    >>> vowels = pattern("[aeiou]", re.IGNORECASE)
    >>> vowels.findall("An issue"), vowels.pattern
    (['A', 'i', 'u', 'e'], '[aeiou]')
    """
    return cast("re.Pattern[str]", _CompiledLater(lambda: re.compile(text, flags)))


def unicode_pattern(text: str, flags: int = 0) -> regex.Pattern[str]:
    """Return a pattern of ``regex``, which is compiled when it is first used.

    >>> unicode_pattern(r"\\p{Han}").findall("5月")
    ['月']
    """
    return cast("regex.Pattern[str]", _CompiledLater(lambda: regex.compile(text, flags)))


class _CompiledLater:
    """Stand-in for a pattern; it keeps each method after its first use, so that calls are as quick."""

    def __init__(self, compiled: Callable[[], object]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = self._compiled()
        self._compiled = lambda: compiled
        value = getattr(compiled, name)
        setattr(self, name, value)
        return value
