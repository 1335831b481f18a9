"""Articles, their revisions and captures, and what they are related to."""

from dataclasses import asdict
from datetime import date, datetime

from pydantic import Field

from app import permalinks
from app.collation.highlights.revised import RevisedText, Substance
from app.collation.model import FindingKind
from app.collation.relation import RelationKind
from app.collation.relations import Relation
from app.services.articles.history import HistoryEntry
from app.services.articles.origin import Capture
from app.services.articles.store import StoredArticle
from app.services.summaries import ArticleEntry, Relative
from app.web.api.models.base import ApiModel, Id, Next

DATED_AHEAD = "published_on was in the future when this revision was saved."


class ArticleEntryOut(ApiModel):
    """A revision of an article without its text. What is not stated is empty, or null for a date."""

    id: Id = Field(description="Of the article.")
    revision: Id
    number: int = Field(description="Of the revision, from 1.")
    title: str
    publisher: str
    author: str
    published_on: date | None
    url: str = Field(description="Where the publisher has it.")
    added_at: datetime = Field(description="When the article was first added, in UTC.")
    paragraphs_count: int = Field(description="Of all, the headline and page extras among them.")
    numbered_count: int = Field(
        description="Of those that pages number: neither the headline nor page extras."
    )
    link: str = Field(description="The page of this revision.")


class ArticlesOut(ApiModel):
    """A part of the articles, each in its newest revision."""

    items: list[ArticleEntryOut]
    next: Next


class ArticleOut(ArticleEntryOut):
    """A revision of an article with its text."""

    newest: int = Field(description="The number of the article’s newest revision.")
    saved_at: datetime = Field(description="When this revision was saved, in UTC.")
    text: str = Field(description="As it was submitted.")
    paragraphs: list[str]
    headline: int | None = Field(description="The index of the paragraph that repeats the title, from 0.")
    furniture: list[int] = Field(
        description="The indices of paragraphs that belong to the page, not to the article."
    )
    sha256: str = Field(description="Of the paragraphs, joined by line feeds, in UTF-8.")
    remarks: list[str] = Field(description="Likely mistakes in what is stated, a sentence each.")


class KnownPageOut(ApiModel):
    """An article that is here from the same page, or with the very text."""

    article: ArticleEntryOut
    is_same_text: bool = Field(description="Whether its newest text is still the same.")
    earlier: int | None = Field(
        description="The number of the earlier revision that has the text; null for none."
    )


class ReadingOut(ApiModel):
    """An article as it was read. Nothing of it is saved."""

    title: str
    publisher: str
    author: str
    published_on: date | None
    url: str
    language: str = Field(description="As the page or file states it.")
    captured_at: str = Field(description="When it was fetched or captured, in UTC; may be empty.")
    sources: dict[str, str] = Field(description="Where each field was found.")
    paragraphs: list[str]
    headline: int | None = Field(description="The index of the paragraph that repeats the title, from 0.")
    furniture: list[int] = Field(description="The indices of paragraphs that belong to the page.")
    sha256: str = Field(
        description="Of the paragraphs; send it when saving, to have it saved only if it is the same."
    )
    format: str
    encoding: str
    notes: list[str] = Field(description="What may be wrong with it, a sentence each.")
    address: str = Field(description="Where the page was in the end, after redirects; empty without a link.")
    size: int = Field(description="Of the page or file, in bytes; 0 for a text.")
    content_sha256: str = Field(description="Of the bytes as they came; empty for a text.")
    known: KnownPageOut | None
    alike: list[ArticleEntryOut] = Field(
        description="What shares text with it or tells the same, the nearest first."
    )


class PassageOut(ApiModel):
    """A place that a revision changed; either wording may be empty."""

    row: int = Field(description="Of the comparison with the revision before.")
    place: str = Field(description="The paragraph’s number as pages print it.")
    lead: str
    before: str
    after: str
    tail: str
    is_moved: bool


class RevisedOut(ApiModel):
    """What a revision changed in the text."""

    substance: Substance = Field(description="The most that changed.")
    edited: int = Field(description="Paragraphs of the article’s own with changed words, and so on.")
    added: int
    omitted: int
    moved: int
    findings: dict[FindingKind, int]
    passages: list[PassageOut] = Field(description="The first six places.")
    unshown: int


class StatedOut(ApiModel):
    """What is stated of the article, before and after."""

    field: str
    before: str
    after: str


class RevisionOut(ApiModel):
    """A revision in the list of an article’s revisions."""

    revision: Id
    number: int
    saved_at: datetime
    title: str
    publisher: str
    author: str
    published_on: date | None
    url: str
    paragraphs_count: int
    sha256: str
    source: str = Field(description="edit, import, watch, link, file, seeds; empty where that is not known.")
    stated: list[StatedOut] = Field(description="What of the stated fields it changed.")
    changed: RevisedOut | None = Field(
        description="Null for the first, and while it is still to be compared."
    )
    comparison: str | None = Field(description="With the revision before it, in the API; null for the first.")
    link: str


class RevisionsOut(ApiModel):
    """A part of an article’s revisions, the newest first."""

    items: list[RevisionOut]
    next: Next


class CaptureOut(ApiModel):
    """Where a revision’s text came from."""

    id: Id
    revision: Id
    number: int = Field(description="Of that revision.")
    captured_at: datetime
    kind: str = Field(description="`link`, `watch`, `text`, or the file’s format.")
    address: str
    file_name: str
    sha256: str = Field(description="Of the bytes as they came; empty for a pasted text.")
    size: int
    language: str
    sources: dict[str, str] = Field(description="Where each field was found.")
    is_kept: bool = Field(description="Whether the bytes are kept; editors can download them.")


class CapturesOut(ApiModel):
    """A part of an article’s captures, the latest first."""

    items: list[CaptureOut]
    next: Next


class RelationOut(ApiModel):
    """What two texts share, as seen from the first, the base."""

    kind: RelationKind
    resemblance: float
    base_in_witness: float = Field(description="The share of the base that is in the other, 0 to 1.")
    witness_in_base: float
    base_paragraphs: int
    witness_paragraphs: int
    base_shared: int = Field(description="How many of the base’s paragraphs are in the other.")
    witness_shared: int
    base_verbatim: int = Field(description="How many of these are there word for word.")
    witness_verbatim: int
    quotations: int
    reworded: int


class RelativeOut(ApiModel):
    """An article that is related to another."""

    article: ArticleEntryOut
    relation: RelationOut
    comparison: str = Field(description="The two compared, in the API.")


class RelativesOut(ApiModel):
    """A part of what an article is related to, the most interesting to a reader first."""

    items: list[RelativeOut]
    next: Next


def entry_fields(entry: ArticleEntry, base: str) -> dict[str, object]:
    """Return what answers say of an article; ``base`` is the start of absolute links."""
    return {
        "id": entry.article,
        "revision": entry.revision,
        "number": entry.number,
        "title": entry.title,
        "publisher": entry.publisher,
        "author": entry.author,
        "published_on": entry.published_on,
        "url": entry.url,
        "added_at": entry.added_at,
        "paragraphs_count": entry.paragraphs_count,
        "numbered_count": entry.numbered_count,
        "link": base + permalinks.revision_path(entry.article, entry.number),
    }


def entry_out(entry: ArticleEntry, base: str) -> ArticleEntryOut:
    """Return an article without its text."""
    return ArticleEntryOut.model_validate(entry_fields(entry, base))


def article_out(article: StoredArticle, base: str) -> ArticleOut:
    """Return an article with its text."""
    return ArticleOut.model_validate(
        entry_fields(article, base)
        | {
            "newest": article.newest,
            "saved_at": article.saved_at,
            "text": article.text,
            "paragraphs": list(article.paragraphs),
            "headline": article.headline,
            "furniture": list(article.furniture),
            "sha256": permalinks.text_digest(article.paragraphs),
            "remarks": [DATED_AHEAD] if article.is_dated_ahead else [],
        }
    )


def revision_out(entry: HistoryEntry, base: str, comparisons: str) -> RevisionOut:
    """Return a revision without its text, and what it changed; ``comparisons`` is where the API has them."""
    revision = entry.revision
    return RevisionOut(
        revision=revision.id,
        number=revision.number,
        saved_at=revision.saved_at,
        title=revision.title,
        publisher=revision.publisher,
        author=revision.author,
        published_on=revision.published_on,
        url=revision.url,
        paragraphs_count=revision.paragraphs_count,
        sha256=revision.digest,
        source=entry.source,
        stated=[StatedOut(field=each.field, before=each.before, after=each.after) for each in entry.stated],
        changed=_revised_out(entry.change) if entry.change else None,
        comparison=f"{comparisons}/{entry.previous}..{revision.id}" if entry.previous else None,
        link=base + permalinks.revision_path(revision.article, revision.number),
    )


def _revised_out(change: RevisedText) -> RevisedOut:
    return RevisedOut(
        substance=change.substance,
        edited=change.edited,
        added=change.added,
        omitted=change.omitted,
        moved=change.moved,
        findings=dict(change.findings),
        passages=[PassageOut.model_validate(asdict(each)) for each in change.passages],
        unshown=change.unshown,
    )


def capture_out(capture: Capture) -> CaptureOut:
    """Return a capture without its bytes."""
    return CaptureOut(
        id=capture.id,
        revision=capture.revision,
        number=capture.number,
        captured_at=capture.captured_at,
        kind=capture.kind,
        address=capture.address,
        file_name=capture.file_name,
        sha256=capture.sha256,
        size=capture.size,
        language=capture.language,
        sources=dict(capture.sources),
        is_kept=capture.is_kept,
    )


def relation_out(relation: Relation) -> RelationOut:
    """Return what two texts share."""
    return RelationOut.model_validate({name: getattr(relation, name) for name in RelationOut.model_fields})


def relative_out(relative: Relative, revision: str, base: str, comparisons: str) -> RelativeOut:
    """Return an article related to the one with this newest ``revision``; ``comparisons`` is where the API has them."""
    return RelativeOut(
        article=entry_out(relative.article, base),
        relation=relation_out(relative.relation),
        comparison=f"{comparisons}/{revision}..{relative.article.revision}",
    )
