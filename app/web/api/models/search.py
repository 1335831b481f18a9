"""What a search of the texts finds."""

from pydantic import Field

from app import permalinks
from app.services.search.find import ArticleHits, NoteHit, StoryHits
from app.services.search.marks import HitExcerpt
from app.web.api.models.base import ApiModel, Id, Next
from app.web.api.models.texts import ArticleEntryOut, entry_out


class ExcerptOut(ApiModel):
    """Words with marked places."""

    text: str
    marks: list[tuple[int, int]] = Field(description="Start and end of each, in code points of `text`.")


class HitOut(ApiModel):
    """A paragraph that holds words of the query."""

    paragraph: int = Field(description="Its index, from 0.")
    number: str = Field(description="As pages print it: H for the headline, f for page extras.")
    excerpt: ExcerptOut
    is_opening: bool = Field(description="Whether the excerpt begins where the paragraph does.")
    is_ending: bool
    link: str


class FoundArticleOut(ApiModel):
    """An article that matches."""

    article: ArticleEntryOut
    title: ExcerptOut
    publisher: ExcerptOut
    author: ExcerptOut
    paragraphs: list[HitOut] = Field(
        description="The best three; none where only title, publisher or author match."
    )
    more: int = Field(description="Further paragraphs with words of the query.")


class FoundStoryOut(ApiModel):
    """What was found in one story, or in an article on its own."""

    story: Id | None
    articles: list[FoundArticleOut]
    more: int = Field(description="Further articles of the story that match.")


class FoundNoteOut(ApiModel):
    """A note that holds the words."""

    id: Id
    place: str
    excerpt: ExcerptOut
    note: str = Field(description="The note, in the API.")


class SearchOut(ApiModel):
    """A part of what was found, by story."""

    items: list[FoundStoryOut]
    notes: list[FoundNoteOut] = Field(description="Notes that hold the words; with the first part alone.")
    articles: int = Field(description="How many articles match, up to 1,000.")
    bounded: bool = Field(
        description="Whether more match: those added last are listed first, and `next` goes on."
    )
    waiting: int = Field(description="Texts that cannot be searched yet.")
    remarks: list[str] = Field(description="What of the query was not understood or left out.")
    next: Next


def story_hits_out(hits: StoryHits, base: str) -> FoundStoryOut:
    """Return what was found in a story; ``base`` is the start of absolute links."""
    return FoundStoryOut(
        story=hits.story, articles=[_article(each, base) for each in hits.articles], more=hits.more
    )


def note_hit_out(hit: NoteHit, notes: str) -> FoundNoteOut:
    """Return a note that was found; ``notes`` is where the API has them."""
    return FoundNoteOut(id=hit.id, place=hit.place, excerpt=_excerpt(hit.excerpt), note=f"{notes}/{hit.id}")


def _article(hits: ArticleHits, base: str) -> FoundArticleOut:
    path = base + permalinks.revision_path(hits.article.article, hits.article.number)
    return FoundArticleOut(
        article=entry_out(hits.article, base),
        title=_excerpt(hits.title),
        publisher=_excerpt(hits.publisher),
        author=_excerpt(hits.author),
        paragraphs=[
            HitOut(
                paragraph=hit.index,
                number=hit.number,
                excerpt=_excerpt(hit.excerpt),
                is_opening=hit.excerpt.is_opening,
                is_ending=hit.excerpt.is_ending,
                link=f"{path}#{hit.anchor}",
            )
            for hit in hits.paragraphs
        ],
        more=hits.more,
    )


def _excerpt(excerpt: HitExcerpt) -> ExcerptOut:
    return ExcerptOut(text=excerpt.text, marks=list(excerpt.spans))
