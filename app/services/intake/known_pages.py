"""Whether a page that is being brought in is here already, from another capture of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.collation.text.normalization import normal_form
from app.db.engine.base import Database
from app.db.queries import intake as intake_queries
from app.errors import NotFoundError
from app.services.articles import store
from app.services.articles.store import StoredArticle
from app.services.intake.preview import Preview
from app.services.pages import page_key
from app.services.summaries import Relative

MAX_READ = 3
"""Articles that are read to see whether their text is the very same."""

MAX_EARLIER = 20
"""Earlier revisions that are read to see whether one has the very text."""


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A stored article from the same page, and whether its text is still the same."""

    article: StoredArticle
    is_same_text: bool
    """Whether the article's paragraphs are the same, but for typography and white space."""
    differing: int
    """How many paragraphs of the newly read text are not in the stored one; 0 where they are in another order."""
    earlier: int | None
    """The number of the newest earlier revision that has the very text; None where the newest has it, or none."""
    since: datetime
    """When the newest text was first captured or, without a capture, saved."""
    by_address: bool
    """Whether the address says that it is the same page; else the text does."""


def find_known_page(db: Database, preview: Preview) -> KnownPage | None:
    """Return the stored article whose address says that it is the same page as ``preview``.

    Of several that were saved from one page it is the one that has the text, else the last captured. Another address is
    another outlet's page, whatever its text.
    """
    key = page_key(preview.value("address"))
    with db.reading() as session:
        articles = intake_queries.articles_of_page(session, key, MAX_READ) if key else ()
        candidates = [_known(session, article, preview, by_address=True) for article in articles]
    known = [page for page in candidates if page]
    known.sort(key=lambda page: 0 if page.is_same_text else 1 if page.earlier else 2)
    return known[0] if known else None


def find_same_text(db: Database, preview: Preview, relatives: Sequence[Relative]) -> KnownPage | None:
    """Return which of the ``relatives`` has the very text of ``preview``, and no address that says it is another page.

    A PDF or a saved file often has no address, nor any mark of what is a caption: lines that the article has among
    its page extras do not count.
    """
    key = page_key(preview.value("address"))
    with db.reading() as session:
        for relative in relatives[:MAX_READ]:
            if relative.relation.is_reuse and not (key and page_key(relative.article.url)):
                known = _known(session, relative.article.article, preview, by_address=False)
                if known and known.is_same_text:
                    return known
    return None


def revision_with_text(session: Session, article: str, preview: Preview) -> StoredArticle | None:
    """Return the newest revision of ``article`` that has the very text of ``preview``, of the last ``MAX_EARLIER``.

    Raises NotFoundError where there is no such article.
    """
    newest = store.read_in(session, article)
    if _has_text(newest, preview):
        return newest
    for number, _ in reversed(newest.numbers[-1 - MAX_EARLIER : -1]):
        revision = store.read_in(session, article, number)
        if _has_text(revision, preview):
            return revision
    return None


def _known(session: Session, article: str, preview: Preview, *, by_address: bool) -> KnownPage | None:
    try:
        stored = store.read_in(session, article)
        same = revision_with_text(session, article, preview) if by_address else None
    except NotFoundError:
        return None
    captures = [
        row for row in intake_queries.captures_of(session, article) if row.revision == stored.revision
    ]
    stored_lines, new_lines = set(_plain_lines(body_of(stored))), set(_plain_lines(preview.paragraphs))
    is_same = _has_text(stored, preview, but_extras=not by_address)
    return KnownPage(
        article=stored,
        is_same_text=is_same,
        differing=len(new_lines - stored_lines) or len(stored_lines - new_lines),
        earlier=same.number if same and not is_same else None,
        since=min((row.captured_at for row in captures), default=stored.numbers[-1][1]),
        by_address=by_address,
    )


def _has_text(stored: StoredArticle, preview: Preview, *, but_extras: bool = False) -> bool:
    """Return whether both have the same paragraphs; ``but_extras`` leaves out those that are extras of ``stored``."""
    if not but_extras and len(body_of(stored)) != len(preview.paragraphs):
        return False
    before, now = _plain_lines(body_of(stored)), _plain_lines(preview.paragraphs)
    if but_extras:
        extras = {*_plain_lines([stored.paragraphs[index] for index in stored.furniture])} - {*before}
        now = [line for line in now if line not in extras]
    return now == before


def body_of(article: StoredArticle) -> tuple[str, ...]:
    """Return the paragraphs of an article's text, without its headline and the page's extras."""
    left_out = {article.headline, *article.furniture}
    return tuple(line for index, line in enumerate(article.paragraphs) if index not in left_out)


def _plain_lines(lines: Sequence[str]) -> list[str]:
    return ["".join(normal_form(line).split()) for line in lines]
