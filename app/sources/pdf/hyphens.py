"""Join two lines of a PDF: mend a word that was broken between them, and keep a hyphen of its own."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from app.collation.lexicon import is_listed
from app.sources.pdf.east_asia import are_set_close
from app.sources.pdf.lines import PdfLine

MIN_BROKEN = 0.05
"""Share of the lines with a hyphen at their end from which a document breaks words. Of 150 made without breaking any,
words with a hyphen of their own were at the ends of .029 at most; of 75 that break words, .09 at least."""

FEW_BROKEN = 2
"""Hyphens at the ends of lines that are too few to tell anything by their number."""

MIN_PROOFS = 2
"""Words that are listed, though their two parts are not, at the ends of lines, from which a document breaks words,
however few of its lines are long enough to: "elec-tronic"."""

MIN_LINES = 60
"""Lines of a document that breaks no words, from which the hyphens at their ends are all the words' own."""

SOFT_HYPHEN = "\u00ad"

_BROKEN_WORD = re.compile(r"(?P<chain>[-‐]?)(?P<first>[^\W\d_]+)[-\u00ad‐]\Z")
_BROKEN_ADDRESS = re.compile(r"\w\.[-‐]\Z")
"""A name on the network that is broken after its point: "example.-com"."""
_REST = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_SIGN_AT_END = re.compile(r"[\w.][-‐/]\Z")
_MINUS_AT_END = re.compile(r"[^\d\s]\s-\Z")
_DASH_AT_END = re.compile(r"(?:[\w”’»)](?:—|––|--)|\d–)\Z")
_DASH_AT_START = re.compile(r"—\S")
_ENDINGS = frozenset("ness less ful ment ship hood ward wards able ible".split())
"""Words that are joined without a hyphen when they are the last part of another."""
_CONJUNCTIONS = frozenset("and or to und oder et ou y o e".split())
_PREFIXES = frozenset(
    "anti co counter cross ex half inter mid multi neo non post pre pro quasi re self semi trans ultra vice".split()
)


class Hyphens:
    """What the lines of a PDF tell about the hyphens at their ends."""

    def __init__(self, lines: Sequence[PdfLine]) -> None:
        self._as_printed = Counter(
            word.replace("‐", "-") for line in lines for word in _WORD.findall(line.text)
        )
        self._words: Counter[str] = Counter()
        for word, count in self._as_printed.items():
            self._words[word.lower()] += count
        broken = [
            (before, match["first"].lower(), rest[0])
            for before, line in pairwise(lines)
            if (match := _BROKEN_WORD.search(before.text))
            and (rest := _REST.match(line.text))
            and rest[0].islower()
        ]
        proved = [
            before
            for before, first, last in broken
            if is_listed(first + last) and not (is_listed(first) and is_listed(last))
        ]
        proofs = len(proved)
        self._draws_apart = bool(proved) and all(line.has_hyphen_apart for line in proved)
        is_plain = proofs > 0 or len(broken) > FEW_BROKEN
        self._is_long = len(lines) >= MIN_LINES
        self._breaks_words = proofs >= MIN_PROOFS or (is_plain and len(broken) >= MIN_BROKEN * len(lines))

    def ending(self, before: PdfLine, following: str) -> str:
        """Return a line as the next one goes on from it: with a blank at its end, or without the hyphen there."""
        line = before.text
        match, rest = _BROKEN_WORD.search(line), _REST.match(following)
        if rest and rest[0].islower() and _BROKEN_ADDRESS.search(line):
            return line if self._draws_apart and not before.has_hyphen_apart else line[:-1]
        if not match or not rest:
            touches = (
                _DASH_AT_END.search(line)
                or _DASH_AT_START.match(following)
                or (_SIGN_AT_END.search(line) and following[0].isalnum())
                or (_MINUS_AT_END.search(line) and following[0].isdigit())
                or are_set_close(line[-1], following[0])
            )
            return line if touches else f"{line} "
        if line[-1] == SOFT_HYPHEN:
            return line[:-1]
        first, last = match["first"], rest[0]
        is_suspended = last in _CONJUNCTIONS and following[rest.end() :][:1] in ("", " ")
        if is_suspended and not is_listed((first + last).lower()):
            return f"{line} "  # "pre- and post-war"
        if self._draws_apart:
            return line[:-1] if before.has_hyphen_apart else line
        return line if self._is_compound(first, last, is_chain=bool(match["chain"])) else line[:-1]

    def _is_compound(self, first: str, last: str, *, is_chain: bool) -> bool:
        """Return whether the hyphen is the word's own: by the document, else by the words that there are."""
        if self._is_long and not self._breaks_words:
            return True
        whole, hyphenated = (first + last).lower(), f"{first}-{last}".lower()
        if self._words[whole] != self._words[hyphenated]:
            return self._words[hyphenated] > self._words[whole]
        if not self._breaks_words or len(first) == 1:
            return True
        if last in _ENDINGS or first in ("Mc", "Mac"):
            return False
        if last[0].isupper():
            return not (first.isupper() and last.isupper() and is_listed(whole))
        # A name or a foreign word may be the first part: the document has it by itself, too.
        is_first_word = self._as_printed[first] > 1 or (
            first.islower() and (is_listed(first) or first in _PREFIXES)
        )
        return is_first_word and is_listed(last) and (is_chain or not is_listed(whole))
