"""Share pictures, drawn: both wordings of a finding on 1200 by 630 pixels, in the fonts that pages have."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from app import resources

if TYPE_CHECKING:  # Pillow is loaded when the first picture is drawn
    from PIL import ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
"""The size that every large site previews uncropped."""

DRAWING = "1"
"""Raise it whenever pictures would look different, so that no kept one is shown in their place."""

_TOP, _BAND, _EDGE, _MARGIN = 78, 238, 20, 72
_SIZES = (60, 52, 46, 40, 35, 31)
"""Sizes of the wordings in pixels: the largest is taken in which both fit their bands."""
_ROOM = _BAND - 70 - 12
_LEADING = 1.22
_INK, _SOFT, _PAPER, _PLUM = "#1c1b18", "#56534b", "#fcfbf8", "#9c1f5a"
_COLOURS = {
    "A": ("#fff6dc", "#d9a514", "#ffd96b", "#ffe49c"),
    "B": ("#e6f3ff", "#3f86c9", "#8cc6fb", "#a3d3ff"),
}
"""Of each side: the band, its edge, the mark behind words, the letter's box."""

_RANGES = (
    (0x20, 0x7E), (0xA0, 0x131), (0x134, 0x165), (0x168, 0x17F), (0x192, 0x192),
    (0x218, 0x21B), (0x300, 0x304), (0x306, 0x308), (0x30A, 0x30C),
    (0x1E80, 0x1E85), (0x1EA0, 0x1EF9), (0x2010, 0x2015), (0x2018, 0x201A),
    (0x201C, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026),
    (0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x20AC, 0x20AC), (0x2122, 0x2122), (0x2212, 0x2212),
)  # fmt: skip
"""Characters that both fonts have (tools/fonts.sh)."""
_SHOWS_NOTHING = frozenset("\u2060\u2066\u2067\u2068\u2069\u200e\u200f\u200b\ufeff\u00ad")
_SPACES = str.maketrans(dict.fromkeys("\t\n\r\u2002\u2003\u2009\u202f\u00a0", " "))

Words = tuple[tuple[str, bool], ...]
"""A wording in runs, each with whether it is marked."""


@dataclass(frozen=True, slots=True)
class SidePicture:
    """One band: who printed what."""

    letter: str
    publisher: str
    day: str
    place: str
    """The paragraph, for example ¶4."""
    words: Words


@dataclass(frozen=True, slots=True)
class Picture:
    """What a share picture says."""

    heading: str
    aside: str
    """At the right of the heading, for example the speaker; may be empty."""
    is_finding: bool
    sides: tuple[SidePicture, ...]

    @property
    def alt(self) -> str:
        """The picture in words."""
        lead = f"{self.heading}, {self.aside}" if self.aside else self.heading
        wordings = [
            f"{side.publisher}, {side.day}: {''.join(run for run, _ in side.words)}" for side in self.sides
        ]
        return f"{lead}. {' — '.join(wordings)}"


def is_drawable(text: str) -> bool:
    """Return whether the fonts have every character of ``text``.

    >>> is_drawable("“Łódź” – 5 €"), is_drawable("北京")
    (True, False)
    """
    visible = text.translate(_SPACES)
    return all(
        char in _SHOWS_NOTHING or any(low <= ord(char) <= high for low, high in _RANGES) for char in visible
    )


def draw(picture: Picture) -> bytes:
    """Return ``picture`` as PNG. A wording in a script that the fonts lack is replaced by words that say so."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    canvas = ImageDraw.Draw(image)
    _heading(canvas, picture)
    size = next((size for size in _SIZES if all(_fits(side, size) for side in picture.sides)), _SIZES[-1])
    for number, side in enumerate(picture.sides):
        _band(canvas, side, _TOP + number * _BAND, size)
    _foot(canvas)
    out = BytesIO()
    image.quantize(128, Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


@lru_cache(maxsize=64)
def _font(name: str, size: int, weight: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    font = ImageFont.truetype(str(resources.folder("static") / "fonts" / f"variorum-{name}.woff2"), size)
    font.set_variation_by_axes([weight])
    return font


def _visible(text: str) -> str:
    """Return ``text`` on one line, without characters that show nothing."""
    return "".join(char for char in text.translate(_SPACES) if char not in _SHOWS_NOTHING)


def _named(text: str, otherwise: str) -> str:
    return _visible(text) if is_drawable(text) else otherwise


def _fitted(text: str, font: "ImageFont.FreeTypeFont", width: float) -> str:
    """Return ``text``, cut with an ellipsis where it is wider than ``width``."""
    if font.getlength(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if font.getlength(f"{text[:middle]}…") <= width else (low, middle - 1)
    return f"{text[:low].rstrip()}…"


def _heading(canvas: "ImageDraw.ImageDraw", picture: Picture) -> None:
    canvas.rectangle((0, 0, WIDTH, _TOP), fill=_PLUM if picture.is_finding else _INK)
    font, light = _font("sans", 31, 700), _font("sans", 27, 400)
    heading = _fitted(_named(picture.heading, "Two texts compared"), font, WIDTH - 2 * 56)
    canvas.text((56, _TOP / 2), heading, "#fff", font, anchor="lm")
    room = WIDTH - 2 * 56 - font.getlength(heading) - 40
    if picture.aside and is_drawable(picture.aside) and room > 120:
        aside = _fitted(_visible(picture.aside), light, room)
        canvas.text((WIDTH - 56, _TOP / 2), aside, "#fff", light, anchor="rm")


def _band(canvas: "ImageDraw.ImageDraw", side: SidePicture, top: int, size: int) -> None:
    ground, edge, mark, box = _COLOURS[side.letter]
    canvas.rectangle((0, top, WIDTH, top + _BAND), fill=ground)
    canvas.rectangle((0, top, _EDGE, top + _BAND), fill=edge)
    canvas.rounded_rectangle((_MARGIN, top + 20, _MARGIN + 38, top + 58), 7, box, edge, 2)
    canvas.text((_MARGIN + 19, top + 39), side.letter, _INK, _font("sans", 25, 700), anchor="mm")
    bold, light = _font("sans", 29, 600), _font("sans", 27, 400)
    day = f"{side.day}, {side.place}" if side.place else side.day
    room = WIDTH - _MARGIN - 54 - 56 - light.getlength(day) - 16
    publisher = _fitted(_named(side.publisher, f"Text {side.letter}"), bold, room)
    canvas.text((_MARGIN + 54, top + 39), publisher, _INK, bold, anchor="lm")
    at = _MARGIN + 54 + bold.getlength(publisher) + 16
    canvas.text((at, top + 39), day, _SOFT, light, anchor="lm")
    if not is_drawable("".join(run for run, _ in side.words)):
        words = "The wording is in a script that this picture cannot show. Open the link to read it."
        canvas.text((_MARGIN, top + 118), words, _SOFT, _font("sans", 29, 400), anchor="lm")
        return
    lines = _lines(side.words, size)[: int(_ROOM / (size * _LEADING))]
    _write(canvas, lines, top + 70, size, mark)


def _fits(side: SidePicture, size: int) -> bool:
    return len(_lines(side.words, size)) * size * _LEADING <= _ROOM


def _lines(words: Words, size: int) -> list[list[tuple[str, bool]]]:
    """Return the wording in lines of words, each with whether it is marked; a word too long for a line is cut."""
    space = _font("serif", size, 500).getlength(" ")
    lines: list[list[tuple[str, bool]]] = [[]]
    at = 0.0
    for word, is_marked in _words(words):
        font = _font("serif", size, 700 if is_marked else 500)
        fitted = _fitted(word, font, WIDTH - _MARGIN - 56)
        length = font.getlength(fitted)
        if lines[-1] and at + length > WIDTH - _MARGIN - 56:
            lines.append([])
            at = 0.0
        lines[-1].append((fitted, is_marked))
        at += length + space
    return lines


def _words(words: Words) -> Sequence[tuple[str, bool]]:
    return [(word, is_marked) for run, is_marked in words for word in _visible(run).split()]


def _write(
    canvas: "ImageDraw.ImageDraw", lines: Sequence[Sequence[tuple[str, bool]]], top: int, size: int, mark: str
) -> None:
    space = _font("serif", size, 500).getlength(" ")
    for number, line in enumerate(lines):
        baseline = top + round((number + 0.86) * size * _LEADING)
        at = float(_MARGIN)
        runs: list[tuple[float, float]] = []
        placed: list[tuple[float, str, ImageFont.FreeTypeFont]] = []
        for index, (word, is_marked) in enumerate(line):
            font = _font("serif", size, 700 if is_marked else 500)
            length = font.getlength(word)
            if is_marked and index and line[index - 1][1]:
                runs[-1] = (runs[-1][0], at + length)
            elif is_marked:
                runs.append((at, at + length))
            placed.append((at, word, font))
            at += length + space
        for start, end in runs:
            box = (start - 6, baseline - round(size * 0.85), end + 6, baseline + round(size * 0.3))
            canvas.rounded_rectangle(box, 5, mark)
            under = baseline + round(size * 0.17)
            canvas.rectangle((start, under, end, under + max(4, size // 11)), fill=_PLUM)
        for start, word, font in placed:
            canvas.text((start, baseline), word, _INK, font, anchor="ls")


def _foot(canvas: "ImageDraw.ImageDraw") -> None:
    top = HEIGHT - 76
    canvas.rectangle((0, top, WIDTH, HEIGHT), fill="#fff")
    canvas.line((0, top, WIDTH, top), fill="#e4e0d6")
    canvas.rounded_rectangle((56, top + 16, 100, top + 60), 8, _INK)
    for left, colour in ((66, "#ffe49c"), (81, "#a3d3ff")):
        for line in range(3):
            canvas.rectangle((left, top + 26 + line * 9, left + 9, top + 30 + line * 9), fill=colour)
    canvas.text((118, top + 38), "Variorum", _INK, _font("serif", 35, 600), anchor="lm")
    canvas.text(
        (WIDTH - 56, top + 38), "An observation, not a verdict", _SOFT, _font("sans", 26, 400), anchor="rm"
    )
