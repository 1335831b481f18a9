"""An article as a client sends it: a text, the source of a page, a file, or a link to fetch."""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.errors import FetchError, InvalidInputError
from app.services import preparing
from app.services.articles.store import Beside, StoredArticle
from app.services.intake import captures, intakes, preview
from app.services.intake.intakes import Looked
from app.services.intake.queue import IntakeQueue
from app.services.intake.watching import as_before
from app.settings import Settings
from app.sources import Draft, text
from app.web import article_form
from app.web.api.bodies import ArticleEdit, FileIn, ReadingIn
from app.web.middleware import files_too_large

SOURCES = ("text", "html", "file", "link")
"""What an article is read from, one of them."""

NOT_READ = "The article was not read, and nothing was saved."

_STATED = {"title": "title", "publisher": "publisher", "author": "author", "published_on": "published_on"} | {
    "url": "address"
}
"""The fields that may be stated, with the names that a preview has for them."""


@dataclass(frozen=True, slots=True)
class SentArticle:
    """An article that was read, stored nowhere."""

    draft: Draft
    looked: Looked | None
    """The page or file that it was read from; None for a text."""

    def beside(self, settings: Settings) -> Beside | None:
        """Return what stores the page or file with the article."""
        return captures.beside(self.looked, settings.keep_captures) if self.looked else None


def read_sent(sent: ReadingIn, settings: Settings, queue: IntakeQueue) -> SentArticle:
    """Return the article that was sent.

    Raises InvalidInputError for what cannot be read, FetchError for a link that is not fetched, TooLargeError for too
    much.
    """
    named = [name for name in SOURCES if getattr(sent, name) is not None]
    if len(named) != 1:
        raise InvalidInputError(NOT_READ, "", {"text": "Send one of these: text, html, file, link."})
    stated = {name: getattr(sent, name) for name in _STATED}
    if sent.text is not None:
        draft = preparing.draft_of_text(
            sent.title,
            sent.text,
            sent.publisher,
            sent.author,
            sent.published_on,
            sent.url,
            rejoin=sent.rejoin,
            limit=settings.max_text,
        )
        return SentArticle(draft, None)
    looked = _looked(sent, named[0], settings, queue)
    shown = with_stated(looked, stated)
    if sent.rejoin:
        shown = replace(shown, preview=preview.with_lines_rejoined(shown.preview))
    return SentArticle(article_form.draft_read(shown, settings.max_text), shown)


def with_stated(looked: Looked, stated: Mapping[str, object]) -> Looked:
    """Return what was read, overridden by what is stated."""
    typed = {_STATED[name]: str(value) for name, value in stated.items() if name in _STATED and value}
    return replace(looked, preview=preview.with_typed(looked.preview, typed))


def fetched(link: str, settings: Settings, queue: IntakeQueue) -> Looked:
    """Return what the page behind a link says now. Raises FetchError, and InvalidInputError for what cannot be read."""
    try:
        looked = queue.look(link)
        _refuse_long_text(looked, int(looked.capture["size"]), settings)
    except FetchError:
        raise
    except InvalidInputError as error:
        raise _unreadable("link", error) from error
    return looked


def read_again(
    edit: ArticleEdit, stored: StoredArticle, settings: Settings, queue: IntakeQueue
) -> tuple[Draft, Beside]:
    """Return an article as the page behind a link has it now, and what stores that page.

    What the edit states comes first, then what is stored, then what the page states; but the page's title comes
    before the stored one. Raises as ``read_sent``.
    """
    if edit.link is None or edit.text is not None:
        raise InvalidInputError(NOT_READ, "", {"link": "Send a text or a link, not both."})
    looked = fetched(edit.link, settings, queue)
    looked = replace(looked, preview=as_before(looked.preview, stored))
    chosen = {name: getattr(edit, name) for name in _STATED if name in edit.model_fields_set}
    looked = with_stated(looked, chosen)
    draft = article_form.draft_read(looked, settings.max_text, stored)
    cleared = [name for name, value in chosen.items() if not value]
    draft = replace(
        draft,
        publisher="" if "publisher" in cleared else draft.publisher,
        author="" if "author" in cleared else draft.author,
        published_on=None if "published_on" in cleared else draft.published_on,
        url="" if "url" in cleared else draft.url,
    )
    return draft, captures.beside(looked, settings.keep_captures)


def _looked(sent: ReadingIn, source: str, settings: Settings, queue: IntakeQueue) -> Looked:
    if sent.link is not None:
        return fetched(sent.link, settings, queue)
    name, content = "page.html", (sent.html or "").encode()
    if sent.file:
        name, content = sent.file.name, _bytes_of(sent.file)
    if len(content) > settings.max_file:
        raise files_too_large(settings.max_file)
    try:
        looked = intakes.read_unstored(content, name=name)
        _refuse_long_text(looked, len(content), settings)
    except InvalidInputError as error:
        raise _unreadable(source, error) from error
    return looked


def _refuse_long_text(looked: Looked, size: int, settings: Settings) -> None:
    if looked.preview.format == "text":
        text.refuse_too_large(size, settings.max_text)


def _unreadable(source: str, error: InvalidInputError) -> InvalidInputError:
    return InvalidInputError(NOT_READ, "", {source: " ".join([str(error), *error.fields.values()])})


def _bytes_of(file: FileIn) -> bytes:
    try:
        return b64decode(file.content, validate=True)
    except ValueError as error:
        raise InvalidInputError(NOT_READ, "", {"file": "This is not Base64."}) from error
