"""The two signals a text is found by."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.collation.text import fingerprints


@dataclass(frozen=True, slots=True)
class Signals:
    """The fingerprints and words by which a text is found."""

    prints: tuple[int, ...]
    """Fingerprints, ascending."""
    words: tuple[str, ...]
    """Distinct words, ascending."""


def signals(paragraphs: Sequence[str], furniture: Collection[int] = ()) -> Signals:
    """Return the signals of a text without its boilerplate, which other articles of the site share.

    It takes milliseconds: worker processes can run it, and no lock need be held.
    """
    article_paragraphs = [text for index, text in enumerate(paragraphs) if index not in furniture] or list(
        paragraphs
    )
    return Signals(fingerprints.fingerprints(article_paragraphs), fingerprints.words(article_paragraphs))
