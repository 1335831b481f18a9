"""Mend a text in UTF-8 that was decoded as Windows-1252 and encoded again: ``Ã©`` for ``é``."""

import re

_FOLLOWING = "".join(
    dict.fromkeys(
        bytes([code]).decode("cp1252", "replace").replace("\ufffd", chr(code)) + chr(code)
        for code in range(0x80, 0xC0)
    )
)
_RUN = re.compile(
    rf"(?:[\u00c2-\u00df][{re.escape(_FOLLOWING)}]|[\u00e0-\u00ef][{re.escape(_FOLLOWING)}]{{2}}"
    rf"|[\u00f0-\u00f4][{re.escape(_FOLLOWING)}]{{3}})+"
)
_CUT_QUOTE = re.compile("â€(?![^\\W_]|€)")
"""A closing quotation mark whose last byte is no character of Windows-1252, where programs leave such out."""
_BYTES = {
    ord(char): code
    for code in range(0x80, 0x100)
    for char in {bytes([code]).decode("cp1252", "replace").replace("\ufffd", chr(code)), chr(code)}
}


def mended(text: str) -> tuple[str, int]:
    """Return the text with what was encoded twice restored, and in how many places that was.

    >>> mended("CafÃ© â€œOsloâ€\\x9d")
    ('Café “Oslo”', 3)
    >>> mended("CafÃ© â€œOslo,â€ he said")
    ('Café “Oslo,” he said', 3)
    >>> mended("Ça va, à Nîmes: naïve")
    ('Ça va, à Nîmes: naïve', 0)
    """
    count = 0

    def restore(match: re.Match[str]) -> str:
        nonlocal count
        try:
            whole = bytes(_BYTES[ord(char)] for char in match.group()).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            return match.group()
        if any(ord(char) < 0xA0 for char in whole):
            return match.group()
        count += 1
        return whole

    text = _RUN.sub(restore, text)
    if count:
        text, cut = _CUT_QUOTE.subn("”", text)
        count += cut
    return text, count
