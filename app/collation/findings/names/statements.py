"""The words with which a sentence attributes a statement: said, according to, citing, court filings show."""

from collections.abc import Iterator, Sequence
from functools import cache

from app.collation import lexicon
from app.collation.findings.row.passage import Passage, Sentence
from app.collation.model import SideName, Span
from app.collation.quotations.speakers import vocabulary
from app.collation.text.words import letter_runs

MAX_SENTENCES = 12
"""Sentences of each side that are read: an edited paragraph has changes in three or four."""

_STATING = frozenset(
    "neutral statement reply claim admission denial warning promise accusation demand question thought".split()
)
"""Classes of reporting verbs with which a sentence attributes a statement."""

_OTHER_WORDS = frozenset(
    "based find finding finds following found issue issued issues per post posted posts reason reasons see seen saw "
    "sees mean means meant read reads report look looks suspect suspects".split()
)
"""Words that mostly say something else in the sentences around a source."""

_EVIDENCE = lexicon.words("verb_kinds", "evidence")
_REPORTS = frozenset(
    "allegation allegations belief beliefs rumor rumors rumour rumours speculation testimony warning warnings".split()
)
"""Nouns for what somebody says."""

CITING = frozenset(("citing", "cited", "cites"))
SHOWING = frozenset("show shows showed suggest suggests suggested indicate indicates indicated".split())
"""Verbs by which a document states something: court filings show."""

FINDING = frozenset(("calculated", "discovered", "established", "found")) - vocabulary.TALK
"""Verbs of finding out, which state something where commas set them off: , surveyors found,"""


@cache
def vouching(*traits: str) -> frozenset[str]:
    """Return the forms of reporting verbs with one of these traits."""
    return frozenset(
        form
        for verb in lexicon.reporting_verbs()
        if not verb.traits.isdisjoint(traits)
        for form in verb.forms
    )


@cache
def cues() -> frozenset[str]:
    """Return the words that a source comes next to."""
    return vouching("vouches", "vouches_before_that") | CITING | SHOWING | FINDING | {"according"}


@cache
def _markers() -> frozenset[str]:
    """Return all the words with which a sentence may attribute a statement to somebody."""
    saying = {
        form
        for verb in lexicon.reporting_verbs()
        if verb.kind in _STATING
        for form in verb.forms
        if not ("noun" in verb.traits and form == verb.base)
    }
    hearsay = {
        word for word, _, paraphrases, _ in lexicon.rows("certainty") if "hearsay" in paraphrases.split()
    }
    return frozenset(saying | cues() | _EVIDENCE | hearsay | _REPORTS) - _OTHER_WORDS


def states_somehow(passage: Passage, side: SideName, span: Span, source: Span = (0, 0)) -> bool:
    """Return whether the other side attributes the statement in any way, in the sentences at a span of ``side``.

    What the sentence itself says besides its ``source``, in words that did not change, is a part of the statement: had
    been warned.
    """
    start, end = passage.other_side(span, side)
    others = passage.sentences("witness" if side == "base" else "base")
    changed = passage.changed.base_words if side == "base" else passage.changed.witness_words
    named = letter_runs(passage.text(side)[slice(*source)].lower())
    kept = {
        word
        for sentence in passage.sentences(side)
        if sentence.span[0] < span[1] and span[0] < sentence.span[1]
        for word in _markers().intersection(sentence.letter_runs)
        if word not in changed and word not in named
    }
    finding = FINDING.intersection(named)
    return any(
        not (
            _markers().intersection(sentence.letter_runs) <= kept and finding.isdisjoint(sentence.letter_runs)
        )
        for sentence in touched(others, [(start, max(start, end - 1))])
    )


def touched(sentences: Sequence[Sentence], places: Sequence[Span]) -> Iterator[Sentence]:
    """Yield the sentences that some spans touch, at most ``MAX_SENTENCES``."""
    at = count = 0
    for sentence in sentences:
        start, end = sentence.span
        while at < len(places) and places[at][1] < start:
            at += 1
        if at == len(places) or count == MAX_SENTENCES:
            return
        if places[at][0] < end:
            count += 1
            yield sentence
