"""Submit a new article: save it, or ask first whether it is wanted beside the stored ones that it looks like."""

from collections.abc import Collection
from dataclasses import dataclass

from app.db.engine.base import Database
from app.services import preparing
from app.services.articles import store
from app.services.articles.store import Beside, RevisionRef
from app.services.edit_log import UNNAMED, Actor
from app.services.relations import candidates, relate
from app.services.summaries import ArticleEntry, Relative
from app.sources import Draft


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """The stored articles that a submitted text looks like. Nothing was saved; the reader is asked first."""

    same: tuple[ArticleEntry, ...]
    """Those that have the very same text, the one added last first."""
    relatives: tuple[Relative, ...]
    """What it is related to, exact copies first, then reuse by the larger share, then the rest."""


def submit(
    db: Database,
    draft: Draft,
    *,
    seen: Collection[str] = (),
    confirmed: bool = False,
    max_listed: int,
    actor: Actor = UNNAMED,
    beside: Beside | None = None,
) -> RevisionRef | LookAlikes:
    """Save a new article, or return what it looks like if the reader should be asked first.

    One search and one verification serve both the question and the article's stored relations. Unless ``confirmed``,
    the reader is asked about exact copies, and about articles that share text or a quotation and are not among
    ``seen``, the ids of those that were shown beside the form; of at most ``max_listed`` relatives. ``actor`` is
    who submits it, for the log; ``beside`` stores what
    goes with it, in the same transaction.
    """
    draft_signals = preparing.signals_of(draft)
    verified = relate.find_relations(db, draft, draft_signals)
    if not confirmed:
        with db.reading() as session:
            same = store.same_text_in(session, draft)
            relatives = candidates.in_reading_order(session, verified.relations)[:max_listed]
        if same or any(_is_unseen(relative, seen) for relative in relatives):
            return LookAlikes(same, relatives)
    return store.add_found(db, draft, draft_signals, verified, actor=actor, beside=beside)


def _is_unseen(relative: Relative, seen: Collection[str]) -> bool:
    return relative.relation.kind != "same-story" and relative.article.article not in seen
