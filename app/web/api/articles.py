"""Articles, their revisions and captures, and what they are related to."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from app.db.engine.base import Database
from app.errors import EditedMeanwhileError
from app.permalinks import article_path, text_digest
from app.services import preparing
from app.services.articles import catalogue, store, trash
from app.services.articles import history as histories
from app.services.articles.history import MAX_SENTENCE_CHARS
from app.services.articles.submit import LookAlikes, submit
from app.services.relations import relate
from app.web import urls
from app.web.api.access import Writer
from app.web.api.answers import (
    answer,
    api_link,
    listing,
    numbered_listing,
    precondition_failed,
    require_match,
)
from app.web.api.bodies import ArticleEdit, ArticleIn, body_of, takes
from app.web.api.bringing.sent_article import read_again, read_sent
from app.web.api.models import texts
from app.web.api.models.keeping import RevisionsRunOut, SentenceOut
from app.web.api.parameters import (
    DEFAULT_ITEMS,
    ArticleCursor,
    ArticleId,
    Before,
    Limit,
    Page,
    RevisionId,
    RevisionNumber,
    SinceDay,
    UntilDay,
    api_router,
    cursor_of,
    one_line,
    place_of,
)
from app.web.dependencies import DatabaseDep, Kept, SettingsDep
from app.web.editing import identity
from app.web.pages.articles.similar import MAX_RELATIVES
from app.web.problems import FOLDER, ProblemError

router = api_router("articles")


@router.get("/articles", dependencies=[Kept], response_model=texts.ArticlesOut)
def list_articles(
    request: Request,
    db: DatabaseDep,
    limit: Limit = DEFAULT_ITEMS,
    cursor: ArticleCursor = None,
    publisher: Annotated[str, Query(max_length=300, description="One name of several is enough.")] = "",
    since: SinceDay = None,
    until: UntilDay = None,
) -> Response:
    """List the articles, newest first."""
    entries, following = catalogue.list_articles(
        db, limit, after=place_of(cursor), publisher=one_line(publisher), since=since, until=until
    )
    base = urls.base_url(request)
    return listing(
        request,
        texts.ArticlesOut,
        entries,
        limit,
        lambda entry: texts.entry_out(entry, base),
        following={"cursor": cursor_of(following.added_at, following.article)} if following else None,
    )


@router.post(
    "/articles",
    dependencies=[Writer],
    status_code=201,
    response_model=texts.ArticleOut,
    openapi_extra=takes(ArticleIn),
)
def add_article(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    sent: Annotated[ArticleIn, Depends(body_of(ArticleIn))],
) -> Response:
    """Save a new article; refused with 409 if it resembles a stored one, unless ``again`` is sent."""
    actor = identity.actor(request, settings)
    read = read_sent(sent, settings, request.app.state.intake_queue)
    if sent.sha256 not in ("", text_digest(read.draft.paragraphs)):
        raise ProblemError(
            "conflict",
            "It is no longer read as it was, so it was not saved.",
            "Look at a new reading, and send the sha256 of that.",
        )
    saved = submit(
        db,
        read.draft,
        confirmed=sent.again,
        max_listed=MAX_RELATIVES,
        actor=actor,
        beside=read.beside(settings),
    )
    if isinstance(saved, LookAlikes):
        raise _looks_the_same(request, saved)
    return _saved(request, db, saved.article, status=201)


@router.patch(
    "/articles/{article}",
    dependencies=[Writer],
    response_model=texts.ArticleOut,
    openapi_extra=takes(ArticleEdit),
)
def edit_article(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    article: ArticleId,
    sent: Annotated[ArticleEdit, Depends(body_of(ArticleEdit))],
) -> Response:
    """Save a new revision of an article; what is not sent stays as it is. 409 where there is a newer one."""
    stored = store.read(db, article)
    require_match(request, lambda: texts.article_out(stored, urls.base_url(request)))
    chosen = {name: getattr(sent, name) for name in sent.model_fields_set if name in _EDITED}
    fields = {
        name: chosen[name] if chosen.get(name) is not None else getattr(stored, name) for name in _EDITED
    }
    if "published_on" in chosen:
        fields["published_on"] = chosen["published_on"]
    beside = None
    if sent.link is not None:
        draft, beside = read_again(sent, stored, settings, request.app.state.intake_queue)
    else:
        draft = preparing.draft_of_text(**fields, limit=settings.max_text)
    if (
        sent.link is None and draft.paragraphs == stored.paragraphs
    ):  # what an editor marked as page extras stays so
        draft = replace(draft, furniture=stored.furniture)
    try:
        actor = identity.actor(request, settings)
        store.edit(db, article, draft, sent.revision, actor=actor, beside=beside)
    except EditedMeanwhileError as error:
        raise ProblemError("conflict", error.message, "Read that revision, and edit it.") from error
    return _saved(request, db, article)


@router.delete("/articles/{article}", dependencies=[Writer], status_code=204, response_class=Response)
def delete_article(request: Request, db: DatabaseDep, settings: SettingsDep, article: ArticleId) -> Response:
    """Put an article into the trash, from where an editor can put it back."""
    expected = None
    if request.headers.get("if-match", "*").strip() != "*":
        stored = store.read(db, article)
        require_match(request, lambda: texts.article_out(stored, urls.base_url(request)))
        expected = stored.newest
    try:
        trash.delete(db, article, actor=identity.actor(request, settings), expected=expected)
    except EditedMeanwhileError as error:  # between that look and the deletion
        raise precondition_failed() from error
    return Response(status_code=204)


@router.get("/articles/{article}", dependencies=[Kept], response_model=texts.ArticleOut)
def read_article(request: Request, db: DatabaseDep, article: ArticleId) -> Response:
    """Answer with an article in its newest revision."""
    return answer(request, texts.article_out(store.read(db, article), urls.base_url(request)))


@router.get("/articles/{article}/revisions", dependencies=[Kept], response_model=texts.RevisionsOut)
def list_revisions(
    request: Request, db: DatabaseDep, article: ArticleId, limit: Limit = DEFAULT_ITEMS, before: Before = None
) -> Response:
    """List an article's revisions, the newest first, with what each changed."""
    base, comparisons = urls.base_url(request), api_link(request, "/comparisons")
    entries = histories.read_history(db, article, limit, before).entries
    return listing(
        request,
        texts.RevisionsOut,
        [*entries, *entries[:1] * (bool(entries) and entries[-1].revision.number > 1)],
        limit,
        lambda entry: texts.revision_out(entry, base, comparisons),
        lambda entry: {"before": entry.revision.number},
    )


@router.get("/articles/{article}/history", dependencies=[Kept], response_model=SentenceOut)
def find_sentence(
    request: Request,
    db: DatabaseDep,
    article: ArticleId,
    sentence: Annotated[str, Query(max_length=MAX_SENTENCE_CHARS, description="A sentence, or words of it.")],
) -> Response:
    """Answer with the revisions of an article that have a sentence, and so which added it and which removed it."""
    history = histories.find_sentence(db, article, sentence.replace("\0", " "))
    runs = [RevisionsRunOut(first=first, last=last) for first, last in history.runs]
    return answer(
        request,
        SentenceOut(sentence=history.sentence, items=runs, oldest=history.oldest, newest=history.newest),
    )


@router.get("/articles/{article}/revisions/{number}", dependencies=[Kept], response_model=texts.ArticleOut)
def read_revision(request: Request, db: DatabaseDep, article: ArticleId, number: RevisionNumber) -> Response:
    """Answer with one revision, which never changes."""
    return answer(request, texts.article_out(store.read(db, article, number), urls.base_url(request)))


@router.get("/revisions/{revision}", dependencies=[Kept], response_model=texts.ArticleOut)
def read_by_revision_id(request: Request, db: DatabaseDep, revision: RevisionId) -> Response:
    """Answer with the revision that a comparison names by its own id."""
    entry = store.by_revision(db, revision)
    return answer(
        request, texts.article_out(store.read(db, entry.article, entry.number), urls.base_url(request))
    )


@router.get("/articles/{article}/captures", dependencies=[Kept], response_model=texts.CapturesOut)
def list_captures(
    request: Request, db: DatabaseDep, article: ArticleId, limit: Limit = DEFAULT_ITEMS, page: Page = 1
) -> Response:
    """List where an article's texts came from, the latest first."""
    every = catalogue.read_origin(db, article).captures
    return numbered_listing(
        request,
        texts.CapturesOut,
        every,
        limit,
        page,
        texts.capture_out,
    )


@router.get("/articles/{article}/related", dependencies=[Kept], response_model=texts.RelativesOut)
def list_related(
    request: Request, db: DatabaseDep, article: ArticleId, limit: Limit = DEFAULT_ITEMS, page: Page = 1
) -> Response:
    """List what shares text with an article or tells the same, the closest first."""
    revision = store.read(db, article).revision
    relatives = relate.ensure_relations(db, revision)
    every = (*relatives.reuse, *relatives.quoting, *relatives.same_story)
    base, comparisons = urls.base_url(request), api_link(request, "/comparisons")
    return numbered_listing(
        request,
        texts.RelativesOut,
        every,
        limit,
        page,
        lambda relative: texts.relative_out(relative, revision, base, comparisons),
    )


_EDITED = ("title", "text", "publisher", "author", "published_on", "url")
"""What an edit may change."""


def _saved(request: Request, db: Database, article: str, *, status: int = 200) -> Response:
    content = texts.article_out(store.read(db, article), urls.base_url(request))
    response = answer(request, content, status=status)
    if status == 201:
        response.headers["Location"] = f"{FOLDER}{article_path(article)}"
    return response


def _looks_the_same(request: Request, alike: LookAlikes) -> ProblemError:
    base = urls.base_url(request)
    listed = [*alike.same, *(relative.article for relative in alike.relatives)]
    unique = {entry.article: entry for entry in listed}
    return ProblemError(
        "looks-the-same",
        "This text is stored already, or shares text with stored articles, so it was not saved.",
        "Look at the articles under alike. To save it all the same, send it again with “again”: true.",
        {"alike": [texts.entry_out(entry, base).model_dump(mode="json") for entry in unique.values()]},
    )
