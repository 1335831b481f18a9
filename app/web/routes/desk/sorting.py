"""Tags and collections for ticked articles, and publishers that are one and the same."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.db.engine.base import Database
from app.errors import InvalidInputError, NotFoundError, VariorumError
from app.permalinks import is_id
from app.services.articles import labels
from app.services.articles.labels import Kind
from app.services.summaries import ArticleEntry
from app.web import errors, formatting
from app.web.dependencies import DatabaseDep, Editor, Kept, SettingsDep
from app.web.editing import identity
from app.web.form_data import Submitted
from app.web.pages.sorting.labels_page import UndoneLabel, labels_page, publishers_page, sort_page
from app.web.routes.desk.ticked import require_some, ticked_articles
from app.web.templating import render

router = APIRouter()

PICKED = "sorting/picked.html"
PUBLISHERS = "sorting/publishers.html"


@router.get("/labels", dependencies=[Kept])
def listing(request: Request, db: DatabaseDep) -> Response:
    """List all tags and collections."""
    return render(request, "sorting/labels.html", labels_page(labels.known_labels(db)))


@router.get("/articles/labels", dependencies=[Editor])
def picked(
    request: Request, db: DatabaseDep, pick: Annotated[list[str], Query(default_factory=list)]
) -> Response:
    """Show the ticked articles, each named by a revision, with their tags and collections."""
    require_some(pick, "sorted")
    entries = ticked_articles(db, pick)
    return render(request, PICKED, _page(db, entries))


@router.post("/articles/labels", dependencies=[Editor])
def label(request: Request, db: DatabaseDep, settings: SettingsDep, sent: Submitted) -> Response:
    """Give the articles that the form names a tag or a collection, or take it away; show those that were ticked.

    What an earlier form did to some of them is undone by the opposite, to those of them alone.
    """
    articles = list(dict.fromkeys(sent.line("articles").split()))
    require_some(articles, "sorted")
    kind: Kind = "collection" if sent.line("kind") == "collection" else "tag"
    name, actor = sent.line("name"), identity.actor(request, settings)
    ticked = list(dict.fromkeys([*sent.line("ticked").split(), *articles]))
    require_some(ticked, "sorted")
    present = labels.entries(db, [article for article in ticked if is_id(article)])
    if not present:
        raise NotFoundError(
            "None of these articles is here any more.", "They may have been deleted meanwhile."
        )
    chosen = [entry.article for entry in present if entry.article in articles]
    does_take = sent.line("do") == "take"
    try:
        if does_take:
            changed = labels.take(db, chosen, kind, name, actor=actor)
            says = f"“{name}” was taken off {formatting.counted(len(changed), 'article')}."
        else:
            changed = labels.put(db, chosen, kind, name, actor=actor)
            says = f"“{labels.checked(name)}” was put on {formatting.counted(len(changed), 'article')}."
    except InvalidInputError as error:
        page = _page(db, present, message=error.message, advice=error.advice, typed=name)
        return errors.rejected(request, PICKED, page, error)
    undo = UndoneLabel(" ".join(changed), kind, name, "" if does_take else "take") if changed else None
    return render(request, PICKED, _page(db, present, says=says, undo=undo))


@router.get("/publishers", dependencies=[Editor])
def publishers(request: Request, db: DatabaseDep) -> Response:
    """List all publishers, with a form that merges two."""
    return render(request, PUBLISHERS, publishers_page(labels.publishers(db)))


@router.post("/publishers", dependencies=[Editor])
def merge(request: Request, db: DatabaseDep, settings: SettingsDep, sent: Submitted) -> Response:
    """Merge two names of one publisher, or part them again."""
    name, into, actor = sent.line("name"), sent.line("into"), identity.actor(request, settings)
    try:
        if sent.line("do") == "part":
            labels.part(db, name, actor=actor)
            says = f"“{name}” stands for itself again."
        else:
            canonical = labels.merge(db, name, into, actor=actor)
            says = f"“{name}” now counts as “{canonical}” in filters and searches. The articles were not changed."
    except VariorumError as error:
        if not isinstance(error, (InvalidInputError, NotFoundError)):
            raise
        page = publishers_page(
            labels.publishers(db), message=error.message, advice=error.advice, name=name, into=into
        )
        return errors.rejected(request, PUBLISHERS, page, error)
    return render(request, PUBLISHERS, publishers_page(labels.publishers(db), says=says))


def _page(
    db: Database, entries: Sequence[ArticleEntry], undo: UndoneLabel | None = None, **shown: str
) -> object:
    articles = [entry.article for entry in entries]
    return sort_page(entries, labels.known_labels(db, articles), labels.known_labels(db), undo=undo, **shown)
