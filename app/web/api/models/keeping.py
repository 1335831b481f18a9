"""Tags and publishers, export formats, evidence files, the trash, and when a sentence came and went."""

from datetime import date, datetime

from pydantic import Field

from app import permalinks
from app.services.articles.labels import Kind, LabelCount
from app.services.articles.trash import TrashedArticle
from app.services.evidence.kept_files import EvidenceFile
from app.web.api.models.base import ApiModel, Id, Next


class ExportOut(ApiModel):
    """A format in which something can be exported."""

    format: str
    name: str
    about: str = Field(description="What it is for.")
    media_type: str
    suffix: str = Field(description="What the file’s name ends with, without the first dot.")
    link: str = Field(description="The file.")


class ExportsOut(ApiModel):
    """Every format of a comparison, an article or a story."""

    items: list[ExportOut]
    next: None = Field(description="There is no further part.")


class EvidenceOut(ApiModel):
    """An evidence file that this server made."""

    digest: str = Field(pattern="^[0-9a-f]{64}$", description="SHA-256 of the whole file.")
    name: str = Field(description="The name under which it is saved.")
    made_at: datetime
    size: int = Field(description="In bytes.")
    captures_count: int = Field(description="Captures in it; a file with any is for editors alone.")
    stamped_at: datetime | None = Field(description="When a timestamp server says that it was there.")
    comparison: str = Field(description="The page of the comparison that it is of.")
    link: str = Field(description="The page that shows that this server made it.")
    file: str = Field(description="Its bytes, in the API.")
    timestamp: str | None = Field(description="Its timestamp (RFC 3161), in the API; null without one.")


class EvidenceListOut(ApiModel):
    """A part of a comparison’s evidence files, the last made first."""

    items: list[EvidenceOut]
    next: Next


class TrashedOut(ApiModel):
    """An article in the trash."""

    id: Id
    title: str
    publisher: str
    revisions_count: int
    deleted_at: datetime
    deleted_for_good_on: date = Field(description="From this day on (UTC) it may be gone for good.")
    who: str = Field(description="Empty if no name was given.")
    batch: Id = Field(description="The same for those that were deleted together.")
    link: str = Field(description="Its page in the trash.")


class TrashOut(ApiModel):
    """A part of the trash, the article deleted last first."""

    items: list[TrashedOut]
    next: Next


class TrashContentOut(TrashedOut):
    """An article in the trash with its newest text, and what would go with it for good."""

    paragraphs: list[str]
    captures_count: int
    comparisons_count: int
    notes_count: int


class RevisionsRunOut(ApiModel):
    """Revisions one after the other that have a sentence."""

    first: int = Field(
        description="The number of the revision that added it, or the first that was searched."
    )
    last: int = Field(description="The last that has it: the next one took it out, unless it is the newest.")


class SentenceOut(ApiModel):
    """In which revisions of an article a sentence is."""

    sentence: str
    items: list[RevisionsRunOut]
    oldest: int = Field(description="The number of the oldest revision that was searched.")
    newest: int


def evidence_out(file: EvidenceFile, base: str, folder: str) -> EvidenceOut:
    """Return an evidence file without its bytes; ``folder`` is where the API has such files."""
    return EvidenceOut(
        digest=file.digest,
        name=file.name,
        made_at=file.made_at,
        size=file.size,
        captures_count=file.capture_count,
        stamped_at=file.stamped_at,
        comparison=base + file.comparison_path,
        link=f"{base}/evidence/{file.digest}",
        file=f"{folder}/{file.digest}/file",
        timestamp=f"{folder}/{file.digest}/timestamp" if file.stamped_at else None,
    )


def trashed_fields(entry: TrashedArticle, base: str, gone_on: date) -> dict[str, object]:
    """Return what answers say of an article in the trash, which may be gone on the day ``gone_on``."""
    return {
        "id": entry.article,
        "title": entry.title,
        "publisher": entry.publisher,
        "revisions_count": entry.revisions,
        "deleted_at": entry.deleted_at,
        "deleted_for_good_on": gone_on,
        "who": entry.who,
        "batch": entry.batch,
        "link": f"{base}{permalinks.trash_path()}/{entry.article}",
    }


class ArticleLabelOut(ApiModel):
    """A tag of an article, or a collection that it is in."""

    kind: Kind
    name: str


class LabelOut(ArticleLabelOut):
    """A tag, or a collection."""

    articles_count: int = Field(description="Articles that have it.")


class LabelsOut(ApiModel):
    """A part of the collections and tags, collections first; at most 1,000 in all."""

    items: list[LabelOut]
    next: Next


class ArticleLabelsOut(ApiModel):
    """All collections that an article is in, and all its tags."""

    items: list[ArticleLabelOut]
    next: None = Field(description="There is no further part.")


class PublisherOut(ApiModel):
    """A publisher, as filters and searches take it."""

    name: str
    aliases: list[str] = Field(description="Other names that articles state, which stand for this one.")


class PublishersOut(ApiModel):
    """A part of the publishers, by name; at most 1,000 in all."""

    items: list[PublisherOut]
    next: Next


def article_label_out(label: LabelCount) -> ArticleLabelOut:
    """Return a tag or a collection of one article."""
    return ArticleLabelOut.model_validate({"kind": label.kind, "name": label.name})


def label_out(label: LabelCount) -> LabelOut:
    """Return a tag or a collection."""
    return LabelOut.model_validate({"kind": label.kind, "name": label.name, "articles_count": label.articles})


def publisher_out(publisher: tuple[str, tuple[str, ...]]) -> PublisherOut:
    """Return a publisher, given with the names that stand for it."""
    name, aliases = publisher
    return PublisherOut(name=name, aliases=list(aliases))
