"""Ask trafilatura which segments of a page are its article."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from app.sources.html.segments import PageSegment

_FIRST_MARK = 0x20000
"""Marks are ideographs of Unicode's plane 2, which are printable and which no page in a hundred thousand holds."""
_LAST_MARK = 0x2A6DF


_MARK = re.compile(f"[{chr(_FIRST_MARK)}-{chr(_LAST_MARK)}]")
MAX_MARKED = _LAST_MARK - _FIRST_MARK


def main_segments(root: HtmlElement, segments: Sequence[PageSegment]) -> set[int]:
    """Return the indices of the segments that trafilatura takes for the article.

    Each segment's text is marked in the tree, which is not unmarked.
    """
    import trafilatura  # here, since it takes as long to load as all else

    for index, segment in enumerate(segments[:MAX_MARKED]):
        element, slot = segment.start
        setattr(element, slot, chr(_FIRST_MARK + index) + getattr(element, slot).lstrip())
    document = trafilatura.bare_extraction(root, include_comments=False)
    body = getattr(document, "body", None)
    text = "" if body is None else "".join(body.itertext())
    return {ord(mark) - _FIRST_MARK for mark in _MARK.findall(text)}
