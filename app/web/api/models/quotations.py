"""Quotations: which articles print which wording."""

from typing import Literal

from pydantic import Field

from app import permalinks
from app.services.quotations.listing import ListedQuotation
from app.services.quotations.versions import ArticleQuotation, QuotationVersions
from app.web.api.models.base import ApiModel, Id, Next
from app.web.pages.quotations.quotation_json import quotation_json

Place = tuple[int, int, int]
"""Paragraph, start and end, in code points from 0, marks included."""


class PrintingOut(ApiModel):
    """A quotation as an article prints it."""

    quotation: Id
    article: Id
    revision: Id
    number: int
    newest: bool = Field(description="Whether that is the article’s newest revision.")
    title: str
    publisher: str
    published_on: str = Field(description="ISO date; empty if none is stated.")
    places: list[Place] = Field(
        description="Paragraph, start and end of each part, in code points, marks included."
    )
    text: str
    speaker: str | None = Field(description="As printed.")
    person: str | None
    cue: str | None


class QuotationChangeOut(ApiModel):
    """A change from the most complete wording."""

    op: Literal["equal", "delete", "insert", "replace"]
    base: tuple[int, int]
    witness: tuple[int, int]
    typography: bool | None = None


class WordingOut(ApiModel):
    """Quotations in the same words."""

    kind: Literal["whole", "part", "reworded"]
    text: str
    in_most_complete: tuple[int, int]
    changes: list[QuotationChangeOut]
    carried_by: list[PrintingOut]


class QuotationOut(ApiModel):
    """Every version of a quotation (docs/formats.md)."""

    format: Literal[1]
    quotation: Id
    people: list[str]
    articles: int
    complete: bool = Field(description="Whether all that print it are listed.")
    wordings: list[WordingOut]


class QuotationEntryOut(ApiModel):
    """A quotation in the list, in its most complete wording."""

    id: Id
    text: str
    people: list[str] = Field(description="Who says it.")
    articles: int = Field(description="How many print a version.")
    wordings: int
    reworded: int = Field(description="How many wordings are in other words.")
    link: str


class QuotationsOut(ApiModel):
    """A part of the quotations, those that most articles print first."""

    items: list[QuotationEntryOut]
    next: Next


class ArticleQuotationOut(ApiModel):
    """A quotation of one article."""

    id: Id
    places: list[Place]
    text: str = Field(description="As the article prints it; parts joined by a space.")
    articles: int = Field(description="How many print a version; 0 if it is too short to have any.")
    reworded: bool = Field(description="Whether there are versions in other words.")
    link: str


class ArticleQuotationsOut(ApiModel):
    """A part of an article’s quotations, in the text’s order."""

    items: list[ArticleQuotationOut]
    next: Next


def quotation_out(versions: QuotationVersions) -> QuotationOut:
    """Return every version of a quotation."""
    return QuotationOut.model_validate(quotation_json(versions))


def quotation_entry_out(quotation: ListedQuotation, base: str) -> QuotationEntryOut:
    """Return a quotation in the list; ``base`` is the start of absolute links."""
    first = quotation.first[0]
    return QuotationEntryOut(
        id=first.id,
        text=first.text,
        people=list(quotation.people),
        articles=quotation.articles,
        wordings=quotation.wordings,
        reworded=quotation.reworded,
        link=base + permalinks.quotation_path(first.id),
    )


def article_quotation_out(
    quotation: ArticleQuotation, paragraphs: tuple[str, ...], base: str
) -> ArticleQuotationOut:
    """Return a quotation of the article with these paragraphs."""
    return ArticleQuotationOut(
        id=quotation.id,
        places=list(quotation.places),
        text=" ".join(paragraphs[index][start:end] for index, start, end in quotation.places),
        articles=quotation.articles,
        reworded=quotation.reworded,
        link=base + permalinks.quotation_path(quotation.id),
    )
