"""What translation and copying leave behind in a text."""

import re
from collections.abc import Iterator

from app.collation.precedence.sided import Facing, Observation

_FOREIGN = re.compile(r"«[^«»]{2,}»|„[^„“”]{2,}[“”]|[，。？！：；「」『』《》]")
"""Quotation marks and punctuation that no English style sheet has."""

_LATIN = re.compile(r"[A-Za-z]")
_OTHER_LETTERS = re.compile(r"[^\W\d_A-Za-zÀ-ɏ]")
_STRAY = re.compile(r"[.!?][”\"’']\s*[,.](?!\.)|[^\W\d_] +[,.;:](?=\s|$)")
"""An end of sentence, a closing mark and another comma; or a space before a comma: printed so by no editor."""


def quotations(way: Facing) -> Iterator[Observation]:
    """That quotations are reworded inside their marks, told once for both sides."""
    rows = [row for row, _, _ in way.rows for finding in row.findings if finding.kind == "quotation"]
    if rows and way.name == "base":
        what = "One quotation reads" if len(rows) == 1 else f"{len(rows)} quotations read"
        says = (
            f"{what} otherwise inside the quotation marks. At least one text does not give the words as spoken; "
            "translating a text and translating it back does this."
        )
        yield Observation(None, "quotations", says, rows[0].number)


def foreign_marks(way: Facing) -> Iterator[Observation]:
    """That one of two texts in Latin letters has another language's marks and the other has none."""
    if (found := _only_mine(way, _FOREIGN)) is not None:
        index, words = found
        says = (
            f"{way.mine.label} has marks of another language (“{words}”) and {way.theirs.label} has none: "
            "a translation leaves such marks behind."
        )
        yield Observation(way.other, "foreign-marks", says, way.row_of(index))


def stray_punctuation(way: Facing) -> Iterator[Observation]:
    """That one text has punctuation put together as a machine does and the other has none such."""
    if (found := _only_mine(way, _STRAY)) is not None:
        index, words = found
        says = (
            f"{way.mine.label} has punctuation out of place (“{words}”) and {way.theirs.label} has none: "
            "copying and translating by machine leave this behind."
        )
        yield Observation(way.other, "stray-punctuation", says, way.row_of(index))


def _only_mine(way: Facing, trace: re.Pattern[str]) -> tuple[int, str] | None:
    """The first paragraph of ``mine`` with the trace and what it is, where ``theirs`` has none at all."""
    if not (_is_latin(way.mine.paragraphs) and _is_latin(way.theirs.paragraphs)):
        return None
    if any(trace.search(way.theirs.paragraphs[index]) for index in way.their_own):
        return None
    for index in way.own:
        if match := trace.search(way.mine.paragraphs[index]):
            return index, " ".join(match.group()[:40].split())
    return None


def _is_latin(paragraphs: tuple[str, ...]) -> bool:
    text = "".join(paragraphs)
    if text.isascii():  # seen at a glance, where counting a long text's letters takes a second
        return _LATIN.search(text) is not None
    return len(_LATIN.findall(text)) > 10 * len(_OTHER_LETTERS.findall(text))
