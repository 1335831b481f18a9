"""Use the structure of a tagged PDF where it is sound: what it takes for paragraphs, headings and artifacts."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from app.collation.text.sentences import is_finished
from app.sources.pdf.lines import PdfLine
from app.sources.pdf.structure import ARTIFACT, CONTAINERS
from app.sources.pdf.typesetting import LOOSE, Typesetting, first_word_width, goes_on

MIN_COVERED = 0.95
"""Share of a document's letters that its elements have to hold, artifacts aside."""

MAX_ARTIFACTS = 0.3
"""Share of a document's letters that may be artifacts."""

MAX_WRONG = 0.1
"""Share of the plain ends of paragraphs that may be within elements, and of the lines that plainly go on in the next
that may be parted by them: some programs make each line an element, or the whole page one."""

PARTED = 1.5
"""Distance of two lines, in the least one of their element, from which a break parts two paragraphs."""

ROLES = {"Title": "heading", "Caption": "caption", "Note": "footnote", "FENote": "footnote"}
"""What elements of some types hold; headings aside."""


def covers(lines: Sequence[PdfLine]) -> bool:
    """Return whether the elements of a document hold all its text, or nearly."""
    held = loose = artifacts = 0
    for line in lines:
        if line.element > 0:
            held += len(line.text)
        elif line.element == ARTIFACT:
            artifacts += len(line.text)
        else:
            loose += len(line.text)
    return held >= MIN_COVERED * (held + loose) > 0 and artifacts <= MAX_ARTIFACTS * (
        held + loose + artifacts
    )


def is_sound(lines: Sequence[PdfLine], setting: Typesetting, kinds: Sequence[str]) -> bool:
    """Return whether the elements of the lines, which are in the order in which they are drawn, can be paragraphs."""
    ends = within = merged = parted = 0
    for before, line in pairwise(lines):
        if before.page != line.page or before.baseline <= line.baseline:
            continue
        if abs(before.size - line.size) > 0.1 * line.size or min(before.element, line.element) <= 0:
            continue
        room, needed = setting.columns[id(before)].right - before.right, first_word_width(line)
        is_one = before.element == line.element
        if is_one and kinds[line.element] in CONTAINERS:
            continue
        if is_finished(before.text) and room > LOOSE * needed:
            ends += 1
            merged += is_one
        elif goes_on(before, line) and room < needed:
            within += 1
            parted += not is_one
    return merged <= MAX_WRONG * ends and parted <= MAX_WRONG * within


def ends_element(before: PdfLine, line: PdfLine, kinds: Sequence[str]) -> bool:
    """Return whether a paragraph ends between two lines since one of them is of an element that the other is not of.

    What is in no paragraph's element, but in one that holds such, may go on on the next page.
    """
    if before.element == line.element:
        return False
    return any(kinds[max(0, element)] not in CONTAINERS for element in (before.element, line.element))


def in_order(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Return the lines in the order of their elements; those of none stay behind the line before them."""
    places: list[int] = []
    for line in lines:
        places.append(line.element if line.element > 0 else (places[-1] if places else 0))
    return [lines[index] for index in sorted(range(len(lines)), key=places.__getitem__)]


def least_steps(lines: Iterable[PdfLine]) -> dict[int, float]:
    """Return the least distance of two lines of each element."""
    steps: dict[int, float] = {}
    for before, line in pairwise(lines):
        step = before.baseline - line.baseline
        if before.element == line.element and before.page == line.page and step > 0.5 * line.size:
            steps[line.element] = min(step, steps.get(line.element, step))
    return steps


def is_parted(before: PdfLine, line: PdfLine, least: float) -> bool:
    """Return whether two lines of one element have a blank line between them."""
    step = before.baseline - line.baseline
    return before.page == line.page and step > PARTED * least and is_finished(before.text)


def role_of(kind: str) -> str:
    """Return what an element of a type holds, as a paragraph's kind.

    >>> role_of("H2"), role_of("Caption"), role_of("P")
    ('heading', 'caption', '')
    """
    return "heading" if kind[:1] == "H" and not kind[1:].strip("123456") else ROLES.get(kind, "")
