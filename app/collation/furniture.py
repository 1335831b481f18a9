"""Which paragraphs belong to the page and not to the article: bylines, calls to subscribe, related links."""

import re
from collections.abc import Sequence

_CALL = re.compile(
    r"(?i)\b(?:subscribe|connect with us|support us|read more|click here|related posts|about the (?:writer|author)"
    r"|all rights reserved|sign up|follow us|tags?:|more from me|uncommon knowledge)"
)


def guess(paragraphs: Sequence[str], headline: int | None) -> tuple[int, ...]:
    """The indices, rising, of the paragraphs taken for page furniture."""
    return tuple(
        index
        for index, paragraph in enumerate(paragraphs)
        if index != headline and len(paragraph) < 120 and _CALL.search(paragraph)
    )
