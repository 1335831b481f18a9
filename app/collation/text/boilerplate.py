"""Paragraphs of the page rather than the article: bylines, calls to subscribe, related links, legal lines.

A guess that a reader can overrule, so it errs towards the article: a line is boilerplate by what it says
(``boilerplate_patterns``), by its place beside such lines at the head or the tail, or by occurring there twice.
Captions are part of the article.
"""

import re
from collections import Counter
from collections.abc import Sequence

from app.collation.text import boilerplate_patterns, normalization
from app.collation.text.sentences import is_finished
from app.collation.text.words import WORD_PATTERN

SENTENCE_WORDS = 8
"""Words from which a paragraph that ends as a sentence does reads as part of an article."""

LONG_WORDS = 25
"""Words from which a paragraph reads so anywhere."""

LABEL_WORDS = 4
"""Words of the longest label that may head the lines below it."""

MAX_LOOSE_LINES = 3
"""Short lines in a row that may follow such a line at the end without a heading."""

MAX_BOILERPLATE_SHARE = 0.6
"""Largest share of a text's words that may be boilerplate: beyond it only lines that say so themselves count."""

_UNDERLINE = re.compile(r"={3,}|-{3,}")
"""Markdown's mark of a headline, on the line below it."""

_BULLET = re.compile(r"\A\s*(?:[•·▪●◦‣*–—-]|\d+[.)])\s")
_BIO = re.compile(
    r"\b(?:reporter|journalist|writer|editor|correspondent|columnist|author|freelance|professor|fellow|analyst"
    r"|researcher|intern|based in|covers|covered|graduated?|education|degree|worked (?:at|as|for|in)|expertise|writes"
    r"|interests|twitter|instagram|desk chief|founder|director)\b",
    re.IGNORECASE,
)


def guess(paragraphs: Sequence[str], headline: int | None) -> tuple[int, ...]:
    """Return the indices, rising, of the paragraphs taken for boilerplate; never all of them.

    >>> guess(["Connect with us", "Talks open", "The talks opened on Monday in Oslo, officials said.", "Read more"], 1)
    (0, 3)
    """
    lines = [_Line(paragraph) for paragraph in paragraphs]
    certain = {i for i, line in enumerate(lines) if line.says_so and i != headline}
    guessed = certain | _head(lines, headline, certain) | _tail(lines, headline, certain)
    for candidate in (guessed, certain):
        if _leaves_an_article(lines, headline, candidate):
            return tuple(sorted(candidate))
    return ()


class _Line:
    """A paragraph with the features that the guess reads."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.words = len(WORD_PATTERN.findall(text))
        self.says_so = boilerplate_patterns.is_call(self.text, self.words)
        self.is_sentence = self.words >= LONG_WORDS or (
            self.words >= SENTENCE_WORDS and is_finished(self.text) and not _BULLET.match(self.text)
        )
        self.form = normalization.normal_form(self.text) if self.words < 2 * LONG_WORDS else ""
        self.starts_list = boilerplate_patterns.starts_list(self.text, self.words)
        self.is_byline = boilerplate_patterns.is_byline(self.text, self.words)

    def is_bio_of(self, names: set[str]) -> bool:
        """Return whether the paragraph is about someone whose name is alone on a line near it."""
        opening = {word.casefold() for word in WORD_PATTERN.findall(self.text[:60])[:3]}
        return bool(opening & names) and len(_BIO.findall(self.text)) >= 2


def _head(lines: Sequence[_Line], headline: int | None, certain: set[int]) -> set[int]:
    """Return the boilerplate around the headline: what is above it, the byline, the note on the author."""
    head: set[int] = set()
    if headline is not None and all(not line.is_sentence for line in lines[:headline]):
        head.update(range(headline))
    start = 0 if headline is None else headline + 1
    if headline is not None and start < len(lines) and _UNDERLINE.fullmatch(lines[start].text):
        head.add(start)
        start += 1
    names: set[str] = set()
    repeated = _repeated(lines[: start + 12])
    for index in range(start, len(lines)):
        line = lines[index]
        name_twice = line.form in repeated and boilerplate_patterns.is_name(line.text)
        if line.is_byline or name_twice:
            names |= {word.casefold() for word in WORD_PATTERN.findall(line.text) if word[0].isupper()}
        elif not (index in certain or line.is_bio_of(names)):
            break
        head.add(index)
    return head


def _tail(lines: Sequence[_Line], headline: int | None, certain: set[int]) -> set[int]:
    """Return the boilerplate after the article's end: from the last line up to the first that reads as an article."""
    repeated = _repeated(lines)
    first = len(lines)
    loose = 0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if index == headline:
            break
        if line.starts_list:
            first, loose = index, 0
        elif index in certain or line.form in repeated or line.is_byline:
            if loose <= MAX_LOOSE_LINES:
                first, loose = index, 0
        elif line.is_sentence and not (index and lines[index - 1].starts_list):
            break  # "Support us" may be followed by one sentence of its own
        else:
            loose += 1
    # A label right above the run belongs to it, as "Uncommon Knowledge" to the lines it heads; a caption does not.
    floor = -1 if headline is None else headline
    while floor < first - 1 < len(lines) - 1 and lines[first].form in repeated:
        above = lines[first - 1]
        if above.words > LABEL_WORDS or is_finished(above.text):
            break
        first -= 1
    return set(range(first, len(lines)))


def _repeated(lines: Sequence[_Line]) -> set[str]:
    counts = Counter(line.form for line in lines if line.form)
    return {form for form, count in counts.items() if count > 1}


def _leaves_an_article(lines: Sequence[_Line], headline: int | None, boilerplate: set[int]) -> bool:
    body = [i for i in range(len(lines)) if i not in boilerplate and i != headline]
    words = sum(line.words for line in lines)
    return bool(body) and sum(lines[i].words for i in boilerplate) <= MAX_BOILERPLATE_SHARE * words
