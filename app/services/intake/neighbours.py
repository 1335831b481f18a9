"""What the library already has that matches an article being brought in: the same page, and similar articles."""

from dataclasses import dataclass, replace

from app.collation import pipeline
from app.collation.document import FIRST, SECOND
from app.collation.model import Comparison, Side
from app.collation.text import paragraphs
from app.db.engine.base import Database
from app.errors import InvalidInputError
from app.services.articles import store, trash
from app.services.articles.store import StoredArticle
from app.services.articles.trash import TrashedArticle
from app.services.intake.known_pages import KnownPage, find_known_page, find_same_text
from app.services.intake.preview import Preview
from app.services.intake.saving import draft_of
from app.services.processes import run_apart
from app.services.relations import candidates
from app.services.summaries import Relative
from app.sources import Draft

MAX_WHOLE_CHARS = 200_000
"""Characters of two texts up to which they are compared in full before one of them is saved: some seconds at most."""

MAX_COMPARED_CHARS = 60_000
"""Characters of a text up to which it is compared with the nearest article before it is saved: .3 s at most."""

_LENGTHS = {"title": 500, "publisher": 300, "author": 300}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What the library has that resembles a text."""

    known: KnownPage | None
    trashed: TrashedArticle | None
    """The article from the same page that is in the trash; None where one is here."""
    relatives: tuple[Relative, ...] | None
    """The nearest first; None where there is no text to look up."""
    comparison: Comparison | None
    """The text, as the witness, against the nearest article that shares its text; None where it is long or alone."""


def find_neighbours(db: Database, preview: Preview, max_listed: int, *, compares: bool = True) -> Neighbours:
    """Return what the library has that resembles ``preview``; with ``compares``, also compare it with the nearest."""
    known = find_known_page(db, preview)
    trashed = None if known else trash.find_from_page(db, preview.value("address"))
    draft = _draft(preview)
    if draft is None:
        return Neighbours(known, trashed, None, None)
    relatives = candidates.find_relatives(db, draft, max_listed)
    known = known or find_same_text(db, preview, relatives)
    if known:
        relatives = tuple(each for each in relatives if each.article.article != known.article.article)
    return Neighbours(known, trashed, relatives, _compare(db, draft, relatives) if compares else None)


def compare_whole(db: Database, preview: Preview, article: str) -> Comparison:
    """Return the text, as the witness, against a stored article; it is stored nowhere.

    Raises NotFoundError, and InvalidInputError where there is no text, or more than ``MAX_WHOLE_CHARS``.
    """
    draft = _draft(preview)
    if draft is None:
        raise InvalidInputError("There is no text here to compare.", "Go back and mark what is text.")
    other = store.read(db, article)
    if len(draft.text) + len(other.text) > MAX_WHOLE_CHARS:
        raise InvalidInputError(
            "These texts are too long to be compared before one of them is saved.",
            "Save this one: the article’s page then leads to the comparison.",
        )
    return _compare_with(draft, other)


def _draft(preview: Preview) -> Draft | None:
    """Return the draft to look up: the text counts even if some fields are wrong."""
    stated = {
        name: replace(field, value=field.value[: _LENGTHS[name]])
        for name, field in preview.stated.items()
        if name in _LENGTHS
    }
    try:
        return draft_of(replace(preview, stated=stated), 1 << 62)
    except InvalidInputError:
        return None


def _compare(db: Database, draft: Draft, relatives: tuple[Relative, ...]) -> Comparison | None:
    nearest = next((each for each in relatives if each.relation.kind not in ("same", "same-story")), None)
    if nearest is None:
        return None
    other = store.read(db, nearest.article.article)
    is_long = len(draft.text) + len(other.text) > MAX_COMPARED_CHARS
    return None if is_long else _compare_with(draft, other)


def _compare_with(draft: Draft, other: StoredArticle) -> Comparison:
    base = Side(
        other.revision,
        other.title,
        other.paragraphs,
        other.headline,
        other.furniture,
        article=other.article,
        publisher=other.publisher,
    )
    witness = Side(
        "",
        draft.title,
        draft.paragraphs,
        paragraphs.headline(draft.title, draft.paragraphs),
        draft.furniture,
        publisher=draft.publisher,
    )
    comparison = run_apart(len(draft.text) + len(other.text), pipeline.compare, base, witness)
    if not comparison.witness.label.endswith(SECOND):
        return comparison
    # Both have one title and no publisher of their own: only one of them is being brought in.
    return replace(
        comparison,
        base=replace(comparison.base, label=comparison.base.label.removesuffix(FIRST)),
        witness=replace(comparison.witness, label="this text"),
    )
