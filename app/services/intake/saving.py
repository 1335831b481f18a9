"""Save what was brought in: as an article of its own, as a new revision of one, or as a further capture of its page."""

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from app.db.engine.base import Database
from app.db.queries import intake as intake_queries
from app.errors import InvalidInputError, NotFoundError, VariorumError
from app.services import preparing
from app.services.articles import store
from app.services.articles.store import RevisionRef, StoredArticle
from app.services.edit_log import Actor
from app.services.intake.captures import record_capture
from app.services.intake.intakes import Intake
from app.services.intake.known_pages import revision_with_text
from app.services.intake.merging import Correction
from app.services.intake.preview import Preview
from app.sources import Draft
from app.sources.text import proposed_title


class AlreadySavedError(VariorumError):
    """What is to be saved was saved before, as ``article``: by a second click, or in another tab."""

    def __init__(self, article: str) -> None:
        super().__init__("This was saved already.", "Open the article that was saved.")
        self.article = article


def draft_of(preview: Preview, limit: int, stored: StoredArticle | None = None) -> Draft:
    """Return the article that ``preview`` describes; ``stored`` gives what is not stated in it.

    Raises InvalidInputError whose ``fields`` says what is wrong, by the preview's names of fields.
    """
    wrong: dict[str, str] = {}
    if problem := _problem_with_moment(preview.value("captured_at")):
        wrong["captured_at"] = problem
    language = preview.value("language")
    if language and not (len(language) <= 35 and language.replace("-", "").isalnum() and language.isascii()):
        wrong["language"] = "This is no code of a language. Write it as in en or pt-BR."
    blocks = [block for block in preview.blocks if block.kind != "dropped"]
    lines = [block.text for block in blocks]
    # The text suggests a title where none is stated: its own lines, and not a byline or a menu above them.
    title = (
        preview.value("title") or (stored.title if stored else "") or proposed_title(list(preview.paragraphs))
    )
    try:
        draft = preparing.draft_of_text(
            title,
            "\n\n".join(lines) or title,
            preview.value("publisher") or (stored.publisher if stored else ""),
            preview.value("author") or (stored.author if stored else ""),
            preview.value("published_on") or (stored.published_on if stored else None),
            preview.value("address") or (stored.url if stored else ""),
            limit=limit,
        )
    except InvalidInputError as error:
        renamed = {{"url": "address"}.get(name, name): words for name, words in error.fields.items()}
        raise type(error)(error.message, error.advice, renamed | wrong) from error
    if wrong:
        raise InvalidInputError("This article was not saved.", "Please look at what is marked.", wrong)
    if not preview.paragraphs:
        raise InvalidInputError(
            "This article was not saved.",
            "",
            {"text": "All its lines are page extras. Mark those that are the article’s text."},
        )
    offset = len(draft.paragraphs) - len(lines)  # the title may have been put before them
    extras = tuple(index + offset for index, block in enumerate(blocks) if block.kind == "extra")
    return replace(draft, furniture=extras)


def is_missing_in(db: Database, article: str, sent: Correction) -> bool:
    """Return whether a page that was sent changes a paragraph, or a field to something that the saved article lacks."""
    try:
        stored = store.read(db, article)
    except NotFoundError:
        return False
    saved = {
        "title": stored.title,
        "publisher": stored.publisher,
        "author": stored.author,
        "published_on": stored.published_on.isoformat() if stored.published_on else "",
        "address": stored.url,
    }
    return sent.place is not None or any(
        sent.typed.get(name, value) not in (value, sent.shown.get(name, value))
        for name, value in saved.items()
    )


def save_as_article(
    db: Database, intake: Intake, *, actor: Actor, max_text: int, max_capture: int
) -> RevisionRef:
    """Save a new article. Raises AlreadySavedError, and what ``draft_of`` raises."""
    draft = draft_of(intake.preview, max_text)
    return store.add(db, draft, actor=actor, beside=_Beside(intake, max_capture))


def save_as_revision(
    db: Database, intake: Intake, article: str, *, actor: Actor, max_text: int, max_capture: int
) -> RevisionRef:
    """Save a new revision of ``article``; where nothing changed, only the capture. Raises as ``save_as_article``."""
    draft = draft_of(intake.preview, max_text, store.read(db, article))
    return store.edit(db, article, draft, actor=actor, beside=_Beside(intake, max_capture))


def keep_as_capture(db: Database, intake: Intake, article: str, *, max_capture: int) -> RevisionRef:
    """Keep what was brought as a further capture of ``article``; its text stays. Raises AlreadySavedError.

    It belongs to the revision that has its text, which an older copy may share with an earlier one; else to the newest.
    """
    with db.reading() as session:
        same = revision_with_text(session, article, intake.preview)
    with db.writing() as session:
        row, newest = store.newest_in(session, article)
        ref = RevisionRef(row.id, *((same.revision, same.number) if same else (newest.id, newest.number)))
        _Beside(intake, max_capture)(session, ref)
        return ref


class _Beside:
    """Stores the capture, and notes that the intake is saved, in the transaction that saves it."""

    def __init__(self, intake: Intake, max_capture: int) -> None:
        self._intake = intake
        self._max_capture = max_capture

    def __call__(self, session: Session, ref: RevisionRef) -> None:
        row = intake_queries.intake(session, self._intake.id)
        if row is None or row.state == "saved":
            raise AlreadySavedError(row.article if row else ref.article)
        record_capture(
            session, ref, self._intake.preview, row.capture, row.content, max_bytes=self._max_capture
        )
        row.state, row.article, row.content = "saved", ref.article, None
        row.draft, row.capture = {}, {}  # they are the article's now, and go with it
        session.add(row)


def _problem_with_moment(value: str) -> str:
    if not value:
        return ""
    try:
        datetime.fromisoformat(value)
        return "" if date.fromisoformat(value[:10]).year >= 1990 else "The web is not as old as that."
    except ValueError:
        return "This is not a time. Write it as 2024-02-05T10:00."
