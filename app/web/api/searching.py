"""The full-text search."""

from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import Response

from app.collation.model import FindingKind
from app.services.search.find import SearchRequest, Sort, search
from app.web import urls
from app.web.api.answers import api_link, listing
from app.web.api.models.search import SearchOut, note_hit_out, story_hits_out
from app.web.api.parameters import Page, SinceDay, UntilDay, api_router, one_line
from app.web.dependencies import DatabaseDep, Kept, SettingsDep
from app.web.editing import edit_access

router = api_router("search")

Chosen = Annotated[str, Query(max_length=300)]


@router.get("/search", dependencies=[Kept], response_model=SearchOut)
def search_texts(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    q: Annotated[
        str,
        Query(
            max_length=500, description="Words, “phrases”, begin*, -without, OR, and fields such as author:."
        ),
    ] = "",
    publisher: Chosen = "",
    language: Annotated[
        str, Query(max_length=35, pattern="^[A-Za-z0-9-]*$", description="Its code, such as en.")
    ] = "",
    since: SinceDay = None,
    until: UntilDay = None,
    kind: Annotated[
        FindingKind | None, Query(description="A kind of finding in a stored comparison.")
    ] = None,
    tag: Chosen = "",
    collection: Chosen = "",
    noted: Annotated[bool, Query(description="Only articles with notes.")] = False,
    sort: Annotated[Sort, Query(description="What comes first.")] = "relevance",
    below: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="A place in the index, as `next` has it.")
    ] = None,
    page: Page = 1,
) -> Response:
    """Search the texts of all articles: paragraphs, titles, publishers and authors. Any query is one."""
    chosen = SearchRequest(
        query=q.replace("\0", " "),
        publisher=one_line(publisher),
        language=one_line(language),
        since=since,
        until=until,
        kind=kind or "",
        tag=one_line(tag),
        collection=one_line(collection),
        is_noted=noted,
        sort=sort,
        below=below,
        page=page,
    )
    results = search(db, chosen, public_only=not edit_access.state(request, settings).may)
    # A number beyond the last gives the last page, which a program would read again and again.
    stories = results.stories if results.page == page else ()
    following: dict[str, Any] | None = None
    if stories and page < results.pages:
        following = {"page": page + 1}
    elif stories and results.floor:
        following = {"page": 1, "below": results.floor}
    base, notes = urls.base_url(request), api_link(request, "/notes")
    return listing(
        request,
        lambda **part: SearchOut(
            articles=results.articles,
            bounded=results.is_bounded,
            waiting=results.waiting,
            remarks=list(results.remarks),
            notes=[note_hit_out(hit, notes) for hit in results.notes] if page == 1 else [],
            **part,
        ),
        [*stories, *stories[:1] * (following is not None)],
        len(stories),
        lambda story: story_hits_out(story, base),
        lambda _: following or {},
    )
