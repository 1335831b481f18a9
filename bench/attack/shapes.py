"""Hostile texts: units that are dear to read, laid out in ways that multiply what they cost.

A shape is a unit and a layout. It is grown to any size in code points, and always comes out the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

UNITS: dict[str, str] = {
    "letter": "a",
    "word": "word ",
    "words": "the talks in Moscow ended without agreement ",
    "capitals": "Ann Lee Of The United Nations ",
    "camel": "aB",
    "space": " ",
    "tab": "\t",
    "no-break space": "\u00a0",
    "acute accents": "\u0301",
    "two kinds of marks": "\u0323\u0301",
    "marks on letters": "a\u0323\u0301",
    "enclosing marks": "\u20dd",
    "zalgo": "e\u0300\u0316\u0301\u0317\u0302\u0318\u0303\u0319",
    "composed": "é",
    "compatibility": "ﷺ",
    "ligatures": "ﬃ",
    "hangul parts": "\u1100\u1161\u11a8",
    "hangul leading": "\u1100",
    "tibetan": "\u0f40\u0f71\u0f72",
    "devanagari": "क्षि",
    "virama": "\u094d",
    "arabic": "القوات ",
    "arabic marks": "\u064b\u0650",
    "thai": "ประเทศไทย",
    "chinese": "国防部长支持",
    "one chinese": "国",
    "flags": "🇺🇦",
    "half flags": "🇺",
    "joined emoji": "👩\u200d",
    "skin tones": "👍🏽",
    "variation selectors": "\ufe0f",
    "tags": "\U000e0061",
    "zero width": "\u200b",
    "joiners": "\u200d",
    "soft hyphens": "\u00ad",
    "bidi": "\u202e",
    "isolates": "\u2066",
    "private": "\U000f0000",
    "plane 16": "\U00100000x ",
    "opening quote": "“",
    "closing quote": "”",
    "straight quote": '"',
    "quoted letters": '"a" ',
    "quoted words": "“We will go,” he said. ",
    "nested quotes": "“‘",
    "guillemets": "«",
    "low quotes": "„",
    "corner brackets": "「",
    "apostrophe": "'",
    "apostrophes in words": "o'clock's ",
    "dash": "—",
    "hyphen": "-",
    "hyphenated": "well-to-do-",
    "dots": ".",
    "ellipsis": "…",
    "initials": "A.B.",
    "abbreviations": "Mr. Dr. Gen. ",
    "sentences": "He said no. ",
    "questions": "Why? ",
    "commas": ",",
    "colons": "He: ",
    "parens": "(",
    "closed parens": "() ",
    "square brackets": "[",
    "digit": "7",
    "digits": "1,000,000 ",
    "decimal dots": "1.2.",
    "dates": "3 May 2024, ",
    "months": "May ",
    "clock": "10:15 ",
    "percent": "5% ",
    "money": "$1.5bn ",
    "fractions": "½",
    "roman": "XIV ",
    "number words": "one hundred and twenty ",
    "and": "and ",
    "hundreds": "hundred ",
    "negations": "not ",
    "double negation": "never not no ",
    "hedges": "may reportedly ",
    "said": "said ",
    "he said": "he said that she said that ",
    "who": "who said, who ",
    "of": "of the of ",
    "titles": "President Prime Minister Mr ",
    "pronouns": "he she they ",
    "opposites": "before after up down ",
    "address": "https://example.org/a?b=c&",
    "mail": "a@b.",
    "tags of html": "<b>",
    "entities": "&amp;",
    "markdown": "**[a](b)** ",
    "underscores": "_",
    "stars": "*",
    "hashes": "#",
    "pipes": "|",
    "backslashes": "\\",
    "formula": "=1+1,",
    "unbroken": "supercalifragilistic",
}
"""What is repeated, by name."""

Layout = Callable[[str, int], str]


def _solid(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def _lines(unit: str, size: int) -> str:
    """Return as many short paragraphs as fit."""
    return "\n".join([unit.strip() or f"x{unit}"] * (size // (len(unit) + 1) + 1))[:size]


def _numbered(unit: str, size: int) -> str:
    """Paragraphs that are nearly the same: each holds the unit and a number of its own."""
    lines, length, number = [], 0, 0
    while length < size:
        line = f"{unit * max(1, 40 // len(unit))} {number}"
        lines.append(line)
        length += len(line) + 1
        number += 1
    return "\n".join(lines)[:size]


def _shuffled(unit: str, size: int) -> str:
    """Return the numbered paragraphs shuffled from a fixed seed."""
    lines = _numbered(unit, size).split("\n")
    Random(7).shuffle(lines)
    return "\n".join(lines)


def _framed(unit: str, size: int) -> str:
    """Repeat the unit inside prose: a careless pattern rescans it for each sentence."""
    sentence = (
        f"Ann Lee, the minister, said on 3 May that “{unit * max(1, 60 // len(unit))}” was not agreed. "
    )
    return _solid(sentence, size)


def _paragraphs(unit: str, size: int) -> str:
    """Return some twenty paragraphs of equal length."""
    part = _solid(unit, max(1, size // 20 - 1)).strip() or "x"
    return "\n".join([part] * 20)[:size]


LAYOUTS: dict[str, Layout] = {
    "solid": _solid,
    "lines": _lines,
    "numbered": _numbered,
    "shuffled": _shuffled,
    "framed": _framed,
    "paragraphs": _paragraphs,
}
"""How the unit fills a text, by name."""

SIZES = (4_000, 16_000, 64_000, 256_000)
"""Code points that ``make attack`` grows a shape to; the whole run goes on to ``LARGEST``."""

LARGEST = 990_000
"""Some 2 MB of two-byte characters: the largest text that the form takes by default."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to make a text of any size."""

    unit: str
    layout: str

    @property
    def name(self) -> str:
        """What the table calls it."""
        return f"{self.unit}, {self.layout}"

    def text(self, size: int) -> str:
        """Return the text, of at most ``size`` code points; never blank."""
        content = LAYOUTS[self.layout](UNITS[self.unit], size)
        return content if content.strip() else f"x{content}"

    def witness(self, size: int) -> str:
        """Another text of the same kind: every third paragraph, or one stretch, is altered."""
        text = self.text(size)
        lines = text.split("\n")
        if len(lines) < 3:
            third = len(text) // 3
            return f"{text[:third]} and yet {text[third:]}"
        return "\n".join(f"{line} again" if number % 3 == 0 else line for number, line in enumerate(lines))


def shapes() -> Iterator[Shape]:
    """Yield every unit in every layout."""
    for unit in UNITS:
        for layout in LAYOUTS:
            yield Shape(unit, layout)
