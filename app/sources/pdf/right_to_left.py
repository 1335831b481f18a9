"""Text that is set from right to left: where its lines begin, and its marks."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from app.sources.pdf.lines import PdfLine
from app.sources.pdf.reading_order import is_from_right

EDGE = 2.0
"""Points by which lines that begin at one edge may differ."""

_MIRRORED = str.maketrans("«»‹›()[]{}", "»«›‹)(][}{")
_OPENING, _CLOSING = "«‹([{", "»›)]}"
_BLANK_INSIDE = re.compile(r"(?<=\S)([«‹(\[]) (?=\w)")
"""An opening mark with the blank that belongs before it behind it, where the file has that in no place."""


def seen_from_right(lines: Iterable[PdfLine]) -> list[PdfLine]:
    """Return the lines of a document; one whose lines begin at the right is mirrored, as if they began at the left.

    Brackets and quotation marks of what is read from right to left are turned where the file has them as they look.
    """
    lines = list(lines)
    text = "\n".join(line.text for line in lines)
    letters = [char for char in text if char.isalpha()]
    if 2 * sum(map(is_from_right, letters)) <= len(letters) or not letters:
        return lines
    edge = max(line.right for line in lines)
    is_mirrored = _most_alike(line.right for line in lines) > _most_alike(line.left for line in lines)
    is_turned = _opens_with(_CLOSING, text) > _opens_with(_OPENING, text)
    return [
        replace(
            line,
            text=_BLANK_INSIDE.sub(r" \1", line.text.translate(_MIRRORED) if is_turned else line.text),
            left=edge - line.right if is_mirrored else line.left,
            right=edge - line.left if is_mirrored else line.right,
        )
        for line in lines
    ]


def _opens_with(marks: str, text: str) -> int:
    """Return how many words have one of the marks before them, where one that opens is."""
    return len(re.findall(rf"(?<![\w.!?؟])[{re.escape(marks)}] ?\w", text))


def _most_alike(places: Iterable[float]) -> int:
    """Return how many of the places are nearly the same."""
    return max(Counter(round(place / EDGE) for place in places).values())
