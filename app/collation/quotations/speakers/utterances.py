"""Utterances: what a speaker says in one go, put together from the quotations that an article breaks it into."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.quotations.speakers.attribute import Attributed
from app.collation.text import normalization
from app.collation.text.sentences import boundaries, is_finished

MAX_CHARS_BETWEEN_PARTS = 120
"""Characters at most between two parts of one sentence: ``," the minister told reporters, "``."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Quotations that belong together, broken by the words that name the speaker or by a paragraph's end."""

    parts: tuple[int, ...]
    """Their indices among the quotations given."""
    text: str
    """The text inside the marks, the parts joined by a space."""
    speaker: str | None
    person: str | None
    cue: str | None


def utterances(paragraphs: Sequence[str], quotations: Sequence[Attributed]) -> tuple[Utterance, ...]:
    """Return the utterances of an article in order, each quotation in exactly one.

    A quotation left open at its paragraph's end goes on in the next one. Two in one paragraph are one where the words
    between them name the speaker and neither the first nor these words end the sentence.

    >>> from app.collation.quotations import attribute
    >>> text = ["“We shall,” said Ann Lee, “never go back.” “Never,” she added."]
    >>> [(each.parts, each.text) for each in utterances(text, attribute(text))]
    [((0, 1), 'We shall, never go back.'), ((2,), 'Never,')]
    """
    groups: list[list[int]] = []
    for place, quotation in enumerate(quotations):
        if groups and _goes_on(paragraphs, quotations[groups[-1][-1]], quotation):
            groups[-1].append(place)
        else:
            groups.append([place])
    return tuple(_utterance(group, [quotations[place] for place in group]) for group in groups)


def _utterance(places: Sequence[int], parts: Sequence[Attributed]) -> Utterance:
    named = next((part for part in parts if part.speaker), parts[0])
    text = " ".join(_inside(part.quotation.text) for part in parts)
    person = next((part.person for part in parts if part.person), None)
    return Utterance(tuple(places), text, named.speaker, person, named.cue)


def _goes_on(paragraphs: Sequence[str], before: Attributed, after: Attributed) -> bool:
    if before.quotation.continues:
        return after.quotation.paragraph == before.quotation.paragraph + 1
    if before.quotation.paragraph != after.quotation.paragraph or before.person != after.person:
        return False
    between = paragraphs[before.quotation.paragraph][before.quotation.end : after.quotation.start]
    cue = before.cue or after.cue
    if not cue or cue not in between or len(between) > MAX_CHARS_BETWEEN_PARTS or any(boundaries(between)):
        return False
    return not is_finished(before.quotation.text) and _inside(after.quotation.text)[:1].islower()


def _inside(text: str) -> str:
    """Return a quotation without its marks; one that runs on has none at its end."""
    closed = len(text) > 1 and text[-1] in normalization.QUOTES
    return text[1 : len(text) - closed].strip()
