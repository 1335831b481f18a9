"""The quotations of an article: what each speaker says in one go, and the signature that identifies its wording."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.collation import quotations
from app.collation.quotations.speakers.utterances import utterances
from app.collation.quotations.versions.signature import Known, known

MAX_QUOTATIONS_PER_ARTICLE = 500
"""The first quotations of an article, which are stored: ten times as many as a long interview has."""

MAX_NAME_CHARS = 200
"""Length in code points up to which a name counts as a person's."""


@dataclass(frozen=True, slots=True)
class ExtractedQuotation:
    """What one speaker says in one go."""

    places: tuple[tuple[int, int, int], ...]
    """Paragraph, start and end of each part, marks included."""
    text: str
    speaker: str | None
    person: str | None
    cue: str | None
    known: Known | None
    """None if it is too short to be a version of another."""


def extract_quotations(
    paragraphs: Sequence[str], furniture: Collection[int] = ()
) -> tuple[ExtractedQuotation, ...]:
    """Return the quotations of a text, in order, without those in its boilerplate. It takes some milliseconds."""
    if not quotations.find(paragraphs):
        return ()
    attributed = quotations.attribute(paragraphs)
    extracted = []
    for utterance in utterances(paragraphs, attributed):
        parts = [attributed[place].quotation for place in utterance.parts]
        if parts[0].paragraph in furniture or not utterance.text:
            continue
        person = utterance.person if utterance.person and len(utterance.person) <= MAX_NAME_CHARS else None
        places = tuple((part.paragraph, part.start, part.end) for part in parts)
        extracted.append(
            ExtractedQuotation(
                places, utterance.text, utterance.speaker, person, utterance.cue, known(utterance.text)
            )
        )
    return tuple(extracted[:MAX_QUOTATIONS_PER_ARTICLE])
