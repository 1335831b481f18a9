"""What is stored with a text, computed beforehand; for a long text in a process of its own, so that nobody waits."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from app.collation.discovery.signals import Signals, signals
from app.collation.quotations.extraction import ExtractedQuotation, extract_quotations
from app.services.processes import run_apart
from app.services.search import terms
from app.services.search.terms import SearchText
from app.sources import Draft
from app.sources import text as source


@dataclass(frozen=True, slots=True)
class Derived:
    """What is stored beside a text and its signals."""

    quotations: tuple[ExtractedQuotation, ...]
    search: SearchText


def draft_of_text(
    title: str,
    text: str,
    publisher: str = "",
    author: str = "",
    published_on: str | date | None = None,
    url: str = "",
    *,
    rejoin: bool = False,
    limit: int | None = None,
) -> Draft:
    """Return what ``app.sources.text.draft`` returns, and raise what it raises."""
    if limit is not None:
        source.refuse_too_large(len(text.encode("utf-8", "surrogatepass")), limit)
    work = partial(source.draft, rejoin=rejoin, limit=limit)
    return run_apart(len(text), work, title, text, publisher, author, published_on, url)


def signals_of(draft: Draft) -> Signals:
    """Return what the text is found by."""
    return run_apart(len(draft.text), signals, draft.paragraphs, draft.furniture)


def derive(draft: Draft) -> Derived:
    """Return the text's quotations and what it is searched by."""
    return run_apart(len(draft.text), _derived, draft.paragraphs, draft.furniture)


def _derived(paragraphs: tuple[str, ...], furniture: tuple[int, ...]) -> Derived:
    return Derived(extract_quotations(paragraphs, furniture), terms.of_text(paragraphs))
