"""Attribute the quotations of an article: who speaks, as printed and as a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.quotations.spans import Quotation, find
from app.collation.quotations.speakers.coreference import People
from app.collation.quotations.speakers.mentions import speakers
from app.collation.quotations.speakers.narrative import Narration


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation and its speaker."""

    quotation: Quotation
    speaker: str | None
    """The words for the speaker, as printed: ``he``, ``Ms. Lee``, ``a spokesman for the ministry``."""
    person: str | None
    """The full name that the article introduces for them; None where that is not certain."""
    cue: str | None
    """The verb or phrase that introduces them: ``said``, ``according to``."""


def attribute(paragraphs: Sequence[str]) -> tuple[Attributed, ...]:
    """Return the quotations of ``paragraphs`` in order, each with its speaker as far as the text says.

    >>> attributed = attribute(["“Not yet,” said Angela Lee, the mayor.", "“Soon,” Ms. Lee added."])
    >>> [(quote.speaker, quote.person, quote.cue) for quote in attributed]
    [('Angela Lee', 'Angela Lee', 'said'), ('Ms. Lee', 'Angela Lee', 'added')]
    """
    quotations = find(paragraphs)
    article = Narration(paragraphs, quotations)
    mentions = speakers(article)
    people = People(article) if any(mentions) else None
    # In the order of the text: whom a pronoun means may depend on the mentions before it.
    in_order = sorted(
        {mention for mention in mentions if mention}, key=lambda mention: (mention.paragraph, mention.start)
    )
    persons = {mention: people.resolve(mention) for mention in in_order} if people else {}
    return tuple(
        Attributed(
            quotation,
            mention.text if mention else None,
            persons[mention] if mention else None,
            (mention.cue or None) if mention else None,
        )
        for quotation, mention in zip(quotations, mentions, strict=True)
    )
