"""The sources of a row: who is named as responsible for its statements, and with which words."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from app.collation import lexicon
from app.collation.findings.names import statements
from app.collation.findings.row.passage import Passage, Sentence
from app.collation.model import SideName, Span
from app.collation.quotations import spans
from app.collation.quotations.speakers import vocabulary
from app.collation.quotations.speakers.grammar.noun_phrases import Phrase, phrase_at, phrase_before
from app.collation.quotations.speakers.grammar.subjects import is_participle, subject_of, utters
from app.collation.quotations.speakers.narrative import NarrativeWord, sentences
from app.collation.remembered import Remembered

MAX_SENTENCE_CHARS = 600
"""Code points of a sentence that is read for its sources; a longer one is none."""

MAX_CHARS_TO_CHANGE = 60
"""Code points between a verb and a change within which its source is read: farther away neither changed."""

MAX_WORDS_TO_WHO = 10
"""Words before and after a verb among which its source is."""

MAX_WORDS_TO_VERB = 3
"""Words between a source and its verb."""

MAX_WORDS_TO_THAT = 6
"""Words after a verb of saying among which "that" opens the statement: told the radio on Monday that."""

_RECORDED = frozenset(
    "data emails footage images logs messages minutes papers photographs photos recordings video videos".split()
)
"""Words for what shows something, beside documents."""

_MEDIA = frozenset(
    "agency blog broadcaster channel daily media network news newspaper outlet paper portal press radio station "
    "tabloid television tv weekly website wire".split()
)
"""Words for who reports the news."""

_ADDRESSED = vocabulary.WITH_ADDRESSEE | frozenset(("informed", "informs"))
_BE = frozenset("is are was were be been being gets got".split())
_GENERIC = frozenset(
    "all both everyone many most no nobody none one others people several some somebody someone".split()
)
"""Words for people that leave open who they are."""

_MOUTHPIECES = frozenset(
    "office official officials representative representatives service source sources spokesman spokesmen spokesperson "
    "spokespeople spokespersons spokeswoman spokeswomen statement bureau head chief".split()
)
"""Heads of a phrase that speak for the body named with them: officials of the bank, the bank."""


@cache
def _subject_cues() -> frozenset[str]:
    """Return those that have a subject of their own: not warning, adding."""
    return frozenset(
        cue for cue in statements.cues() if not cue.endswith("ing") or cue in ("according", "citing")
    )


@cache
def _classifying() -> frozenset[str]:
    """Return the words that say which body somebody belongs to: foreign, opposition."""
    return frozenset(lexicon.lines("affiliations")) | {
        word for (line,) in lexicon.rows("portfolios") for word in line.split()
    }


class Source(NamedTuple):
    """Someone who answers for a statement."""

    span: Span
    """The phrase that says who it is, in the row's text."""
    verb: Span
    """The word that says that they state something."""
    sentence: Span
    words: tuple[str, ...]
    """The phrase in small letters, without articles and counts."""
    head: str
    """The word of it that says what they are: of "a spokesman for the army" the first."""
    is_named: bool
    is_open: bool
    """Whether it leaves open who they are: he, some."""
    vouches: bool
    """Whether the rest of the sentence is what they state, and not what they did: reported a loss."""

    @property
    def whole(self) -> Span:
        """Return the span of phrase and verb together."""
        return min(self.span[0], self.verb[0]), max(self.span[1], self.verb[1])


def sources(passage: Passage) -> tuple[list[Source], list[Source]]:
    """Return the sources in base and in witness of a row that may differ from those of the other side.

    >>> from app.collation.diff import diff
    >>> base, witness = "The dam had failed in May, police said.", "The dam had failed in May, divers said."
    >>> [each[0].words for each in sources(Passage(base, witness, diff(base, witness).changes))]
    [('police',), ('divers',)]
    """
    changed = passage.changed
    people, others = (
        frozenset(filter(_SAYS_WHO.__getitem__, only))
        for only in (changed.only_in_base, changed.only_in_witness)
    )
    if not (people and others):
        people = others = frozenset()
    return _sources(passage, "base", people), _sources(passage, "witness", others)


def _sources(passage: Passage, side: SideName, people: frozenset[str]) -> list[Source]:
    """Return the sources of one side; ``people`` are its words for them, if they may have taken the place of others."""
    sources: list[Source] = []
    changed = passage.changed
    among = changed.base_among if side == "base" else changed.witness_among
    words_of_side = changed.base_words if side == "base" else changed.witness_words
    telling = [word.span for word in among(people | (_subject_cues() & words_of_side))]
    if not telling:
        return sources
    places = [getattr(change, side) for change in passage.reworded]
    for sentence in statements.touched(passage.sentences(side), telling):
        line = sentence.text
        if len(line) <= MAX_SENTENCE_CHARS and _may_differ(passage, side, sentence, people):
            for words in sentences(line, list(enumerate(spans.find([line])))):
                sources += _read(words, sentence.span[0], places)
    return sources


def _says_who(word: str) -> bool:
    return (
        word in _MEDIA
        or word in _classifying()
        or lexicon.is_people(word)
        or lexicon.are_same_people(word, "document")
    )


_SAYS_WHO = Remembered(_says_who)


def _may_differ(passage: Passage, side: SideName, sentence: Sentence, people: frozenset[str]) -> bool:
    """Return whether reading a sentence may show a source that changed or that the other side lacks.

    Most sentences in which someone says something show so at a glance, in a tenth of the time of reading them.
    """
    words = sentence.letter_runs
    among = {cue for cue in _subject_cues().intersection(words) if not _is_in_names_alone(sentence.text, cue)}
    if not among:
        return False
    cues = [at for at, word in enumerate(words) if word in among]
    if people and any(
        not people.isdisjoint(words[max(0, at - MAX_WORDS_TO_WHO) : at + MAX_WORDS_TO_WHO]) for at in cues
    ):
        return True
    changed = passage.changed.base_words if side == "base" else passage.changed.witness_words
    return any(words[at] in changed for at in cues) and not statements.states_somehow(
        passage, side, sentence.span
    )


def _is_in_names_alone(text: str, cue: str) -> bool:
    """Return whether a text has a word only with a capital and inside a sentence: the United States."""
    if cue in text:
        return False
    at = text.find(capitalised := cue.capitalize())
    places = []
    while at >= 0:
        places.append(at)
        at = text.find(capitalised, at + 1)
    return bool(places) and all(
        place > 1 and text[place - 1] == " " and text[place - 2].isalpha() for place in places
    )


def is_people(source: Source) -> bool:
    """Return whether the source is people or a body, not a standard or forecast: according to the degree."""
    return (
        source.is_named
        or source.head in _MEDIA
        or lexicon.is_people(source.head)
        or lexicon.are_same_people(source.head, "document")
    )


def are_same(first: Source, second: Source) -> bool:
    """Return whether two sources may be the same: named by words that mean the same, or one of them left open.

    Names are left to the rule for names.
    """
    if first.is_named or second.is_named or first.is_open or second.is_open:
        return True
    if lexicon.are_same_people(first.head, second.head):
        return not (_further(first, second) and _further(second, first))
    return _speaks_for(first, second) or _speaks_for(second, first)


def _speaks_for(first: Source, second: Source) -> bool:
    return first.head in _MOUTHPIECES and any(
        lexicon.are_same_people(word, second.head) for word in first.words if word != first.head
    )


def _further(first: Source, second: Source) -> list[str]:
    """Return the words of one that say which body it belongs to, as the other does not."""
    return [
        word
        for word in first.words
        if word != first.head
        and (word in _classifying() or lexicon.is_people(word))
        and not any(
            lexicon.are_same_people(word, other) or _share_portfolio(word, other) for other in second.words
        )
    ]


def _share_portfolio(first: str, second: str) -> bool:
    return not lexicon.portfolios(first).isdisjoint(lexicon.portfolios(second))


def _read(words: Sequence[NarrativeWord], offset: int, places: Sequence[Span]) -> Iterator[Source]:
    for at, word in enumerate(words):
        if word.quotation >= 0 or word.lower not in statements.cues() or (word.capital and at):
            continue  # the United States
        start, end = offset + word.start - MAX_CHARS_TO_CHANGE, offset + word.end + MAX_CHARS_TO_CHANGE
        if not any(place[0] <= end and place[1] >= start for place in places):
            continue
        phrase = _phrase(words, at)
        if phrase is not None and phrase.last > phrase.first:
            sentence = offset + words[0].start, offset + words[-1].end
            source = _source(words, phrase, at, offset, sentence)
            if source:
                yield source


def _phrase(words: Sequence[NarrativeWord], at: int) -> Phrase | None:
    lower = words[at].lower
    following = words[at + 1].lower if at + 1 < len(words) else ""
    if lower == "according":
        return phrase_at(words, at + 2) if following == "to" else None
    if lower in statements.CITING:
        return phrase_at(words, at + 1)
    if is_participle(words[at]) or following == "by" or _is_passive(words, at):
        return None
    if lower in ("wrote", "written", "writes") and following in vocabulary.DETERMINERS - {"that"}:
        return None  # wrote the foreword
    if lower in statements.SHOWING | statements.FINDING or not utters(words, at, statements.cues()):
        before = phrase_before(words[:at], at)
        return (
            before if before and (lower in statements.SHOWING or _is_parenthesis(words, before, at)) else None
        )
    subject = subject_of(words, at, 0)
    if subject is None or subject.last < at - MAX_WORDS_TO_VERB:
        opens = at == 0 or words[at - 1].quotation >= 0 or words[at - 1].text in vocabulary.PAUSES
        subject = phrase_at(words, at + 1) if opens and lower not in vocabulary.WITH_ADDRESSEE else None
        if subject and not any(
            word.capital or lexicon.is_people(word.lower) for word in words[slice(*subject)]
        ):
            return None  # disclosed details
    return _with_noun_before(words, subject) if subject else None


def _is_parenthesis(words: Sequence[NarrativeWord], before: Phrase, at: int) -> bool:
    """Return whether a phrase and the word after it are set off by commas: ..., the union estimates."""
    opens = before.first > 0 and words[before.first - 1].text in vocabulary.PAUSES
    return opens and (at + 1 == len(words) or not words[at + 1].text[0].isalnum())


def _with_noun_before(words: Sequence[NarrativeWord], phrase: Phrase) -> Phrase:
    """Return the phrase with a noun before it that is a form of a verb of saying as well: state media."""
    first = phrase.first - 1
    opens = first <= 0 or words[first - 1].text in vocabulary.PAUSES or words[first - 1].quotation >= 0
    if (
        first >= 0
        and words[first].lower in vocabulary.NOUNS
        and (opens or words[first - 1].lower in vocabulary.DETERMINERS)
    ):
        return Phrase(first, phrase.last)
    return phrase


def _is_passive(words: Sequence[NarrativeWord], at: int) -> bool:
    """Return whether a form of "to be" comes before the verb: was not believed."""
    before = at - 1
    while before >= 0 and words[before].lower in vocabulary.ADVERBS:
        before -= 1
    return before >= 0 and words[before].lower in _BE


def _vouches(words: Sequence[NarrativeWord], phrase: Phrase, at: int) -> bool:
    """Return whether a statement goes with the verb at ``at``, not what its subject did."""
    first = min(phrase.first, at)
    after = words[at + 1].lower if phrase.first < at + 1 < len(words) else ""
    is_set_off = (
        first > 0
        and (words[first - 1].text in vocabulary.PAUSES or words[first - 1].quotation >= 0)
        and (not after[:1].isalnum() or after in vocabulary.CLAUSE_OPENERS or words[at].lower in _ADDRESSED)
    )
    has_that = "that" in [word.lower for word in words[at + 1 : at + 1 + MAX_WORDS_TO_THAT]]
    if words[at].lower in statements.SHOWING:
        head = words[phrase.last - 1].lower
        return (is_set_off or has_that) and (lexicon.are_same_people(head, "document") or head in _RECORDED)
    return is_set_off or has_that or words[at].lower in statements.vouching("vouches")


def _source(
    words: Sequence[NarrativeWord], phrase: Phrase, verb: int, offset: int, sentence: Span
) -> Source | None:
    own = words[slice(*phrase)]
    plain = [word.lower.removesuffix("'s").removesuffix("'") for word in own]
    content = [
        word
        for word in plain
        if word[:1].isalnum() and word not in vocabulary.DETERMINERS and not word[0].isdigit()
    ]
    joined = next((at for at, word in enumerate(plain) if at and word in vocabulary.JOINERS), len(plain))
    main = [word for word in plain[:joined] if word in content]
    if own[0].lower.endswith("ed") or any(word.text[0].isdigit() for word in own[1:]):
        return None  # included 166 patients admitted
    is_open = not main or own[0].lower in vocabulary.PRONOUNS or main[-1] in _GENERIC
    is_named = any(
        word.capital and not (place == 0 and phrase.first == 0 and _is_small(word.lower))
        for place, word in enumerate(own)
    )
    return Source(
        (offset + own[0].start, offset + own[-1].end),
        (offset + words[verb].start, offset + words[verb].end),
        sentence,
        tuple(word for word in content if word not in vocabulary.JOINERS),
        main[-1] if main else "",
        is_named,
        is_open,
        _vouches(words, phrase, verb),
    )


def _is_small(word: str) -> bool:
    return word in vocabulary.DETERMINERS or lexicon.is_people(word) or lexicon.is_common(word)
