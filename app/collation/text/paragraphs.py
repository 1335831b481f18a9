"""Splitting plain text into paragraphs, and finding the headline among them."""

import re
from collections.abc import Sequence

from app.collation.text import normalization

# Characters that show nothing: white space that str.strip() leaves, zero-width and bidirectional marks.
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_VISIBLE = re.compile(rf"[^\s\x00-\x1f\x7f-\x9f{_INVISIBLE}]")
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1b\x7f]")
"""Characters that steer terminals: a text may have them, a title has none."""

_MARKUP = re.compile(r"\A(?:#{1,6}\s+|[*_]{1,3}(?=\S))|(?:\s+#+|(?<=\S)[*_]{1,3})\Z")
_ITEM = re.compile(r"(?:[*•·▪●>|]|\(?(?:\d{1,3}|[a-z])[.)])\s")
_DASH = re.compile(r"[-–—]\s")

WRAP_WIDTHS = (45, 100)
"""Range of a hard-wrapped text's longest line: shorter are lists and verse, and no mail program wraps later."""

WRAP_SHARE = 0.8
"""Least share of the lines inside blocks that must end where the next word no longer fitted."""

WRAP_CAPITALS = 0.6
"""Largest share of the lines after them that may begin with a capital: verse and lists begin every line with one."""

WRAP_LINES = 3
"""Least number of lines that must end there: two may be chance."""


def split(text: str) -> tuple[str, ...]:
    r"""Return the paragraphs of ``text``: its lines that are not blank, stripped of white space at both ends.

    A line ends where ``str.splitlines`` ends one (``\r\n``, form feed, U+2028 and U+2029 as well). A line of nothing
    but spaces, controls, zero-width or bidirectional marks is blank; inside a paragraph these stay as they are.

    >>> split("One. \r\n\r\n  Two.\u2028\u200b\u00a0\nThree.")
    ('One.', 'Two.', 'Three.')
    """
    return tuple(line.strip() for line in text.splitlines() if _VISIBLE.search(line))


def headline(title: str, paragraphs: Sequence[str]) -> int | None:
    """Return the index of the first paragraph that repeats ``title``, or ``None`` if none does.

    Compared by normal form; Markdown's heading and emphasis marks around the paragraph or the title do not count.

    >>> headline("China’s support", ["By Ann Lee", "# China's Support"])
    1
    """
    plain_title = _plain(title)
    if not plain_title:
        return None
    for index, paragraph in enumerate(paragraphs):
        # A paragraph twice as long cannot be the title; skipping it keeps 20,000 paragraphs quick.
        if len(paragraph) <= 2 * len(title) + 16 and _plain(paragraph) == plain_title:
            return index
    return None


def with_title(title: str, paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return ``paragraphs``, with ``title`` before them if none repeats it.

    >>> with_title("A visit", ["He came."]), with_title("A visit", ["A visit", "He came."])
    (('A visit', 'He came.'), ('A visit', 'He came.'))
    """
    line = " ".join(title.split())
    if not _VISIBLE.search(line) or headline(line, paragraphs) is not None:
        return tuple(paragraphs)
    return (line, *paragraphs)


def rejoined(text: str) -> tuple[str, ...] | None:
    """Return the paragraphs of a hard-wrapped ``text`` with its lines joined; ``None`` if it is not wrapped.

    A line is taken as wrapped when the next line's first word would not have fitted within the longest line. A line
    that left room ends its paragraph, and so does a blank one.
    """
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        if _VISIBLE.search(line):
            blocks[-1].append(line.strip())
        elif blocks[-1]:
            blocks.append([])
    lines = [line for block in blocks for line in block]
    width = max(map(len, lines), default=0)
    if not WRAP_WIDTHS[0] <= width <= WRAP_WIDTHS[1]:
        return None
    wrapped = ended = capitals = 0
    joined: list[list[str]] = []
    for block in blocks:
        for index, line in enumerate(block):
            # A dash begins an item if the block begins with one; elsewhere wrapping put it at the start of a line.
            item = _ITEM.match(line) or (_DASH.match(line) and _DASH.match(block[0]))
            if index and _is_full(block[index - 1], line, width) and not item:
                wrapped += 1
                capitals += line[0].isupper()
                joined[-1].append(line)
            else:
                ended += index > 0
                joined.append([line])
    if wrapped < WRAP_LINES or wrapped < WRAP_SHARE * (wrapped + ended) or capitals > WRAP_CAPITALS * wrapped:
        return None
    return tuple(" ".join(parts) for parts in joined)


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(None, 1)[0]) > width


def _plain(text: str) -> str:
    text = CONTROLS.sub("", text)
    bare = normalization.normal_form(_MARKUP.sub("", text.strip())).strip()
    return bare or normalization.normal_form(text).strip()
