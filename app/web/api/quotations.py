"""Quotations: all of them, one in all its versions, those of one article."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from app.services.articles import store
from app.services.quotations import versions
from app.services.quotations.listing import list_quotations
from app.web import urls
from app.web.api.answers import answer, listing, numbered_listing
from app.web.api.models import quotations
from app.web.api.parameters import DEFAULT_ITEMS, ArticleId, Limit, Page, QuotationId, api_router, one_line
from app.web.dependencies import DatabaseDep, Kept

router = api_router("quotations")


@router.get("/quotations", dependencies=[Kept], response_model=quotations.QuotationsOut)
def list_all_quotations(
    request: Request,
    db: DatabaseDep,
    speaker: Annotated[str, Query(max_length=300, description="A person’s name, in any spelling.")] = "",
    reworded: Annotated[bool, Query(description="Only those that are worded in several ways.")] = False,
    q: Annotated[str, Query(max_length=300, description="Words that a quotation has to hold.")] = "",
    page: Page = 1,
) -> Response:
    """List the quotations, those that most articles print first."""
    listed = list_quotations(db, one_line(speaker) or None, reworded=reworded, query=one_line(q), page=page)
    base = urls.base_url(request)
    return listing(
        request,
        quotations.QuotationsOut,
        [*listed.entries, *listed.entries[:1] * listed.more],
        len(listed.entries),
        lambda quotation: quotations.quotation_entry_out(quotation, base),
        lambda _: {"page": page + 1},
    )


@router.get("/quotations/{quotation}", dependencies=[Kept], response_model=quotations.QuotationOut)
def read_quotation(request: Request, db: DatabaseDep, quotation: QuotationId) -> Response:
    """Answer with every version of a quotation."""
    return answer(request, quotations.quotation_out(versions.read_versions(db, quotation)))


@router.get(
    "/articles/{article}/quotations", dependencies=[Kept], response_model=quotations.ArticleQuotationsOut
)
def list_article_quotations(
    request: Request, db: DatabaseDep, article: ArticleId, limit: Limit = DEFAULT_ITEMS, page: Page = 1
) -> Response:
    """List the quotations of an article's newest revision, in the text's order."""
    stored = store.read(db, article)
    every = versions.ensure_quotations(db, stored.revision)
    base = urls.base_url(request)
    return numbered_listing(
        request,
        quotations.ArticleQuotationsOut,
        every,
        limit,
        page,
        lambda quotation: quotations.article_quotation_out(quotation, stored.paragraphs, base),
    )
