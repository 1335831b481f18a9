"""What is here already beside what is being brought in: its page, and the articles that it resembles."""

from dataclasses import dataclass, replace

from app.collation import pipeline
from app.collation.model import Comparison, Side
from app.db.engine.base import Database
from app.errors import InvalidInputError
from app.services.articles import store
from app.services.intake.known_pages import KnownPage, find_known_page, find_same_text
from app.services.intake.preview import Preview
from app.services.intake.saving import draft_of
from app.services.processes import run_apart
from app.services.relations import candidates
from app.services.summaries import Relative
from app.sources import Draft

MAX_COMPARED_CHARS = 60_000
"""Characters of a text up to which it is compared with the nearest article before it is saved: .3 s at most."""

_LENGTHS = {"title": 500, "publisher": 300, "author": 300}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What the library has that is like a text."""

    known: KnownPage | None
    relatives: tuple[Relative, ...] | None
    """The nearest first; None where there is no text to look up."""
    comparison: Comparison | None
    """The text, as the witness, against the nearest article that shares its text; None where it is long or alone."""


def find_neighbours(db: Database, preview: Preview, max_listed: int) -> Neighbours:
    """Return what is here that resembles ``preview``."""
    known = find_known_page(db, preview)
    draft = _draft(preview)
    if draft is None:
        return Neighbours(known, None, None)
    relatives = candidates.find_relatives(db, draft, max_listed)
    known = known or find_same_text(db, preview, relatives)
    if known:
        relatives = tuple(each for each in relatives if each.article.article != known.article.article)
    return Neighbours(known, relatives, _compare(db, draft, relatives))


def _draft(preview: Preview) -> Draft | None:
    """Return what is looked up: the text, whatever is wrong with the fields."""
    stated = {
        name: replace(found, value=found.value[: _LENGTHS[name]])
        for name, found in preview.stated.items()
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
    length = len(draft.text) + len(other.text)
    if length > MAX_COMPARED_CHARS:
        return None
    base = Side(
        other.revision,
        other.title,
        other.paragraphs,
        other.headline,
        other.furniture,
        publisher=other.publisher,
    )
    witness = Side("", draft.title, draft.paragraphs, None, draft.furniture, publisher=draft.publisher)
    return run_apart(length, pipeline.compare, base, witness)
