"""Stories: the articles that reuse one another's text."""

from datetime import date

from pydantic import Field

from app import permalinks
from app.collation.model import FindingKind
from app.services.stories.library import StoryEntry, WorstFinding
from app.services.stories.story import StoryArticle
from app.web.api.models.base import ApiModel, Id, Next
from app.web.api.models.texts import ArticleEntryOut, RelationOut, entry_out, relation_out


class WorstFindingOut(ApiModel):
    """The most serious finding of a story."""

    kind: FindingKind
    may_reverse: bool = Field(description="Whether it may reverse the meaning.")
    base_words: str
    witness_words: str
    counts: dict[FindingKind, int] = Field(description="Findings of that comparison, by kind.")
    link: str = Field(description="The page of the finding.")


class StoryEntryOut(ApiModel):
    """A story; an article that shares no text with another is a story by itself."""

    id: Id = Field(description="The article of it that was added first.")
    articles: list[ArticleEntryOut] = Field(description="The one added first, and some of those added last.")
    articles_count: int
    first_on: date | None = Field(description="The first day that any of its articles states.")
    last_on: date | None
    undated: int = Field(description="How many of its articles state no day.")
    worst: WorstFindingOut | None
    notes: int = Field(description="How many notes the request may see.")
    to_check: int = Field(description="How many of these say that something is to be checked.")
    link: str


class StoriesOut(ApiModel):
    """A part of the stories."""

    items: list[StoryEntryOut]
    next: Next


class StoryMemberOut(ApiModel):
    """An article of a story."""

    article: ArticleEntryOut
    relation: RelationOut | None = Field(
        description="From the base’s side; null for the base, and if only indirect."
    )
    comparison: str | None = Field(description="The base compared with it, in the API.")


class StoryOut(ApiModel):
    """A part of a story’s articles, by the day that they state, then those without one."""

    id: Id
    base: ArticleEntryOut = Field(description="The article from whose side the relations are given.")
    articles_count: int
    items: list[StoryMemberOut]
    link: str
    paragraphs: str = Field(description="Every paragraph of the base in all its wordings, as JSON.")
    next: Next


def story_entry_out(story: StoryEntry, base: str) -> StoryEntryOut:
    """Return a story in the list; ``base`` is the start of absolute links."""
    first = story.articles[0].article
    return StoryEntryOut(
        id=first,
        articles=[entry_out(entry, base) for entry in story.articles],
        articles_count=story.count,
        first_on=story.first_on,
        last_on=story.last_on,
        undated=story.undated,
        worst=_worst(story.worst, base) if story.worst else None,
        notes=story.notes,
        to_check=story.to_check,
        link=base + permalinks.story_path(first),
    )


def member_out(member: StoryArticle, revision: str, base: str, comparisons: str) -> StoryMemberOut:
    """Return an article of the story whose base is ``revision``; ``comparisons`` is where the API has them."""
    other = member.entry.revision
    return StoryMemberOut(
        article=entry_out(member.entry, base),
        relation=relation_out(member.relation) if member.relation else None,
        comparison=f"{comparisons}/{revision}..{other}" if other != revision else None,
    )


def _worst(worst: WorstFinding, base: str) -> WorstFindingOut:
    finding = worst.finding
    path = permalinks.compare_path(worst.base, worst.witness)
    return WorstFindingOut(
        kind=finding.kind,
        may_reverse=finding.may_reverse,
        base_words=finding.base_words,
        witness_words=finding.witness_words,
        counts=dict(worst.counts),
        link=base + permalinks.row_path(path, finding.row, finding.number),
    )
