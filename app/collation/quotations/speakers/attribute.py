"""The quotations of an article with who speaks, as printed and as a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.quotations.spans import Quotation, find
from app.collation.quotations.speakers.coreference import People
from app.collation.quotations.speakers.mentions import speakers
from app.collation.quotations.speakers.narrative import Narration


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation, and who speaks."""

    quotation: Quotation
    speaker: str | None
    """The words that name the speaker, as printed: ``he``, ``Ms. Lee``, ``a spokesman for the ministry``."""
    person: str | None
    """The full name that the article introduces and that these words mean; None where that is not certain."""
    cue: str | None
    """The verb or phrase that tells: ``said``, ``according to``."""


def attribute(paragraphs: Sequence[str]) -> tuple[Attributed, ...]:
    """The quotations of ``paragraphs`` in order, each with who speaks as far as the text tells.

    >>> told = attribute(["“Not yet,” said Angela Lee, the mayor.", "“Soon,” Ms. Lee added."])
    >>> [(one.speaker, one.person, one.cue) for one in told]
    [('Angela Lee', 'Angela Lee', 'said'), ('Ms. Lee', 'Angela Lee', 'added')]
    """
    quotations = find(paragraphs)
    article = Narration(paragraphs, quotations)
    mentions = speakers(article)
    people = People(article) if any(mentions) else None
    # Asked in the order of the text, since whom one words means may hang on those before.
    in_order = sorted(
        {mention for mention in mentions if mention}, key=lambda one: (one.paragraph, one.start)
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
