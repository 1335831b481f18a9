"""Stories: the articles that reuse one another's text."""

from typing import Annotated, Literal

from fastapi import Query, Request
from starlette.responses import Response

from app import permalinks
from app.services.stories.library import Order, ShelfQuery, read_page
from app.services.stories.story import read_story
from app.web import urls
from app.web.api.answers import api_link, listing, numbered_listing
from app.web.api.models import stories
from app.web.api.models.texts import entry_out
from app.web.api.parameters import (
    DEFAULT_ITEMS,
    Limit,
    Page,
    SinceDay,
    StoryId,
    UntilDay,
    api_router,
    one_line,
)
from app.web.dependencies import DatabaseDep, Kept, SettingsDep
from app.web.editing import edit_access

router = api_router("stories")


@router.get("/stories", dependencies=[Kept], response_model=stories.StoriesOut)
def list_stories(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    limit: Limit = DEFAULT_ITEMS,
    page: Page = 1,
    publisher: Annotated[str, Query(max_length=300, description="As an article states it.")] = "",
    since: SinceDay = None,
    until: UntilDay = None,
    tag: Annotated[str, Query(max_length=300, description="Of several articles, one at least has it.")] = "",
    collection: Annotated[str, Query(max_length=300, description="As with `tag`.")] = "",
    only: Annotated[
        Literal["stories", "single"] | None, Query(description="Of several articles, or of one.")
    ] = None,
    sort: Annotated[Order, Query(description="What comes first.")] = "serious",
) -> Response:
    """List the stories and single articles."""
    query = ShelfQuery(
        publisher=one_line(publisher),
        since=since,
        until=until,
        tag=one_line(tag),
        collection=one_line(collection),
        is_story={"stories": True, "single": False}.get(only or ""),
    )
    public_only = not edit_access.state(request, settings).may
    listed = read_page(db, page, limit, query, sort, public_only=public_only)
    # A number beyond the last gives the last page, which a program would read again and again.
    entries = listed.entries if listed.page == page else ()
    base = urls.base_url(request)
    return listing(
        request,
        stories.StoriesOut,
        [*entries, *entries[:1] * (page < listed.pages)],
        len(entries),
        lambda story: stories.story_entry_out(story, base),
        lambda _: {"page": page + 1},
    )


@router.get("/stories/{story}", dependencies=[Kept], response_model=stories.StoryOut)
def read_one_story(
    request: Request,
    db: DatabaseDep,
    story: StoryId,
    base: Annotated[
        str | None,
        Query(pattern=r"^[a-z2-7]{16}$", description="The article from whose side the relations are given."),
    ] = None,
    limit: Limit = DEFAULT_ITEMS,
    page: Page = 1,
) -> Response:
    """Answer with the story that an article belongs to."""
    shown = read_story(db, story, base)
    base_url, comparisons = urls.base_url(request), api_link(request, "/comparisons")
    path = permalinks.story_path(shown.id)
    return numbered_listing(
        request,
        lambda **part: stories.StoryOut(
            id=shown.id,
            base=entry_out(shown.base, base_url),
            articles_count=len(shown.articles),
            link=base_url + path,
            paragraphs=f"{base_url}{permalinks.paragraphs_path(shown.id)}.json",
            **part,
        ),
        shown.articles,
        limit,
        page,
        lambda member: stories.member_out(member, shown.base.revision, base_url, comparisons),
    )
