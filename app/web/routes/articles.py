"""Articles: show one, add one, edit its text into a new revision, delete it."""

from dataclasses import replace
from typing import Annotated, cast, get_args

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app import permalinks
from app.db.engine.base import Database
from app.errors import EditedMeanwhileError, InvalidInputError, NotFoundError, VariorumError
from app.permalinks import article_path, compare_path
from app.services.articles import deletion_impact, store, trash
from app.services.articles import history as histories
from app.services.articles.snapshot import snapshot
from app.services.articles.submit import LookAlikes, submit
from app.services.intake import captures, intakes
from app.services.operations.backlog import Waiting
from app.services.relations import candidates
from app.services.stories.library import known_publishers
from app.settings import Settings
from app.web import article_form, errors
from app.web.delivery import kept
from app.web.dependencies import DatabaseDep, Editor, Kept, SettingsDep, WaitingDep, require_editor
from app.web.editing import edit_access, identity
from app.web.form_data import Submitted
from app.web.pages.articles import form
from app.web.pages.articles.article import MAX_CHOICES, MAX_QUERY_CHARS, Notice, article_page
from app.web.pages.articles.delete import delete_page
from app.web.pages.articles.history import REVISIONS_PER_PAGE, history_page, unchanged_path
from app.web.pages.articles.similar import MAX_RELATIVES, look_page
from app.web.pages.intake.batch import intake_path
from app.web.templating import render, see_other, wants_partial
from app.web.urls import base_url

router = APIRouter()
FORM = "articles/form.html"
CHECK = "articles/check.html"
LOOK = "articles/_similar.html"
HISTORY = "articles/history.html"


@router.post("/articles")
def add(request: Request, db: DatabaseDep, settings: SettingsDep, sent: Submitted) -> Response:
    """Redirect to the saved article or, where something is to be asked, to its preview; or show the form again."""
    fields = article_form.typed(sent, asks_name=identity.unnamed(request, settings) is not None)
    try:
        require_editor(request)
        actor = identity.actor_or(request, settings, fields.editor or "")
        fields, looked = article_form.read(fields, sent, settings.max_text)
        draft = article_form.draft_read(looked, settings.max_text)
        if looked.preview.rejoined and not fields.lines:
            return identity.saved(request, settings, fields.editor, _previewed(db, looked))
        answer = submit(
            db,
            draft,
            seen=fields.seen.split(),
            confirmed=bool(fields.again),
            max_listed=MAX_RELATIVES,
            actor=actor,
            beside=captures.beside(looked, settings.keep_captures),
        )
    except VariorumError as error:
        needs_key = isinstance(error, errors.EditKeyNeededError)
        return errors.rejected(request, FORM, form.adding(fields, settings.max_text, error, needs_key), error)
    path = (
        _previewed(db, looked)
        if isinstance(answer, LookAlikes)
        else f"{article_path(answer.article)}?told=saved"
    )
    return identity.saved(request, settings, fields.editor, path)


def _previewed(db: Database, looked: intakes.Looked) -> str:
    """Store what was read for the preview, which shows what it resembles, and return the preview's address."""
    return intake_path(intakes.bring_looked(db, looked, looked.preview))


@router.post("/articles/look", dependencies=[Editor])
def look(request: Request, db: DatabaseDep, settings: SettingsDep, sent: Submitted) -> Response:
    """Show what looks like the text so far: beside the form for htmx, else on the preview."""
    fields, note = article_form.typed(sent, asks_name=identity.unnamed(request, settings) is not None), ""
    try:
        if not wants_partial(request):
            return see_other(_previewed(db, article_form.read(fields, sent, settings.max_text)[1]))
        fields, _ = article_form.with_file(fields, sent, settings.max_text)
    except InvalidInputError as error:
        if not wants_partial(request):
            return errors.rejected(request, FORM, form.adding(fields, settings.max_text, error), error)
        note = error.fields.get("file", error.message)
    draft = None if note else article_form.preview_draft(fields)
    relatives = candidates.find_relatives(db, draft, MAX_RELATIVES) if draft else None
    return render(request, LOOK, look_page(relatives, note))


Start = Annotated[int, Query(alias="from", ge=1, le=10_000_000)]


@router.get("/articles/{article}", dependencies=[Kept])
def read(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    waiting: WaitingDep,
    article: str,
    start: Start = 1,
    notice: Annotated[str, Query(alias="told")] = "",
    q: str = "",
) -> Response:
    """Show the newest revision."""
    return _page(request, db, settings, waiting, article, None, start, q, notice)


@router.get("/articles/{article}/revisions/{number}", dependencies=[Kept])
def revision(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    waiting: WaitingDep,
    article: str,
    number: str,
    start: Start = 1,
    q: str = "",
) -> Response:
    """Show one revision, which never changes."""
    return _page(request, db, settings, waiting, article, _counted(number), start, q)


@router.get("/articles/{article}/history")
def history(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    article: str,
    before: Annotated[int | None, Query(ge=1, le=1_000_000_000)] = None,
    unchanged: Annotated[int | None, Query(ge=1, le=1_000_000_000)] = None,
    sentence: str = "",
) -> Response:
    """Show the article's revisions with what each changed, and in which of them a sentence is."""
    sentences, problem = None, None
    try:
        sentences = histories.find_sentence(db, article, sentence) if sentence.strip() else None
    except InvalidInputError as error:
        problem = error
    is_editor = edit_access.state(request, settings).may
    stored = histories.read_history(db, article, REVISIONS_PER_PAGE, before)
    page = history_page(
        stored,
        sentences,
        typed=sentence[: histories.MAX_SENTENCE_CHARS],
        problem=str(problem or ""),
        before=before,
        unchanged=unchanged,
        is_editor=is_editor,
    )
    if problem:
        return errors.rejected(request, HISTORY, page, problem)
    if stored.is_complete:
        kept.keep(request)
    return render(request, HISTORY, page)


@router.get("/articles/{article}/history/compare")
def compare_revisions(
    db: DatabaseDep,
    article: str,
    first: Annotated[int, Query(alias="from", ge=1, le=1_000_000_000)],
    to: Annotated[int, Query(ge=1, le=1_000_000_000)],
) -> Response:
    """Redirect to the comparison of two revisions of the article."""
    return see_other(compare_path(*histories.pair(db, article, first, to)))


@router.get("/articles/{article}/revisions/{number}/last-change")
def last_change(db: DatabaseDep, article: str, number: str) -> Response:
    """Redirect to the comparison that shows the last change of substance up to a revision.

    Where there is none, the history says so.
    """
    changed = histories.last_change(db, article, _counted(number))
    if changed is None:
        return see_other(unchanged_path(article, _counted(number)))
    return see_other(compare_path(*histories.pair(db, article, changed - 1, changed)))


def _counted(number: str) -> int:
    if (counted := permalinks.number(number, 9)) is None:
        raise NotFoundError("There is no such revision.", "Revisions are numbered 1, 2, 3 and so on.")
    return counted


def _page(
    request: Request,
    db: Database,
    settings: Settings,
    waiting: Waiting,
    article: str,
    number: int | None,
    start: int,
    query: str,
    notice: str = "",
) -> Response:
    query = " ".join(query[:MAX_QUERY_CHARS].split())
    is_editor = edit_access.state(request, settings).may
    page = article_page(
        snapshot(db, article, number, query=query, max_choices=MAX_CHOICES, public_only=not is_editor),
        waiting,
        can_watch=settings.watches,
        newest_asked=number is None,
        start=start,
        notice=cast(Notice, notice if notice in get_args(Notice) else ""),
        query=query,
        may_write=is_editor,
    )
    return render(request, "articles/article.html", page)


@router.get("/articles/{article}/edit", dependencies=[Editor])
def edit_form(request: Request, db: DatabaseDep, settings: SettingsDep, article: str) -> Response:
    """Show the form with the current text."""
    stored = store.read(db, article)
    return render(
        request,
        FORM,
        form.editing(
            article,
            form.fields_of(stored, identity.unnamed(request, settings)),
            settings.max_text,
            publishers=known_publishers(db),
        ),
    )


@router.post("/articles/{article}/edit")
def edit(request: Request, db: DatabaseDep, settings: SettingsDep, sent: Submitted, article: str) -> Response:
    """Redirect to the article in its new revision, or answer with a question or the form again."""
    fields = article_form.typed(sent, asks_name=identity.unnamed(request, settings) is not None)
    meanwhile = None
    try:
        stored = store.read(db, article)
    except NotFoundError:
        if not fields.text.strip():
            raise
        return _deleted_meanwhile(request, fields, settings.max_text)
    fields = article_form.with_earlier_choice(fields, stored)
    try:
        require_editor(request)
        actor = identity.actor_or(request, settings, fields.editor or "")
        article_form.refuse_undecodable(sent)
        draft = article_form.draft(fields, settings.max_text)
        if fields.revision != str(stored.newest):
            raise EditedMeanwhileError(stored.newest)
        if sent.line("back"):
            page = form.editing(article, fields, settings.max_text, publishers=known_publishers(db))
            return render(request, FORM, page)
        if joined := article_form.unasked_rejoining(fields):
            action = f"{article_path(article)}/edit"
            return render(request, CHECK, form.line_breaks(action, fields, draft.paragraphs, joined))
        saved = store.edit(db, article, draft, expected=stored.newest, actor=actor)
    except VariorumError as error:
        if isinstance(error, EditedMeanwhileError):
            meanwhile = error.newest
            fields = replace(fields, revision=str(meanwhile))
        needs_key = isinstance(error, errors.EditKeyNeededError)
        page = form.editing(
            article,
            fields,
            settings.max_text,
            error,
            needs_key=needs_key,
            meanwhile=meanwhile,
            publishers=known_publishers(db),
        )
        return errors.rejected(request, FORM, page, error)
    notice = "unchanged" if saved.number == stored.newest else "revised"
    return identity.saved(request, settings, fields.editor, f"{article_path(article)}?told={notice}")


def _deleted_meanwhile(request: Request, fields: form.ArticleFields, max_text: int) -> Response:
    """Offer what was typed for an article that has been deleted as a new article."""
    error = NotFoundError(
        "This article was deleted while you were editing, so nothing was saved.",
        "Your text is below. If you save it, it becomes a separate article.",
    )
    fields = replace(fields, revision="", lines="", again="")
    return errors.rejected(request, FORM, form.adding(fields, max_text, error), error)


@router.get("/articles/{article}/delete", dependencies=[Editor])
def delete_form(request: Request, db: DatabaseDep, settings: SettingsDep, article: str) -> Response:
    """Show what would be deleted, and which links would stop working."""
    return render(
        request,
        "articles/delete.html",
        delete_page(article, deletion_impact.assess(db, article), base_url(request), settings.trash_days),
    )


@router.post("/articles/{article}/delete", dependencies=[Editor])
def delete(request: Request, db: DatabaseDep, settings: SettingsDep, article: str) -> Response:
    """Put the article into the trash and redirect to the library, which offers to undo it."""
    batch = trash.delete(db, article, actor=identity.actor(request, settings))
    return see_other(f"/?deleted={batch}")
