"""Traces that translation and copying leave in a text."""

import re
from collections.abc import Iterator

from app.collation.precedence.sided import Observation, Viewpoint

_FOREIGN = re.compile(r"«[^«»\n]{2,}»|„[^„“”\n]{2,}[“”]|[，。？！：；「」『』《》]")
"""Quotation marks and punctuation that no English style guide uses."""

_LATIN = re.compile(r"[A-Za-z]")
_OTHER_LETTERS = re.compile(r"[^\W\d_A-Za-zÀ-ɏ]")
_STRAY = re.compile(r"[.!?][”\"’'][^\S\n]*[,.](?!\.)|[^\W\d_] +[,.;:](?=\s|$)")
"""A full stop, a closing mark and another comma, or a space before a comma: no editor prints these."""

_HINTS = {
    _FOREIGN: re.compile("[«„，。？！：；「」『』《》]"),
    _STRAY: re.compile(r"[.!?][”\"’'][^\S\n]*[,.]| [,.;:]"),
}
"""What every match contains: searching a long text for these takes a fraction of the time."""


def quotations(view: Viewpoint) -> Iterator[Observation]:
    """Yield an observation if quotations are reworded inside their marks, once for both sides."""
    rows = [row for row, _, _ in view.rows for finding in row.findings if finding.kind == "quotation"]
    if rows and view.name == "base":
        what = "One quotation is" if len(rows) == 1 else f"{len(rows)} quotations are"
        says = (
            f"{what} worded differently. At least one text does not give the words as spoken; "
            "translating a text and translating it back does this."
        )
        yield Observation(None, "quotations", says, rows[0].number)


def foreign_marks(view: Viewpoint) -> Iterator[Observation]:
    """Yield that one of two texts in Latin letters uses another language's marks and the other does not."""
    if (trace := _only_mine(view, _FOREIGN)) is not None:
        index, words = trace
        says = (
            f"{view.mine.label} has marks of another language (“{words}”) and {view.theirs.label} has none: "
            "a translation leaves such marks behind."
        )
        yield Observation(view.other, "foreign-marks", says, view.row_of(index))


def stray_punctuation(view: Viewpoint) -> Iterator[Observation]:
    """Yield that one text has punctuation as only a machine produces it and the other has none."""
    if (trace := _only_mine(view, _STRAY)) is not None:
        index, words = trace
        says = (
            f"{view.mine.label} has punctuation out of place (“{words}”) and {view.theirs.label} has none: "
            "copying and translating by machine leave this behind."
        )
        yield Observation(view.other, "stray-punctuation", says, view.row_of(index))


def _only_mine(view: Viewpoint, trace: re.Pattern[str]) -> tuple[int, str] | None:
    """Return the first paragraph of ``mine`` that has the trace, and its words, if ``theirs`` has none at all."""
    first = view.first_of_mine(trace, _HINTS[trace])
    if first is None or any(trace.search(view.theirs.paragraphs[index]) for index in view.their_article):
        return None
    if not (_is_latin(view.mine.paragraphs) and _is_latin(view.theirs.paragraphs)):
        return None
    index, match = first
    return index, " ".join(match.group()[:40].split())


def _is_latin(paragraphs: tuple[str, ...]) -> bool:
    text = "".join(paragraphs)
    if text.isascii():  # instant; counting the letters of a long text takes a second
        return _LATIN.search(text) is not None
    return len(_LATIN.findall(text)) > 10 * len(_OTHER_LETTERS.findall(text))
