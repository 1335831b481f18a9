"""Where sentences end: the marks that end one, the marks that may follow them, and abbreviations, which end none.

Three modules need other boundaries. The alignment's clauses (``alignment.clauses``) end at colons and
semicolons too. The diff (``diff.cleanup``, ``diff.inner_marks``) asks only which mark is next to a token. The
narrative around quotations (``quotations.speakers.narrative``) treats a whole quotation as a word, after which the
sentence may go on: “Why?” Ann Lee asked.
"""

import re
from collections.abc import Iterator

from app.collation import lexicon

END_MARKS = frozenset(".!?…。！？؟।")
"""Marks that end a sentence, in the scripts that news is mostly written in."""

CLOSING_MARKS = "\"'”’»“)]"
"""Marks that may follow them."""

ABBREVIATIONS = lexicon.words(
    "abbreviations", "title", "suffix", "before_number", "company", "state", "other"
) | frozenset(short for month in lexicon.months() for short in month.abbreviations if short != month.name)
"""Words whose point ends no sentence, as they are printed: Mr, Jr, Inc, Sept."""

_MAX_ABBREVIATION_CHARS = max(map(len, ABBREVIATIONS))
_CLOSING = f"[{re.escape(CLOSING_MARKS)}]*"
# A pattern that begins with a character class takes a third of the time of one that begins with an alternation.
_BOUNDARY = re.compile(
    rf"[.!?…؟।。！？\n](?:(?<=[.!?…؟।])[.!?…؟।]*{_CLOSING}\s+(?=[^\sa-z]|\Z)|(?<=[。！？]){_CLOSING}\s*|(?<=\n))"
)
_FINISHED = re.compile(rf"[{''.join(sorted(END_MARKS))}]{_CLOSING}\Z")
_LAST_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+\Z")


def boundaries(text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Yield where sentences begin after the first one between ``start`` and ``end``, in code points of ``text``.

    A small letter never begins a sentence; an initial or an abbreviation never ends one.

    >>> text = "Mr. J. Lee left. “Why?” he asked. She said: No. 5."
    >>> [text[place:][:3] for place in boundaries(text)]
    ['“Wh', 'She']
    """
    for match in _BOUNDARY.finditer(text, start, len(text) if end is None else end):
        if text[match.start()] != "." or not is_abbreviation(text, match.start()):
            yield match.end()


def start_of_sentence(text: str, at: int, reach: int) -> int:
    """Return where the sentence that holds ``at`` begins, or ``at - reach`` where it begins earlier than that.

    >>> start_of_sentence("He left. Dr. Lee stayed on.", 20, 100)
    9
    """
    first = max(0, at - reach)
    return max(boundaries(text, first, at), default=first)


def is_abbreviation(text: str, point: int) -> bool:
    """Return whether the full stop at ``point`` belongs to an abbreviation or an initial: Mr., J.

    >>> is_abbreviation("Mr. Lee", 2), is_abbreviation("He left.", 7)
    (True, False)
    """
    word = _LAST_WORD.search(text, max(0, point - _MAX_ABBREVIATION_CHARS - 1), point)
    return word is not None and (word[0] in ABBREVIATIONS or (len(word[0]) == 1 and word[0].isupper()))


def is_finished(text: str) -> bool:
    """Return whether ``text`` ends as a sentence does.

    >>> is_finished("He left.”"), is_finished("He left,")
    (True, False)
    """
    return _FINISHED.search(text) is not None
