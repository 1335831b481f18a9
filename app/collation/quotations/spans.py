"""Find the quotations of a text: the spans between quotation marks of every usual kind, marks included."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.collation import lexicon
from app.collation.patterns import pattern

MAX_MARKS_TO_CLOSER = 64
"""Marks within which a quotation must end: real ones never hold more, and hostile text costs no more."""

# An opening mark, and what may close it. Typists mix curly and straight marks, so these close one another.
_CLOSERS = {
    "“": '”"＂“',
    "”": '”"',
    '"': '"”＂',
    "＂": '＂"”',
    "‟": '”"',
    "„": '“”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
}
_STRAIGHT = '"＂'
_ALWAYS_OPEN = frozenset("“‟„«‹「『")
_DOUBLE = re.compile("[" + "".join(sorted(_CLOSERS)) + "」』]|''|``")
_MARKS = re.compile("[" + "".join(sorted(_CLOSERS)) + "」』]")
_SINGLE = re.compile("['‘’‚‛]")
_ELISION = re.compile(r"\d0s\b|(?:em|til|tis|twas|cause|bout|n)\b", re.IGNORECASE)
_SAYING = sorted(
    form
    for verb in lexicon.reporting_verbs()
    if verb.kind in ("neutral", "statement", "claim", "admission", "question")
    or verb.base in ("believe", "think")
    for form in (*verb.third_person, *verb.past)
    if form not in verb.nouns
)
_SPEAKS = pattern(rf"(?:(?:he|she|they|it|the \w+) )?(?:{'|'.join(_SAYING)}|continued|believe|think)\b")
_SAID = "|".join(_SAYING)
_ATTRIBUTION = pattern(
    rf"""[,?!](?=\s(?:
        (?:{_SAID})\s(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[A-Z][\w.’'-]+)\b
      | (?:s?he|they|(?:the|an?|his|her)\s\w+(?:\s\w+)?|[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){{0,3}})\s(?:{_SAID})\b
    ))""",
    re.VERBOSE,
)
"""Where a quotation whose closing mark was forgotten ends: We are done, said Ann Lee."""

_UNSPACED = "\u2e80"
"""From this character on come the scripts of China, Japan and Korea, which set no space before a quotation."""

_BEFORE_OPENER = re.compile(r"[\s(\[{<—–―\-…¿¡“‘'‚„«]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in one paragraph: ``start`` and ``end`` are code points in it and take in the marks."""

    paragraph: int
    start: int
    end: int
    text: str
    """The text from ``start`` to ``end``."""
    continues: bool = False
    """Left open at the paragraph's end and taken up by an opening mark at the next one's start."""


def find(paragraphs: Sequence[str]) -> tuple[Quotation, ...]:
    """Return the outermost quotations of ``paragraphs``, in order; one quoted inside another is part of it.

    Single marks count as quotation marks only where the text has no double ones: beside these they quote within a
    quotation, or are apostrophes. A mark left open holds to the next one that opens or to the end of its paragraph,
    which is how a quotation of several paragraphs is printed, but ends before words that name its speaker; a closing
    mark that nothing opened is no quotation.

    >>> [quotation.text for quotation in find(['He’s "well," she said. «Oui», dit-elle.'])]
    ['"well,"', '«Oui»']
    >>> [quotation.text for quotation in find(["‘It’s the dogs’ own’, he said, in the ’90s."])]
    ['‘It’s the dogs’ own’']
    """
    single = not any(_DOUBLE.search(paragraph) for paragraph in paragraphs)
    quotations: list[Quotation] = []
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else ""
        spans = _single_spans(paragraph) if single else _double_spans(paragraph, following)
        for start, end, is_open in spans:
            continues = is_open and _resumes(paragraph[start], following)
            quotations.append(Quotation(index, start, end, paragraph[start:end], continues))
    return tuple(quotations)


def _double_spans(paragraph: str, following: str) -> Iterator[tuple[int, int, bool]]:
    """Yield ``(start, end, left open)`` of each quotation between double marks."""
    marks = [match.start() for match in _MARKS.finditer(paragraph)]
    starting = [_starts_words(paragraph, at) for at in marks]
    position = 0
    while position < len(marks):
        start = marks[position]
        if not _opens(paragraph, marks, position):
            position += 1
            continue
        closer = _closer(paragraph, marks, starting, position)
        if closer is not None:
            yield start, marks[closer] + 1, False
            position = closer + 1
            continue
        position += 1
        if start == 0 or paragraph[start] in _ALWAYS_OPEN or _resumes(paragraph[start], following):
            while position < len(marks) and not (
                paragraph[marks[position]] == paragraph[start] and _opens(paragraph, marks, position)
            ):
                position += 1
            end = marks[position] if position < len(marks) else len(paragraph)
            is_open = position == len(marks)
            goes_on = is_open and _resumes(paragraph[start], following)
            forgotten = None if goes_on else _ATTRIBUTION.search(paragraph, start, end)
            if forgotten:
                yield start, forgotten.end(), False
            else:
                yield start, start + len(paragraph[start:end].rstrip()), is_open


def _opens(paragraph: str, marks: Sequence[int], position: int) -> bool:
    """Return whether the mark at ``marks[position]``, with nothing open before it, opens a quotation."""
    at = marks[position]
    mark = paragraph[at]
    before, after = paragraph[at - 1 : at], paragraph[at + 1 : at + 2]
    if not after or mark not in _CLOSERS:
        return False
    if mark in _ALWAYS_OPEN:
        # “ after a sentence's end and before a space is a slip for ”.
        return not (mark == "“" and after.isspace() and bool(before) and not before.isspace())
    closers = _CLOSERS[mark]
    closed_later = any(
        paragraph[later] in closers for later in marks[position + 1 : position + MAX_MARKS_TO_CLOSER]
    )
    if not before or _BEFORE_OPENER.match(before) or before >= _UNSPACED:
        return not after.isspace() if mark in _STRAIGHT and not closed_later else closed_later or not before
    # A space forgotten before the mark: said,"We ...
    return closed_later and before in ",:;" and after.isalpha() and mark in _STRAIGHT


def _starts_words(paragraph: str, at: int) -> bool:
    """Return whether the mark at ``at``, not the first character, is where an opening one would be."""
    after = paragraph[at + 1 : at + 2]
    return bool(after) and not after.isspace() and bool(_BEFORE_OPENER.match(paragraph[at - 1 : at]))


def _closer(paragraph: str, marks: Sequence[int], starting: Sequence[bool], position: int) -> int | None:
    """Return the place in ``marks`` of the mark that closes the one at ``position``, over quotations inside it.

    ``starting`` says of each mark whether it is where an opening one would be.
    Where the inner ones do not come out even: straight marks close at the first that may, curly ones stay open.
    """
    opener = paragraph[marks[position]]
    closers = _CLOSERS[opener]
    depth = 0
    first: int | None = None
    for place in range(position + 1, min(len(marks), position + MAX_MARKS_TO_CLOSER)):
        at = marks[place]
        mark = paragraph[at]
        before, starts = paragraph[at - 1], starting[place]
        if opener == "„" and mark == "“" and not (starts and before.isspace()):
            return place
        if mark in closers and before.isspace() and _SPEAKS.match(paragraph, at + 1):
            return place  # a space on the wrong side, as translation machines leave it: Union, "she said.
        if mark in _ALWAYS_OPEN and (mark not in closers or starts):
            depth += 1
        elif mark in closers:
            if mark in _STRAIGHT and opener in _STRAIGHT:
                if starts and before.isspace():
                    depth += 1
                    continue
                if _is_inch(paragraph, marks, place):
                    continue
                first = place if first is None else first
            if depth == 0:
                return place
            depth -= 1
        elif depth and mark in "”»›」』":
            depth -= 1
    return first


def _is_inch(paragraph: str, marks: Sequence[int], place: int) -> bool:
    """Return whether a straight mark after a digit means inches: 6'3" tall, the quotation's own end still to come."""
    at = marks[place]
    if not paragraph[at - 1].isdigit() or not re.match(r"\s[a-z]", paragraph[at + 1 : at + 3]):
        return False
    if place + 1 >= len(marks):
        return False
    later = marks[place + 1]
    return paragraph[later] in '"＂”' and not paragraph[later - 1].isspace()


def _resumes(mark: str, following: str) -> bool:
    """Return whether the next paragraph begins with this opening mark, as each paragraph of a long quotation does."""
    return following[:1] == mark or (mark in '“"' and following[:1] in ("“", '"'))


def _single_spans(paragraph: str) -> Iterator[tuple[int, int, bool]]:
    marks = [match.start() for match in _SINGLE.finditer(paragraph)]
    position = 0
    while position < len(marks):
        start = marks[position]
        closer = _single_closer(paragraph, marks, position) if _single_opens(paragraph, start) else None
        if closer is None:
            position += 1
            continue
        yield start, marks[closer] + 1, False
        position = closer + 1


def _single_opens(paragraph: str, at: int) -> bool:
    before, after = paragraph[at - 1 : at] if at else "", paragraph[at + 1 : at + 2]
    if not after or after.isspace() or paragraph[at] == "’" or _ELISION.match(paragraph, at + 1):
        return False
    return not before or bool(_BEFORE_OPENER.match(before))


def _single_closer(paragraph: str, marks: Sequence[int], position: int) -> int | None:
    candidate: int | None = None
    for place in range(position + 1, min(len(marks), position + MAX_MARKS_TO_CLOSER)):
        at = marks[place]
        if _single_opens(paragraph, at):
            break
        before, after = paragraph[at - 1], paragraph[at + 1 : at + 2]
        if before.isspace() or after.isalnum() or paragraph[at] not in "'’‘":
            continue
        candidate = place
        # The dogs' owners: a plural's apostrophe, when a mark that may close still follows.
        if not (before in "sS" and re.match(r"\s\w", paragraph[at + 1 : at + 3])):
            break
    return candidate
