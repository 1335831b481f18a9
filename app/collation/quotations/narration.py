"""The text around quotations as words and sentences, each quotation being one word of it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from app.collation.quotations import cues
from app.collation.quotations.spans import Quotation

_BLOCK = "\ufffc"
"""Stands for each character of a quotation, so that places in the text remain what they are."""

_ABBREVIATED = (
    "Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Lt|Col|Gen|Maj|Capt|Sgt|Cpl|Adm|Cmdr|Rev|Fr|St|Hon|Pres|Supt"
    "|Jr|Sr|vs|No|Inc|Corp|Co|Ltd|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|Ariz|Calif|Colo|Conn|Fla|Ill|Ind|Mass|Mich|Minn"
    "|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Ala|Ark|Del|Ga|Kan|Ky|La|Md|Me"
)
_WORD = re.compile(
    rf"""
      {_BLOCK}+
    | (?:{_ABBREVIATED})\.(?!\w)
    | (?:[^\W\d_]\.)+(?:[^\W\d_](?!\w))?                      # initials: J. R., U.S., a.m
    | [@\#]?[^\W_]+(?:[.,]\d+)*(?:['’&\-‑./][^\W_]+)*(?:(?<=s)['’](?=\s))?
    | \.\.+ | \S
    """,
    re.VERBOSE,
)
_ENDS = re.compile(r"[.!?…]+[\"'”’»“)\]]*$")
_ASKS = re.compile(r"[!?…]+[\"'”’»“)\]]*$")


_EMPHASIS = ("*", "_", "**", "__")
"""Signs of Markdown, which are no words."""


class Word(NamedTuple):
    """One word, mark or whole quotation of a paragraph."""

    text: str
    start: int
    end: int
    lower: str
    """In small letters, apostrophes straight; of a quotation one sign. Asked for so often that it is kept."""
    quotation: int = -1
    """Its place among the quotations of the article; -1 for a word outside them."""

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter, a sign of an account (@) apart."""
        return self.text[:1].isupper() or (self.text[:1] == "@" and len(self.text) > 1)


Sentence = Sequence[Word]


def sentences(paragraph: str, quotations: Sequence[tuple[int, Quotation]]) -> list[list[Word]]:
    """The sentences of a paragraph, with each of its ``quotations`` (and their places in the article) as one word.

    >>> from app.collation.quotations.spans import find
    >>> text = '“I left,” Mr. Lee said. “Why?” asked Ann.'
    >>> [[word.text for word in one] for one in sentences(text, list(enumerate(find([text]))))]
    [['“I left,”', 'Mr.', 'Lee', 'said', '.'], ['“Why?”', 'asked', 'Ann', '.']]
    """
    pieces: list[str] = []
    places: dict[int, int] = {}
    at = 0
    for place, quotation in quotations:
        pieces += [
            paragraph[at : quotation.start].replace(_BLOCK, " "),
            _BLOCK * (quotation.end - quotation.start),
        ]
        places[quotation.start] = place
        at = quotation.end
    masked = "".join((*pieces, paragraph[at:].replace(_BLOCK, " ")))
    starts = sorted(places)
    words: list[Word] = []
    for match in _WORD.finditer(masked):
        start, end = match.span()
        if masked[start] == _BLOCK:
            # Quotations that touch are one run of the sign.
            here = starts[bisect_left(starts, start) : bisect_left(starts, end)]
            for first, last in zip(here, [*here[1:], end], strict=True):
                words.append(Word(paragraph[first:last], first, last, _BLOCK, places[first]))
        elif match[0] not in _EMPHASIS:
            words.append(Word(match[0], start, end, match[0].lower().replace("’", "'")))
    return _divided(words)


def _divided(words: Sequence[Word]) -> list[list[Word]]:
    found: list[list[Word]] = [[]]
    for place, word in enumerate(words):
        found[-1].append(word)
        if place + 1 < len(words) and _ends_before(word, words[place + 1], words[place + 2 : place + 6]):
            found.append([])
    return [sentence for sentence in found if sentence]


def _ends_before(word: Word, following: Word, after: Sequence[Word]) -> bool:
    starts = (
        following.capital
        or following.quotation >= 0
        or following.text[0].isdigit()
        or following.text in "—([*"
    )
    if word.quotation < 0:
        return word.text in (".", "!", "?", "…", "...") and starts
    if not _ENDS.search(word.text):
        return False
    if following.quotation >= 0:
        return True
    if not following.capital:
        return False
    # “Why?” Ann Lee asked: a question or a cry goes on with who utters it; a full stop does not.
    return not (_ASKS.search(word.text) and any(near.lower in cues.SPEECH for near in after))
