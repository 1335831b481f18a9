"""Who says each quotation, in the words that the text itself uses.

A quotation whose own sentence names no speaker (``sieves``) has the speaker of those around it, if any.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from app.collation import lexicon
from app.collation.quotations.spans import Quotation
from app.collation.quotations.speakers import answers, sieves, vocabulary
from app.collation.quotations.speakers.grammar.noun_phrases import Phrase, is_past, phrase_at
from app.collation.quotations.speakers.grammar.subjects import opening_phrase, utters
from app.collation.quotations.speakers.narrative import Narration, NarrativeWord

MAX_WORDS_BEFORE, MAX_WORDS_AFTER = 120, 60
"""Words before and after a quotation that are searched for its speaker: more than any real sentence has."""

_TRANSCRIPT = re.compile(r"[“\"‘']?([A-Z][A-Z.'’\- ]+):\s")
DASHES = "—–―-~"
"""Marks before the name of the person who signs."""

_OWNER = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """The words that name a speaker as printed, and where: ``start`` and ``end`` are code points in the paragraph."""

    paragraph: int
    start: int
    end: int
    text: str
    """As printed, without Markdown's emphasis marks."""
    cue: str
    """The verb or phrase that makes them the speaker; empty where none does."""
    rule: str
    """What found them: the name of a sieve, or how a neighbour's speaker was taken over."""


def speakers(article: Narration) -> tuple[Mention | None, ...]:
    """Return the speaker of each of an article's quotations as printed, or None where nothing says.

    >>> from app.collation.quotations.spans import find
    >>> text = ["“We shall see,” said Ann Lee of the plan.", "“Soon.”", "A “plan B” exists."]
    >>> [mention and mention.text for mention in speakers(Narration(text, find(text)))]
    ['Ann Lee', 'Ann Lee', None]
    """
    quotations = article.quotations
    mentions: list[Mention | None] = [None] * len(quotations)
    lead: Mention | None = None
    turned = False
    for index, paragraph in enumerate(article.paragraphs):
        places = article.places.get(index, [])
        if not places and not paragraph.endswith(":"):
            lead = None
            _from_signature(article, index, mentions)
            continue
        parts = article.sentences(index)
        for words in parts:
            for at, word in enumerate(words):
                if word.quotation >= 0:
                    around = words[max(0, at - MAX_WORDS_BEFORE) : at + MAX_WORDS_AFTER]
                    answer = sieves.ask(around, min(at, MAX_WORDS_BEFORE))
                    if answer and answer.sieve == "subject":
                        answer = (
                            answer if answers.may_be_subject(around, answer.phrase, article.names) else None
                        )
                    mentions[word.quotation] = answer and _mention(index, paragraph, around, answer)
        if places and mentions[places[0]] is None:
            mentions[places[0]] = _from_above(parts, places[0], quotations, mentions, turned) or lead
        turned = _from_neighbours(article, index, mentions)
        _transcribed(index, paragraph, places, mentions)
        lead = _lead(index, paragraph, parts) if paragraph.endswith(":") else None
    for place in range(len(quotations) - 2, -1, -1):
        quotation, following = quotations[place : place + 2]
        if quotation.continues and mentions[place] is None and following.paragraph == quotation.paragraph + 1:
            mentions[place] = mentions[place + 1]
    return tuple(mentions)


def _mention(index: int, paragraph: str, words: Sequence[NarrativeWord], answer: answers.Answer) -> Mention:
    start, end = words[_past_role(words, answer.phrase)].start, words[answer.phrase.last - 1].end
    end -= len(paragraph[start:end]) - len(_OWNER.sub("", paragraph[start:end]))
    return Mention(index, start, end, paragraph[start:end].replace("*", ""), answer.cue, answer.sieve)


def _past_role(words: Sequence[NarrativeWord], phrase: Phrase) -> int:
    """Return where the name begins in a phrase that opens a sentence with a role: Finance minister Lee.

    Inside a sentence the role has no capital, and is no part of the name; of a Houston manager the first word has one.
    """
    first, last = phrase
    named = last
    while named > first and words[named - 1].capital:
        named -= 1
    is_role = (
        first == 0
        and 1 < named < last
        and words[0].lower not in vocabulary.DETERMINERS
        and lexicon.is_common(words[0].lower)
        and not lexicon.other_names(words[0].lower)
        and lexicon.is_person(words[named - 1].lower)
        and not any(word.capital for word in words[1:named])
    )
    return named if is_role else first


def _from_neighbours(article: Narration, index: int, mentions: list[Mention | None]) -> bool:
    """Give a quotation that is a sentence of its own the speaker of the sentence before, else of the one after.

    Return whether, at the end of the paragraph, it is somebody else's turn.
    """
    last: Mention | None = None
    turned = False
    waiting: list[int] = []
    for words in article.sentences(index):
        quoted = [word.quotation for word in words if word.quotation >= 0]
        for place in quoted if _is_alone(words) else ():
            if mentions[place] is None and not turned:
                mentions[place] = last and replace(last, rule="sentence before")
                waiting += [place] if last is None else []
        named = [mention for mention in (mentions[place] for place in quoted) if mention]
        if named:
            last = named[-1]
            for place in waiting:
                mentions[place] = replace(last, rule="sentence after")
            waiting = []
            if not _is_alone(words):
                turned = _asks_somebody(words, last)
        elif not _is_alone(words):
            lead = _lead(index, article.paragraphs[index], [words])
            if lead:
                last, turned = lead, _asks_somebody(words, lead)
            elif last:
                turned = turned or _is_of_another(words, last, article.names)
    return turned


def _asks_somebody(words: Sequence[NarrativeWord], speaker: Mention) -> bool:
    """Return whether the speaker of a sentence asks one person, whose turn is next: the judge asked the witness."""
    cue = next(
        (at for at, word in enumerate(words) if word.text == speaker.cue and word.start > speaker.start), None
    )
    if cue is None or cue + 1 >= len(words) or words[cue].lower not in vocabulary.ASKING:
        return False
    if words[cue + 1].lower in ("him", "her"):
        return True
    addressee = phrase_at(words, cue + 1)
    return (
        addressee is not None
        and answers.is_somebody(words, addressee)
        and not _is_plural(words[addressee.last - 1])
    )


def _is_plural(word: NarrativeWord) -> bool:
    return word.lower.endswith("s") and lexicon.is_person(word.lower[:-1])


def _is_of_another(words: Sequence[NarrativeWord], speaker: Mention, names: Container[str]) -> bool:
    """Return whether a sentence without a quotation is about somebody who is not, for certain, the last speaker."""
    words = words[:MAX_WORDS_BEFORE]
    subject = opening_phrase(words, len(words))
    if subject is None:
        return False
    if not answers.is_somebody(words, subject, names) and not (
        subject.last < len(words)
        and is_past(words[subject.last])
        and lexicon.is_people(words[subject.last - 1].lower)  # the crowd booed
    ):
        return False
    known = set(speaker.text.lower().replace("’", "'").split())
    return known.isdisjoint(
        word.lower for word in words[slice(*subject)] if word.lower not in vocabulary.DETERMINERS
    )


def _from_above(
    parts: Sequence[list[NarrativeWord]],
    place: int,
    quotations: Sequence[Quotation],
    mentions: Sequence[Mention | None],
    turned: bool,
) -> Mention | None:
    """Return the previous paragraph's speaker, for a quotation it left open or one that is a paragraph by itself."""
    if not place or quotations[place - 1].paragraph != quotations[place].paragraph - 1:
        return None
    above = mentions[place - 1]
    alone = not turned and all(map(_is_only_quoted, parts))
    if above is None or not (quotations[place - 1].continues or alone):
        return None
    return replace(above, rule="paragraph before")


def _from_signature(article: Narration, index: int, mentions: list[Mention | None]) -> None:
    """Attribute the quotations of a paragraph without other text to whoever signs the next one: - the mayor."""
    places = article.places.get(index - 1, [])
    paragraph = article.paragraphs[index]
    if not places or not paragraph[:1] or paragraph[0] not in DASHES:
        return
    signed = article.sentences(index)
    answer = sieves.signature(signed[0], 0) if len(signed) == 1 else None
    if answer and all(map(_is_only_quoted, article.sentences(index - 1))):
        for place in places:
            mentions[place] = mentions[place] or _mention(index, paragraph, signed[0], answer)


def _is_only_quoted(words: Sequence[NarrativeWord]) -> bool:
    return all(word.quotation >= 0 or not word.text[0].isalnum() for word in words)


def _transcribed(index: int, paragraph: str, places: Sequence[int], mentions: list[Mention | None]) -> None:
    """Give the quotations of a transcript's line, LEE: “...”, to the name at its head."""
    head = _TRANSCRIPT.match(paragraph)
    if head:
        mention = Mention(index, head.start(1), head.end(1), head[1], ":", "transcript")
        for place in places:
            mentions[place] = mention


def _is_alone(words: Sequence[NarrativeWord]) -> bool:
    """Return whether hardly a word of the sentence is outside quotations."""
    return sum(word.quotation < 0 and word.text[0].isalnum() for word in words) <= 1


def _lead(index: int, paragraph: str, parts: Sequence[list[NarrativeWord]]) -> Mention | None:
    """Return who speaks in the last sentence of ``parts``, by its last verb of saying."""
    words = parts[-1][-MAX_WORDS_BEFORE:] if parts else []
    for at in range(len(words) - 1, 0, -1):
        if utters(words, at):
            answer = answers.of_verb(words, at, len(words))
            if answer is answers.NOBODY:
                return None
            if answer:
                return _mention(index, paragraph, words, answer._replace(sieve="sentence before"))
    return None
