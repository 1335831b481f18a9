"""Hostile texts: units that are slow to read, laid out in ways that multiply the cost.

A shape is a unit and a layout. It can be made in any size in code points, and is always the same.
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
    "carriage returns": "\r",
    "line separators": "a\u2028b\u2029",
    "possessives": "Ann’s ",
    "double primes": "''",
    "backticks": "``",
    "half-open speech": "He said: “No. ",
    "cited twice": "“‘No,’ he said,” she said. ",
    "slashed dates": "9/11/2001 ",
    "ordinals": "the 3rd of the 21st ",
    "ranges": "10–20 million to 1.5 bn ",
    "at least": "more than at least up to ",
    "mid-years": "mid-1990s early-2000s ",
    "negative": "−5 -7 ",
    "euros": "€3m ",
    "if": "if unless would have been ",
    "verbs": "has been going to have said ",
    "by whom": "was hit by was told by ",
    "names": "Mary Smith met Bob Jones and ",
    "lower names": "van der de la ",
    "acronyms": "NATO EU UN ",
    "officials": "the deputy foreign minister of the ",
    "turkish capitals": "İI ",
    "sharp s": "ß",
    "greek": "Αθήνα ",
    "cyrillic": "Москва ",
    "look-alikes": "раураl ",
    "mixed scripts": "aбγ",
    "hebrew": "“שלום” ",
    "japanese speech": "「はい」と言った。",
    "korean": "“네”라고 말했다. ",
    "digits of others": "٣٤٥ ",
    "headings": "BREAKING: \n",
    "bylines": "By Ann Lee\n",
    "captions": "Photo: AP\n",
    "subscribe": "Subscribe to our newsletter\n",
    "credits": "originally published source: via ",
    "agency": "(Reuters) ",
    "braces": "{{ }} {% %} ",
    "script": "<script>alert(1)</script>",
    "sql": "' OR 1=1 -- ",
    "wildcards": "% _ * ? ",
    "quoted operators": '" AND NEAR( OR ',
    "thai marks": "ก็ื้",
    "hebrew points": "שָׁ",
    "devanagari clusters": "र्क्ष्म्य",
    "khmer": "ក្ខ្ម",
    "hangul jamo": "한글",
    "families": "👨\u200d👩\u200d👧\u200d👦",
    "overrides": "\u202eabc\u202c def ",
    "one word": "word\n",
    "all quotes": "“‘«‹„‚「『《〈\"'",
    "all quotes words": "“He ‘said «that ‹it „was ‚so‘“›»’” ",
    "number names": "two thousand three hundred and forty-five million six hundred and one ",
    "dates of languages": "3 May 2024, 4. Mai 2024, le 5 mai 2024, 6 de mayo de 2024, "
    "7 maggio 2024, 8 мая 2024, 9 maja 2024, 2024年5月3日, "
    "12 Mayıs 2024, 13 de maio de 2024, 14 mei 2024, 15. května 2024, "
    "16 травня 2024, ٣ مايو ٢٠٢٤, 17 μαΐου 2024, 2024년 5월 3일, ",
    "full names": "Maria Anna van der Berg-Jones, Jr., ",
    "negations of all": "never did not no nothing nobody without hardly didn’t won't cannot lacks denied ",
    "cells": "a | b | c\t1\t2\t3\n",
    "long address": "https://example.org/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/",
    "headers of mail": "From: a@b.c\nSubject: d\n",
    "speech by many": "“Yes,” said Ann Lee. “No,” Bob Ray replied. ",
    "cited": "according to the report by the ministry of the ",
    "months of all": "January janvier enero Januar gennaio января ",
    "units": "5 km 3.1 miles 7 kg 15.4 lb 30 °C 86 °F ",
    "currencies": "$5 €5 £5 ¥5 ₽5 5 dollars 5 euros ",
    "percent words": "five per cent 5 percent 5% ",
    "relative days": "on Monday yesterday last week a month ago next year ",
    "roles": "former deputy acting chief executive officer of the ",
    "scores": "3-2 4–1 beat by 6-3, 6-4 ",
    "ages": "aged 34 34-year-old (34) ",
    "phone": "+44 20 7946 0958 ",
    "hashtags": "#news @someone ",
    "combining numbers": "1⃣",
    "superscripts": "x²y³",
    "tatweel": "ـمـحـ",
    "halfwidth": "ｱｲｳ",
    "digits wide": "１２３，４５６ ",
    "maths": "𝐀𝐁𝟏𝟐 ",
    "stairs of brackets": "([{<",
    "numbered list": "1. a\n2. b\n",
    "auxiliaries": "may might could should would must shall will ",
    "turned verbs": "A beat B. B was beaten by A. ",
    "rises and falls": "rose fell increased decreased won lost ",
    "bounds cut": "at least 5, up to 6, more than 7, nearly 8, over 9 ",
    "one in so many": "one in thirty of 12 out of 5 in 10 ",
    "would have been": "would have been cancelled was cancelled ",
    "who attacked whom": "the army attacked the rebels who attacked the army ",
    "lost apostrophes": "couldnt havent wont dont theyre ",
    "parted words": "signifi cant of fi cial in ter na tional ",
    "other spellings": "Khrushchev Chruschtschow Hagia Ayia Sofia Zelenskyy Zelensky ",
    "lists of things": "bread, wine, oil and salt, ",
    "possibly": "it is possible that it may possibly, soon will ",
    "decades": "the over-60s in their mid-30s of the 1990s ",
    "figures of books": "Fig. 3 figure 3 No. 4 number 4 ",
    "times of day": "three in the morning 3 a.m. 15:00 noon half past two ",
    "questions in one": "why do we not and why don’t we? ",
    "states": "CA MCIs U.S. UK EU-27 SPbSU Calif. ",
    "house style": "centre center colour color organise organize ",
    "clauses of clauses": "which, that, who, whose, ",
    "said of said": "“Lee said ‘no’,” Ray said Lee said, “no.” ",
    "measures twice": "5 km (3 miles) 40 mm per hour or more ",
    "parts of parts": "5 per cent of the 10 per cent of ",
    "footnotes": "[1][2]* ",
    "minutes of a meeting": "Ann: No. Bob: Yes. ",
    "chapters": "Chapter 1\nPart 2\n",
    "words cut at ends": "exam-\nple ",
    "figures in columns": "12\t13\t14\t",
    "lists by letters": "(i) (ii) (a) (b) ",
    "mixed numbers": "1½ 2¾ ⅓ ",
    "speakers in turn": "Ann Lee told Bob Ray that Ann Lee had told ",
    "days ago": "35 years ago a fortnight hence ",
    "same initials": "Ann Abe Alan Amy Ada ",
    "denied denials": "denied that he had denied refusing to reject ",
    "turned comparisons": "more than less than fewer than ",
}
"""What is repeated, by name."""

Layout = Callable[[str, int], str]


def _solid(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def _lines(unit: str, size: int) -> str:
    """Return as many short paragraphs as fit."""
    return "\n".join([unit.strip() or f"x{unit}"] * (size // (len(unit) + 1) + 1))[:size]


def _numbered(unit: str, size: int) -> str:
    """Return nearly identical paragraphs: the unit with a different number in each."""
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
    """Repeat the unit inside prose, which a careless pattern would rescan for each sentence."""
    sentence = (
        f"Ann Lee, the minister, said on 3 May that “{unit * max(1, 60 // len(unit))}” was not agreed. "
    )
    return _solid(sentence, size)


def _paragraphs(unit: str, size: int) -> str:
    """Return some twenty paragraphs of equal length."""
    part = _solid(unit, max(1, size // 20 - 1)).strip() or "x"
    return "\n".join([part] * 20)[:size]


def _staircase(unit: str, size: int) -> str:
    """Return paragraphs that are each a unit longer than the one before: near-copies of all lengths."""
    lines: list[str] = []
    length = 0
    while length < size:
        lines.append((unit * (len(lines) + 1)).strip() or f"x{unit}")
        length += len(lines[-1]) + 1
    return "\n".join(lines)[:size]


def _twins(unit: str, size: int) -> str:
    """Return the same two paragraphs again and again."""
    return _solid(f"{unit * max(1, 30 // len(unit))}\nThe talks went on.\n", size)


LAYOUTS: dict[str, Layout] = {
    "solid": _solid,
    "lines": _lines,
    "numbered": _numbered,
    "shuffled": _shuffled,
    "framed": _framed,
    "paragraphs": _paragraphs,
    "staircase": _staircase,
    "twins": _twins,
}
"""How the unit fills a text, by name."""

Edit = Callable[[str], str]


def _thirds(text: str) -> str:
    """Alter every third paragraph, or one stretch."""
    lines = text.split("\n")
    if len(lines) < 3:
        third = len(text) // 3
        return f"{text[:third]} and yet {text[third:]}"
    return "\n".join(f"{line} again" if number % 3 == 0 else line for number, line in enumerate(lines))


def _reversed(text: str) -> str:
    """Reverse the order of the paragraphs, or of the words."""
    parted_by = "\n" if "\n" in text else " "
    return parted_by.join(reversed(text.split(parted_by))) + " again"


def _rejoined(text: str) -> str:
    """Break the text at other places: each paragraph has the end of one and the beginning of the next."""
    words = text.split()
    step = max(2, len(words) // max(2, text.count("\n") + 2))
    return "\n".join(" ".join(words[start : start + step]) for start in range(0, len(words), step)) + " again"


def _respelt(text: str) -> str:
    """Alter a letter of every word."""
    return (
        " again\n".join(
            " ".join(f"{word[:-1]}x" if len(word) > 2 else word for word in line.split(" "))
            for line in text.split("\n")
        )
        + " again"
    )


EDITS: dict[str, Edit] = {
    "": _thirds,
    "reversed": _reversed,
    "rejoined": _rejoined,
    "respelt": _respelt,
}
"""How the other text differs, by name."""

EDITED_LAYOUTS = ("numbered", "framed")
"""The layouts whose other texts differ in all of these ways; of the rest every third paragraph does."""

SIZES = (4_000, 16_000, 64_000, 256_000)
"""Code points that ``make attack`` grows a shape to; the whole run goes on to ``LARGEST``."""

LARGEST = 990_000
"""Some 2 MB of two-byte characters: the largest text that the form takes by default."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to make a text of any size."""

    unit: str
    layout: str
    edit: str = ""

    @property
    def name(self) -> str:
        """What the table calls it."""
        return ", ".join(filter(None, (self.unit, self.layout, self.edit)))

    def text(self, size: int) -> str:
        """Return the text, of at most ``size`` code points; never blank."""
        content = LAYOUTS[self.layout](UNITS[self.unit], size)
        return content if content.strip() else f"x{content}"

    def witness(self, size: int) -> str:
        """Return another text of the same kind."""
        return EDITS[self.edit](self.text(size))


def shapes() -> Iterator[Shape]:
    """Yield every unit in every layout, and in some of them with every edit."""
    for unit in UNITS:
        for layout in LAYOUTS:
            for edit in EDITS if layout in EDITED_LAYOUTS else ("",):
                yield Shape(unit, layout, edit)
