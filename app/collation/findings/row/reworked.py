"""Places where the wording of a row differs: neighbouring changes taken together, with each side's words."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.collation import lexicon
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage
from app.collation.lexicon import base_forms
from app.collation.lexicon.claim_cues import SMALL, Cue, cues, scales_of
from app.collation.model import Span
from app.collation.remembered import Remembered
from app.collation.text.words import WORD_PATTERN

MAX_CHARS_BETWEEN = 14
"""Code points that both sides have between two changes of one place: a word or two."""

MAX_CHARS = 160
"""Code points of a place on either side; in a longer one, the whole was reworded."""

MAX_CHARS_OF_A_PART = 24
"""Code points of a change that is read apart from those beside it: one word or two."""

MAX_CHARS_OF_A_HEADLINE = 120
"""Code points of the longest headline."""

MAX_CHARS_OF_CONTEXT = 40
"""Code points beside a place in which a phrase may begin or end that reaches into it."""

FUNCTION = (
    lexicon.words(
        "function_words", "light", "determiner", "subject", "auxiliary", "clause_opener", "conjunction"
    )
    | lexicon.words("function_words", "other_stop", "addressee", "name_joiner", "adverb")
    | frozenset(
        "s to by at of into onto out up off down via itself themselves himself herself any some anyone anybody "
        "everyone everybody".split()
    )
)
"""Function words, which a rewording may leave out."""


class Reworked(NamedTuple):
    """A place of a row, and the words there on one side."""

    span: Span
    """Its place in that side's text."""
    words: Sequence[RowWord]
    """Its words and those beside it."""
    cues: Sequence[Cue]
    """Phrases of the scales asked for which reach into it, in these ``words``."""

    def rest(self) -> list[str]:
        """Return its words other than the phrases and the function words: what the phrases are about."""
        taken = {place for cue in self.cues for place in range(cue.start, cue.end)}
        return [
            word.lower
            for place, word in enumerate(self.words)
            if place not in taken
            and self.span[0] <= word.start
            and word.end <= self.span[1]
            and word.lower not in FUNCTION
        ]

    def phrase(self, cue: Cue) -> Span:
        """Return the place of a phrase in the text."""
        return self.words[cue.start].start, self.words[cue.end - 1].end


class Place(NamedTuple):
    """Where the wording of a row differs, and the scales of phrases that a word there may belong to."""

    base: Span
    witness: Span
    base_scales: frozenset[str]
    witness_scales: frozenset[str]


def places(passage: Passage) -> Iterator[Place]:
    """Yield each place where the wording differs, if it is short."""
    spans: list[tuple[Span, Span]] = []
    for change in passage.reworded:
        if spans:
            (start, end), (other_start, other_end) = spans[-1]
            between = passage.base[end : change.base[0]]
            if max(change.base[0] - end, change.witness[0] - other_end) <= MAX_CHARS_BETWEEN and not any(
                sign in between for sign in ".!?;\n"
            ):
                spans[-1] = (start, change.base[1]), (other_start, change.witness[1])
                continue
        spans.append((change.base, change.witness))
    short = [both for both in spans if all(end - start <= MAX_CHARS for start, end in both)]
    base_scales = _scales_at(passage.base, [base for base, _ in short])
    witness_scales = _scales_at(passage.witness, [witness for _, witness in short])
    for both, *scales in zip(short, base_scales, witness_scales, strict=True):
        yield Place(*both, *scales)


def parts(passage: Passage, place: Place) -> Iterator[Place]:
    """Yield the short changes within a place, each as a place by itself, if both sides have words.

    In a long row other words may have moved beside a "could" that became "will", and hide it if all are taken
    together.
    """
    changes = passage.reworded_in(place.base, place.witness)
    for change in changes if len(changes) > 1 else ():
        base, witness = change.base, change.witness
        if (
            0 < base[1] - base[0] <= MAX_CHARS_OF_A_PART
            and 0 < witness[1] - witness[0] <= MAX_CHARS_OF_A_PART
        ):
            yield Place(
                base, witness, *_scales_at(passage.base, [base]), *_scales_at(passage.witness, [witness])
            )


def _scales_at(text: str, spans: Sequence[Span]) -> list[frozenset[str]]:
    """Return the scales of phrases that a word touched by each place may belong to, a tenth of the time of reading
    them."""
    scales = []
    for start, end in spans:
        following = text.find(" ", end)
        whole = text[text.rfind(" ", 0, start) + 1 : following if following >= 0 else len(text)]
        scales.append(_NO_SCALES.union(*filter(None, map(_SCALES_OF_PIECE.__getitem__, whole.split()))))
    return scales


_NO_SCALES: frozenset[str] = frozenset()


def _scales_of_piece(piece: str) -> frozenset[str]:
    """Return the scales of what is printed between two spaces, over which no word reaches."""
    return _NO_SCALES.union(*map(scales_of, WORD_PATTERN.findall(piece.lower().replace("’", "'"))))


_SCALES_OF_PIECE = Remembered(_scales_of_piece)


def unread(text: str, span: Span) -> Reworked:
    """Return a place of a text as ``Reworked``, where no word may belong to a phrase that is looked for."""
    return Reworked(span, _words_near(text, span), ())


def read(text: str, span: Span, *scales: str) -> Reworked:
    """Return a place of a text with its phrases of these scales; for a place without any, what ``unread`` returns."""
    start, end = span
    nearby = _words_near(text, span)
    reaching = [
        cue
        for cue in cues([word.lower for word in nearby], *scales)
        if any(
            start < word.end and word.start < end and word.lower not in SMALL
            for word in nearby[cue.start : cue.end]
        )
    ]
    return Reworked(span, nearby, reaching)


@lru_cache(maxsize=1 << 9)
def _words_near(text: str, span: Span) -> Sequence[RowWord]:
    """Return the words of a place and beside it: rules read it once for each scale."""
    start, end = span
    before = max(0, start - MAX_CHARS_OF_CONTEXT)
    after = min(len(text), end + MAX_CHARS_OF_CONTEXT)
    nearby = words(text, (before, after))
    if before and nearby and nearby[0].start == before:
        nearby = nearby[1:]
    return nearby


def is_headline(text: str) -> bool:
    """Return whether a row's text ends without punctuation, as headlines do: these leave out "is" and "are"."""
    return len(text) <= MAX_CHARS_OF_A_HEADLINE and text.rstrip()[-1:].isalnum()


def say_the_same(first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether words are the same except for their forms and order.

    >>> say_the_same(["take", "the"], ["the", "took"]), say_the_same(["take"], [])
    (True, False)
    """
    if len(first) != len(second):
        return False
    left = list(second)
    for word in first:
        match = next((other for other in left if are_forms(word, other)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def are_forms(first: str, second: str) -> bool:
    """Return whether two words may be forms of one."""
    return first == second or not base_forms(first).isdisjoint(base_forms(second))
