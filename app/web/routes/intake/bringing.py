"""Bring articles in: the box, what was read to be corrected, and saving it."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.db.engine.base import Database
from app.errors import (
    ContestedError,
    InvalidInputError,
    NotFoundError,
    UnreadableError,
    VariorumError,
)
from app.permalinks import article_path, is_id
from app.services.articles import store
from app.services.intake import intakes, saving
from app.services.intake.intakes import Brought, Intake
from app.services.intake.merging import Corrected, Correction, corrected
from app.services.intake.neighbours import Neighbours, compare_whole, find_neighbours
from app.services.intake.preview import Preview
from app.services.intake.queue import IntakeQueue
from app.services.stories import library
from app.settings import Settings
from app.sources.fetching.links import links_in, parse_link
from app.sources.text import refuse_too_large
from app.web import errors
from app.web.dependencies import DatabaseDep, Editor, SettingsDep, require_editor
from app.web.editing import identity
from app.web.form_data import Submission, Submitted
from app.web.pages.articles.similar import MAX_RELATIVES
from app.web.pages.intake.batch import batch_page, batch_path, intake_path
from app.web.pages.intake.box import MAX_LINKS, BoxView, SavedView, box_page, box_view
from app.web.pages.intake.draft_comparison import draft_comparison_page
from app.web.pages.intake.preview_page import preview_page
from app.web.pages.intake.preview_parts import Moved
from app.web.routes.intake.corrections import correction_of, moved_in, moves, refuse_contested
from app.web.templating import render, see_other, wants_partial
from app.web.urls import base_url

router = APIRouter()
BOX = "intake/box.html"
COMPARE = "intake/compare.html"
PREVIEW = "intake/preview.html"
PREVIEW_PART = "intake/_preview.html"
BATCH = "intake/batch.html"
BATCH_PART = "intake/_batch.html"


@router.get("/articles/new", dependencies=[Editor])
def ask(request: Request, db: DatabaseDep, settings: SettingsDep, url: str = "", saved: str = "") -> Response:
    """Show the box, with the link in it that the address names; nothing is fetched yet."""
    view = _box(request, settings, text=url[:2000])
    return render(request, BOX, box_page(view, base_url(request), saved=_saved_just_now(db, saved)))


@router.post("/articles/new")
def read(request: Request, db: DatabaseDep, settings: SettingsDep, sent: Submitted) -> Response:
    """Redirect to what was read, or to where it is being fetched; or show the box again."""
    queue: IntakeQueue = request.app.state.intake_queue
    text = sent.text("text")
    try:
        require_editor(request)
        brought = _brought(sent, settings)
        if all(each.kind == "link" for each in brought):
            queue.refuse_unless_fetching()
        ids = intakes.bring(db, brought)
        if len(ids) > 1:
            queue.read_later(ids)
            return see_other(batch_path(intakes.read(db, ids[0]).batch))
        if brought[0].kind == "link":
            queue.read_later(ids)
        else:
            queue.read_now(ids[0])
            intake = intakes.read(db, ids[0])
            if intake.state == "failed" and not intake.choices:
                message, _, advice = intake.message.partition("\n")
                raise UnreadableError(message, advice.replace("\n", " "))
        return see_other(intake_path(ids[0]))
    except VariorumError as error:
        needs_key = isinstance(error, errors.EditKeyNeededError)
        view = _box(request, settings, text=text, address=sent.line("address"))
        page = box_page(view, base_url(request), error=error, needs_key=needs_key)
        return errors.rejected(request, BOX, page, error)


@router.get("/articles/new/batch/{batch}", dependencies=[Editor])
def together(request: Request, db: DatabaseDep, batch: str) -> Response:
    """Show how far each of the links or files is that were brought together."""
    page = batch_page(batch, intakes.read_batch(db, batch))
    return render(request, BATCH_PART if wants_partial(request) else BATCH, page)


@router.get("/articles/new/{intake}", dependencies=[Editor])
def look(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    intake: str,
    opened: Annotated[int | None, Query(alias="edit", ge=0, le=1_000_000)] = None,
    moved: str = "",
) -> Response:
    """Show what was read, to be corrected and saved; once it was saved, redirect to the article."""
    current = intakes.read(db, intake)
    if current.state == "saved":
        return see_other(article_path(current.article))
    page = _page(request, db, settings, current, opened=opened, moved=moved_in(moved))
    if wants_partial(request) and current.state != "waiting":
        page.headers["HX-Refresh"] = "true"  # the reading is done, so it is another page now
    return page


@router.get("/articles/new/{intake}/compare", dependencies=[Editor])
def compare(
    request: Request, db: DatabaseDep, intake: str, article: Annotated[str, Query(alias="with")]
) -> Response:
    """Show what was read beside a stored article, before it is saved; once it was, redirect to the article."""
    current = intakes.read(db, intake)
    if current.state == "saved":
        return see_other(article_path(current.article))
    comparison = compare_whole(db, current.preview, article)
    return render(request, COMPARE, draft_comparison_page(intake, comparison))


@router.post("/articles/new/{intake}")
def change(
    request: Request, db: DatabaseDep, settings: SettingsDep, sent: Submitted, intake: str
) -> Response:
    """Store what was corrected, and do what the button says that was pressed."""
    queue: IntakeQueue = request.app.state.intake_queue
    action, _, argument = sent.line("do").partition(":")
    sought = correction_of(sent, action, argument)
    current = intakes.read(db, intake)
    result = corrected(current.preview, replace(sought, action="", place=None))
    try:
        require_editor(request)
        _refuse_undecodable(sent)

        def correct(stored: Preview) -> Preview:
            nonlocal result
            result = corrected(stored, sought)
            return result.preview

        current = intakes.change(db, intake, correct)
        if current.state == "saved":
            return see_other(_path_of_saved(db, current.article, sought))
        if current.state == "ready":
            refuse_contested(result, action)
        match action:
            case "again":
                queue.refuse_unless_fetching()
                intakes.try_again(db, intake)
                queue.read_later([intake])
            case "encoding" if argument in {name for name, _ in current.choices}:
                queue.read_now(intake, argument)
            case "compare" if is_id(argument):
                return see_other(f"{intake_path(intake)}/compare?with={argument}")
            case "save" | "more" | "revision" | "capture":
                return _save(request, db, settings, sent, current, action, argument)
            case _:
                pass
    except saving.AlreadySavedError as error:
        return see_other(_path_of_saved(db, error.article, sought))
    except VariorumError as error:
        if current.state != "ready":
            raise
        contested = result if isinstance(error, ContestedError) else None
        if isinstance(error, errors.EditKeyNeededError):
            # Shown, not stored: the key may have expired meanwhile.
            current = replace(current, preview=result.preview)
        return _page(
            request, db, settings, current, error=error, editor=sent.line("editor"), contested=contested
        )
    place = result.index
    opened = place if action == "open" else None
    moved = Moved(place, result.before) if place is not None and moves(action) else None
    if wants_partial(request):
        return _page(request, db, settings, intakes.read(db, intake), opened=opened, moved=moved)
    fragment = "#moved" if moved else f"#b-{place}" if place is not None else ""
    query = (
        f"?edit={opened}" if opened is not None else f"?moved={moved.index}.{moved.before}" if moved else ""
    )
    return see_other(f"{intake_path(intake)}{query}{fragment}")


def _path_of_saved(db: Database, article: str, sent: Correction) -> str:
    """Return the article that was saved before this came; it says so where something that was sent is not in it."""
    told = "?told=late" if saving.is_missing_in(db, article, sent) else ""
    return f"{article_path(article)}{told}"


def _save(
    request: Request,
    db: Database,
    settings: Settings,
    sent: Submission,
    intake: Intake,
    action: str,
    article: str,
) -> Response:
    """Save what was brought in, in the way that was asked for, and redirect to it."""
    typed = sent.line("editor")
    actor = identity.actor_or(request, settings, typed)
    limits = {"max_text": settings.max_text, "max_capture": settings.keep_captures}
    if action == "revision":
        before = store.read(db, article).newest
        ref = saving.save_as_revision(db, intake, article, actor=actor, **limits)
        path = f"{article_path(ref.article)}?told={'unchanged' if ref.number == before else 'revised'}"
    elif action == "capture":
        ref = saving.keep_as_capture(db, intake, article, max_capture=settings.keep_captures)
        path = f"{article_path(ref.article)}?told=captured"
    else:
        ref = saving.save_as_article(db, intake, actor=actor, **limits)
        path = (
            f"/articles/new?saved={ref.article}"
            if action == "more"
            else f"{article_path(ref.article)}?told=saved"
        )
    return identity.saved(request, settings, typed, path)


def _page(
    request: Request,
    db: Database,
    settings: Settings,
    intake: Intake,
    *,
    opened: int | None = None,
    error: VariorumError | None = None,
    editor: str = "",
    moved: Moved | None = None,
    contested: Corrected | None = None,
) -> Response:
    """Return the page of what is being brought in, or the part of it that a script asks for."""
    is_ready = intake.state == "ready"
    neighbours = (
        find_neighbours(db, intake.preview, MAX_RELATIVES) if is_ready else Neighbours(None, None, None, None)
    )
    address = intake.name if intake.kind == "link" else ""
    page = preview_page(
        intake,
        neighbours,
        _box(request, settings, address=address),
        editor=None if identity.unnamed(request, settings) is None else editor,
        opened=opened,
        error=error,
        needs_key=isinstance(error, errors.EditKeyNeededError),
        is_alone=len(intakes.read_batch(db, intake.batch)) == 1,
        publishers=library.known_publishers(db) if is_ready else (),
        moved=moved,
        contested=contested,
    )
    template = PREVIEW_PART if wants_partial(request) else PREVIEW
    return errors.rejected(request, template, page, error) if error else render(request, template, page)


def _brought(sent: Submission, settings: Settings) -> list[Brought]:
    """Return what the box holds: files, links or a text. Raises InvalidInputError where it holds nothing."""
    _refuse_undecodable(sent)
    text, address = sent.text("text"), sent.line("address")
    if address:
        parse_link(address)
    refuse_too_large(len(text.encode()), settings.max_text)
    files = [Brought("file", upload.name, upload.content, address) for upload in sent.uploads]
    if sum(len(file.content) for file in files) > settings.max_file:
        raise InvalidInputError(
            f"These files are more than the {settings.max_file:,} bytes that are taken at once.",
            "Bring fewer at a time, or the part of a file that you need.",
        )
    links = links_in(text)
    if len(links) > MAX_LINKS:
        raise InvalidInputError(f"{MAX_LINKS} links are the most at once.", "Bring the others afterwards.")
    for link in links:
        if len(links) == 1 or not link.lower().startswith("http"):
            parse_link(link)
    brought = [*files, *(Brought("link", link) for link in links)]
    if text.strip() and not links:
        brought.append(Brought("text", "", text.encode(), address))
    if not brought:
        raise InvalidInputError(
            "There is nothing here yet, so nothing was read.", "Paste a link or a text, or choose a file."
        )
    return brought


def _refuse_undecodable(sent: Submission) -> None:
    if sent.undecodable:
        raise UnreadableError(
            "What was sent cannot be read as text: its bytes are no UTF-8.", "Type or paste it again."
        )


def _box(request: Request, settings: Settings, text: str = "", address: str = "") -> BoxView:
    queue: IntakeQueue = request.app.state.intake_queue
    return box_view(
        fetches=queue.fetches,
        is_online=queue.is_online,
        max_file=settings.max_file,
        text=text,
        address=address,
    )


def _saved_just_now(db: Database, article: str) -> SavedView | None:
    try:
        stored = store.read(db, article) if is_id(article) else None
    except NotFoundError:
        return None
    return SavedView(stored.title, article_path(article)) if stored else None
