"""What one speaker says in one go, put together from the quotations in which an article prints it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.quotations.speakers.attribute import Attributed
from app.collation.text import normalization
from app.collation.text.sentences import boundaries, is_finished

BETWEEN = 120
"""Characters that the words between two parts of one sentence take at most: ``," the minister told reporters, "``."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One or more quotations that are one: broken by the words that name the speaker, or by the end of a paragraph."""

    parts: tuple[int, ...]
    """Their places among the quotations that were given."""
    text: str
    """What stands between the marks, the parts joined by a space."""
    speaker: str | None
    person: str | None
    cue: str | None


def utterances(paragraphs: Sequence[str], quotations: Sequence[Attributed]) -> tuple[Utterance, ...]:
    """The utterances of an article in order, each quotation in exactly one.

    A quotation left open at its paragraph's end goes on in the next one. Two in one paragraph are one where the words
    between them name the speaker and neither the first nor these words end the sentence.

    >>> from app.collation.quotations import attribute
    >>> text = ["“We shall,” said Ann Lee, “never go back.” “Never,” she added."]
    >>> [(one.parts, one.text) for one in utterances(text, attribute(text))]
    [((0, 1), 'We shall, never go back.'), ((2,), 'Never,')]
    """
    groups: list[list[int]] = []
    for place, one in enumerate(quotations):
        if groups and _goes_on(paragraphs, quotations[groups[-1][-1]], one):
            groups[-1].append(place)
        else:
            groups.append([place])
    return tuple(_utterance(group, [quotations[place] for place in group]) for group in groups)


def _utterance(places: Sequence[int], parts: Sequence[Attributed]) -> Utterance:
    named = next((one for one in parts if one.speaker), parts[0])
    text = " ".join(_inside(one.quotation.text) for one in parts)
    person = next((one.person for one in parts if one.person), None)
    return Utterance(tuple(places), text, named.speaker, person, named.cue)


def _goes_on(paragraphs: Sequence[str], one: Attributed, other: Attributed) -> bool:
    if one.quotation.continues:
        return other.quotation.paragraph == one.quotation.paragraph + 1
    if one.quotation.paragraph != other.quotation.paragraph or one.person != other.person:
        return False
    between = paragraphs[one.quotation.paragraph][one.quotation.end : other.quotation.start]
    cue = one.cue or other.cue
    if not cue or cue not in between or len(between) > BETWEEN or any(boundaries(between)):
        return False
    return not is_finished(one.quotation.text) and _inside(other.quotation.text)[:1].islower()


def _inside(text: str) -> str:
    """A quotation without its marks; one that runs on has none at its end."""
    closed = len(text) > 1 and text[-1] in normalization.QUOTES
    return text[1 : len(text) - closed].strip()
